"""A desk and a server for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daily.desk import PLAIN, Desk
from tests.daily.world import World
from tests.web.server import Server, serving


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in a folder of its own."""
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def server() -> Iterator[Server]:
    """A real server."""
    with serving() as running:
        yield running


@pytest.fixture
def world(server: Server, desk: Desk) -> World:
    """Three feeds on their first morning, subscribed to."""
    made = World(server, seed=2, feeds=3, days=6, events=3)
    made.serve(0)
    desk.configure(PLAIN, made.subscriptions())
    return made
