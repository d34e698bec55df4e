"""LexRank and TextRank of many articles at once: the rounds of `lex_rank` and `text_rank` for a whole batch."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from briefing.models import Text
from briefing.summarizers import lex_rank, text_rank
from briefing.summarizers._batch import FILTERED, Batch, Edges
from briefing.summarizers._large import MOST_PAIRS

# Rounds after which an article that still changes is left to itself: fourteen are usual, fading ranks take hundreds.
MOST_ROUNDS = 40

Array = Any  # numpy's own types are known only where it is imported


def lex_ranks(texts: Sequence[Text]) -> list[list[float]]:
    """Return the scores of `lex_rank` for each article."""
    return _lex_ranks(texts, Batch(texts))


def lex_ranks_of_long(text: Text) -> list[float] | None:
    """Return the scores of `lex_rank` for one long article; None when too many pairs of sentences share a word."""
    batch = Batch([text])
    if int((batch.frequencies * (batch.frequencies - 1) // 2).sum()) > MOST_PAIRS:
        return None
    return _lex_ranks([text], batch)[0]


def _lex_ranks(texts: Sequence[Text], batch: Batch) -> list[list[float]]:
    """Return the scores of `lex_rank` for each article of a batch."""
    idf = np.log(batch.sizes[batch.article_of_term] / (1 + batch.frequencies))
    weights = batch.counts * idf[batch.terms]
    lengths = np.sqrt(batch.by_sentence(weights * weights))
    weights /= np.where(lengths > 0, lengths, 1)[batch.sentences]
    one, other = batch.pairs()
    first, second, _ = batch.edges(one, other, weights[one] * weights[other], lex_rank.THRESHOLD)
    edges = Edges(batch, first, second, np.ones(len(first)), (lengths > 0).astype(float))
    degrees = np.maximum(edges.times(np.ones(len(lengths))), 1)

    def following(ranks: Array) -> Array:
        passed = edges.times(ranks / degrees)
        norms = np.sqrt(batch.by_article(passed * passed))
        return passed / np.where(norms > 0, norms, 1)[batch.articles]

    return _scores(texts, batch, _rounds(batch, edges, following, lex_rank.EPSILON), lex_rank.score)


def text_ranks(texts: Sequence[Text]) -> list[list[float]]:
    """Return the scores of `text_rank` for each article."""
    batch = Batch(texts)
    logs = np.log(np.maximum(batch.words, 1))
    one, other = batch.pairs()
    first, second, counts = batch.edges(one, other, batch.counts[one] * batch.counts[other])
    own = batch.by_sentence(batch.counts * batch.counts)
    edges = Edges(batch, first, second, counts / _divisors(logs[first] + logs[second]), own / _divisors(logs + logs))
    shares = text_rank.DAMPING / (edges.times(np.ones(len(logs))) + text_rank.NO_ZERO)
    jumps = (1 - text_rank.DAMPING) / batch.sizes

    def following(ranks: Array) -> Array:
        return (jumps * batch.by_article(ranks))[batch.articles] + edges.times(ranks * shares)

    return _scores(texts, batch, _rounds(batch, edges, following, text_rank.EPSILON), text_rank.score)


def _divisors(logs: Array) -> Array:
    """Return the sums of logarithms; 1 for two sentences of one word each."""
    return np.where(logs > 0, logs, 1)


def _scores(
    texts: Sequence[Text], batch: Batch, ranked: tuple[Array, Array], score: Callable[[Text, int], list[float]]
) -> list[list[float]]:
    """Return the ranks article by article; those of articles that were not finished are computed by `score`."""
    ranks, left = ranked
    scores = batch.split(ranks)
    for number in np.flatnonzero(left).tolist():
        scores[number] = score(texts[number], len(texts[number]))
    return scores


def _rounds(batch: Batch, edges: Edges, following: Callable[[Array], Array], epsilon: float) -> tuple[Array, Array]:
    """Return the ranks after each article's own number of rounds, and which articles were not finished."""
    ranks = 1 / batch.sizes[batch.articles]
    active = np.full(len(batch.sizes), True)
    for number in range(1, MOST_ROUNDS + 1):
        passed = following(ranks)
        change = np.sqrt(batch.by_article((passed - ranks) ** 2))
        ranks = np.where(active[batch.articles], passed, ranks)
        active &= change > epsilon
        if not active.any():
            break
        if number % FILTERED == 0:
            edges.leave_out(~active)
    return ranks, active
