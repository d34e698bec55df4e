"""Open `archive.db`: durable, shared by processes, and brought up to date by the numbered files in `migrations/`."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import BriefingError

FILE_NAME = "archive.db"
MIGRATIONS = Path(__file__).parent / "migrations"

# A transaction of ours writes one issue at the most; who waits longer than this waits for something that hangs.
BUSY_SECONDS = 30.0

# A packed text takes about 1 KB: three of them fill three quarters of SQLite's own page of 4 KB, fifteen all of this.
PAGE_BYTES = 16_384

# The index of ids is met at random places: in SQLite's own 2 MB that of 100,000 articles has no room.
CACHE_BYTES = 16_000_000
WAL_BYTES = 4_000_000


def data_folder() -> Path:
    """Return the folder in which the platform keeps a user's data for us."""
    from platformdirs import user_data_path  # 20 ms that a run without an archive need not pay

    return user_data_path("briefing", appauthor=False)


@contextlib.contextmanager
def open_archive(folder: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Open the archive of a folder (the user's by default), made and migrated where necessary; close it at the end.

    Every SQLite error inside becomes one BriefingError that names the file and what to do.
    """
    path = (folder or data_folder()) / FILE_NAME
    make_folder(path.parent)
    _make_private(path)
    try:
        # In autocommit mode: transactions are begun by name, with `transaction`.
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            _configure(connection)
            migrate(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open a file to read it alone, whatever form it has; the caller closes it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=BUSY_SECONDS, uri=True)


def copy_archive(path: Path, to: Path) -> None:
    """Copy an archive as it stands, with what only its log has yet; raise BriefingError where it cannot be read."""
    try:
        with contextlib.closing(connect_reading(path)) as archive, contextlib.closing(sqlite3.connect(to)) as copy:
            archive.backup(copy)
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def make_folder(folder: Path) -> None:
    """Make the folder of the archive, for its owner alone: what people read, and who reads it, is private."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BriefingError(
            f"{folder}: cannot be made ({error.strerror}); XDG_DATA_HOME names another place"
        ) from error


def _make_private(path: Path) -> None:
    """Make the file, readable by its owner alone; SQLite gives its companions the same permissions."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise BriefingError(f"{path}: cannot be written ({error.strerror}); check the folder's permissions") from error


def _configure(connection: sqlite3.Connection) -> None:
    """Set what holds for each connection; the first to read the file, so the first to fail where it is none of ours."""
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file; an old one keeps its own
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL may lose the last transactions when the power goes; what is marked as sent must stay sent.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_BYTES // 1000}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_BYTES // PAGE_BYTES}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one transaction that takes the write lock at its start: all of it is on disk, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite has rolled back by itself, and a second ROLLBACK would hide the reason.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that the file has not seen, each as one transaction; its number is kept in `user_version`.

    Raises BriefingError where the file is newer than this program.
    """
    scripts = sorted(MIGRATIONS.glob("*.sql"))
    if _version(connection) > len(scripts):
        raise BriefingError(
            f"{path}: was written by a newer briefing (form {_version(connection)}, this one knows {len(scripts)}); "
            "update it with `pip install --upgrade briefing-cli`"
        )
    for number, script in enumerate(scripts, 1):
        if _version(connection) < number:
            with transaction(connection):
                if _version(connection) < number:  # another process may have been faster
                    _run(connection, script)
                    connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration that the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, script: Path) -> None:
    """Execute the statements of a file; `executescript` would commit the transaction they belong to."""
    statement = ""
    for line in script.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _explained(error: sqlite3.Error, path: Path) -> BriefingError:
    """Return what SQLite said as a sentence with its remedy."""
    # Python names no code for what it found out itself (a misused connection): that is a mistake of ours.
    code = getattr(error, "sqlite_errorcode", None)
    match code and code & 0xFF:  # the low byte is the class of an extended code
        case sqlite3.SQLITE_FULL:
            said = "the disk is full; what was stored before is untouched: make room and call again"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            said = f"another process has been writing for {BUSY_SECONDS:.0f} seconds; call again when it is done"
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            said = f"is damaged or no archive ({error}); move it away and a new one is made"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            said = f"cannot be written ({error}); check the folder's permissions"
        case _:
            said = f"could not be read or written ({error}); is the disk full or failing?"
    return BriefingError(f"{path}: {said}")
