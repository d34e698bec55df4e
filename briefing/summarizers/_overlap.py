"""Words in common, over the logarithms of both lengths: the graph of TextRank and Reduction, without its matrix.

Edge (i, j) is the number of equal pairs of words, divided by log(words of i) + log(words of j) (Mihalcea & Tarau 2004).
Words in few sentences give explicit edges. A frequent word would give as many as the square of its sentences: those are
added up by sentence length, because all edges between two lengths have one divisor.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import mul
from typing import Protocol

from briefing.models import Text

# Occurrences above which a word is summed by length; from 12 to 48 the time for 5,000 sentences moves by 20 %.
FREQUENT = 24

Places = list[int]


LARGE = 1000  # sentences from which on numpy is quicker, its import and all


class Matrix(Protocol):
    """What multiplies a vector."""

    def times(self, vector: Sequence[float]) -> list[float]:
        """Return the product."""


def graph(sentences: Text, single: float) -> Matrix:
    """Return the graph; between sentences of one word each, whose logarithms are 0, an equal pair weighs `single`."""
    if len(sentences) <= LARGE:
        return Overlap(sentences, single)
    from briefing.summarizers import _large  # numpy

    return _large.Overlap(sentences, single)


class Overlap:
    """The symmetric matrix of the graph, as something that multiplies a vector."""

    def __init__(self, sentences: Text, single: float) -> None:
        """Find the edges; an equal pair weighs `single` where both sentences have one word, whose logarithm is 0."""
        self._single = single
        self._logs = [math.log(len(sentence.words) or 1) for sentence in sentences]
        self._neighbors: list[Places] = [[] for _ in sentences]
        self._frequent: list[tuple[list[Places], list[list[float]]]] = []
        for places in occurrences(sentences):
            if len(places) > FREQUENT:
                self._frequent.append(self._by_length(places))
            else:
                for place in places:
                    self._neighbors[place] += places
        counts = [Counter(neighbors) for neighbors in self._neighbors]
        self._columns = [list(row) for row in counts]
        self._weights = [self._row(log, row) for log, row in zip(self._logs, counts, strict=True)]

    def times(self, vector: Sequence[float]) -> list[float]:
        """Return the product of the matrix and a vector."""
        value = vector.__getitem__
        product: list[float] = [
            sum(map(mul, weights, map(value, columns)))
            for weights, columns in zip(self._weights, self._columns, strict=True)
        ]
        for groups, factors in self._frequent:
            sums = [sum(map(value, places)) for places in groups]
            for places, row in zip(groups, factors, strict=True):
                amount = sum(map(mul, row, sums))
                for place in places:
                    product[place] += amount
        return product

    def _factor(self, one: float, other: float) -> float:
        """Return what an equal pair of words weighs between two sentences with these logarithms of their lengths."""
        return 1 / (one + other) if one + other else self._single

    def _row(self, log: float, counts: Counter[int]) -> list[float]:
        """Return the weights of one sentence's edges."""
        return [count * self._factor(log, self._logs[column]) for column, count in counts.items()]

    def _by_length(self, places: Places) -> tuple[list[Places], list[list[float]]]:
        """Return a word's places grouped by sentence length, and the factors between the groups."""
        groups: defaultdict[float, Places] = defaultdict(list)
        for place in places:
            groups[self._logs[place]].append(place)
        return list(groups.values()), [[self._factor(one, other) for other in groups] for one in groups]


def occurrences(sentences: Text) -> list[Places]:
    """Return, for each word, the sentences in which it stands, as often as it stands there."""
    occurrences: defaultdict[str, Places] = defaultdict(list)
    for position, sentence in enumerate(sentences):
        for word in sentence.words:
            occurrences[word].append(position)
    return list(occurrences.values())
