"""Articles of the past into the archive: read one after the other, added a batch at a time, with the time left."""

import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from briefing.archive._database import transaction
from briefing.archive.articles import Added, add_articles
from briefing.commands._inputs import Outcome
from briefing.commands._progress import Progress
from briefing.models import Document, Problem

# What one transaction holds, and so what an end in the middle costs: a tenth of a second. Of long texts fewer, for the
# sake of the memory.
BATCH_ARTICLES, BATCH_CHARACTERS = 500, 4_000_000

# How often the line of progress is written anew.
PAUSE_SECONDS = 0.2


class Reader(Protocol):
    """Reads one PATH, and says to `watch` how many bytes it has read."""

    def __call__(self, path: str, watch: "Meter") -> Iterator[Document | Problem]: ...


class Meter:
    """How much of the inputs has been read, on the line of a progress."""

    def __init__(self, progress: Progress, total: int | None) -> None:
        """Begin with nothing read of so many bytes; None where nobody can know."""
        self._progress = progress
        self._total = total
        self._read = 0
        self._began = self._shown = time.monotonic()

    def __call__(self, count: int) -> None:
        """Count bytes that have been read."""
        self._read += count

    def show(self, added: Added) -> None:
        """Write the line anew when the last one is old enough."""
        now = time.monotonic()
        if now - self._shown >= PAUSE_SECONDS:
            self._shown = now
            self._progress.show(f"{told(added)}{self._share(now - self._began)}")

    def _share(self, seconds: float) -> str:
        """Return which part is done and how long the rest will take at this speed."""
        if not self._total or not self._read:
            return ""
        done = min(self._read / self._total, 1.0)
        minutes, rest = divmod(round(seconds / done - seconds), 60)
        return f", {done:.0%}, {minutes}:{rest:02} left"


def told(added: Added) -> str:
    """Return in words what became of the articles: "1,200 new, 3 known"."""
    counts = {"new": added.new, "known": added.known, "updated": added.updated}
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name == "new")


def add_paths(
    connection: sqlite3.Connection,
    paths: Sequence[str],
    reader: Reader,
    now: datetime,
    progress: Progress,
    outcome: Outcome,
) -> Added:
    """Add what the paths hold and return what became of it; problems are named by the outcome.

    Each batch is on disk when the next begins: a call that was interrupted is repeated, and skips what it has.
    """
    meter = Meter(progress, total_bytes(paths) if sys.stderr.isatty() else None)
    total = Added(0, 0, 0)
    for path in paths:
        found = outcome.watch(_cleared(reader(path, meter), progress))
        for batch in batches(found):
            with transaction(connection):
                added = add_articles(connection, batch, origin=path, now=now, by_hand=True)
            total = Added(*map(sum, zip(total, added, strict=True)))
            meter.show(total)
    return total


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield the documents in lists that are neither too many nor too long."""
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def total_bytes(paths: Iterable[str]) -> int | None:
    """Return the size of all files; None where one of the paths has none that could be known."""
    from briefing.intake._places import find_files, is_address

    total = 0
    for path in paths:
        if is_address(path) or path == "-":
            return None
        total += sum(_size(place.location) for place in find_files(path))
    return total


def _size(file: str) -> int:
    """Return the size of a file; 0 where it cannot be known, which reading will say."""
    try:
        return os.path.getsize(file)
    except OSError:
        return 0


def _cleared(found: Iterable[Document | Problem], progress: Progress) -> Iterator[Document | Problem]:
    """Pass everything on, and take the line of progress away before a problem is printed."""
    for each in found:
        if isinstance(each, Problem):
            progress.clear()
        yield each
