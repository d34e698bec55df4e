"""A server for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.web.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    """A real server on 127.0.0.1 that serves nothing yet."""
    with serving() as running:
        yield running
