"""Fetching, against a real server on the loopback interface."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefing.errors import InputError
from briefing.intake import read
from briefing.intake._fetch import _is_public, fetch
from briefing.models import Document, Problem

PAGE = "<html><head><title>A café</title></head><body><article><p>{}</p></article></body></html>".format(
    "The café on the market square opens again on Monday, its owner said. " * 5
)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path asked for; each is a thing that servers do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name that http.server calls
        getattr(self, "answer_" + self.path.strip("/").partition("/")[0].partition("?")[0], self.answer_missing)()

    def answer_page(self) -> None:
        self._send(PAGE.encode("latin-1"), {"Content-Type": "text/html; charset=ISO-8859-1"})

    def answer_agent(self) -> None:
        self._send(f"The agent is {self.headers['User-Agent']} of {self.headers['Host']}.".encode(), {})

    def answer_moved(self) -> None:
        self._send(b"", {"Location": "/page"}, 302)

    def answer_loop(self) -> None:
        self._send(b"", {"Location": "/loop?again"}, 302)

    def answer_inward(self) -> None:
        self._send(b"", {"Location": "http://127.0.0.1:9/"}, 302)

    def answer_metadata(self) -> None:
        self._send(b"", {"Location": "http://169.254.169.254/latest"}, 307)

    def answer_file(self) -> None:
        self._send(b"", {"Location": "file:///etc/passwd"}, 302)

    def answer_bomb(self) -> None:
        self._send(gzip.compress(b"0" * 50_000_000), {"Content-Encoding": "gzip", "Content-Type": "text/plain"})

    def answer_packed(self) -> None:
        self._send(gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip", "Content-Type": "text/html"})

    def answer_cut(self) -> None:
        self._send(gzip.compress(PAGE.encode())[:-20], {"Content-Encoding": "gzip", "Content-Type": "text/html"})

    def answer_picture(self) -> None:
        self._send(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, {"Content-Type": "image/png"})

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"drip ")
            self.wfile.flush()
            time.sleep(0.05)

    def answer_missing(self) -> None:
        self._send(b"not here", {}, 404)

    def _send(self, body: bytes, headers: dict[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("path", ["/page", "/moved", "/packed"])
def test_a_page_is_read_in_the_charset_that_the_server_names(address, path):
    (found,) = read([address + path])

    assert isinstance(found, Document)
    assert found.title == "A café"
    assert found.text.startswith("The café on the market")
    assert found.url == found.id == address + ("/packed" if path == "/packed" else "/page")


def test_the_request_says_who_asks_and_for_which_host(address):
    blob = fetch(address + "/agent", limit=1000)

    assert b"The agent is briefing/" in blob.data
    assert address.removeprefix("http://").encode() in blob.data


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "more than 5 redirects"),
        ("/inward", "private address (127.0.0.1)"),
        ("/metadata", "private address (169.254.169.254)"),
        ("/file", "only http and https"),
        ("/bomb", "larger than 1,000,000 bytes"),
        ("/cut", "cut off"),
        ("/nothing", "404 Not Found"),
    ],
)
def test_what_cannot_be_had_says_why(address, path, reason):
    with pytest.raises(InputError) as caught:
        fetch(address + path, limit=1_000_000)

    assert reason in str(caught.value)


def test_a_slow_drip_ends_at_the_deadline(address):
    with pytest.raises(InputError, match=r"0.3 seconds|too slow"):
        fetch(address + "/drip", limit=1_000_000, timeout_seconds=0.3)


def test_a_closed_port_and_a_picture_are_problems_that_name_the_address(address):
    found = list(read(["http://127.0.0.1:9/", address + "/picture"]))

    assert [each.input for each in found if isinstance(each, Problem)] == ["http://127.0.0.1:9/", address + "/picture"]
    assert "binary" in found[1].reason


def test_name_and_password_reach_no_message_and_no_document(address):
    secret = address.replace("http://", "http://user:secret@")

    found = list(read([secret + "/page", secret + "/nothing"]))

    assert [type(each) for each in found] == [Document, Problem]
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("2002:a00:1::", False),
    ],
)
def test_private_addresses_are_told_from_public_ones_in_every_dress(literal, expected):
    assert _is_public(literal) is expected
