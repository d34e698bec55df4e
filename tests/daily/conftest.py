"""A desk and a server for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daily.desk import Desk
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
