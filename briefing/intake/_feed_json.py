"""JSON Feed 1.0 and 1.1 (jsonfeed.org): strict where it must be, lenient where writers of feeds are not."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import msgspec
from msgspec import Struct

from briefing.errors import InputError
from briefing.intake._dates import parse_date
from briefing.intake._decode import decode
from briefing.intake._feed_values import Entry, Feed, Text
from briefing.models import Blob

_VERSION = "jsonfeed.org/version/"


class _Feed(Struct, frozen=True):
    """The keys of a feed that we read; what has another type than it should is as good as missing."""

    version: Any = None
    title: Any = None
    home_page_url: Any = None
    feed_url: Any = None
    language: Any = None
    author: Any = None
    authors: Any = None
    items: Any = None


class _Item(Struct, frozen=True):
    """The keys of an item that we read; `author` is that of version 1.0."""

    id: Any = None
    url: Any = None
    external_url: Any = None
    title: Any = None
    content_html: Any = None
    content_text: Any = None
    summary: Any = None
    date_published: Any = None
    date_modified: Any = None
    author: Any = None
    authors: Any = None
    language: Any = None


def parse_json(blob: Blob) -> Feed:
    """Return the feed in the bytes; raise InputError when they are JSON of another kind, or none."""
    found = _decoded(blob)
    if not isinstance(found, dict) or _VERSION not in (_string(found.get("version")) or ""):
        raise InputError("JSON, but no JSON Feed")
    feed = msgspec.convert(found, _Feed)
    home = _string(feed.home_page_url)
    base = blob.url or _string(feed.feed_url) or home or ""
    items = [each for each in feed.items if isinstance(each, dict)] if isinstance(feed.items, list) else []
    return Feed(
        title=_text(feed.title),
        home=home,
        language=_string(feed.language),
        entries=tuple(_entry(msgspec.convert(each, _Item), feed, base) for each in items),
    )


def _decoded(blob: Blob) -> Any:
    data = blob.data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        return msgspec.json.decode(data)
    except (ValueError, RecursionError):
        pass
    try:  # halves of surrogate pairs, bytes that are no UTF-8, control characters, NaN
        lenient = json.loads(decode(data, blob.charset), strict=False, parse_constant=lambda name: None)
        return msgspec.json.decode(json.dumps(lenient, ensure_ascii=False).encode("utf-8", "ignore"))
    except (ValueError, RecursionError) as error:
        raise InputError("JSON that is damaged or cut off") from error


def _entry(item: _Item, feed: _Feed, base: str) -> Entry:
    return Entry(
        title=_text(item.title),
        texts=tuple(_texts(item)),
        link=_absolute(_string(item.url) or _string(item.external_url), base),
        guid=_string(item.id),
        published=_date(item.date_published) or _date(item.date_modified),
        authors=tuple(_authors(item.authors, item.author)) or tuple(_authors(feed.authors, feed.author)),
        language=_string(item.language),
        source=None,
    )


def _string(value: object) -> str | None:
    """Return a value as text: ids of version 1.0 may be numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip().encode("utf-8", "ignore").decode() or None


def _text(value: object) -> Text | None:
    source = _string(value)
    return Text(source, False) if source else None


def _texts(item: _Item) -> Iterator[Text]:
    if source := _string(item.content_html):
        yield Text(source, True)
    yield from filter(None, (_text(item.content_text), _text(item.summary)))


def _date(value: object) -> str | None:
    return parse_date(written) if (written := _string(value)) else None


def _absolute(link: str | None, base: str) -> str | None:
    try:
        return urljoin(base, link) if link else None
    except ValueError:  # http://[
        return None


def _authors(several: object, one: object) -> Iterator[str]:
    for each in several if isinstance(several, list) and several else [one]:
        if isinstance(each, dict) and (name := _string(each.get("name"))):
            yield name
