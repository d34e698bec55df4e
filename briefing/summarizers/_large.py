"""The graphs of LexRank, TextRank and Reduction with numpy, for texts of a thousand sentences and more.

numpy is there, because sumy needs it, but its import costs ten starts of Python: only so many sentences pay it back. At
5,000 LexRank falls from 0.5 to 0.12 s and TextRank from 0.3 to 0.06 s; the scores are the same to 1e-15.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from briefing.models import Text

# Pairs of sentences with a word in common; 24 bytes each. Beyond, plain Python takes longer but no more memory.
MOST_PAIRS = 4_000_000

Array = Any  # numpy's own types are known only where it is imported


class Overlap:
    """The matrix of `_overlap.Overlap`: for each length of sentence, all words summed at once."""

    def __init__(self, sentences: Text, single: float) -> None:
        """Number the words and group the sentences by length."""
        lengths = np.array([len(sentence.words) for sentence in sentences])
        numbers: dict[str, int] = {}
        words = [numbers.setdefault(word, len(numbers)) for sentence in sentences for word in sentence.words]
        self._words = np.array(words, dtype=np.intp)
        self._rows: Array = np.repeat(np.arange(len(lengths)), lengths)
        self._logs = np.log(np.maximum(lengths, 1))
        self._single = single
        self._groups = [
            (math.log(length), np.flatnonzero(lengths[self._rows] == length)) for length in np.unique(lengths) if length
        ]

    def times(self, vector: Sequence[float]) -> list[float]:
        """Return the product of the matrix and a vector."""
        values = np.asarray(vector)
        product = np.zeros(len(values))
        for log, entries in self._groups:
            both = self._logs + log
            factors = np.divide(1.0, both, out=np.full(len(both), self._single), where=both > 0)
            sums = np.bincount(self._words, weights=(values * factors)[self._rows])
            product += np.bincount(self._rows[entries], weights=sums[self._words[entries]], minlength=len(values))
        result: list[float] = product.tolist()
        return result


def joined(vectors: Sequence[Mapping[str, float]], threshold: float) -> tuple[Array, Array] | None:
    """Return the pairs of vectors whose product is above the threshold; None when too many pairs share a word."""
    frequencies = Counter(chain.from_iterable(vectors))
    if sum(count * (count - 1) // 2 for count in frequencies.values()) > MOST_PAIRS:
        return None
    numbers = {word: number for number, word in enumerate(frequencies)}
    words = np.array([numbers[word] for vector in vectors for word in vector], dtype=np.intp)
    weights = np.array([weight for vector in vectors for weight in vector.values()])
    rows: Array = np.repeat(np.arange(len(vectors)), [len(vector) for vector in vectors])
    by_word = np.argsort(words, kind="stable")
    one, other = pairs_of_words(np.bincount(words))
    rows, weights = rows[by_word], weights[by_word]
    pairs, places = np.unique(rows[one] * len(vectors) + rows[other], return_inverse=True)
    above = pairs[np.bincount(places, weights=weights[one] * weights[other], minlength=len(pairs)) > threshold]
    return above // len(vectors), above % len(vectors)


def pairs_of_words(counts: Array) -> tuple[Array, Array]:
    """Return every pair of entries that have a word in common; `counts` are the words' entries, sorted by word."""
    starts = np.cumsum(counts) - counts
    ones: list[Array] = [np.zeros(0, dtype=np.intp)]
    others: list[Array] = [np.zeros(0, dtype=np.intp)]
    for count in np.unique(counts[counts > 1]):  # words of one frequency at once
        places = starts[counts == count][:, None] + np.arange(count)
        one, other = np.triu_indices(count, 1)
        ones.append(places[:, one].ravel())
        others.append(places[:, other].ravel())
    return np.concatenate(ones), np.concatenate(others)


def centralities(
    pairs: tuple[Array, Array], itself: Sequence[bool], counts: Sequence[int], epsilon: float
) -> list[float]:
    """Return what `lex_rank` computes from its lists of neighbors, from the pairs and who is its own neighbor."""
    own = np.flatnonzero(itself)
    sources = np.concatenate([pairs[0], pairs[1], own])
    targets = np.concatenate([pairs[1], pairs[0], own])
    numbers = np.asarray(counts, dtype=float)
    roots = np.sqrt(numbers)
    degrees = np.maximum(np.bincount(targets, weights=numbers[sources], minlength=len(numbers)), 1)
    ranks = roots / numbers.sum()
    change = 1.0
    while change > epsilon:
        passed = roots * np.bincount(targets, weights=(ranks * roots / degrees)[sources], minlength=len(numbers))
        length = np.linalg.norm(passed)
        if not length:
            return [0.0] * len(numbers)
        passed /= length
        change = float(np.linalg.norm(passed - ranks))
        ranks = passed
    result: list[float] = (ranks / roots).tolist()
    return result
