"""Lists of feeds (OPML): read however they are written, which is mostly not well-formed, and written well-formed.

Folders are tags, the outermost first, so that it is the section; written are folders again.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from briefing.errors import ConfigError, InputError
from briefing.intake._documents import problem
from briefing.intake._feed_repair import feed_text
from briefing.intake._normalize import line
from briefing.intake._places import Limits
from briefing.models import Blob, Document, Problem
from briefing.subscriptions import Subscription, is_web_address, parse_address

# Nobody has so many; a list that is made to be nested or repeated takes quadratic time and memory.
_MOST_OUTLINES, _MOST_LEVELS = 20_000, 100
_OUTLINE = re.compile(r"<(/?)outline\b[^<>]*?(/?)>", re.I)
_OPML = re.compile(r"<(?:[\w.-]{1,30}:)?opml\b", re.I)


class FeedList(NamedTuple):
    """What a list names: its title, its feeds, and the Problem of each line that is none."""

    title: str | None
    subscriptions: tuple[Subscription, ...]
    problems: tuple[Problem, ...]


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the entries of the feeds that a list names."""
    yield from read_linked(blob, Limits())


def read_linked(blob: Blob, limits: Limits) -> Iterator[Document | Problem]:
    """Return the entries of the feeds that a list names, fetched within the limits, as they come in.

    A list that was itself fetched may name no private hosts but the one that it came from.
    """
    from briefing.intake._linked import read_all  # the network is a choice

    found = parse_list(blob)
    yield from found.problems
    trusted = [each for each in found.subscriptions if _is_trusted(each.address, blob.url)]
    others = [each for each in found.subscriptions if not _is_trusted(each.address, blob.url)]
    yield from read_all(trusted, limits, trusted=True)
    yield from read_all(others, limits, trusted=False)


def parse_list(blob: Blob) -> FeedList:
    """Return what a list names, each address once; raise InputError when it is no list, or has nothing in it."""
    text = feed_text(blob.data, blob.charset)
    if not _OPML.search(text):
        raise InputError("no OPML list of feeds")
    _check_size(text)
    found = _parsed(text)
    problems = [_problem(blob, each.url, "is a list of its own; import that") for each in found.lists]
    subscriptions: dict[str, Subscription] = {}
    for feed in found.feeds:
        try:
            subscription = _subscription(feed.url, feed.title, feed.categories)
            subscriptions.setdefault(subscription.address, subscription)
        except ConfigError as error:
            problems.append(_problem(blob, feed.url, str(error).removeprefix(": ")))
    if not subscriptions and not problems:
        raise InputError("a list without feeds: no outline in it has an xmlUrl")
    return FeedList(line(found.meta.get("title")), tuple(subscriptions.values()), tuple(problems))


def _parsed(text: str) -> Any:
    """Return what listparser finds; where it trips over ends without a beginning, the outlines without folders."""
    import listparser

    try:
        return listparser.parse(_ascii(text))
    except Exception:  # IndexError, where an end comes too often; others may follow
        outlines = "".join(f"{found[0].rstrip('/>')}/>" for found in _OUTLINE.finditer(text) if not found[1])
        return listparser.parse(_ascii(f"<opml><body>{outlines}</body></opml>"))


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "xmlcharrefreplace")


def write_list(subscriptions: Iterable[Subscription], title: str) -> bytes:
    """Return the feeds as OPML 2.0; pages and what lies on this machine, which are no feeds, are left out."""
    from xml.etree import ElementTree  # only to write

    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = line(title)
    body = ElementTree.SubElement(root, "body")
    folders: dict[tuple[str, ...], ElementTree.Element] = {(): body}
    for each in subscriptions:
        if not is_web_address(each.address):
            continue
        for depth in range(len(each.tags)):
            path = each.tags[: depth + 1]
            if path not in folders:
                folders[path] = ElementTree.SubElement(folders[path[:-1]], "outline", text=path[-1])
        name = each.title or each.address
        ElementTree.SubElement(folders[each.tags], "outline", type="rss", text=name, xmlUrl=each.address)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _is_trusted(address: str, origin: str | None) -> bool:
    """Tell whether an address was named by the user, in a file or by the address of the list."""
    return origin is None or urlsplit(address)[:2] == urlsplit(origin)[:2]


def _subscription(address: str, title: str, categories: Iterable[Iterable[str]]) -> Subscription:
    address = parse_address("".join(address.split()), "")
    if not is_web_address(address):  # a list from elsewhere must not read files of this machine
        raise ConfigError("is no web address")
    tags = [tag for path in categories for each in path if (tag := (line(each) or "").lstrip("~!# "))]
    name = line(title)
    return Subscription(address, None if name == address else name, tuple(dict.fromkeys(tags)))


def _check_size(text: str) -> None:
    """Raise InputError for a list that is made to keep a reader busy."""
    level = count = 0
    for end, empty in _OUTLINE.findall(text):
        level += -1 if end else 0 if empty else 1
        count += not end
        if level > _MOST_LEVELS or count > _MOST_OUTLINES:
            raise InputError(f"more than {_MOST_OUTLINES:,} feeds, or folders more than {_MOST_LEVELS} deep")


def _problem(blob: Blob, address: str, reason: str) -> Problem:
    return problem(blob, f"{address} {reason}")
