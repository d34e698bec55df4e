"""Issues: one a profile and day, made in steps of which each can be the last before the power goes.

    prepare ──────────────► files ─────► commit ───────────────► hooks ─► done ─► sending
    one transaction:        written      one transaction:                         the outbox's
    JSON, lines, fates,     beside and   the earlier issue of the day goes,       own business
    frozen letters          renamed      the mark moves, letters are queued

`prepared` ─► `committed` ─► `done`, and never back.

Nothing is lost: the mark of a profile is the last article number of its newest committed issue, so what no committed
issue took is taken by the next one. Nothing is printed twice as new: a prepared issue is finished by the next run
before anything else, from the JSON that is stored, so whatever of it stood on disk already is written again with the
same words, and its articles are not offered to another issue. No reader gets a message twice: a letter is in the
outbox or not, together with the commit; what follows is the outbox's promise. A hook is called again when the program
died after the commit and before `done`: it sees the same files.

The JSON is kept whole and compressed; lines and the fates of articles are rows, so that the views `issues`, `lines`
and `fates` can be asked in SQL.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

import msgspec

from briefing.archive import outbox
from briefing.archive._database import transaction
from briefing.archive.outbox import Entry, Letter
from briefing.models import REMEMBERED_DAYS, Briefing, Line, Section, Story

State = Literal["prepared", "committed", "done"]
Fate = Literal["printed", "copy", "cut", "muted", "known"]

# Articles of these that are read again, so that nothing is told twice: some 0.4 ms each.
REMEMBERED = 500


class Issue(NamedTuple):
    """A row without its JSON. It took the articles numbered above `since` and up to `until`."""

    number: int
    profile: str
    date: str
    state: State
    since: int
    until: int
    window_since: str | None
    window_until: str


class Made(NamedTuple):
    """An issue to prepare: the briefing, whose it is, the numbers and ids of the articles it takes, and its letters."""

    profile: str
    briefing: Briefing
    since: int
    until: int
    articles: Sequence[str]
    letters: Sequence[Letter] = ()


class _Frozen(NamedTuple):
    """Letters as they wait for the commit: each body once, and the letters with the body's place instead."""

    bodies: list[bytes]
    letters: list[tuple[str, str, str, str, bytes, int]]


_COLUMNS = ", ".join(Issue._fields)


def prepare(connection: sqlite3.Connection, made: Made) -> Issue:
    """Store an issue whole, seen by nobody yet; one in the making that was left there makes room."""
    with transaction(connection):
        connection.execute("DELETE FROM issue_records WHERE profile = ? AND state = 'prepared'", (made.profile,))
        number = _insert_record(connection, made)
        _insert(connection, "issue_lines", _lines(number, made.briefing))
        fates = fates_of(made.briefing, made.articles).items()
        _insert(connection, "issue_articles", ((number, place, *each) for place, each in enumerate(fates)))
    return get(connection, number)


def _insert_record(connection: sqlite3.Connection, made: Made) -> int:
    """Insert the issue's own row and return its number."""
    briefing, window = made.briefing, made.briefing.ledger.window
    values = {
        "profile": made.profile,
        "date": briefing.date,
        "state": "prepared",
        "since": made.since,
        "until": made.until,
        "window_since": window.since,
        "window_until": window.until or briefing.date,
        "title": briefing.title,
        "stories": sum(len(section.stories) for section in briefing.sections),
        "minutes": briefing.minutes,
        "json": zlib.compress(msgspec.json.encode(briefing)),
        "letters": _freeze(made.letters),
    }
    names = ", ".join(values)
    cursor = connection.execute(
        f"INSERT INTO issue_records ({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )
    return int(cursor.lastrowid or 0)


def commit(connection: sqlite3.Connection, issue: Issue, now: datetime) -> list[Entry]:
    """Put the issue of the files in force, and return its messages as they stand in the outbox.

    The earlier issue of its day goes, the mark moves, its letters are queued: all of it or nothing. An issue that is
    committed already stays as it is, and has none.
    """
    with transaction(connection):
        return put_in_force(connection, issue, now)


def put_in_force(connection: sqlite3.Connection, issue: Issue, now: datetime) -> list[Entry]:
    """Do what `commit` does within a transaction of the caller."""
    row = connection.execute(
        "SELECT letters FROM issue_records WHERE number = ? AND state = 'prepared'", (issue.number,)
    ).fetchone()
    if row is None:
        return []
    # Later ones there are only where somebody forces this day on them: a clock was wrong, or a --date.
    connection.execute(
        "DELETE FROM issue_records WHERE profile = ? AND date >= ? AND number != ?",
        (issue.profile, issue.date, issue.number),
    )
    connection.execute(
        "UPDATE issue_records SET state = 'committed', letters = NULL, committed_at = ? WHERE number = ?",
        (now.astimezone(UTC).isoformat(), issue.number),
    )
    return outbox.add(connection, _thaw(row["letters"]), now)


def finish(connection: sqlite3.Connection, issue: Issue) -> None:
    """Note that the hooks of a committed issue have run."""
    with transaction(connection):
        connection.execute(
            "UPDATE issue_records SET state = 'done' WHERE number = ? AND state = 'committed'", (issue.number,)
        )


def get(connection: sqlite3.Connection, number: int) -> Issue:
    """Return an issue by its number; raise KeyError when there is none."""
    found = _find(connection, "number = ?", number)
    if not found:
        raise KeyError(number)
    return found[0]


def unfinished(connection: sqlite3.Connection, profile: str) -> list[Issue]:
    """Return what a run of this profile left in the middle, oldest first."""
    return _find(connection, "profile = ? AND state != 'done'", profile)


def newest(connection: sqlite3.Connection, profile: str, *, up_to: str = "9999-12-31") -> Issue | None:
    """Return the profile's newest committed issue of a day or of those before it; None when there is none.

    Its `until` is the profile's mark: what arrived after it is new.
    """
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM issue_records WHERE profile = ? AND date <= ? AND state != 'prepared'"
        " ORDER BY date DESC LIMIT 1",
        (profile, up_to),
    ).fetchone()
    return Issue(*row) if row else None


def told_until(connection: sqlite3.Connection, before: str) -> datetime | None:
    """Return the instant of the issue that was made last, of any profile, for a day before one."""
    row = connection.execute(
        "SELECT window_until FROM issue_records WHERE date < ? AND state != 'prepared' ORDER BY number DESC LIMIT 1",
        (before,),
    ).fetchone()
    moment = datetime.fromisoformat(row["window_until"]) if row else None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def briefing_of(connection: sqlite3.Connection, issue: Issue) -> Briefing:
    """Return the issue as it was made, from which the same files come again."""
    row = connection.execute("SELECT json FROM issue_records WHERE number = ?", (issue.number,)).fetchone()
    return msgspec.json.decode(zlib.decompress(row["json"]), type=Briefing)


def previous(connection: sqlite3.Connection, profile: str, day: str) -> list[Briefing]:
    """Return the issues that tell what is new on a day, oldest first: those of the days before, or the newest one."""
    today = date.fromisoformat(day)
    last = newest(connection, profile, up_to=(today - timedelta(days=1)).isoformat())
    if not last:
        return []
    since = min((today - timedelta(days=REMEMBERED_DAYS)).isoformat(), last.date)
    found = _find(connection, "profile = ? AND date >= ? AND date < ? AND state != 'prepared'", profile, since, day)
    return [briefing_of(connection, issue) for issue in sorted(found, key=lambda each: each.date)]


def printed(connection: sqlite3.Connection, profile: str, day: str) -> list[str]:
    """Return the ids of the articles that the issues of the last days before one have printed, the newest first.

    There are so many at the most as can be read again in a moment.
    """
    since = (date.fromisoformat(day) - timedelta(days=REMEMBERED_DAYS)).isoformat()
    rows = connection.execute(
        "SELECT article FROM fates WHERE profile = ? AND date >= ? AND date < ? AND fate IN ('printed', 'copy')"
        " ORDER BY issue DESC LIMIT ?",
        (profile, since, day, REMEMBERED),
    )
    return [row["article"] for row in rows]


def taken(connection: sqlite3.Connection, issue: Issue) -> list[str]:
    """Return the ids of the articles that an issue took, whatever became of them, in the order of their arrival."""
    rows = connection.execute("SELECT article FROM issue_articles WHERE issue = ? ORDER BY place", (issue.number,))
    return [row["article"] for row in rows]


def fates_of(briefing: Briefing, articles: Iterable[str]) -> dict[str, Fate]:
    """Return what became of each of the articles that an issue was made of; what it does not name was muted."""
    fates: dict[str, Fate] = dict.fromkeys(articles, "muted")
    stories = list(_stories(briefing))
    again = (each.article for each in briefing.absent or () if each.why == "known")
    fates.update(dict.fromkeys((id for id in again if id in fates), "known"))
    fates.update(dict.fromkeys((id for id in briefing.also if id in fates), "cut"))
    fates.update(dict.fromkeys((copy.id for _, story in stories for copy in story.copies if copy.id in fates), "copy"))
    fates.update(dict.fromkeys((id for _, story in stories for id in story.articles if id in fates), "printed"))
    return fates


def _find(connection: sqlite3.Connection, condition: str, *values: str | int) -> list[Issue]:
    """Return the rows that a condition of ours picks, in the order in which they were made."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM issue_records WHERE {condition} ORDER BY number", values)
    return [Issue(*row) for row in rows]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[str | int | None, ...]]) -> None:
    """Insert whole rows into a table of ours."""
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _stories(briefing: Briefing) -> Iterator[tuple[Section, Story]]:
    """Yield every story with its section, in order."""
    for section in briefing.sections:
        for story in section.stories:
            yield section, story


def _lines(number: int, briefing: Briefing) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of an issue's lines."""
    place = 0
    for section, story in _stories(briefing):
        lines: Sequence[Line] = story.lines or ()
        for line in lines:
            known = (number, line.id, place, story.id, section.title, story.mark)
            yield (*known, line.role, line.text, line.article, line.start, line.end)
            place += 1


def _freeze(letters: Sequence[Letter]) -> bytes | None:
    """Return the letters as bytes, the body that they share once; None when there are none."""
    bodies = list(dict.fromkeys(letter.body for letter in letters))
    frozen = [(*letter[:-1], bodies.index(letter.body)) for letter in letters]
    return msgspec.msgpack.encode(_Frozen(bodies, frozen)) if letters else None


def _thaw(data: bytes | None) -> list[Letter]:
    """Return the letters that were frozen."""
    if data is None:
        return []
    frozen = msgspec.msgpack.decode(data, type=_Frozen)
    return [Letter(*letter[:-1], frozen.bodies[letter[-1]]) for letter in frozen.letters]
