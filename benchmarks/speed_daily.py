"""The daily run: CPU seconds of `briefing run` with 200 feeds, on mornings without news and with fifty articles.

DATA/summaries/*.jsonl gives the sentences of the articles (`_made_up.py`). "Nothing new" are 200 servers that answer
304; "50 new" brings one article from each of fifty feeds of twenty entries. Every figure is the whole command, started
anew, with all its threads; the servers run in a process of their own. The archive holds 1,000 articles, then 100,000.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks._daily_server import Feeds, serving_feeds
from benchmarks._made_up import documents

COUNT = 200
SIZES = (1_000, 100_000)
CHARACTERS = 2_000
START = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
REPEATS = 3
CONFIGURATION = '[edition]\nminutes = 5\nformats = ["md", "html", "json"]\n'


class Home(NamedTuple):
    """A user's folders."""

    folder: Path

    def run(self, now: datetime, *arguments: str) -> tuple[float, str]:
        """Call `briefing`; return its CPU seconds and what it printed."""
        environment = {
            **os.environ,
            "XDG_DATA_HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
            "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
            "PYTHONPATH": str(Path.cwd()),
        }
        command = [sys.executable, "-m", "briefing", *arguments]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode in (0, 4), done.stderr
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.strip()


def set_up(folder: Path, feeds: Feeds) -> Home:
    """Configure a home with the feeds."""
    own = folder / "briefing"
    own.mkdir()
    (own / "briefing.toml").write_text(CONFIGURATION, encoding="utf-8")
    (own / "feeds").write_text("".join(f"{url}\n" for url in feeds.urls), encoding="utf-8")
    return Home(folder)


def fill(home: Home, count: int) -> None:
    """Put so many articles into the archive, as the year before would have."""
    from briefing.archive import articles
    from briefing.archive._database import open_archive, transaction

    # Other articles than the feeds will bring, though they are made of the same sentences.
    made = (replace(each, id=f"{each.id}?year=last", url=None) for each in documents(count, CHARACTERS))
    with open_archive(home.folder / "briefing") as connection:
        while batch := list(islice(made, 500)):
            with transaction(connection):
                articles.add_articles(connection, batch, origin=None, now=START - timedelta(days=30), by_hand=True)


def quickest(job: Callable[[], tuple[float, str]]) -> tuple[float, str]:
    """Return the least of some repetitions."""
    return min(job() for _ in range(REPEATS))


def show(size: int, data: str) -> None:
    """Print the rows of an archive of that size."""
    with TemporaryDirectory() as folder, serving_feeds(data, COUNT, START) as feeds:
        home = set_up(Path(folder), feeds)
        fill(home, size)
        first, told = home.run(START, "run")
        print(f"{size:>9,}  {'first run':<14}{first:6.2f}  {told}", flush=True)
        seconds, told = quickest(lambda: home.run(START + timedelta(hours=1), "run"))
        print(f"{'':>9}  {'nothing new':<14}{seconds:6.2f}  {told}", flush=True)
        taken = []
        for day in range(1, REPEATS + 1):
            feeds.pass_day()
            taken.append(home.run(START + timedelta(days=day), "run"))
        print(f"{'':>9}  {'50 new':<14}{min(taken)[0]:6.2f}  {taken[-1][1]}", flush=True)


def main() -> None:
    """Print the table."""
    print(f"{'articles':>9}  {'':<14}{'CPU s':>6}  what the run said")
    for size in SIZES:
        show(size, sys.argv[1])


if __name__ == "__main__":
    main()
