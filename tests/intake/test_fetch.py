"""Fetching one address, against a real server on the loopback interface."""

import gzip

import pytest

from briefing.intake import read
from briefing.intake._fetch import Reply, Request, fetch
from briefing.models import Document, Problem
from tests.web.client import LATIN, LIMITS, PAGE, data, refusal
from tests.web.routes import Asked, Route, bomb, busy, moved

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9
WEDNESDAY = "Wed, 21 Oct 2026 07:28:00 GMT"


def agent(asked: Asked) -> str:
    return f"The agent is {asked.headers['user-agent']} of {asked.headers['host']}."


@pytest.mark.parametrize("path", ["/page", "/moved", "/packed"])
def test_a_page_is_read_in_the_charset_that_the_server_names(server, path):
    server.routes |= {"/page": LATIN, "/packed": Route(PAGE, packed=True), "/moved": moved("/page")}

    (found,) = read([server.url(path)])

    assert isinstance(found, Document)
    assert found.title == "A café"
    assert found.text.startswith("The café on the market")
    assert found.url == found.id == server.url("/packed" if path == "/packed" else "/page")


def test_the_request_says_who_asks_and_for_which_host(server):
    server.routes["/agent"] = agent

    answer = data(fetch(Request(server.url("/agent")), LIMITS))

    assert b"The agent is briefing/" in answer
    assert server.url("").removeprefix("http://").encode() in answer


def test_the_request_takes_feeds_and_pages_and_only_gzip(server):
    server.routes["/page"] = LATIN

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


@pytest.mark.parametrize(
    ("media_type", "charset"),
    [
        ("text/xml; charset=ISO-8859-1", "iso-8859-1"),
        ('text/xml; version=1; Charset = "windows-1252"; x', "windows-1252"),
        ("text/xml; charset=", None),
        ("text/xml; charset=\0", None),
        ("text/xml", None),
    ],
)
def test_the_charset_is_the_one_that_the_server_names(server, media_type, charset):
    server.routes["/asked"] = Route(PAGE, headers={"Content-Type": media_type})

    blob = fetch(Request(server.url("/asked")), LIMITS).blob

    assert blob is not None
    assert blob.charset == charset


def test_members_of_gzip_follow_each_other_and_padding_is_dropped(server):
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(9)
    server.routes["/asked"] = Route(packed, headers={"Content-Encoding": "gzip"}, drip=0.001)

    assert data(fetch(Request(server.url("/asked")), LIMITS)) == b"one two"


def test_a_closed_port_and_a_picture_are_problems_that_name_the_address(server):
    server.routes["/picture"] = Route(PICTURE, headers={"Content-Type": "image/png"})

    found = list(read(["http://127.0.0.1:9/", server.url("/picture")]))

    assert [each.input for each in found if isinstance(each, Problem)] == [
        "http://127.0.0.1:9/",
        server.url("/picture"),
    ]
    assert "binary" in found[1].reason


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
    server.routes["/page"] = LATIN

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
