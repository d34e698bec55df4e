"""What `briefing run --dry-run` opens and tells."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.archive._database import FILE_NAME, MIGRATIONS, connect_reading, copy_archive, data_folder, open_archive
from briefing.commands._print import printable
from briefing.daily import Published, Reader


@contextmanager
def archive() -> Iterator[sqlite3.Connection]:
    """Open the user's archive; where there is none, or one that would have to be changed first, a copy of it."""
    path = data_folder() / FILE_NAME
    with TemporaryDirectory(prefix="briefing-") as scratch:
        if path.exists() and not _is_current(path):
            copy_archive(path, Path(scratch, FILE_NAME))
        with open_archive(path.parent if path.exists() and _is_current(path) else Path(scratch)) as connection:
            yield connection


def _is_current(path: Path) -> bool:
    """Tell whether an archive is as this program writes it, or none that it can change: opening it says why."""
    try:
        with closing(connect_reading(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return True
    return bool(version >= len(list(MIGRATIONS.glob("*.sql"))))


def described(line: str, reader: Reader, published: Published) -> Iterator[str]:
    """Yield the verdict on a reader's day with the headlines, the files, the mail and the commands to come."""
    yield line
    briefing = published.briefing
    if briefing is None:
        return
    for section in briefing.sections:
        if section.title:
            yield f"  {printable(section.title)}"
        for story in section.stories:
            mark = f"{story.mark}: " if story.mark else ""
            yield f"  {' ' * 2 * bool(section.title)}{mark}{printable(story.title)}"
    yield f"would write {', '.join(str(path) for path in reader.files(briefing).values())}"
    if reader.to:
        yield f"would send to {', '.join(reader.to)}"
