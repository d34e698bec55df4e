"""Articles in the order in which they arrived: what has been seen, and with which words.

Each has a number that only grows, so "what is new since the last issue" is a question of numbers and never of clocks.
An id is new once. Its text is replaced by a later one as long as no issue has taken it; from then on it stays, so that
every printed line can be held against it.

What is older than its subscription, or added by hand, is backlog: it is found, and is never news.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec.structs import replace

from briefing.archive import _index
from briefing.archive._documents import digest_of, facts_of, key_of, last_second, pack, select, unpack
from briefing.archive._index import Row
from briefing.models import Document

Outcome = Literal["new", "known", "updated"]

# SQLite takes 32,766 values in one statement (SQLITE_MAX_VARIABLE_NUMBER), and older ones 999.
_AT_ONCE = 900


class Added(NamedTuple):
    """How many documents were new, known, or known with a text that has been replaced."""

    new: int
    known: int
    updated: int


class _Stored(NamedTuple):
    """What is asked of a known article."""

    number: int
    title: str | None
    digest: bytes
    path: str | None
    backlog: int
    origin: int | None


def add_articles(
    connection: sqlite3.Connection,
    documents: Iterable[Document],
    *,
    origin: str | None,
    now: datetime,
    backlog_before: datetime | None = None,
    by_hand: bool = False,
) -> Added:
    """Put documents into the archive, within a transaction of the caller, and return what became of them.

    `origin` is the address of the subscription or the path that was added. What is dated before `backlog_before` (24
    hours before the first fetch of its source) is backlog, and so is everything added `by_hand`.
    """
    adding = _Adding(connection, origin, now, backlog_before, by_hand)
    counts: Counter[Outcome] = Counter(map(adding.add, documents))
    return Added(counts["new"], counts["known"], counts["updated"])


class _Adding:
    """One call of `add_articles`: what holds for all of its documents, and the numbers of names it has met."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        origin: str | None,
        now: datetime,
        backlog_before: datetime | None,
        by_hand: bool,
    ) -> None:
        self._connection = connection
        self._now = now
        self._backlog_before = backlog_before
        self._by_hand = by_hand
        self._numbers: dict[str, int] = {}
        self._origin = self._number(origin)

    def add(self, document: Document) -> Outcome:
        """Insert a document, replace the text of a known one, or leave all as it is."""
        digest = digest_of(document.text)
        stored = self._find(document.id)
        if stored and stored.digest != digest and self._is_another(document, stored):
            document = replace(document, id=f"{document.id}~{digest.hex()[:12]}")
            stored = self._find(document.id)
        if not stored:
            self._insert(document, digest)
            return "new"
        is_same = (stored.digest, stored.title) == (digest, document.title)
        if is_same or self._is_less(document, stored) or not self._may_change(document.id, stored):
            return "known"
        return self._update(document, digest, stored)

    def _find(self, id: str) -> _Stored | None:
        """Return what is stored under an id."""
        row = self._connection.execute(
            "SELECT number, title, digest, path, backlog, origin FROM documents WHERE key = ?", (key_of(id),)
        ).fetchone()
        return _Stored(*row) if row else None

    def _is_another(self, document: Document, stored: _Stored) -> bool:
        """Tell whether two texts under one id are two articles: their ids say only where in a folder each was found.

        A subscribed folder is the same folder every day, so a file with another text there is that file, edited; but
        not the twelfth line of a list of articles, which was made anew.
        """
        is_place = not document.url and (document.path or "").endswith(document.id.partition("#")[0])
        return is_place and (self._by_hand or "#" in document.id or document.path != stored.path)

    def _is_less(self, document: Document, stored: _Stored) -> bool:
        """Tell whether another source than that of the stored article has less of it, such as a teaser."""
        if self._by_hand or stored.origin == self._origin:
            return False
        row = self._connection.execute("SELECT size FROM texts WHERE number = ?", (stored.number,)).fetchone()
        return bool(row) and len(document.text.encode()) < row[0]

    def _may_change(self, id: str, stored: _Stored) -> bool:
        """Tell whether the text of a known article may be replaced: no issue has taken it.

        What is added by hand does not change what a subscription brought, which an issue may be at work on.
        """
        if self._by_hand and not stored.backlog:
            return False
        return not self._connection.execute("SELECT 1 FROM issue_articles WHERE article = ?", (id,)).fetchone()

    def _insert(self, document: Document, digest: bytes) -> None:
        """Store a new article and index it."""
        facts = {
            "key": key_of(document.id),
            "id": document.id,
            **facts_of(document, self._now),
            "source": self._number(document.source),
            "section": self._number(document.section),
            "origin": self._origin,
            "received_at": int(self._now.timestamp()),
            "backlog": self._is_backlog(document),
            "digest": digest,
        }
        names = ", ".join(facts)
        places = ", ".join("?" * len(facts))
        cursor = self._connection.execute(f"INSERT INTO documents ({names}) VALUES ({places})", tuple(facts.values()))
        number = cursor.lastrowid
        assert number is not None
        self._connection.execute(
            "INSERT INTO texts (number, size, data) VALUES (?, ?, ?)", (number, *pack(document.text))
        )
        _index.insert(self._connection, Row(number, document.title, document.text))

    def _update(self, document: Document, digest: bytes, stored: _Stored) -> Outcome:
        """Replace text and facts of an article, which keeps its number and counts as whoever's its text is.

        What has been pruned stays so.
        """
        row = self._connection.execute(
            "SELECT size, data FROM texts WHERE number = ? AND whole", (stored.number,)
        ).fetchone()
        if not row:
            return "known"
        names = {"source": self._number(document.source), "origin": self._origin}
        facts = {**facts_of(document, self._now), **names, "digest": digest}
        changes = ", ".join(f"{name} = ?" for name in facts)
        _index.delete(self._connection, Row(stored.number, stored.title, unpack(*row)))
        self._connection.execute(f"UPDATE documents SET {changes} WHERE number = ?", (*facts.values(), stored.number))
        self._connection.execute(
            "UPDATE texts SET size = ?, data = ? WHERE number = ?", (*pack(document.text), stored.number)
        )
        _index.insert(self._connection, Row(stored.number, document.title, document.text))
        return "updated"

    def _is_backlog(self, document: Document) -> bool:
        """Tell whether a document is older than what its reader wants to hear of."""
        if self._by_hand or self._backlog_before is None:
            return self._by_hand
        published = last_second(document.published)
        return published is not None and published < self._backlog_before.timestamp()

    def _number(self, name: str | None) -> int | None:
        """Return the number of a name, which gets one where it has none."""
        if name is None:
            return None
        if name not in self._numbers:
            self._connection.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
            row = self._connection.execute("SELECT number FROM names WHERE name = ?", (name,)).fetchone()
            self._numbers[name] = row[0]
        return self._numbers[name]


def newest_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last article that arrived, 0 before the first."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").fetchone()
    return int(row[0]) if row else 0


def arrived(connection: sqlite3.Connection, after: int, up_to: int | None = None) -> Iterator[Document]:
    """Yield the articles numbered above `after` and at most `up_to`, in the order of their arrival; no backlog."""
    last = newest_number(connection) if up_to is None else up_to
    condition = "documents.number > ? AND documents.number <= ? AND backlog = 0 ORDER BY documents.number"
    return select(connection, condition, (after, last))


def appeared(connection: sqlite3.Connection, since: datetime, up_to: int) -> Iterator[Document]:
    """Yield the articles published at an instant or later, or arrived then where no date says it; no backlog.

    They are numbered at most `up_to`, and come in the order of their arrival.
    """
    condition = "documents.number <= ? AND dated_at >= ? AND backlog = 0 ORDER BY documents.number"
    return select(connection, condition, (up_to, int(since.timestamp())))


def known(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Return those ids that have arrived before, also where their texts have been pruned since."""
    wanted = {key_of(id): id for id in ids}
    found: set[str] = set()
    for keys in _batches(list(wanted)):
        rows = connection.execute(f"SELECT key FROM documents WHERE key IN ({_marks(keys)})", keys)
        found.update(wanted[row[0]] for row in rows)
    return found


def get_documents(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Document]:
    """Yield the documents of ids, in the order of their arrival; an id that is unknown or pruned is left out."""
    for keys in _batches([key_of(id) for id in ids]):
        yield from select(connection, f"key IN ({_marks(keys)}) ORDER BY documents.number", keys)


def _batches(keys: list[bytes]) -> Iterator[list[bytes]]:
    """Yield the keys in lists that fit into one statement."""
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _marks(values: list[bytes]) -> str:
    """Return as many question marks as there are values."""
    return ", ".join("?" * len(values))
