"""SMTP against servers that speak it badly: only a clear answer counts."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from briefing.settings import Mail
from tests.deliver.test_smtp import refusal, send


@pytest.fixture
def answering() -> Iterator[Any]:
    """Listen on a port and answer each connection with fixed bytes, then close it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(reply: bytes) -> int:
        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(reply)

        threading.Thread(target=answer, daemon=True).start()
        return int(listener.getsockname()[1])

    yield serve
    listener.close()


@pytest.mark.parametrize(
    ("greeting", "told"),
    [
        (b"554 5.3.2 go away\r\n", "refuses us: 554 5.3.2 go away"),
        (b"421 4.3.2 too busy\r\n", "refuses us: 421 4.3.2 too busy"),
        (b"HTTP/1.1 400 Bad Request\r\n", "refuses us"),
        (b"", "cannot be reached"),
    ],
)
def test_a_greeting_that_is_none_is_said(answering: Any, greeting: bytes, told: str) -> None:
    assert told in refusal(Mail(smtp=f"smtp://127.0.0.1:{answering(greeting)}"))


@pytest.fixture
def dialogue() -> Iterator[Any]:
    """Listen on a port and say fixed lines, one after each line of the client; what follows DATA is read to its dot."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(*replies: bytes) -> int:
        def talk() -> None:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 here\r\n")
                for reply in replies:
                    while reply.startswith(b"(") and lines.readline() not in (b".\r\n", b""):
                        pass
                    if not reply.startswith(b"("):
                        lines.readline()
                    connection.sendall(reply.lstrip(b"("))

        threading.Thread(target=talk, daemon=True).start()
        return int(listener.getsockname()[1])

    yield serve
    listener.close()


@pytest.mark.parametrize(
    ("data", "end", "state"),
    [
        (b"354 go\r\n", b"(gibberish\r\n", "unknown"),
        (b"354 go\r\n", b"(354 go\r\n", "unknown"),
        (b"354 go\r\n", b"(421 closing\r\n", "retry"),
        (b"250 fine\r\n", b"", "retry"),
        (b"503 not now\r\n", b"", "failed"),
        (b"", b"", "unknown"),
    ],
)
def test_only_a_yes_after_the_message_means_sent(dialogue: Any, data: bytes, end: bytes, state: str) -> None:
    port = dialogue(*[b"250 fine\r\n"] * 3, *filter(None, [data, end]))

    receipts = send(Mail(smtp=f"smtp://127.0.0.1:{port}"))

    assert receipts[0] is not None
    assert receipts[0].state == state
