"""Documents as rows: the facts that are stored of each, and its text packed as small as it gets."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import msgspec

from briefing.errors import BriefingError
from briefing.models import Document

# Without a preset dictionary: one of 32 KB saves a fifth of a text of 2 KB and costs four times zlib's own CPU, and
# nothing but this program could read the texts any more; as they are, the `sqlar_uncompress` of SQLite's shell can.
_LEVEL = 6

_SELECT = """
    SELECT id, size, data, title, outlet.name, iif(url = '', id, url), path, published, language,
        authors, theme.name, place
    FROM documents
    JOIN texts ON texts.number = documents.number AND whole
    LEFT JOIN names AS outlet ON outlet.number = source
    LEFT JOIN names AS theme ON theme.number = section
"""


def key_of(id: str) -> bytes:
    """Return the bytes by which an id is found: two of a million ids share them once in 10¹⁷ archives."""
    return sha256(id.encode()).digest()[:12]


def digest_of(text: str) -> bytes:
    """Return the bytes by which a text is known again."""
    return sha256(text.encode()).digest()[:16]


def pack(text: str) -> tuple[int, bytes]:
    """Return the size of a text in UTF-8 and its bytes, compressed where that makes them fewer."""
    data = text.encode()
    packed = zlib.compress(data, _LEVEL)
    return len(data), packed if len(packed) < len(data) else data


def unpack(size: int, data: bytes) -> str:
    """Return the text; raise ValueError where the bytes are damaged."""
    try:
        plain = data if len(data) == size else zlib.decompress(data)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(plain) != size:
        raise ValueError(f"{len(plain)} bytes, not {size}")
    return plain.decode()


def facts_of(document: Document, now: datetime) -> dict[str, str | float | None]:
    """Return the columns of `documents` that tell about the article itself, but for those kept as names."""
    return {
        "title": document.title,
        "url": "" if document.url == document.id else document.url,
        "path": document.path,
        "published": document.published,
        "language": document.language,
        "authors": msgspec.json.encode(document.authors).decode() if document.authors else None,
        "place": document.place,
        "dated_at": dated_at(document.published, now),
    }


def dated_at(published: str | None, now: datetime) -> int:
    """Return the second at which an article appeared, a bare day's last; that of its arrival where nothing says it.

    What a feed announces for tomorrow is here today.
    """
    arrived = int(now.timestamp())
    known = last_second(published)
    return arrived if known is None else min(known, arrived)


def last_second(published: str | None) -> int | None:
    """Return the last second since 1970 that a date can mean; None for no date or none that parses."""
    try:
        if not published:
            return None
        if len(published) == len("2026-11-22"):
            day = datetime.combine(date.fromisoformat(published), datetime.min.time(), UTC)
            return int((day + timedelta(days=1)).timestamp()) - 1
        moment = datetime.fromisoformat(published)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def select(connection: sqlite3.Connection, condition: str, values: Iterable[int | bytes]) -> Iterator[Document]:
    """Yield the documents that an SQL condition of ours picks; what has been pruned has no text and is left out."""
    for row in connection.execute(f"{_SELECT} WHERE {condition}", tuple(values)):
        yield _document(row)


def _document(row: sqlite3.Row) -> Document:
    """Return a row of `_SELECT` as the document that it was."""
    id, size, data, title, source, url, path, published, language, authors, section, place = row
    try:
        text = unpack(size, data)
    except ValueError as error:
        raise BriefingError(
            f"the archive's text of {id} is damaged ({error}); `briefing archive check --repair` takes it out"
        ) from error
    return Document(
        id=id,
        text=text,
        title=title,
        source=source,
        url=url,
        path=path,
        published=published,
        language=language,
        authors=msgspec.json.decode(authors, type=tuple[str, ...]) if authors else (),
        section=section,
        place=place,
    )
