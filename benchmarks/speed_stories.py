"""Stories: CPU and memory of copies and grouping as the pool grows, beside scikit-learn's average linkage.

The articles are made up: 180 content words each, of a vocabulary as skewed as news, on events of one to twelve
articles that share forty rare words; undated, all in one window, or 350 a day. A word is one object wherever it stands,
as in articles that were read, and the garbage collector runs as seldom as it does in the command. Nothing is read from
DATA. Each row is a process of its own, so that memory is its own peak; the least of several runs counts, for other work
on the machine disturbs some.
"""

import gc
import itertools
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import log

from briefing.models import Article, Document, Sentence
from briefing.stories.copies import find_copies
from briefing.stories.grouping import group_articles

VOCABULARY = 40_000
WORDS = 180
A_DAY = 350
SIZES = [1, 1, 1, 2, 3, 3, 5, 8, 12]
RUNS, SMALL = 3, 10_000  # a row of more articles is run once
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def made_up(count: int, dated: bool) -> list[Article]:
    """Return so many articles on events of different sizes."""
    chance = random.Random(20)
    skew = list(itertools.accumulate(1 / (rank + 20) for rank in range(VOCABULARY)))
    vocabulary = [f"w{rank}" for rank in range(VOCABULARY)]
    articles: list[Article] = []
    while len(articles) < count:
        event = chance.choices(range(500, VOCABULARY), k=40)
        day = chance.random() * count / A_DAY
        for _ in range(min(chance.choice(SIZES), count - len(articles))):
            numbers = chance.choices(range(VOCABULARY), cum_weights=skew, k=WORDS - 50) + chance.choices(event, k=50)
            chance.shuffle(numbers)
            published = (FIRST + timedelta(days=day + chance.random())).isoformat() if dated else None
            articles.append(_article(f"{len(articles):06d}", [vocabulary[number] for number in numbers], published))
    return articles


def _article(id: str, words: list[str], published: str | None) -> Article:
    """Return an article of sentences of fifteen words."""
    sentences = tuple(
        Sentence(id, at // 15, 0, 0, 1, "x", tuple(words[at : at + 15]), tuple(words[at : at + 15]))
        for at in range(0, len(words), 15)
    )
    return Article(Document(id=id, text="x", title="x", published=published), "en", (), sentences, tuple(words[:6]))


def ours(articles: list[Article]) -> None:
    """Fold the copies and group the rest."""
    group_articles(articles, copies=find_copies(articles))


def grouping_alone(articles: list[Article]) -> None:
    """Group the articles."""
    group_articles(articles, copies={})


def scikit_learn(articles: list[Article]) -> None:
    """Group the articles by scikit-learn's average linkage."""
    from benchmarks.stories import average_link

    average_link(articles, 0.2)


Row = tuple[str, int, str]

METHODS: dict[str, Callable[[list[Article]], None]] = {
    "briefing": ours,
    "briefing, without copies": grouping_alone,
    "scikit-learn average link": scikit_learn,
}
ROWS: list[Row] = [
    ("briefing", 1_000, "undated"),
    ("briefing", 10_000, "undated"),
    ("briefing, without copies", 10_000, "undated"),
    ("scikit-learn average link", 10_000, "undated"),
    ("briefing", 10_000, "dated"),
    ("briefing", 100_000, "dated"),
]


def measure(name: str, count: int, dates: str) -> tuple[float, float]:
    """Return the CPU seconds and the memory in MB beyond that of the articles."""
    gc.set_threshold(100_000)
    articles = made_up(count, dates == "dated")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    METHODS[name](articles)
    return time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def least(row: Row) -> tuple[float, float]:
    """Return the least CPU seconds and the least memory of a row's runs, each a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed_stories", "", *map(str, row)]
    runs = RUNS if row[1] <= SMALL else 1
    done = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(runs)]
    taken = [tuple(map(float, each.stdout.split())) for each in done]
    return min(cpu for cpu, _ in taken), min(memory for _, memory in taken)


def main() -> None:
    """Print a line a row, then how we stand to scikit-learn, and the growth."""
    taken: dict[Row, float] = {}
    for row in ROWS:
        try:
            taken[row], memory = least(row)
        except subprocess.CalledProcessError as error:
            print(f"{row[0]:26s} {row[1]:7d} {row[2]:8s} failed: {error.stderr.strip().splitlines()[-1]}")
            continue
        print(f"{row[0]:26s} {row[1]:7d} {row[2]:8s} {taken[row]:7.2f} s {memory:6.0f} MB", flush=True)
    ours, theirs = (
        taken.get(("briefing", 10_000, "undated")),
        taken.get(("scikit-learn average link", 10_000, "undated")),
    )
    if ours and theirs:
        print(f"10,000 articles take 1/{theirs / ours:.1f} of scikit-learn's CPU")
    small, large = taken.get(("briefing", 10_000, "dated")), taken.get(("briefing", 100_000, "dated"))
    if small and large:
        print(f"growth exponent from 10,000 to 100,000: {log(large / small) / log(10):.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(*measure(sys.argv[2], int(sys.argv[3]), sys.argv[4]))
    else:
        main()
