"""ROUGE of every method on news with people's summaries: means, bootstrap intervals, and the difference to the lead.

DATA/summaries/SET.jsonl holds `docs`, `titles`, `refs` (each a list of sentences) and `lang`. Records of one text are
summarized singly, those of several together as one story. The bracket is the 95 % interval of 1,000 samples over
articles: that of ROUGE-1, and that of its difference to the lead on the same articles.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks._read import files, records
from benchmarks._rouge import Reference, Scores, reference, rouge
from briefing import summarizers
from briefing.models import Document, Length, Text
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

# How these sets are measured in the literature: three sentences, or so many words, at which a summary is cut.
WORDS = {"duc2002": 100, "duc2002-multi": 200, "temario-pt": 200}
SENTENCES = 3
SLACK = 1.3  # a summary that will be cut may be longer
SLOW = 600  # sentences; sumy's matrices take minutes above


class Case(NamedTuple):
    """One text or story and the summaries that people wrote of it."""

    text: Text
    language: str
    references: tuple[Reference, ...]


def cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a set, cleaned as `summarize` cleans them."""
    vocabulary = Vocabulary()
    for row in records(path):
        articles = [
            read_article(
                Document(id=str(number), title=title or None, text="\n\n".join(text.split("\n"))),
                vocabulary,
                language=row["lang"],
            )
            for number, (text, title) in enumerate(zip(row["docs"], row["titles"], strict=True))
        ]
        sentences = [sentence for article in articles for sentence in article.sentences]
        text = Text(sentences, {article.id: article.title_words for article in articles})
        yield Case(text, row["lang"], tuple(reference(each, row["lang"]) for each in row["refs"]))


def summary(text: Text, method: str, words: int | None) -> list[str]:
    """Return the sentences in the order of choice, cut to the words."""
    length = Length(int(words * SLACK), "words") if words else Length(SENTENCES)
    choices = sorted(summarizers.choose(text, length, method), key=lambda choice: choice.rank or 0)
    return cut([choice.text for choice in choices], words or sys.maxsize)


def cut(lines: Sequence[str], words: int) -> list[str]:
    """Return the lines up to so many words."""
    kept = []
    for line in lines:
        chunks = line.split()[:words]
        words -= len(chunks)
        if chunks:
            kept.append(" ".join(chunks))
    return kept


def interval(values: Sequence[float], rounds: int = 1000) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    draw = random.Random(13)
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[round(rounds * 0.025)], means[round(rounds * 0.975) - 1]


def methods(sample: Sequence[Case]) -> list[str]:
    """Return the methods to compare, the lead first; sumy's own only where its matrices end in time."""
    names = [name for name in summarizers.names() if name not in ("lead", "briefing")]
    slow = max(len(case.text) for case in sample) > SLOW
    return ["lead", "briefing", *(name for name in names if not (slow and name.startswith(summarizers.PREFIX)))]


def main() -> None:
    """Print a table for each set."""
    for path in files("summaries"):
        sample = list(cases(path))
        print(
            f"\n{path.stem} ({len(sample)})".ljust(22) + "R-1    R-2    R-L   recall 1, 2      R-1 95 %   to the lead"
        )
        lead: list[float] = []
        for method in methods(sample):
            lines = [summary(case.text, method, WORDS.get(path.stem)) for case in sample]
            scores = [rouge(each, case.references, case.language) for each, case in zip(lines, sample, strict=True)]
            first = [each.rouge_1 for each in scores]
            lead = lead or first
            print(_line(method, scores, [new - old for new, old in zip(first, lead, strict=True)]), flush=True)


def _line(method: str, scores: Sequence[Scores], gains: Sequence[float]) -> str:
    """Return one row of the table."""
    means = [fmean(column) for column in zip(*scores, strict=True)]
    low, high = interval([each.rouge_1 for each in scores])
    worst, best = interval(gains)
    figures = "".join(f"{mean:7.2f}" for mean in means)
    return f"{method:<18}{figures}  [{low:.1f}, {high:.1f}]  {fmean(gains):+.2f} [{worst:+.2f}, {best:+.2f}]"


if __name__ == "__main__":
    main()
