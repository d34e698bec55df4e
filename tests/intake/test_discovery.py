"""The feed of a page, found on real servers: declared, or at the usual places."""

from collections.abc import Callable

import pytest

from briefing.errors import InputError
from briefing.intake._discovery import Candidate, Discovery, declared, discover
from briefing.intake._places import Limits
from briefing.models import Blob
from tests.web.routes import Asked, Route, moved
from tests.web.server import serving

ITEM = "<item><title>A</title><description>B c d.</description></item>"
FEED = f"<rss version='2.0'><channel><title>Isle News</title>{ITEM}</channel></rss>"
COMMENTS = FEED.replace("Isle News", "Comments on Isle News")


def page(*links: str) -> str:
    return f"<html><head><title>Isle</title>{''.join(links)}</head><body><p>News of the isle.</p></body></html>"


def link(href: str, kind: str = "application/rss+xml", title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def found(source: str) -> list[Candidate]:
    return declared(Blob(data=source.encode(), name="page", url="https://e.org/news/"))


def discovered(routes: dict[str, object], path: str = "/") -> tuple[str, Discovery]:
    with serving(routes) as server:  # type: ignore[arg-type]
        discovery = discover(server.url(path), Limits())
        return discovery.address.removeprefix(server.url("")), discovery


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (link("/feed", title="Isle &amp; Sea"), [("https://e.org/feed", "Isle & Sea")]),
        (link("atom.xml", "Application/Atom+XML; charset=utf-8"), [("https://e.org/news/atom.xml", None)]),
        (link("//feeds.e.org/x", "application/feed+json", rel="home ALTERNATE"), [("https://feeds.e.org/x", None)]),
        (link("/feed") + link("/feed"), [("https://e.org/feed", None)]),
        (link("/feed.json", "application/json"), [("https://e.org/feed.json", None)]),
        (link("/wp-json/wp/v2/feed", "application/json"), []),
        (link("/oembed?url=feed", "text/xml"), []),
        (link("/fr", "text/html"), []),
        (link("/feed", rel="stylesheet"), []),
        (link(""), []),
        (link("javascript:x"), []),
        (link("http://[") + '<base href="http://[">', []),
        ('<base href="https://other.org/x/">' + link("feed"), [("https://other.org/x/feed", None)]),
        ("", []),
    ],
)
def test_what_a_page_declares_is_found(links, expected):
    assert found(page(links)) == expected


def test_bytes_without_an_element_declare_nothing():
    assert found("") == []


def test_an_address_of_a_feed_is_that_feed():
    address, discovery = discovered({"/feed": FEED}, "/feed")

    assert (address, discovery.feed.title, discovery.others) == ("/feed", "Isle News", ())


def test_of_several_feeds_the_first_that_is_not_of_comments_is_taken():
    links = link("/comments/feed"), link("/gone"), link("/feed", title="Isle News"), link("/other")
    routes = {"/": page(*links), "/comments/feed": COMMENTS, "/feed": FEED, "/other": FEED}

    address, discovery = discovered(routes)

    assert address == "/feed"
    assert [each.address.partition("//")[2].partition("/")[2] for each in discovery.others] == [
        "comments/feed", "gone", "other"
    ]  # fmt: skip


def test_comments_are_better_than_nothing():
    assert discovered({"/": page(link("/comments/feed")), "/comments/feed": COMMENTS})[0] == "/comments/feed"


@pytest.mark.parametrize(
    ("path", "feed", "expected"),
    [
        ("/", "/feed", "/feed"),
        ("/", "/index.xml", "/index.xml"),
        ("/blog/", "/blog/rss.xml", "/blog/rss.xml"),
        ("/blog", "/atom.xml", "/atom.xml"),
        ("/blog/today.html", "/blog/feed.xml", "/blog/feed.xml"),
    ],
)
def test_where_none_is_declared_the_usual_places_are_asked(path, feed, expected):
    address, discovery = discovered({path: page(), feed: FEED}, path)

    assert (address, discovery.others) == (expected, ())


def test_where_one_is_declared_no_other_place_is_asked():
    with serving({"/": page(link("/mine")), "/mine": FEED, "/feed": FEED}) as server:
        discover(server.url("/"), Limits())

        assert [asked.path for asked in server.asked] == ["/", "/mine"]


def test_a_feed_that_has_moved_for_good_is_taken_where_it_is():
    with serving({"/new": FEED}) as server:
        server.routes["/old"] = moved(server.url("/new"), 301)
        server.routes["/now"] = moved(server.url("/new"), 302)

        assert discover(server.url("/old"), Limits()).address == server.url("/new")
        assert discover(server.url("/now"), Limits()).address == server.url("/now")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(), "no feed was found: .* `briefing feeds add page:http"),
        (page(link("/gone")), "the page declares the feed http.*/gone, but: the server answers 404"),
        ("", "empty, not a feed"),
        (Route(b'{"a": 1}', headers={"Content-Type": "application/json"}), "JSON, but no JSON Feed"),
        (Route("<opml><body/></opml>"), "a list of feeds .* `briefing feeds import http"),
        (Route(b"%PDF-1.4", headers={"Content-Type": "application/pdf"}), "no feed"),
        (Route(status=500), "the server answers 500"),
    ],
)
def test_what_has_no_feed_says_so(answer, reason):
    with pytest.raises(InputError, match=reason):
        discovered({"/": answer})


def test_a_page_may_not_lead_to_a_private_host_of_another_name():
    with serving({"/feed": FEED}, ["127.0.0.1", "127.0.0.2"]) as server:
        server.routes["/"] = page(link(server.url("/feed", "127.0.0.2")))

        with pytest.raises(InputError, match=r'private_hosts = \["127.0.0.2"\]'):
            discover(server.url("/"), Limits())
        assert server.count("/feed") == 0


def test_the_feed_of_a_page_behind_a_password_is_behind_it_too():
    def guarded(body: str) -> Callable[[Asked], Route | str]:
        return lambda asked: body if asked.headers.get("authorization") else Route(status=401)

    with serving({"/": guarded(page(link("/feed"))), "/feed": guarded(FEED)}) as server:
        server.routes["/old"] = moved("/feed", 301)
        named = server.url("/").replace("//", "//ann:secret@")

        assert discover(named, Limits()).address == f"{named}feed"
        assert discover(f"{named}old", Limits()).address == f"{named}old"


def test_a_login_is_not_for_other_hosts():
    with serving({"/feed": FEED}, ["127.0.0.1", "127.0.0.2"]) as server:
        server.routes["/"] = page(link(server.url("/feed", "127.0.0.2")))
        limits = Limits(private_hosts=("127.0.0.2",))

        discovery = discover(server.url("/").replace("//", "//ann:secret@"), limits)

        assert discovery.address == server.url("/feed", "127.0.0.2")
        assert "authorization" not in server.asked[-1].headers


@pytest.mark.parametrize(
    ("address", "title", "expected"),
    [
        ("https://e.org/comments/feed/", "Isle", True),
        ("https://e.org/post/feed/", "Isle » Kommentar-Feed zu Fähre", True),
        ("https://e.org/post/feed/", "Comments on: Ferry", True),
        ("https://e.org/post/feed/", "評論", True),
        ("https://e.org/commentisfree/rss", "Comment is free", False),
        ("https://e.org/feed", None, False),
    ],
)
def test_feeds_of_comments_are_known_by_path_and_title(address, title, expected):
    assert Candidate(address, title).is_comments is expected


def test_the_feed_of_the_comments_on_an_article_is_not_looked_for():
    routes = {"/2026/11/ferry/": page(), "/2026/11/ferry/feed": COMMENTS, "/feed.xml": FEED}

    assert discovered(routes, "/2026/11/ferry/")[0] == "/feed.xml"


def test_a_page_is_not_taken_for_a_damaged_feed():
    """feedparser's loose reader needs two seconds for a page of a megabyte, and finds nothing."""
    source = page(link("/feed")).replace("<html>", "<!-- made by hand --><html>")

    address, discovery = discovered({"/": Route(source, headers={"Content-Type": "text/xml"}), "/feed": FEED})

    assert (address, discovery.feed.title) == ("/feed", "Isle News")
