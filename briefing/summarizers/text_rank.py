"""Importance by shared words, passed along as PageRank does (TextRank, Mihalcea & Tarau 2004); sumy's sentences."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from operator import truediv

from briefing.models import Text
from briefing.summarizers._overlap import graph

# The constants of sumy's TextRank; they decide after how many rounds it stops.
DAMPING = 0.85
EPSILON = 1e-4
NO_ZERO = 1e-7
# Up to so many sentences the whole matrix is quicker than its edges; at 17 sentences it takes half the time.
DENSE = 64
# After so many rounds, fourteen being usual, it is looked whether only their size changes, to the last bits.
PATIENCE = 25
SAME = 1e-15

Row = tuple[float, ...]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the rank of each sentence after the rounds that sumy takes."""
    if not sentences:
        return []
    return _by_matrix(sentences) if len(sentences) <= DENSE else _by_edges(sentences)


def score_batch(texts: Sequence[Text], wanted: Sequence[int]) -> list[list[float]]:
    """Return what `score` returns for each of many short articles."""
    from briefing.summarizers import _batch_graphs  # numpy

    return _batch_graphs.text_ranks(texts)


def _by_matrix(sentences: Text) -> list[float]:
    """Return the ranks by whole rows.

    math.dist is the one function of Python 3.11 that runs over two vectors in C, three times as fast as a sum of
    products, and a product of vectors follows from their distance: a · b = (|a|² + |b|² − |a − b|²) / 2. A coordinate
    more, which is 0 in the ranks, makes all rows equally long.
    """
    rows = _matrix(sentences)
    squares = [math.hypot(*row) ** 2 for row in rows]
    longest = max(squares)
    rows = [(*row, math.sqrt(longest - square)) for row, square in zip(rows, squares, strict=True)]
    ranks: Row = (*[1 / len(rows)] * len(rows), 0.0)
    change, rounds = 1.0, 0
    while change > EPSILON:
        half = (longest + math.hypot(*ranks) ** 2) / 2
        passed = (*[half - gap * gap / 2 for gap in map(math.dist, rows, repeat(ranks))], 0.0)
        change = math.dist(passed, ranks)
        rounds += 1
        if rounds % PATIENCE == 0 and change > EPSILON:
            passed, change = _leap(ranks, passed, change)
        ranks = passed
    return list(ranks[:-1])


def _leap(ranks: Row, passed: Row, change: float) -> tuple[Row, float]:
    """Return the ranks and the change of the last round, when from now on all ranks shrink by one factor.

    A sentence without words takes rank and passes none on, so that all fade: some 400 rounds for one text in thirty.
    """
    factor = passed[0] / ranks[0]
    if any(abs(new - factor * old) > SAME for new, old in zip(passed, ranks, strict=True)):
        return passed, change
    fading = factor ** math.ceil(math.log(EPSILON / change) / math.log(factor))
    return tuple([rank * fading for rank in passed]), change * fading


def _matrix(sentences: Text) -> list[Row]:
    """Return the rows of the matrix that takes ranks to the next round's."""
    logs = [math.log(len(sentence.words) or 1) for sentence in sentences]
    repeated = Counter(chain.from_iterable([sentence.words for sentence in sentences]))
    shared: dict[str, list[int]] = {word: [] for word, count in repeated.items() if count > 1}  # one word in three
    counts = [[0] * len(logs) for _ in logs]
    for place, sentence in enumerate(sentences):
        own = list(filter(shared.__contains__, sentence.words))
        counts[place][place] = len(sentence.words) - len(own)
        for word in own:
            shared[word].append(place)
    for places in shared.values():
        for place in places:
            row = counts[place]
            for other in places:
                row[other] += 1
    # Two sentences of one word each have no logarithm to divide by; sumy leaves their count alone.
    weights = [
        [count and count / (log + other or 1.0) for count, other in zip(row, logs, strict=True)]
        for row, log in zip(counts, logs, strict=True)
    ]
    shares = [DAMPING / (sum(row) + NO_ZERO) for row in weights]
    jump = (1 - DAMPING) / len(logs)
    return [
        tuple([jump + weight * share if weight else jump for weight, share in zip(row, shares, strict=True)])
        for row in weights
    ]


def _by_edges(sentences: Text) -> list[float]:
    """Return the ranks by the edges alone, whose number does not grow with the square."""
    overlap = graph(sentences, single=1.0)
    degrees = [(total + NO_ZERO) / DAMPING for total in overlap.times([1.0] * len(sentences))]
    ranks = [1 / len(sentences)] * len(sentences)
    change = 1.0
    while change > EPSILON:
        jump = (1 - DAMPING) / len(sentences) * math.fsum(ranks)
        passed = [jump + share for share in overlap.times(list(map(truediv, ranks, degrees)))]
        change = math.dist(passed, ranks)
        ranks = passed
    return ranks
