"""The archive: its size beside its texts, searches, what a run asks of it, and adding at flat memory.

DATA/summaries/*.jsonl gives the sentences of which articles are made up (`_made_up.py`). The questions of a run are
what a morning asks: which of 2,000 entries are known, the 350 articles since yesterday, the health of 200 sources; in
1,000 and in 100,000 articles. "Add" is `briefing archive add` of packed JSON Lines, a process of its own, so that
memory is its own peak. All archives are made in a temporary folder.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks._made_up import A_DAY, FIRST, documents
from briefing.archive import articles, sources
from briefing.archive._database import open_archive, transaction
from briefing.archive.searching import search

FULL, SHORT = 2_000, 250  # characters of an article
BATCH = 500
REPEATS = 5  # the quickest counts
ADDED = (100_000, 1_000_000)


def fill(connection: sqlite3.Connection, count: int) -> tuple[int, float]:
    """Add so many articles; return the bytes of their texts and the CPU seconds that the archive took."""
    made = documents(count, FULL)
    text_bytes, seconds = 0, 0.0
    while batch := list(islice(made, BATCH)):
        text_bytes += sum(len(each.text.encode()) for each in batch)
        start = time.process_time()
        with transaction(connection):
            articles.add_articles(connection, batch, origin="https://example.org/feed", now=FIRST)
        seconds += time.process_time() - start
    with transaction(connection):
        for number in range(200):
            sources.succeeded(connection, f"https://example.org/{number}", FIRST, etag='"1"')
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return text_bytes, seconds


def quickest(job: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU and the wall time of the quickest of some repetitions, in milliseconds."""
    taken = []
    for _ in range(REPEATS):
        cpu, wall = time.process_time(), time.perf_counter()
        job()
        taken.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(each[0] for each in taken) * 1000, min(each[1] for each in taken) * 1000


def phrases() -> list[str]:
    """Return pairs of words as people quote them: the 40 most frequent of two words with a capital, and "of the"."""
    pairs: Counter[str] = Counter()
    for each in islice(documents(3_000, FULL), 3_000):
        words = re.findall(r"\w+", each.text)
        named = ((one, other) for one, other in pairwise(words) if one.istitle() and other.istitle())
        pairs.update(f"{one} {other}" for one, other in named if min(len(one), len(other)) > 2)  # no "U S"
    return [pair for pair, _ in pairs.most_common(40)] + ["of the"]


def show_searches(connection: sqlite3.Connection, now: datetime) -> None:
    """Print what phrase searches take."""
    taken = {phrase: quickest(partial(search, connection, f'"{phrase}"', now)) for phrase in phrases()}
    common = taken.pop("of the")
    for name, at in (("CPU", 0), ("wall", 1)):
        times = [each[at] for each in taken.values()]
        print(
            f"phrase search, {name:4s}: median {median(times):5.1f} ms, slowest of {len(times)} {max(times):5.1f} ms,"
            f' "of the" {common[at]:5.1f} ms'
        )


def morning(connection: sqlite3.Connection) -> None:
    """Ask what a run asks."""
    last = articles.newest_number(connection)
    ids = [row[0] for row in connection.execute("SELECT id FROM articles WHERE number > ?", (last - 1000,))]
    articles.known(connection, [*ids, *(f"https://example.org/unknown/{number}" for number in range(1000))])
    list(articles.arrived(connection, last - A_DAY))
    sources.health(connection)


def show_archive(folder: Path, count: int) -> float:
    """Print what an archive of so many articles takes, and return the milliseconds of a morning's questions."""
    with open_archive(folder) as connection:
        text_bytes, seconds = fill(connection, count)
        size = (folder / "archive.db").stat().st_size
        asked, _ = quickest(lambda: morning(connection))
        print(
            f"{count:7,d} articles of {text_bytes / count:,.0f} bytes: {size / text_bytes:.2f} times their texts,"
            f" {seconds / count * 1e6:.0f} µs of CPU to add one; the questions of a run {asked:.1f} ms",
            flush=True,
        )
        if count > 10_000:
            show_searches(connection, FIRST + timedelta(days=count / A_DAY))
    return asked


def show_adding(folder: Path, count: int) -> None:
    """Print what `archive add` of so many short articles takes, in a process of its own."""
    file = folder / f"{count}.jsonl.gz"
    write_packed(file, count)
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / str(count))}
    command = [sys.executable, "-m", "briefing", "archive", "add", str(file), "-q"]
    for name in ("add", "add again"):
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *command], env=environment, capture_output=True, text=True
        )
        cpu, memory = map(float, done.stdout.split())
        print(f"{name} {count:,d} short articles: {count / cpu:,.0f} a second of CPU, {memory:.0f} MB", flush=True)


# Runs a command and prints its CPU seconds and its peak of memory in MB.
WATCHED = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:]);"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
)


def write_packed(file: Path, count: int) -> None:
    """Write so many short articles as packed JSON Lines, the same 20,000 texts under new ids again and again."""
    packer = zlib.compressobj(1, wbits=31)
    texts = [(each.title, each.text) for each in documents(20_000, SHORT)]
    with file.open("wb") as stream:
        for number in range(count):
            title, text = texts[number % len(texts)]
            line = {"id": f"https://example.org/{number}", "title": title, "text": text, "published": "2024-01-01"}
            stream.write(packer.compress(json.dumps(line).encode() + b"\n"))
        stream.write(packer.flush())


def main() -> None:
    """Print a line a measurement."""
    with TemporaryDirectory() as folder:
        few, many = (show_archive(Path(folder) / str(count), count) for count in (1_000, 100_000))
        print(f"a run's questions in 100,000 articles beside 1,000: {many / few:.2f} times")
        for count in ADDED:
            show_adding(Path(folder), count)


if __name__ == "__main__":
    main()
