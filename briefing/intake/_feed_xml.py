"""RSS, Atom and RDF: what feedparser's handlers find in text that was mended before.

`feedparser.parse` itself is not called: it fetches what looks like a URL, guesses encodings from headers, and needs
quadratic time for categories and authors that somebody made up for that.
"""

import io
import xml.sax
from collections.abc import Iterator, Mapping
from contextlib import suppress
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from feedparser.api import LooseFeedParser, StrictFeedParser, replace_doctype

from briefing.errors import InputError
from briefing.intake._dates import parse_date
from briefing.intake._feed_repair import feed_text
from briefing.intake._feed_values import Entry, Feed, Text
from briefing.models import Blob

_HTML = frozenset(["text/html", "application/xhtml+xml"])
# A name with a mail address; the pattern by which feedparser takes them apart begins at each letter anew.
_AUTHOR_LENGTH = 300


class _Frugal:
    """What both of feedparser's readers leave out here, in front of them in the order of methods."""

    resolve_relative_uris = False
    sanitize_html = False

    def _add_tag(self, *facts: object) -> None:
        """Keep no category: each would be compared with all before it. The list itself must be there."""
        self._get_context().setdefault("tags", [])  # type: ignore[attr-defined]

    def _sync_author_detail(self, key: str = "author") -> None:
        """Take a name and its address apart, when they are as long as such things are."""
        context = self._get_context()  # type: ignore[attr-defined]
        if len(dict.get(context, key) or "") <= _AUTHOR_LENGTH:
            super()._sync_author_detail(key)  # type: ignore[misc]


class _Strict(_Frugal, StrictFeedParser):  # type: ignore[misc]
    """Reads well-formed XML."""


class _Loose(_Frugal, LooseFeedParser):  # type: ignore[misc]
    """Reads what is left of XML."""


def parse_xml(blob: Blob) -> Feed:
    """Return the feed in the bytes; raise InputError when they hold none."""
    found = _parsed(feed_text(blob.data, blob.charset), blob.url or "")
    if not found.version and not found.entries:
        raise InputError("no feed")
    feed = found.feeddata
    home = _fact(feed, "link")
    return Feed(
        title=_rich(feed, "title"),
        home=home,
        language=_fact(feed, "language"),
        entries=tuple(_entry(each, blob.url or home) for each in found.entries),
    )


def _parsed(text: str, base: str) -> Any:
    """Return a reader that has read the text, the strict one where it can; relative links begin at `base`."""
    _, data, entities = replace_doctype(text.encode())
    strict = _Strict(base, None, "utf-8")
    try:
        _read_strictly(strict, data)
    except Exception:  # besides SAXException, names without a namespace and what the handlers trip over
        loose = _Loose(base, None, "utf-8", entities)
        with suppress(Exception):  # what it has read until then is kept
            loose.feed(data.decode())
        return loose
    return strict


def _read_strictly(handler: xml.sax.ContentHandler, data: bytes) -> None:
    reader = xml.sax.make_parser()
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(handler)
    reader.parse(io.BytesIO(data))


def _entry(entry: Mapping[str, Any], base: str | None) -> Entry:
    return Entry(
        title=_rich(entry, "title"),
        texts=tuple(_texts(entry)),
        link=_absolute(_fact(entry, "feedburner_origlink") or _fact(entry, "link"), base),
        guid=_fact(entry, "id"),
        published=_date(entry, "published") or _date(entry, "updated"),
        authors=tuple(_authors(entry)),
        language=_language(entry),
        source=_rich(_table(entry, "source"), "title"),
    )


def _stored(table: Mapping[str, Any], key: str) -> Any:
    """Return what stands under a key itself: feedparser's own look-up takes other keys for it, and warns."""
    return dict.get(table, key) if isinstance(table, dict) else None


def _fact(table: Mapping[str, Any], key: str) -> str | None:
    value = _stored(table, key)
    return value.strip() or None if isinstance(value, str) else None


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = _stored(table, key)
    return value if isinstance(value, dict) else {}


def _rich(table: Mapping[str, Any], key: str) -> Text | None:
    source = _fact(table, key)
    return Text(source, _fact(_table(table, f"{key}_detail"), "type") in _HTML) if source else None


def _texts(entry: Mapping[str, Any]) -> Iterator[Text]:
    """Return what an entry carries as its content, then its summary where that is something else."""
    sources = set()
    for content in _stored(entry, "content") or ():
        if source := _fact(content, "value"):
            sources.add(source)
            yield Text(source, _fact(content, "type") in _HTML)
    summary = _rich(entry, "summary")
    if summary and summary.source not in sources:
        yield summary


def _absolute(link: str | None, base: str | None) -> str | None:
    try:
        return urljoin(base or "", link) if link else None
    except ValueError:  # http://[
        return None


def _date(entry: Mapping[str, Any], key: str) -> str | None:
    """Return a date as our reader understands it, else as feedparser does, which knows years of two digits."""
    written, parsed = _fact(entry, key), _stored(entry, f"{key}_parsed")
    found = parse_date(written) if written else None
    if found or not isinstance(parsed, struct_time):
        return found
    return parse_date("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:5], min(parsed.tm_sec, 59)))


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    names = [name for each in _stored(entry, "authors") or () if (name := _fact(each, "name"))]
    yield from names or filter(None, [_fact(entry, "author")])


def _language(entry: Mapping[str, Any]) -> str | None:
    details = (*(_stored(entry, "content") or ()), _table(entry, "title_detail"), _table(entry, "summary_detail"))
    return next(filter(None, (_fact(each, "language") for each in details)), None)
