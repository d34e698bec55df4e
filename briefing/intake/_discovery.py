"""The feeds of a page: what its head declares, else what stands at the paths where feeds usually are."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from briefing.errors import InputError
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import web_address
from briefing.intake._exchange import FetchError, Request
from briefing.intake._feed_items import Items, read_items
from briefing.intake._fetch import fetch
from briefing.intake._fetch_many import fetch_many
from briefing.intake._normalize import line
from briefing.intake._page_tree import parse_page
from briefing.intake._places import Limits
from briefing.intake._recognition import list_or_feed, recognized
from briefing.intake._unpacking import unpacked
from briefing.models import Blob

_TYPES = frozenset([
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
    "application/xml", "text/xml", "application/x-rss+xml",
])  # fmt: skip
# Types that declare other things, too: such a link must look like a feed.
_VAGUE = frozenset(["application/json", "application/xml", "text/xml"])
_NAMES = ("feed", "rss", "atom", "rdf")
_NO_FEEDS = ("oembed", "wp-json", "opensearch", "sitemap", "manifest")
# In the order of how usual they are: WordPress and Ghost, Hugo and Jekyll, the others.
_PATHS = ("/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/rss", "/feed.json", "/feeds/posts/default")
_HEAD = 4096


class Candidate(NamedTuple):
    """A feed that a page offers, by its address and the title that the page gives it."""

    address: str
    title: str | None

    @property
    def is_comments(self) -> bool:
        """Tell whether these are readers' comments."""
        return "comment" in f"{self.address} {self.title}".lower()


class Discovery(NamedTuple):
    """The feed at an address or of a page, and all that the page offers where it is a page."""

    address: str
    feed: Items
    offered: tuple[Candidate, ...] = ()


def discover(address: str, limits: Limits) -> Discovery:
    """Return the feed that an address leads to; raise InputError that says what stands there instead.

    Of several that a page declares it is the first that is not of comments and can be read.
    """
    reply = fetch(Request(address), limits)
    assert reply.blob  # nothing was known before
    blob = unpacked(reply.blob, limits.input_bytes)
    try:
        return Discovery(reply.moved_to or address, read_items(blob))
    except InputError:
        if not _is_page(blob):
            raise
    offered = declared(blob)
    if found := _first(sorted(offered, key=lambda each: each.is_comments) or _usual(blob), blob, limits):
        return found._replace(offered=tuple(offered))
    raise InputError(
        "no feed was found: the page declares none that can be read, and there is none at the usual paths; "
        f"`briefing feeds add page:{address}` reads the page itself as one article"
    )


def _is_page(blob: Blob) -> bool:
    head = blob.data[:_HEAD]
    if list_or_feed(head) or not head.strip():
        return False
    try:
        return (blob.kind or recognized(head)) == "html"
    except InputError:  # JSON, binary
        return False


def declared(blob: Blob) -> list[Candidate]:
    """Return the feeds that a page declares in its links, in its order, each once."""
    tree = parse_page(decode(blob.data, blob.charset or declared_charset(blob.data)))
    if tree is None:
        return []
    base = _joined(blob.url or "", next((each.get("href") or "" for each in tree.iter("base")), "")) or ""
    found = {each.address: each for each in _links(tree, base)}
    return list(found.values())


def _links(tree: HtmlElement, base: str) -> Iterator[Candidate]:
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        href = (link.get("href") or "").strip()
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in _TYPES or not href:
            continue
        address = web_address(_joined(base, href))
        if address and (kind not in _VAGUE or _looks_like_feed(href)):
            yield Candidate(address, line(link.get("title")))


def _joined(base: str, href: str) -> str | None:
    try:
        return urlsplit(urljoin(base, href)).geturl()
    except ValueError:  # http://[
        return None


def _looks_like_feed(href: str) -> bool:
    lowered = href.lower()
    return any(name in lowered for name in _NAMES) and not any(name in lowered for name in _NO_FEEDS)


def _usual(blob: Blob) -> list[Candidate]:
    """Return addresses below the page and at the root of its site where a feed may be."""
    url = urlsplit(blob.url or "")
    path = url.path.rstrip("/")
    folders = dict.fromkeys([path, path.rpartition("/")[0], ""])
    return [Candidate(f"{url.scheme}://{url.netloc}{folder}{path}", None) for folder in folders for path in _PATHS]


def _first(candidates: Sequence[Candidate], page: Blob, limits: Limits) -> Discovery | None:
    """Return the first of the addresses that has a feed; all are asked at once, those on other hosts with care."""
    host = urlsplit(page.url or "").netloc
    requests = {Request(each.address, subscribed=urlsplit(each.address).netloc == host): each for each in candidates}
    found: dict[str, Discovery] = {}
    for request, outcome in fetch_many(requests, limits):
        if isinstance(outcome, FetchError) or not outcome.blob:
            continue
        with suppress(InputError):
            items = read_items(unpacked(outcome.blob, limits.input_bytes))
            found[request.url] = Discovery(outcome.moved_to or request.url, items)
    return next((found[each.address] for each in candidates if each.address in found), None)
