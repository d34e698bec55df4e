"""Stories: CPU and memory of copies and grouping as the pool grows, beside scikit-learn's average linkage.

The articles are made up: 180 content words each, of a vocabulary as skewed as news, on events of one to twelve
articles that share forty rare words; undated, all in one window, or 350 a day. Nothing is read from DATA. Each row is
a process of its own, so that memory is its own peak.
"""

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
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def made_up(count: int, dated: bool) -> list[Article]:
    """Return so many articles on events of different sizes."""
    chance = random.Random(20)
    skew = list(itertools.accumulate(1 / (rank + 20) for rank in range(VOCABULARY)))
    articles: list[Article] = []
    while len(articles) < count:
        event = chance.choices(range(500, VOCABULARY), k=40)
        day = chance.random() * count / A_DAY
        for _ in range(min(chance.choice(SIZES), count - len(articles))):
            numbers = chance.choices(range(VOCABULARY), cum_weights=skew, k=WORDS - 50) + chance.choices(event, k=50)
            chance.shuffle(numbers)
            published = (FIRST + timedelta(days=day + chance.random())).isoformat() if dated else None
            articles.append(_article(f"{len(articles):06d}", [f"w{number}" for number in numbers], published))
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


METHODS: dict[str, Callable[[list[Article]], None]] = {
    "briefing": ours,
    "briefing, without copies": grouping_alone,
    "scikit-learn average link": scikit_learn,
}
ROWS = [
    ("briefing", 1_000, "undated"),
    ("briefing", 10_000, "undated"),
    ("briefing, without copies", 10_000, "undated"),
    ("scikit-learn average link", 10_000, "undated"),
    ("briefing", 10_000, "dated"),
    ("briefing", 100_000, "dated"),
]


def measure(name: str, count: int, dates: str) -> tuple[float, float]:
    """Return the CPU seconds and the memory in MB beyond that of the articles."""
    articles = made_up(count, dates == "dated")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    METHODS[name](articles)
    return time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main() -> None:
    """Print a line a row, each measured in a process of its own, and the growth."""
    taken = {}
    for row in ROWS:
        command = [sys.executable, "-m", "benchmarks.speed_stories", "", *map(str, row)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{row[0]:26s} {row[1]:7d} {row[2]:8s} failed: {done.stderr.strip().splitlines()[-1]}")
            continue
        cpu, memory = map(float, done.stdout.split())
        taken[row] = cpu
        print(f"{row[0]:26s} {row[1]:7d} {row[2]:8s} {cpu:7.2f} s {memory:6.0f} MB", flush=True)
    small, large = taken.get(("briefing", 10_000, "dated")), taken.get(("briefing", 100_000, "dated"))
    if small and large:
        print(f"growth exponent from 10,000 to 100,000: {log(large / small) / log(10):.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(*measure(sys.argv[2], int(sys.argv[3]), sys.argv[4]))
    else:
        main()
