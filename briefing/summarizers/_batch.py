"""Many short articles at once with numpy: their words in one numbering, their graphs side by side in one matrix.

One article at a time spends its time on Python's steps; in a batch a step is taken for all articles together, and the
graph of a batch is a matrix with a block for each article (block-diagonal), of which only the edges are kept. The
scores are those of one article at a time, but for the last bits. numpy costs ten starts of Python to import: some 500
articles pay it back.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count
from typing import Any

import numpy as np

from briefing.models import Text
from briefing.summarizers._large import pairs_of_words

_BITS = 63  # of a whole number
FILTERED = 4  # rounds after which the edges of finished articles are left out

Array = Any  # numpy's own types are known only where it is imported


class Batch:
    """The sentences of all articles, one after the other, and which word of which article stands in them how often.

    A term is a word in one article. `sentences`, `terms` and `counts` have one entry for each term of each sentence,
    sorted by term and then by sentence; `articles` has one for each sentence, `sizes` one for each article.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        """Number the sentences and the terms."""
        lists = [sentence.words for text in texts for sentence in text]
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        words = np.fromiter(map(self._numbers.__getitem__, chain.from_iterable(lists)), dtype=np.int64)
        self.words = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        self.sizes: Array = np.array([len(text) for text in texts])
        self.articles: Array = np.repeat(np.arange(len(texts)), self.sizes)
        sentences: Array = np.repeat(np.arange(len(lists)), self.words)
        self._words = max(len(self._numbers), 1)
        keys = self.articles[sentences] * self._words + words
        order, starts = _grouped(keys)
        self._keys = keys[order[starts]]
        terms: Array = np.repeat(np.arange(len(starts)), _lengths(starts, len(keys)))
        sentences = sentences[order]  # those of a term still in their order
        firsts = _starts(terms * len(lists) + sentences)
        self.terms, self.sentences, self.counts = terms[firsts], sentences[firsts], _lengths(firsts, len(keys))
        self.frequencies = np.bincount(self.terms, minlength=len(self._keys))
        self.article_of_term = self._keys // self._words

    def pairs(self) -> tuple[Array, Array]:
        """Return the pairs of entries, the earlier sentence first, that have one term."""
        return pairs_of_words(self.frequencies)

    def by_sentence(self, entries: Array) -> Array:
        """Return the sums of the entries' values for each sentence."""
        return np.bincount(self.sentences, weights=entries, minlength=len(self.articles))

    def by_article(self, sentences: Array) -> Array:
        """Return the sums of the sentences' values for each article."""
        return np.bincount(self.articles, weights=sentences, minlength=len(self.sizes))

    def edges(self, one: Array, other: Array, products: Array, above: float = 0.0) -> tuple[Array, Array, Array]:
        """Return the pairs of sentences that the pairs of entries join, and the sums of their products, if `above`."""
        keys = self.sentences[one] * len(self.articles) + self.sentences[other]
        if not len(keys):
            return keys, keys, products
        order, starts = _grouped(keys)
        sums = np.add.reduceat(products[order], starts)
        kept = sums > above
        some = order[starts[kept]]  # one pair of entries for each pair of sentences
        return self.sentences[one[some]], self.sentences[other[some]], sums[kept]

    def find(self, articles: Sequence[int], words: Sequence[str]) -> Array:
        """Return the number of the term that each word is in its article; -1 when the article does not have it."""
        if not len(self._keys):
            return np.full(len(words), -1)
        numbers = np.array([self._numbers.get(word, -1) for word in words], dtype=np.int64)
        keys = np.asarray(articles, dtype=np.int64) * self._words + numbers
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where((numbers >= 0) & (self._keys[places] == keys), places, -1)

    def split(self, scores: Array) -> list[list[float]]:
        """Return the sentences' values article by article."""
        values: list[float] = scores.tolist()
        ends = np.cumsum(self.sizes).tolist()
        return [values[end - size : end] for end, size in zip(ends, self.sizes.tolist(), strict=True)]


def _grouped(keys: Array) -> tuple[Array, Array]:
    """Return the order that brings equal keys together, each group as it stood, and where the groups start in it.

    A key with its place in its last bits is sorted in half of the time in which an order is found.
    """
    bits = len(keys).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits < _BITS:
        placed = np.sort((keys << bits) | np.arange(len(keys)))
        order, keys = placed & ((1 << bits) - 1), placed >> bits
    else:
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
    return order, _starts(keys)


def _starts(keys: Array) -> Array:
    """Return where each run of equal keys starts."""
    differs = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def _lengths(starts: Array, end: int) -> Array:
    """Return how long each run is."""
    return np.diff(starts, append=end)


class Edges:
    """A symmetric matrix with a block for each article; those of articles that are finished can be left out."""

    def __init__(self, batch: Batch, one: Array, other: Array, weights: Array, diagonal: Array) -> None:
        """Write every edge down in both directions, and the diagonal."""
        everyone = np.arange(len(batch.articles))
        self._articles = batch.articles
        self._sources = np.concatenate([one, other, everyone])
        self._targets = np.concatenate([other, one, everyone])
        self._weights = np.concatenate([weights, weights, diagonal])

    def times(self, vector: Array) -> Array:
        """Return the product of the matrix and a vector."""
        return np.bincount(self._targets, weights=self._weights * vector[self._sources], minlength=len(vector))

    def leave_out(self, finished: Array) -> None:
        """Forget the edges of these articles; their part of a product is 0 from now on."""
        kept = ~finished[self._articles[self._sources]]
        self._sources, self._targets, self._weights = self._sources[kept], self._targets[kept], self._weights[kept]
