"""Fetching one address, against a real server on the loopback interface."""

import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.intake import read
from briefing.intake._addresses import is_public
from briefing.intake._fetch import FetchError, Reply, Request, fetch
from briefing.intake._places import Limits
from briefing.models import Blob, Document, Problem
from tests.deliver.server import Certificates, make_certificates
from tests.web.routes import Asked, Route, bomb, busy, moved
from tests.web.server import Server, serving

TEXT = "The café on the market square opens again on Monday, its owner said. " * 5
PAGE = f"<html><head><title>A café</title></head><body><article><p>{TEXT}</p></article></body></html>"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9
LATIN = Route(PAGE.encode("latin-1"), headers={"Content-Type": "text/html; charset=ISO-8859-1"})
WEDNESDAY = "Wed, 21 Oct 2026 07:28:00 GMT"
QUICK = Limits(input_bytes=1_000_000, seconds=0.3)
LIMITS = Limits(input_bytes=1_000_000, seconds=10.0)


def agent(asked: Asked) -> str:
    return f"The agent is {asked.headers['user-agent']} of {asked.headers['host']}."


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/page": LATIN, "/packed": Route(PAGE, packed=True), "/agent": agent}) as running:
        yield running


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def data(reply: Reply) -> bytes:
    assert isinstance(reply.blob, Blob)
    return reply.blob.data


def refusal(url: str, limits: Limits = LIMITS, **more: bool) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(Request(url, **more), limits)
    return caught.value


@pytest.mark.parametrize("path", ["/page", "/moved", "/packed"])
def test_a_page_is_read_in_the_charset_that_the_server_names(server, path):
    server.routes["/moved"] = moved("/page")

    (found,) = read([server.url(path)])

    assert isinstance(found, Document)
    assert found.title == "A café"
    assert found.text.startswith("The café on the market")
    assert found.url == found.id == server.url("/packed" if path == "/packed" else "/page")


def test_the_request_says_who_asks_and_for_which_host(server):
    answer = data(fetch(Request(server.url("/agent")), LIMITS))

    assert b"The agent is briefing/" in answer
    assert server.url("").removeprefix("http://").encode() in answer


def test_the_request_takes_feeds_and_pages_and_only_gzip(server):
    fetch(Request(server.url("/page")), LIMITS)

    headers = server.asked[0].headers
    assert {"text/html", "application/rss+xml", "application/atom+xml", "application/feed+json"} <= {
        kind.partition(";")[0] for kind in headers["accept"].split(",")
    }
    assert "*/*" in headers["accept"]
    assert headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (moved("/asked"), "more than 5 redirects"),
        (moved("http://127.0.0.1:9/"), "private address (127.0.0.1)"),
        (moved("http://169.254.169.254/latest", 307), "private address (169.254.169.254)"),
        (moved("http://2130706433/"), "private address (2130706433, 127.0.0.1)"),
        (moved("http://[::ffff:10.0.0.1]/"), "private address (::ffff:10.0.0.1)"),
        (moved("file:///etc/passwd"), "only http and https"),
        (moved("http://["), "not an address"),
        (bomb(50_000_000), "larger than 1,000,000 bytes"),
        (Route(b"x" * 1_000_001), "larger than 1,000,000 bytes"),
        (Route(PAGE, cut=50), "cut off"),
        (Route(PAGE * 9, chunked=True, cut=1500), "cut off"),
        (Route(PAGE * 9, packed=True, chunked=True, cut=20), "cut off"),
        (Route(b"\x1f\x8b\x08\0 no gzip at all", headers={"Content-Encoding": "gzip"}), "damaged"),
        (Route(PAGE, headers={"Content-Encoding": "br"}), "packed as br"),
        (Route(reset=True), "hung up"),
        (Route(raw=b""), "hung up"),
        (Route(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "no answer of a web server"),
        (Route(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "no answer of a web server"),
        (Route(status=304), "304 Not Modified"),
        (Route(status=302), "302 Found"),
        (None, "404 Not Found"),
    ],
)
def test_what_cannot_be_had_says_why(server, answer, reason):
    server.routes.update({"/asked": answer} if answer else {})

    assert reason in str(refusal(server.url("/asked")))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "leads to ftp"),
        ("http:///feed", "without a host"),
        ("http://exa mple.org:port/", "not an address"),
        ("http://127.0.0.1:9/", "cannot be reached: Connection refused"),
        ("http://" + "a" * 70 + ".test/", "no such host"),
        ("http://nowhere.invalid/", "no such host"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(url, reason):
    assert reason in str(refusal(url))


def test_a_reason_has_no_escape_codes_of_the_server(server):
    server.routes["/asked"] = Route(raw=b"HTTP/1.1 500 \x1b[31mred\r\nContent-Length: 0\r\n\r\n")

    assert str(refusal(server.url("/asked"))) == "the server answers 500 \ufffd[31mred"


def test_what_only_claims_to_be_packed_is_read_as_it_is(server):
    server.routes["/asked"] = Route(PAGE, headers={"Content-Encoding": "gzip"})
    server.routes["/odd"] = Route(PAGE, headers={"Content-Encoding": "utf-8"})

    assert data(fetch(Request(server.url("/asked")), LIMITS)) == PAGE.encode()
    assert data(fetch(Request(server.url("/odd")), LIMITS)) == PAGE.encode()


def test_members_of_gzip_follow_each_other_and_padding_is_dropped(server):
    import gzip

    packed = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(9)
    server.routes["/asked"] = Route(packed, headers={"Content-Encoding": "gzip"}, drip=0.001)

    assert data(fetch(Request(server.url("/asked")), LIMITS)) == b"one two"


@pytest.mark.parametrize("answer", [Route(PAGE, drip=0.05), Route(PAGE, drip_head=0.05), Route(PAGE, latency=60)])
def test_a_slow_server_ends_at_the_deadline_and_its_connection_with_it(server, answer):
    server.routes["/slow"] = answer

    assert "not complete after 0.3 seconds" in str(refusal(server.url("/slow"), QUICK))
    fetch(Request(server.url("/page")), LIMITS)
    assert server.most_open <= 2
    assert server.open.total() <= 1


def test_a_server_that_is_silent_during_the_greeting_ends_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert "not complete after 0.3 seconds" in str(refusal(url, QUICK))


def test_a_name_service_that_does_not_answer_ends_at_the_deadline(monkeypatch):
    import threading

    answered = threading.Event()

    def silent(*_: object, **__: object) -> list[object]:
        answered.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", silent)  # no real one can be made to hang without being root

    assert "not complete after 0.3 seconds" in str(refusal("http://news.example.org/", QUICK))
    answered.set()


# What the server said of the version that we have


@pytest.mark.parametrize("route", [Route(PAGE, etag='W/"7"'), Route(PAGE, modified=WEDNESDAY)])
def test_what_is_known_is_not_sent_again(server, route):
    server.routes["/feed"] = route
    first = fetch(Request(server.url("/feed")), LIMITS)

    second = fetch(Request(server.url("/feed"), first.etag, first.modified), LIMITS)

    assert (first.etag, first.modified) == (route.etag, route.modified)
    assert second == Reply(None, first.etag, first.modified)


def test_what_is_new_comes_with_its_new_mark(server):
    server.routes["/feed"] = Route(PAGE, etag='"8"')

    reply = fetch(Request(server.url("/feed"), '"7"', WEDNESDAY), LIMITS)

    assert data(reply) == PAGE.encode()
    assert (reply.etag, reply.modified) == ('"8"', None)


def test_a_mark_of_a_thousand_letters_is_not_kept(server):
    server.routes["/feed"] = Route(PAGE, etag='"' + "7" * 1000 + '"')

    assert fetch(Request(server.url("/feed")), LIMITS).etag is None


# Redirects


@pytest.mark.parametrize(
    ("hops", "expected"),
    [([301], True), ([308, 301], True), ([302], False), ([301, 302], False), ([307, 308], False), ([303], False)],
)
def test_only_what_moved_for_good_all_the_way_is_reported(server, hops, expected):
    for number, status in enumerate(hops):
        server.routes[f"/{number}"] = moved(f"{number + 1}", status)
    server.routes[f"/{len(hops)}"] = LATIN

    reply = fetch(Request(server.url("/0")), LIMITS)

    assert reply.moved_to == (server.url(f"/{len(hops)}") if expected else None)
    assert reply.blob is not None
    assert reply.blob.url == server.url(f"/{len(hops)}")


def test_an_address_that_did_not_move_has_not_moved(server):
    assert fetch(Request(server.url("/page")), LIMITS).moved_to is None


def test_a_location_in_utf8_is_followed(server):
    server.routes["/asked"] = moved("/caf\u00e9".encode().decode("latin-1"))
    server.routes["/caf%C3%A9"] = "here"

    assert data(fetch(Request(server.url("/asked")), LIMITS)) == b"here"


def test_what_is_known_holds_at_the_end_of_a_redirect(server):
    server.routes |= {"/old": moved("/feed", 301), "/feed": Route(PAGE, etag='"7"')}

    assert fetch(Request(server.url("/old"), '"7"'), LIMITS) == Reply(None, '"7"', None, server.url("/feed"))


# When to come again


@pytest.mark.parametrize(
    ("answer", "status", "seconds"),
    [
        (busy(120), 429, 120.0),
        (busy("  7 ", 503), 503, 7.0),
        (Route("", 503, {"Retry-After": "Wed, 21 Oct 2026 07:30:00 GMT", "Date": WEDNESDAY}), 503, 120.0),
        (Route("", 503, {"Retry-After": "Wed, 21 Oct 2026 07:00:00 GMT", "Date": WEDNESDAY}), 503, 0.0),
        (Route("", 503, {"Retry-After": "Wed, 21 Oct 2026 07:30:00 GMT"}), 503, None),
        (busy("-1"), 429, None),
        (busy("9" * 5000), 429, None),
        (busy("soon"), 429, None),
        (busy(), 429, None),
        (Route(status=410), 410, None),
        (Route(status=500), 500, None),
    ],
)
def test_status_and_the_time_to_come_again_are_handed_on(server, answer, status, seconds):
    server.routes["/busy"] = answer

    error = refusal(server.url("/busy"))

    assert (error.status, error.retry_after, error.gone) == (status, seconds, status == 410)


# Private networks


def test_what_the_user_named_may_be_private_what_an_entry_names_may_not(server):
    assert fetch(Request(server.url("/page")), LIMITS).blob is not None

    assert 'private_hosts = ["127.0.0.1"]' in str(refusal(server.url("/page"), subscribed=False))


def test_the_line_that_the_refusal_prints_allows_it(server):
    with serving({"/page": LATIN}, ["127.0.0.2"]) as other:
        server.routes["/away"] = moved(other.url("/page"))
        named = Limits(private_hosts=("nas.lan",))

        assert 'private_hosts = ["nas.lan", "127.0.0.2"]' in str(refusal(server.url("/away"), named))
        allowed = Limits(private_hosts=("nas.lan", "127.0.0.2"))
        assert fetch(Request(server.url("/away")), allowed).blob is not None
        assert fetch(Request(other.url("/page"), subscribed=False), allowed).blob is not None


def test_another_port_of_a_private_host_is_another_place(server):
    with serving({"/page": LATIN}) as other:
        server.routes["/away"] = moved(other.url("/page"))

        assert "private address" in str(refusal(server.url("/away")))
        assert other.asked == []


@pytest.mark.parametrize("answer", ["127.0.0.1", "10.1.2.3", "fe80::1%lo", "64:ff9b::a00:1"])
def test_a_public_name_may_not_lead_inside(server, monkeypatch, answer):
    def lying(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.215.14", answer)]

    monkeypatch.setattr(socket, "getaddrinfo", lying)  # a name service that lies is what this is about

    reason = str(refusal(f"http://news.example.org:{server.port}/page"))

    assert f"news.example.org, {answer}" in reason
    assert 'private_hosts = ["news.example.org"]' in reason
    assert server.asked == []


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:a00:1::", False),
    ],
)
def test_private_addresses_are_told_from_public_ones_in_every_dress(literal, expected):
    assert is_public(literal) is expected


# Names, passwords, certificates


def test_name_and_password_reach_no_message_and_no_document(server):
    secret = server.url("").replace("http://", "http://user:secret@")

    found = list(read([secret + "/page", secret + "/nothing"]))

    assert [type(each) for each in found] == [Document, Problem]
    assert "secret" not in repr(found)


def test_name_and_password_are_sent_to_the_very_place_that_they_were_written_for(server):
    with serving({"/page": LATIN}, ["127.0.0.2"]) as other:
        server.routes |= {"/here": moved("/page"), "/away": moved(other.url("/page"))}
        secret = server.url("").replace("http://", "http://user:p%40ss@")
        fetch(Request(secret + "/here"), LIMITS)
        fetch(Request(secret + "/away"), Limits(private_hosts=("127.0.0.2",)))

    assert {asked.headers.get("authorization") for asked in server.asked} == {"Basic dXNlcjpwQHNz"}
    assert "authorization" not in other.asked[0].headers


def test_a_closed_port_and_a_picture_are_problems_that_name_the_address(server):
    server.routes["/picture"] = Route(PICTURE, headers={"Content-Type": "image/png"})

    found = list(read(["http://127.0.0.1:9/", server.url("/picture")]))

    assert [each.input for each in found if isinstance(each, Problem)] == [
        "http://127.0.0.1:9/",
        server.url("/picture"),
    ]
    assert "binary" in found[1].reason


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(str(tmp_path_factory.mktemp("certificates")))


def test_a_certificate_of_nobody_is_refused(certificates):
    with serving({"/page": LATIN}, tls=certificates.server) as secure:
        assert "certificate cannot be trusted" in str(refusal(secure.url("/page")))


def test_an_encrypted_page_is_read_and_may_lead_to_an_open_one(certificates, server, monkeypatch):
    from briefing.intake import _http

    trusting = ssl.create_default_context(cafile=certificates.ca_file)
    monkeypatch.setattr(_http, "_make_tls", lambda: trusting)
    with serving({"/down": moved(server.url("/page"))}, tls=certificates.server) as secure:
        secure.routes["/page"] = LATIN
        assert data(fetch(Request(secure.url("/page")), LIMITS)) == LATIN.body
        assert data(fetch(Request(secure.url("/down")), Limits(private_hosts=("127.0.0.1",)))) == LATIN.body


# Processes of their own

# Linux counts the memory of the process that started this one into ru_maxrss, but not into VmHWM.
PEAK_MEMORY = """
def peak_memory():
    import re, resource, sys
    if sys.platform == "linux":
        return int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
    )


def test_a_bomb_of_a_gigabyte_takes_less_than_sixty_megabytes(server):
    server.routes["/bomb"] = bomb()
    code = f"""
from briefing.intake._fetch import FetchError, Request, fetch
from briefing.intake._places import Limits
try:
    fetch(Request({server.url("/bomb")!r}), Limits())
except FetchError as error:
    print(error)
print(peak_memory())
"""
    reason, peak = run(PEAK_MEMORY + code).stdout.splitlines()

    assert reason.startswith("larger than 10,000,000 bytes")
    assert int(peak) < 60_000_000
