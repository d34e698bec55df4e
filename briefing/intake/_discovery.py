"""The feeds of a page: what its head declares, else what stands at the paths where feeds usually are."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from briefing.errors import InputError
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import web_address
from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._feed_items import Items, read_items
from briefing.intake._feed_links import lasting
from briefing.intake._fetch import fetch
from briefing.intake._fetch_many import fetch_many
from briefing.intake._normalize import line
from briefing.intake._page_tree import parse_page
from briefing.intake._places import Limits
from briefing.intake._recognition import recognized
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
# WordPress declares the comments on a site, and those on an article, beside its feed: below /comments/ or under a title
# in the site's language.
_COMMENTS_PATH = re.compile(r"/(?:comments|kommentare|commentaires|comentarios|commenti)(?:[/.]|$)", re.I)
_COMMENTS_TITLE = re.compile(
    r"\b(?:comments|kommentar|commentaires|comentarios|comentários|commenti|reacties|kommentti|komentarz|komentáře)"
    r"|комментари|коментарі|评论|評論|留言|コメント|댓글|\byorum",
    re.I,
)
# A site that declares more than these has a feed for everything.
_MOST_TRIES = 10
_HEAD = 4096


class Candidate(NamedTuple):
    """A feed that a page offers, by its address and the title that the page gives it."""

    address: str
    title: str | None

    @property
    def is_comments(self) -> bool:
        """Tell whether these are readers' comments."""
        return bool(_COMMENTS_PATH.search(urlsplit(self.address).path) or _COMMENTS_TITLE.search(self.title or ""))


class Discovery(NamedTuple):
    """The feed at an address or of a page, and the others that the page declares."""

    address: str
    feed: Items
    others: tuple[Candidate, ...] = ()


def discover(address: str, limits: Limits) -> Discovery:
    """Return the feed that an address leads to; raise InputError that says what stands there instead.

    Of several that a page declares it is the first that is not of comments and can be read.
    """
    reply = fetch(Request(address), limits)
    assert reply.blob  # nothing was known before
    blob = unpacked(reply.blob, limits.input_bytes)
    if not _is_page(blob):
        return Discovery(lasting(address, reply.moved_to), read_items(blob))
    offered = declared(blob)
    candidates = sorted(offered, key=lambda each: each.is_comments)[:_MOST_TRIES]
    candidates = candidates or _usual(blob)
    outcomes = _read(candidates, address, limits)
    for candidate, outcome in zip(candidates, outcomes, strict=True):
        if isinstance(outcome, Discovery):
            return outcome._replace(others=tuple(each for each in offered if each is not candidate))
    if offered:
        raise InputError(f"the page declares the feed {candidates[0].address}, but: {outcomes[0]}")
    raise InputError(
        "no feed was found: the page declares none, and there is none at the usual paths; "
        f"`briefing feeds add page:{blob.url}` reads the page itself as one article"
    )


def _is_page(blob: Blob) -> bool:
    """Tell a web page from a feed, whatever its server says."""
    head = blob.data[:_HEAD]
    try:
        found = recognized(head)
    except InputError:  # JSON, binary
        return False
    return found == "html" or (blob.kind == "html" and found not in ("feed", "opml") and bool(head.strip()))


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
    """Return addresses in the first folder of the page's path, on many hosts a site of its own, and at the root.

    Deeper down it would be the feed of the comments on the page, wherever WordPress is at work.
    """
    url = urlsplit(blob.url or "")
    first = url.path.split("/")[1] if "/" in url.path else ""
    folders = dict.fromkeys([f"/{first}" if first and "." not in first else "", ""])
    return [Candidate(f"{url.scheme}://{url.netloc}{folder}{path}", None) for folder in folders for path in _PATHS]


def _read(candidates: Sequence[Candidate], named: str, limits: Limits) -> list[Discovery | InputError]:
    """Return for each of the addresses its feed or why there is none; all are asked at once."""
    requests = [_request(each.address, named) for each in candidates]
    outcomes = dict(fetch_many(requests, limits))
    return [_parsed(request.url, outcomes[request], limits) for request in requests]


def _parsed(address: str, outcome: Reply | FetchError, limits: Limits) -> Discovery | InputError:
    if isinstance(outcome, FetchError):
        return outcome
    assert outcome.blob  # nothing was known before
    try:
        items = read_items(unpacked(outcome.blob, limits.input_bytes))
    except InputError as error:
        return error
    except Exception as error:  # a parser's mistake on hostile bytes must not cost the other candidates
        return InputError(f"cannot be read: {type(error).__name__}: {error}")
    return Discovery(lasting(address, outcome.moved_to), items)


def _request(address: str, named: str) -> Request:
    """Return the request for what a page names: only where the user's own page stands may it be private, and logged in.

    Where a wiki is behind a password, so is its feed.
    """
    parsed, place = urlsplit(address), urlsplit(named)
    if not _is_at(parsed, place):
        return Request(address, subscribed=False)
    login = place.netloc.rpartition("@")[0]
    if not login or "@" in parsed.netloc or parsed.scheme not in ("https", place.scheme):
        return Request(address)
    return Request(urlunsplit(parsed._replace(netloc=f"{login}@{parsed.netloc}")))


def _is_at(address: SplitResult, place: SplitResult) -> bool:
    try:
        return (address.hostname, address.port) == (place.hostname, place.port)
    except ValueError:  # a port that is no number
        return False
