"""The feeds of a web page: those that it declares in its head, else what stands at the usual places of its site."""

from typing import NamedTuple
from urllib.parse import urljoin

from briefing.intake._decode import decode
from briefing.intake._documents import web_address
from briefing.intake._normalize import line
from briefing.models import Blob

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")


class Link(NamedTuple):
    """A feed as a page names it: its address, and what the page calls it."""

    address: str
    title: str | None


def declared(page: Blob) -> list[Link]:
    """Return the feeds that a page declares, in its order, each address once."""
    from briefing.intake._page_tree import parse_page  # lxml, which a feed does not need

    tree = parse_page(decode(page.data, page.charset))
    if tree is None:
        return []
    base = urljoin(page.url or "", next((each.get("href") or "" for each in tree.iter("base")), ""))
    found: dict[str, Link] = {}
    for each in tree.iter("link"):
        kind = (each.get("type") or "").partition(";")[0].strip().lower()
        address = web_address(urljoin(base, (each.get("href") or "").strip()))
        if address and kind in _TYPES and "alternate" in (each.get("rel") or "").lower().split():
            found.setdefault(address, Link(address, line(each.get("title"))))
    return list(found.values())
