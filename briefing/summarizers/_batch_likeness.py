"""The likeness of the sentences of many articles at once: what `_article.likeness` returns, for a whole batch."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from briefing.models import Text
from briefing.summarizers._batch import Batch

Array = Any  # numpy's own types are known only where it is imported


def likeness(texts: Sequence[Text]) -> list[dict[str, list[float]]]:
    """Return for each article the columns centroid, ahead, behind and title."""
    batch = Batch(texts)
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
    sizes = batch.sizes[batch.articles]
    columns = {
        "centroid": whole / centroids[batch.articles],
        "ahead": (whole - before - 1) / sizes,
        "behind": before / sizes,
        "title": _titled(texts, batch, squares, lengths),
    }
    pieces = [batch.split(column) for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*pieces, strict=True)]


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
