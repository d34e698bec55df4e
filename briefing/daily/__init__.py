"""The whole day on one page: what a crash left is finished, the feeds are read once, each reader gets an issue.

    alone ─► finish ─► read the feeds ─► for each reader: what is new ─► issue ─► files ─► commit ─► hooks ─► mail
             (yesterday's crash)         (each source stored by itself)

Everything that touches files, mail or the clock is handed in by the command (`Reader`); `pipeline` makes the issue, and
`archive/issues.py` says why nothing is lost or printed twice.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from briefing.archive import issues
from briefing.archive._database import data_folder, make_folder
from briefing.archive._lock import hold
from briefing.daily._feeds import Fetched, read_feeds
from briefing.daily._issue import Memory, Published, Reader, finish, preview, publish
from briefing.daily._news import check_day
from briefing.errors import BriefingError

__all__ = ["Day", "Fetched", "Memory", "Published", "Reader", "alone", "preview", "read_feeds", "rehearse", "run"]

LOCK_NAME = "run.lock"

# Two timers that fire at once are done one after the other; who waits longer than this is told why.
PATIENCE_SECONDS = 20.0


class Day(Struct, frozen=True):
    """What came of a day: how the feeds did, what was published, and whether all mail has arrived."""

    fetched: Fetched
    published: tuple[Published, ...]
    arrived: bool


@contextlib.contextmanager
def alone(folder: Path | None = None, seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Be the one process that runs a day; raise BriefingError that names the other one when it is not done in time."""
    place = folder or data_folder()
    make_folder(place)
    with hold(place / LOCK_NAME, seconds, _occupied):
        yield


def _occupied(holder: str) -> BriefingError:
    """Return the error for an archive on which another process works."""
    return BriefingError(f"{holder} is reading the feeds or making the issue; call again when it is done")


def run(
    connection: sqlite3.Connection,
    readers: Sequence[Reader],
    read: Callable[[sqlite3.Connection], Fetched],
    post: Callable[[sqlite3.Connection], bool],
    *,
    force: bool = False,
) -> Day:
    """Do all that a day asks for; call it within `alone`.

    `read` brings what is new into the archive, `post` sends what the outbox holds and tells whether all arrived. Raises
    UsageError, before anything is read, where a reader has an issue of a later day, unless `force` takes it back.
    """
    for reader in () if force else readers:
        check_day(connection, reader.profile, reader.now)
    published = [each for reader in readers for each in finish(connection, reader)]
    # What could not be finished would be thrown away by another issue.
    stuck = {each.profile for each in published if each.failed}
    fetched = read(connection)
    able = [reader for reader in readers if reader.profile not in stuck]
    published += [publish(connection, reader, fetched, force=force) for reader in able]
    arrived = post(connection)
    return Day(fetched, tuple(published), arrived)


def rehearse(
    connection: sqlite3.Connection,
    readers: Sequence[Reader],
    read: Callable[[sqlite3.Connection], Fetched],
    *,
    force: bool = False,
) -> Day:
    """Return what `run` would do; the archive is as it was, to the byte.

    All happens in one transaction that is taken back: `read` must begin none of its own, and have waited for the
    network before.
    """
    connection.execute("PRAGMA cache_spill = OFF")  # what is taken back must not be written meanwhile
    connection.execute("BEGIN IMMEDIATE")
    try:
        for reader in readers:
            for issue in issues.unfinished(connection, reader.profile):
                issues.put_in_force(connection, issue, reader.clock())
        fetched = read(connection)
        published = [preview(connection, each.profile, each.now, each.build, fetched, force=force) for each in readers]
        return Day(fetched, tuple(published), True)
    finally:
        connection.execute("ROLLBACK")
