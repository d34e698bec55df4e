"""Fit the weights of the default summarizer for single articles: python -m benchmarks._tune DATA

Summaries are drawn at random around the present weights and measured against people's. What a part adds to ROUGE-1 +
ROUGE-2 is then a linear regression (ridge) of the measure on the summed features, each article against its own mean and
each data set with the same weight; the fit is the next round's centre. This is the gradient of the expected measure: a
hundred times less noise than trying weights one after the other, which learns its half of the articles by heart.
"""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any, NamedTuple

import numpy

from benchmarks._read import files
from benchmarks._rouge import overlap
from benchmarks.summaries import SENTENCES, WORDS, Case, cases, cut
from briefing.models import Text
from briefing.summarizers import _article
from briefing.summarizers._weights import ARTICLE

ROUNDS = 3
SAMPLES = 40  # summaries of an article a round
SHARPNESS = 20.0  # of the draw: the present choice is by far the most frequent
RIDGE = 0.1  # halves measured on each other: 0.3 loses 0.3 points, 0.03 as much
WORDS_A_SENTENCE = 25  # where words are counted, a sentence weighs by its length

Matrix = Any  # numpy ships types, but only where it is installed


class Article(NamedTuple):
    """A case of one article with its features as a matrix."""

    case: Case
    features: Matrix
    trigrams: Sequence[frozenset[tuple[str, str, str]]]


def article(case: Case) -> Article:
    """Return the article with what the draw needs."""
    tokens = [sentence.tokens for sentence in case.text]
    trigrams = [frozenset(zip(each, each[1:], each[2:], strict=False)) for each in tokens]
    features = _article.features(case.text)
    return Article(case, numpy.array([features[name] for name in ARTICLE], dtype=float).T, trigrams)


def draw(each: Article, weights: Matrix, random: Random, words: int | None) -> list[int]:
    """Return a summary drawn around the best one (Gumbel noise), without repeated runs of three words."""
    noise = numpy.array([-numpy.log(random.expovariate(1)) for _ in each.trigrams])
    chosen: list[int] = []
    said: set[tuple[str, str, str]] = set()
    room = words or SENTENCES
    for position in numpy.argsort(-(SHARPNESS * each.features @ weights + noise)):
        if room > 0 and said.isdisjoint(each.trigrams[position]):
            chosen.append(int(position))
            said |= each.trigrams[position]
            room -= len(each.case.text[position].text.split()) if words else 1
    return chosen


def shares(text: Text, chosen: Sequence[int], words: int | None) -> Matrix:
    """Return how much of each chosen sentence is in the summary."""
    if not words:
        return numpy.ones(len(chosen))
    sizes = [len(text[position].text.split()) for position in chosen]
    before = [0, *accumulate(sizes)]
    kept = [min(size, words - start) for size, start in zip(sizes, before, strict=False)]
    return numpy.array(kept) / WORDS_A_SENTENCE


def moments(sample: Sequence[Article], weights: Matrix, random: Random, words: int | None) -> tuple[Matrix, Matrix]:
    """Return the sums of the regression over drawn summaries of a set, per summary."""
    square, product = 0.0, 0.0
    for each in sample:
        rows, values = [], []
        for _ in range(SAMPLES):
            chosen = draw(each, weights, random, words)
            lines = cut([each.case.text[position].text for position in chosen], words or 10**6)
            f1, _, f2, _ = overlap(lines, each.case.references, each.case.language)
            rows.append(shares(each.case.text, chosen, words) @ each.features[chosen])
            values.append(f1 + f2)
        centered = numpy.array(rows) - numpy.mean(rows, axis=0)
        square = square + centered.T @ centered
        product = product + centered.T @ (numpy.array(values) - fmean(values))
    count = len(sample) * SAMPLES
    return square / count, product / count


def fit(samples: dict[str, list[Article]], weights: Matrix, random: Random) -> Matrix:
    """Return the weights of one round, those of likeness to the centroid kept at 1."""
    sums = [moments(sample, weights, random, WORDS.get(name)) for name, sample in samples.items()]
    square = sum(each for each, _ in sums) / len(sums)
    product = sum(each for _, each in sums) / len(sums)
    ridge = RIDGE * numpy.diag(numpy.maximum(numpy.diag(square), 1e-9))
    fitted = numpy.linalg.solve(square + ridge, product)
    return fitted / fitted[list(ARTICLE).index("centroid")]


def single(path: Path) -> list[Article]:
    """Return the articles of a set that stand alone and have something to choose from."""
    return [article(case) for case in cases(path) if len(case.text) > SENTENCES and len(case.text.titles) == 1]


def main() -> None:
    """Print the weights after each round."""
    samples = {path.stem: sample for path in files("summaries") if (sample := single(path))}
    weights = numpy.array(list(ARTICLE.values()))
    random = Random(13)
    for number in range(1, ROUNDS + 1):
        weights = fit(samples, weights, random)
        print(number, {name: round(float(each), 3) for name, each in zip(ARTICLE, weights, strict=True)}, flush=True)


if __name__ == "__main__":
    main()
