"""How the subscriptions do: what each answered last, since when it fails, and when it is to be asked again.

A source that fails is left alone for an hour, then for two, four, eight, sixteen and at the most twenty: whoever reads
once a day asks it every day, whoever reads every hour does not knock every hour. After a week of failing it is asked
every second day. What a server says in Retry-After counts where it is longer, up to two days. One success, and all of
this is forgotten; failures are counted in the runs that asked.
"""

import sqlite3
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

FIRST_PAUSE = timedelta(hours=1)
# Below a day, so that who comes at seven is not turned away because yesterday it took until a minute past.
DAILY, EVERY_SECOND_DAY = timedelta(hours=20), timedelta(hours=44)
PATIENCE = timedelta(days=7)
LONGEST_WISH = timedelta(days=2)


class Health(Struct, frozen=True, kw_only=True):
    """What is known of a source; all times in UTC.

    `first_seen` is when it was first asked, `fresh_at` when it last had something new, `entries` how many its last
    answer held, `failures` the runs in a row in which it failed; before `due_at` it is not to be asked.
    """

    address: str
    first_seen: datetime
    checked_at: datetime
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    succeeded_at: datetime | None = None
    fresh_at: datetime | None = None
    entries: int | None = None
    failures: int = 0
    error: str | None = None
    due_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Tell whether the source may be asked now; what a clock said that was ahead of this one does not count."""
        return self.due_at is None or self.due_at <= now or self.checked_at > now


class Arrivals(Struct, frozen=True):
    """What came from a subscription: when its newest article appeared, in UTC, and its outlet if there is only one."""

    newest: datetime
    source: str | None


_COLUMNS = ", ".join(Health.__struct_fields__)
_SUCCESS = """
    INSERT INTO sources (address, etag, modified, moved_to, first_seen, checked_at, succeeded_at, fresh_at, entries)
    VALUES (:address, :etag, :modified, :moved_to, :now, :now, :now, :fresh_at, :entries)
    ON CONFLICT (address) DO UPDATE
    SET etag = iif(:unchanged, coalesce(:etag, etag), :etag),
        modified = iif(:unchanged, coalesce(:modified, modified), :modified),
        entries = iif(:unchanged, coalesce(:entries, entries), :entries),
        moved_to = coalesce(:moved_to, moved_to), fresh_at = coalesce(:fresh_at, fresh_at),
        checked_at = :now, succeeded_at = :now, failures = 0, error = NULL, due_at = NULL
"""


def health(connection: sqlite3.Connection) -> dict[str, Health]:
    """Return what is known of every source that has been asked, by its address."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY address")
    return {row["address"]: _health(row) for row in rows}


def first_asked(connection: sqlite3.Connection) -> datetime | None:
    """Return when the first of the sources was asked for the first time; None before that."""
    (first,) = connection.execute("SELECT min(first_seen) FROM sources").fetchone()
    return datetime.fromisoformat(first) if first else None


def arrivals(connection: sqlite3.Connection) -> dict[str, Arrivals]:
    """Return what came from each subscription, by its address; all articles are looked at."""
    rows = connection.execute(
        """
        SELECT subscription.name, newest, outlet.name
        FROM (
            SELECT origin, max(dated_at) AS newest, iif(min(source) = max(source), min(source), NULL) AS source
            FROM documents
            GROUP BY origin
        ) AS came
        JOIN names AS subscription ON subscription.number = came.origin
        LEFT JOIN names AS outlet ON outlet.number = came.source
        """
    )
    return {address: Arrivals(datetime.fromtimestamp(newest, UTC), source) for address, newest, source in rows}


def succeeded(
    connection: sqlite3.Connection,
    address: str,
    now: datetime,
    *,
    etag: str | None = None,
    modified: str | None = None,
    moved_to: str | None = None,
    entries: int | None = None,
    new: int = 0,
    unchanged: bool = False,
) -> None:
    """Note, within a transaction of the caller, that a source answered; its failures are forgotten.

    `entries` and `new` count what came and what of it was new. With `unchanged` (304) the last answer's ETag,
    Last-Modified and number of entries still hold where this one has none. An address once `moved_to` holds until
    another comes or the source fails.
    """
    values = {
        "address": address,
        "now": _text(now),
        "etag": etag,
        "modified": modified,
        "moved_to": moved_to,
        "entries": entries,
        "fresh_at": _text(now) if new else None,
        "unchanged": unchanged,
    }
    connection.execute(_SUCCESS, values)


def failed(
    connection: sqlite3.Connection, address: str, now: datetime, error: str, retry_after: float | None = None
) -> Health:
    """Note, within a transaction of the caller, that a source failed, and return how it does now.

    `retry_after` are the seconds for which its server wants to be left alone. Where it had moved to is forgotten: the
    next run begins with the address that the user gave.
    """
    connection.execute(
        """
        INSERT INTO sources (address, first_seen, checked_at, failures, error) VALUES (:address, :now, :now, 1, :error)
        ON CONFLICT (address) DO UPDATE
        SET checked_at = :now, failures = failures + 1, error = :error, moved_to = NULL
        """,
        {"address": address, "now": _text(now), "error": error},
    )
    row = connection.execute(f"SELECT {_COLUMNS} FROM sources WHERE address = ?", (address,)).fetchone()
    ill = _health(row)
    due_at = (now + _pause(ill, now, retry_after)).astimezone(UTC)
    connection.execute("UPDATE sources SET due_at = ? WHERE address = ?", (_text(due_at), address))
    return msgspec.structs.replace(ill, due_at=due_at)


def forget(connection: sqlite3.Connection, address: str) -> None:
    """Drop what is known of a source that nobody subscribes to any more; its articles stay."""
    connection.execute("DELETE FROM sources WHERE address = ?", (address,))


def _pause(ill: Health, now: datetime, retry_after: float | None) -> timedelta:
    """Return for how long a source is left alone after its last failure."""
    since = ill.succeeded_at or ill.first_seen
    pause = EVERY_SECOND_DAY if now - since >= PATIENCE else min(FIRST_PAUSE * 2 ** min(ill.failures - 1, 10), DAILY)
    wish = min(retry_after or 0.0, LONGEST_WISH.total_seconds())
    return max(pause, timedelta(seconds=wish))


def _health(row: sqlite3.Row) -> Health:
    """Return a row as a value."""
    return msgspec.convert(dict(row), Health)


def _text(moment: datetime) -> str:
    """Return an instant as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
