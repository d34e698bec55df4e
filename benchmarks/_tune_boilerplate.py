"""Learn what the words of prompts weigh: python -m benchmarks._tune_boilerplate DATA [LINES...]

DATA/boilerplate/lines.jsonl holds lines with `label` (boilerplate or body) and `source`; LINES are more of them, in the
form of tests/cases/boilerplate (`class | line`, the class `news` stays). Without LINES those that belong to this script
are taken: furniture.txt, written for it, and tests/cases/boilerplate/en.txt. The sentences of the English articles in
DATA/summaries are the news.

The weights are those of a logistic regression with a ridge over the features of `prompts.features`, rounded to
quarters; small ones are dropped. A word counts when it is in the lists of en.txt (`cue-...`, `plain`, `imperative`) or
among the commonest of the news: names of outlets and people tell nothing about the next outlet. Printed are the
sections for briefing/text/boilerplate/en.txt, and, learnt from four fifths of the outlets and articles and measured on
the last, how much furniture is found where so many of a thousand sentences of news are taken for it. The thresholds in
prompts.py stand in that table.

The weights in force came from this, run on 144 lines of DATA, 1,000 of our own and 20,000 sentences.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy

from benchmarks._read import files, folder, records
from briefing.text.boilerplate.phrases import load
from briefing.text.boilerplate.prompts import WORD, features, vocabulary
from briefing.text.sentences import split_sentences

HERE = Path(__file__).parent
LINES = (HERE / "furniture.txt", HERE.parent / "tests" / "cases" / "boilerplate" / "en.txt")
LONGEST = 300  # characters of a line to learn from
COMMONEST = 300  # words of news that are looked at
RIDGE = 2.0
FURNITURE, HARD = 2.0, 3.0  # what a line of furniture counts, and a line of news that was written to look like it
ROUNDS = 12
SMALLEST = 0.3
FOLDS = 5
LEVELS = (0.5, 1, 5, 10, 20)  # of a thousand sentences of news

Matrix = Any  # numpy's own types are known only where it is imported


class Example(NamedTuple):
    """A line: its features, whether it is furniture, what it counts, and the outlet or article that it is from."""

    features: frozenset[str]
    is_furniture: bool
    weight: float
    source: str


def lines() -> Iterator[Example]:
    """Yield the labelled lines."""
    for number, row in enumerate(records(folder() / "boilerplate" / "lines.jsonl")):
        yield from example(row["text"], row["label"] == "boilerplate", HARD, row.get("source") or str(number))
    for path in map(Path, sys.argv[2:] or LINES):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            kind, bar, text = line.partition(" | ")
            if bar and line[0] != "#":
                yield from example(text, kind != "news", HARD, f"{path.name} {number}")


def news() -> Iterator[Example]:
    """Yield the sentences of English articles."""
    for row in chain.from_iterable(map(records, files("summaries"))):
        if row["lang"] != "en" or len(row["docs"]) > 1:
            continue
        text = row["docs"][0].replace("\n", "\n\n")
        for start, end in split_sentences(text):
            yield from example(text[start:end], False, 1.0, row["id"])


def example(text: str, is_furniture: bool, weight: float, source: str) -> Iterator[Example]:
    """Yield the example that a text is, when it has words and is not too long."""
    known = vocabulary(load("en"))
    words = WORD.findall(text.replace("’", "'"))
    if words and len(text) <= LONGEST:
        yield Example(
            frozenset(features(text, words, known)), is_furniture, FURNITURE if is_furniture else weight, source
        )


def told(examples: Iterable[Example]) -> list[str]:
    """Return the features that are worth a weight, in their order."""
    furniture: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for each in examples:
        (furniture if each.is_furniture else articles).update(each.features)
    known = vocabulary(load("en"))
    listed = known.lists["silent"].union(known.cues)
    common = {name for name, _ in articles.most_common(COMMONEST)}
    often = {name for name, count in furniture.items() if count > 1 and name.lstrip("^") in listed}
    return sorted(often | common | {name for name in articles if name[0] == "%"})


def matrix(examples: Sequence[Example], names: Sequence[str]) -> Matrix:
    """Return a row for each example, a column for each feature, and one of ones."""
    place = {name: number for number, name in enumerate(names)}
    table = numpy.zeros((len(examples), len(names) + 1), dtype=numpy.float32)
    table[:, -1] = 1
    for row, each in enumerate(examples):
        table[row, [place[name] for name in each.features if name in place]] = 1
    return table


def learn(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights: the ridge regression's, found by Newton's method, in quarters."""
    names = told(examples)
    table = matrix(examples, names)
    wanted = numpy.array([each.is_furniture for each in examples], dtype=float)
    counts = numpy.array([each.weight for each in examples])
    ridge = numpy.full(table.shape[1], RIDGE)
    ridge[-1] = 0
    weights = numpy.zeros(table.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + numpy.exp(-(table @ weights)))
        slope = table.T @ (counts * (chance - wanted)) + ridge * weights
        bend = (table * (counts * chance * (1 - chance))[:, None]).T @ table + numpy.diag(ridge)
        weights -= numpy.linalg.solve(bend.astype(float), slope)
    rounded = {name: round(4 * float(weight)) / 4 for name, weight in zip(names, weights[:-1], strict=True)}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= SMALLEST}


def weigh(examples: Iterable[Example], weights: dict[str, float]) -> list[float]:
    """Return what the examples weigh."""
    return [sum(weights.get(name, 0.0) for name in each.features) for each in examples]


def judge(examples: Sequence[Example]) -> None:
    """Print what is found of outlets and articles that nothing was learnt from."""
    furniture: list[float] = []
    articles: list[float] = []
    hard: list[float] = []
    for fold in range(FOLDS):
        left = [each for each in examples if crc32(each.source.encode()) % FOLDS == fold]
        weights = learn([each for each in examples if crc32(each.source.encode()) % FOLDS != fold])
        furniture += weigh([each for each in left if each.is_furniture], weights)
        articles += weigh([each for each in left if not each.is_furniture and each.weight < HARD], weights)
        hard += weigh([each for each in left if not each.is_furniture and each.weight >= HARD], weights)
    print(f"{'news':>8}{'weight':>8}{'furniture':>11}{'hard news':>11}")
    for level in LEVELS:
        least = float(numpy.quantile(articles, 1 - level / 1000))
        shares = [numpy.mean(numpy.array(each) > least) for each in (furniture, hard)]
        print(f"{level / 1000:8.2%}{least:8.2f}{shares[0]:11.1%}{shares[1]:11.1%}")


def main() -> None:
    """Print the table and the sections."""
    examples = [*lines(), *news()]
    counts = Counter(each.is_furniture for each in examples)
    print(f"{counts[True]} lines of furniture, {counts[False]} of news")
    judge(examples)
    sections: defaultdict[float, list[str]] = defaultdict(list)
    for name, weight in learn(examples).items():
        sections[weight].append(name)
    for weight, names in sorted(sections.items(), reverse=True):
        print(f"[weight{weight:g}-word]\n{' '.join(sorted(names))}")


if __name__ == "__main__":
    main()
