"""Looking after the archive: what is in it, what may go, and whether it is sound.

Pruning drops texts, the bulk of the file, and leaves the facts: an id stays known, so nothing old is ever news again,
and what an issue printed of a pruned article is still found. Nothing goes that an issue of the last 30 days took, or
that a profile with such an issue has not seen yet.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from briefing.archive import _index
from briefing.archive._database import transaction
from briefing.archive._documents import digest_of, pack, select, unpack
from briefing.archive._index import Row
from briefing.archive.articles import newest_number
from briefing.errors import BriefingError
from briefing.models import Document, Problem

KEPT_ISSUES = timedelta(days=30)

# Articles in one transaction, so that other processes wait for a tenth of a second and not for all of it.
BATCH = 500


class Survey(NamedTuple):
    """What is in the archive. Times are RFC 3339, sizes bytes; `file_bytes` holds what deleted rows left free."""

    articles: int
    backlog: int
    pruned: int
    text_bytes: int
    file_bytes: int
    received_first: str | None
    received_last: str | None
    published_first: str | None
    sources: int
    failing: int
    issues: int
    last_issue: str | None
    waiting: int


class Prunable(NamedTuple):
    """How many texts may go, and how many bytes of text they are."""

    articles: int
    bytes: int


class Fault(NamedTuple):
    """What is wrong, and whether `repair` mends it."""

    what: str
    is_repairable: bool = True


def survey(connection: sqlite3.Connection) -> Survey:
    """Return what is in the archive."""
    row = connection.execute(
        """
        SELECT count(*), sum(backlog), count(*) - sum(coalesce(whole, 0)), sum(size * whole),
            (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),
            min(received_at), max(received_at), min(dated_at),
            (SELECT count(*) FROM sources), (SELECT count(*) FROM sources WHERE failures > 0),
            (SELECT count(*) FROM issues), (SELECT max(date) FROM issues),
            (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'retry', 'unknown'))
        FROM documents LEFT JOIN texts ON texts.number = documents.number
        """
    ).fetchone()
    articles, backlog, pruned, text_bytes, file_bytes, *others = row
    counts = (articles, backlog or 0, pruned or 0, text_bytes or 0, file_bytes)
    return Survey._make((*counts, *map(_time, others[:3]), *others[3:]))


def _time(seconds: int | None) -> str | None:
    """Return seconds since 1970 as RFC 3339."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


_PRUNABLE = """
    FROM texts JOIN documents ON documents.number = texts.number
    WHERE whole AND documents.number > :after AND received_at < :before AND (backlog OR documents.number <= :seen)
        AND NOT EXISTS (
            SELECT * FROM issue_articles JOIN issue_records ON issue_records.number = issue
            WHERE article = id AND date >= :kept
        )
"""
_SEEN = """
    SELECT min(last) FROM (
        SELECT max(until) AS last FROM issue_records WHERE date >= ? AND state != 'prepared' GROUP BY profile
    )
"""


def prunable(connection: sqlite3.Connection, older: timedelta, now: datetime) -> Prunable:
    """Return what `prune` would drop."""
    values = _prunable_values(connection, older, now)
    return Prunable(*connection.execute(f"SELECT count(*), coalesce(sum(size), 0) {_PRUNABLE}", values).fetchone())


def prune(connection: sqlite3.Connection, older: timedelta, now: datetime) -> Iterator[int]:
    """Drop the texts of what arrived longer ago, a batch a transaction; yield how many have gone so far.

    The file keeps its size until `shrink`. An end at any moment leaves each text there, or gone from the index as well.
    """
    values = _prunable_values(connection, older, now)
    columns = "documents.number, id, title, size, data"
    done = 0
    while True:
        with transaction(connection):
            statement = f"SELECT {columns} {_PRUNABLE} ORDER BY documents.number LIMIT {BATCH}"
            rows = connection.execute(statement, values).fetchall()
            for number, id, title, size, data in rows:
                _prune(connection, Row(number, title, unpack(size, data)), id)
        if not rows:
            return
        values["after"] = rows[-1]["number"]
        yield (done := done + len(rows))


def _prunable_values(connection: sqlite3.Connection, older: timedelta, now: datetime) -> dict[str, int | str]:
    """Return the values of the statement that picks what may go."""
    kept = (now - KEPT_ISSUES).date().isoformat()
    (seen,) = connection.execute(_SEEN, (kept,)).fetchone()
    return {
        "after": 0,
        "before": int((now - older).timestamp()),
        "kept": kept,
        "seen": 2**62 if seen is None else seen,
    }


def _prune(connection: sqlite3.Connection, row: Row, id: str) -> None:
    """Drop one text; what was printed of it takes its place, in the index as well."""
    connection.execute("DELETE FROM texts WHERE number = ?", (row.number,))
    _index.delete(connection, row)
    if printed := _printed_text(connection, id):
        connection.execute("INSERT INTO texts VALUES (?, ?, ?, 0)", (row.number, *pack(printed)))
        _index.insert(connection, row._replace(text=printed))


def _printed_text(connection: sqlite3.Connection, id: str) -> str:
    """Return what issues printed of an article, each line once."""
    rows = connection.execute(
        "SELECT text FROM lines WHERE article = ? AND start IS NOT NULL ORDER BY date, profile, place", (id,)
    )
    return "\n\n".join(dict.fromkeys(row["text"] for row in rows))


def shrink(connection: sqlite3.Connection) -> None:
    """Give the room of what was deleted back to the disk; it takes as much free room as the file has at its end."""
    connection.execute("INSERT INTO article_index (article_index) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def everything(connection: sqlite3.Connection) -> Iterator[Document | Problem]:
    """Yield every article that has its text, in the order of arrival; a Problem for what is damaged, and the rest."""
    for first in range(1, newest_number(connection) + 1, BATCH):
        try:
            yield from list(_numbered(connection, first, first + BATCH - 1))
        except (sqlite3.DatabaseError, BriefingError):
            for number in range(first, first + BATCH):
                yield from _one(connection, number)


def _numbered(connection: sqlite3.Connection, first: int, last: int) -> Iterator[Document]:
    """Yield the articles with these numbers."""
    return select(connection, "documents.number BETWEEN ? AND ? ORDER BY documents.number", (first, last))


def _one(connection: sqlite3.Connection, number: int) -> Iterator[Document | Problem]:
    """Yield the article of one number, or the Problem that it cannot be read; nothing when there is none."""
    try:
        yield from list(_numbered(connection, number, number))
    except (sqlite3.DatabaseError, BriefingError) as error:
        yield Problem(f"article {number}", str(error))


def check(connection: sqlite3.Connection, tell: Callable[[str], object] = len) -> Iterator[Fault]:
    """Yield what is wrong with the file, its rows, its texts and its full-text index; nothing when all is well.

    `tell` is told what is being read: all of the file, which takes ten seconds for 100,000 articles.
    """
    try:
        yield from _faults(connection, tell)
    except sqlite3.DatabaseError as error:  # pages are lost that the next question needed
        yield Fault(f"the file: {error}", is_repairable=False)


def _faults(connection: sqlite3.Connection, tell: Callable[[str], object]) -> Iterator[Fault]:
    """Yield what is wrong, from the file up."""
    tell("reading the file")
    file_faults = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    yield from (Fault(f"the file: {each}", "index" in each) for each in file_faults)
    strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    yield from (Fault(f"{row['table']}: row {row['rowid']} belongs to nothing") for row in strays[:20])
    tell("reading the texts")
    damaged = list(_damaged(connection))
    yield from (Fault(f"the text of {id} is damaged") for _, id in damaged[:20])
    if len(damaged) > 20:
        yield Fault(f"{len(damaged) - 20} more texts are damaged")
    yield from _index_faults(connection, len(damaged), tell)


def _damaged(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield number and id of each article whose text is not what it was."""
    rows = connection.execute(
        "SELECT documents.number, id, digest, size, data, whole"
        " FROM texts JOIN documents ON documents.number = texts.number"
    )
    for number, id, digest, size, data, whole in rows:
        try:
            is_sound = digest_of(unpack(size, data)) == digest or not whole
        except ValueError:
            is_sound = False
        if not is_sound:
            yield number, id


def _index_faults(connection: sqlite3.Connection, damaged: int, tell: Callable[[str], object]) -> Iterator[Fault]:
    """Yield what is wrong with the index: in itself, or beside the articles, but for those that are damaged.

    It keeps no text, so each article is indexed once more in memory, and both must have counted the same words.
    """
    try:
        connection.execute("INSERT INTO article_index (article_index) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        yield Fault(f"the full-text index: {error}")
        return
    wrong, expected = 0, damaged
    rows = _rows(connection)
    while batch := list(islice(rows, BATCH)):
        expected += len(batch)
        tell(f"the full-text index beside {expected:,} articles")
        wrong += _miscounted(connection, batch)
    (held,) = connection.execute("SELECT count(*) FROM article_index_docsize").fetchone()
    if wrong or held != expected:
        yield Fault(f"the full-text index: {max(wrong, abs(held - expected))} articles are not in it as they are")


def _miscounted(connection: sqlite3.Connection, batch: list[Row]) -> int:
    """Return of how many articles the index has other numbers of words than they have."""
    with closing(sqlite3.connect(":memory:")) as few:
        few.execute(f"CREATE VIRTUAL TABLE article_index USING fts5 (title, text, content = '', {_index.TOKENIZER})")
        for row in batch:
            _index.insert(few, row)
        right = few.execute("SELECT id, sz FROM article_index_docsize ORDER BY id").fetchall()
    places = ", ".join("?" * len(batch))
    numbers = tuple(row.number for row in batch)
    found = connection.execute(f"SELECT id, sz FROM article_index_docsize WHERE id IN ({places})", numbers)
    return len(set(right) - set(map(tuple, found)))


def _rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield what the index shall hold: each article with its text, or with what was printed of it."""
    rows = connection.execute(
        "SELECT documents.number, title, size, data FROM texts JOIN documents ON documents.number = texts.number"
        " ORDER BY documents.number"
    )
    for number, title, size, data in rows:
        with suppress(ValueError):  # what is damaged is named by `check`
            yield Row(number, title, unpack(size, data))


def repair(connection: sqlite3.Connection) -> None:
    """Mend what can be: build the indexes anew, and take out texts that are damaged.

    An article that no issue has taken goes with its text, so that its source may bring it again.
    """
    connection.execute("REINDEX")
    with transaction(connection):
        connection.execute("DELETE FROM texts WHERE number NOT IN (SELECT number FROM documents)")
        for number, id in list(_damaged(connection)):
            connection.execute("DELETE FROM texts WHERE number = ?", (number,))
            connection.execute(
                "DELETE FROM documents WHERE number = ?"
                " AND NOT EXISTS (SELECT * FROM issue_articles WHERE article = ?)",
                (number, id),
            )
        _index.rebuild(connection, _rows(connection))
