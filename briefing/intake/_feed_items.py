"""The entries of a feed to Documents, each with an id of its own that stays the same from day to day.

An entry is known by its canonical link. Where several entries have one link (a status page, a list of changes), or the
link is only that of the site, it is known by its guid, else by the link with its fragment, else by what it says.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._blocks import letters
from briefing.intake._documents import language_code
from briefing.intake._feed_links import canonical_address, is_front_page
from briefing.intake._feed_text import body, title_line
from briefing.intake._feed_values import Entry, Feed
from briefing.intake._normalize import line, normalize
from briefing.models import Blob, Document

_JSON = (b"{", b"[", b"\xef\xbb\xbf{")
_HTML = (b"<!doctype html", b"<html")
_HEAD = 4096
# The letters around title and outlet: 19 in "The post … appeared first on …", 36 in Spanish, no more in 20 languages.
_SIGNATURE = 40
# A guid of this form is meant for the whole world (tag:, urn:, https:); any other is a number of the feed's own.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S+$")


class Item(Struct, frozen=True):
    """An entry as a Document, its text "" where the feed gives none, and the label of a link that led away from it."""

    document: Document
    label: str


class Items(Struct, frozen=True):
    """What a feed holds: its title, its site, and its entries in its order, none twice."""

    title: str | None
    home: str | None
    items: tuple[Item, ...]


def read_items(blob: Blob) -> Items:
    """Return the entries in the bytes of a feed; raise InputError that says what they are instead."""
    feed = _parsed(blob)
    items = [_item(blob, feed, entry) for entry in feed.entries]
    known = zip(_identifiers(blob, feed, items), items, strict=True)
    # Of two with one id the upper one is the newer.
    found = {id: item for id, item in reversed(list(known)) if _says_something(item.document)}
    named = [replace(item, document=replace(item.document, id=id)) for id, item in reversed(found.items())]
    return Items(title_line(feed.title), canonical_address(feed.home), tuple(_placed(named)))


def _says_something(document: Document) -> bool:
    return bool(document.text or document.title or document.url)


def _parsed(blob: Blob) -> Feed:
    head = blob.data[:_HEAD].lstrip()
    if not head:
        raise InputError("empty, not a feed; try again later, or check the address")
    try:
        if head.startswith(_JSON):
            from briefing.intake._feed_json import parse_json  # each format loads its own reader

            return parse_json(blob)
        from briefing.intake._feed_xml import parse_xml

        return parse_xml(blob)
    except InputError as error:
        raise InputError(_explained(str(error), blob)) from error


def _explained(reason: str, blob: Blob) -> str:
    """Return what the bytes are, and what can be done about it."""
    if any(mark in blob.data[:_HEAD].lower() for mark in _HTML):
        return f"a web page, not a feed; `briefing feeds add {blob.url or 'URL'}` looks for the page's feed"
    if b"<opml" in blob.data[:_HEAD].lower():
        return f"a list of feeds (OPML), not a feed; `briefing feeds import {blob.url or 'FILE'}` takes them all"
    if reason == "no feed":
        reason = "no feed (RSS, Atom, RDF or JSON Feed)"
    return f"{reason}; check the address"


def _item(blob: Blob, feed: Feed, entry: Entry) -> Item:
    """Return an entry with all but its id, which depends on the others."""
    found = body(entry.texts)
    title, outlet = title_line(entry.title), title_line(feed.title)
    text = normalize("\n\n".join(_without_signature(found.paragraphs, title, outlet)))
    document = Document(
        id="",
        text=text if any(map(str.isalnum, text)) else "",
        title=title,
        source=title_line(entry.source) or outlet,
        url=canonical_address(entry.link) or canonical_address(entry.guid),
        path=blob.base,
        published=entry.published,
        language=language_code(entry.language or feed.language),
        authors=tuple(dict.fromkeys(name for name in map(line, entry.authors) if name)),
        section=blob.section,
    )
    return Item(document, found.label)


def _without_signature(paragraphs: Sequence[str], title: str | None, outlet: str | None) -> Sequence[str]:
    """Return the paragraphs without a last one that says in which outlet the article of that title has appeared.

    "The post TITLE appeared first on OUTLET." stands under every entry of a WordPress feed, in its language.
    """
    own, place = letters(title or ""), letters(outlet or "")
    last = letters(paragraphs[-1]) if len(paragraphs) > 1 else ""
    is_signature = own and place and own in last and place in last and len(last) <= len(own) + len(place) + _SIGNATURE
    return paragraphs[:-1] if is_signature else paragraphs


def _identifiers(blob: Blob, feed: Feed, items: Sequence[Item]) -> Iterator[str]:
    """Return the id of each entry."""
    documents = [item.document for item in items]
    entries = list(zip(feed.entries, documents, strict=True))
    different = {(document.url, document.title or entry.guid) for entry, document in entries}
    uses = Counter(url for url, _ in different)
    place = canonical_address(feed.home) or blob.url or blob.name
    for entry, document in entries:
        url = document.url
        is_own = url and uses[url] == 1 and not is_front_page(url, feed.home)
        yield url if url and is_own else _other_identifier(entry, document, place)


def _other_identifier(entry: Entry, document: Document, place: str) -> str:
    """Return the id of an entry that its link does not tell from others."""
    if guid := line(entry.guid):
        return guid if _URI.match(guid) else f"{place}#{guid}"
    fragment = (entry.link or "").partition("#")[2]
    if document.url and fragment:
        return f"{document.url}#{fragment}"
    said = f"{document.title}\n{document.text}".encode()
    return f"{place}#{sha256(said).hexdigest()[:12]}"


def _placed(items: Sequence[Item]) -> Iterator[Item]:
    """Return the entries with their places, unless they stand by date, which no editor has put in order."""
    dates = [item.document.published for item in items]
    instants = [instant(date) for date in dates if date]
    is_by_date = all(dates) and instants in (sorted(instants), sorted(instants, reverse=True))
    for number, item in enumerate(items):
        place = None if is_by_date or len(items) < 2 else number / (len(items) - 1)
        yield replace(item, document=replace(item.document, place=place))


def instant(published: str) -> float:
    """Return a date as seconds since 1970; a bare day is its beginning in UTC."""
    moment = datetime.fromisoformat(published)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
