"""The places of the sentences of many articles and their likeness, weighted: what needs no look at what they say."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from briefing.models import Text
from briefing.summarizers._batch import Batch

Array = Any  # numpy's own types are known only where it is imported


def scores(texts: Sequence[Text], weights: Mapping[str, float]) -> list[list[float]]:
    """Return for each article the weighted sums of the columns of `_article.places` and `_article.likeness`."""
    batch = Batch(texts)
    sizes = batch.sizes[batch.articles]
    places = np.arange(len(sizes)) - (np.cumsum(batch.sizes) - batch.sizes)[batch.articles]
    columns = {"lead": np.exp(-places / 2), "place": 1 - places / sizes, **_likeness(texts, batch, sizes)}
    return batch.split(sum(weights[name] * column for name, column in columns.items()))


def _likeness(texts: Sequence[Text], batch: Batch, counts: Array) -> dict[str, Array]:
    """Return the columns centroid, ahead, behind and title; `counts` are the sentences of each one's article."""
    totals = batch.sizes[batch.article_of_term]
    squares = (np.log((1 + totals) / (1 + batch.frequencies)) + 1) ** 2
    weights = squares[batch.terms]
    lengths = np.sqrt(batch.by_sentence(weights))
    lengths[lengths == 0] = 1
    parts = weights / lengths[batch.sentences]  # of the sum of all vectors, over idf
    sums = np.bincount(batch.terms, weights=parts, minlength=len(squares))
    one, other = batch.pairs()
    # A sum over the pairs, not the difference of two running sums, which would cost four digits.
    before = np.bincount(batch.sentences[other], weights=parts[one], minlength=len(lengths)) / lengths
    whole = batch.by_sentence(sums[batch.terms]) / lengths
    centroids = np.sqrt(batch.by_article(whole))
    centroids[centroids == 0] = 1
    return {
        "centroid": whole / centroids[batch.articles],
        "ahead": (whole - before - 1) / counts,
        "behind": before / counts,
        "title": _titled(texts, batch, squares, lengths),
    }


def _titled(texts: Sequence[Text], batch: Batch, squares: Array, lengths: Array) -> Array:
    """Return the cosines with the titles; words that are not in the article weigh as words of one sentence."""
    titles = [dict.fromkeys(chain.from_iterable(text.titles.values())) for text in texts]
    articles: Array = np.repeat(np.arange(len(texts)), [len(title) for title in titles])
    terms = batch.find(articles, list(chain.from_iterable(titles)))
    known = terms >= 0
    alone = (np.log((1 + batch.sizes) / 2) + 1) ** 2
    weights = alone[articles]
    weights[known] = squares[terms[known]]
    marked = np.zeros(len(squares))
    marked[terms[known]] = weights[known]
    sizes = np.bincount(articles, weights=weights, minlength=len(texts))
    sizes[sizes == 0] = 1
    return batch.by_sentence(marked[batch.terms]) / (np.sqrt(sizes)[batch.articles] * lengths)
