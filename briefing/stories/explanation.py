"""Why two articles are one story or two: how alike they are, by which words, and what stands between them."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from briefing.models import Article, Group
from briefing.stories._dates import DAY, gap, span
from briefing.stories._similarity import WINDOW, similar_pairs, usual_neighbors
from briefing.stories._terms import weigh_terms
from briefing.stories.grouping import thresholds

SHOWN = 8  # words that tell most of what two articles share


class PairReasons(NamedTuple):
    """What is known of a pair of articles.

    `likeness` is what they share beyond their crowd (0 nothing, negative: pieces of one series), `needed` the mean
    likeness that makes a story of a few articles among these; `shared` the stems that weigh most, heaviest first, with
    their part of the cosine.
    """

    likeness: float
    needed: float
    shared: tuple[tuple[str, float], ...]
    days_apart: float
    window_days: float


def explain_pair(one: Article, other: Article, articles: Sequence[Article]) -> PairReasons:
    """Return why two of the articles are alike or not; the others are the crowd that they are compared with."""
    place = {article.id: index for index, article in enumerate(articles)}
    spans = [span(article.document.published) for article in articles]
    first, second = sorted((place[one.id], place[other.id]))
    pairs = similar_pairs(articles, spans)
    vectors = weigh_terms(articles, math.inf)
    weights = [dict(zip(*vectors[each], strict=True)) for each in (first, second)]
    shared = {term: weight * weights[1][term] for term, weight in weights[0].items() if term in weights[1]}
    return PairReasons(
        likeness=pairs.get((first, second), 0.0),
        needed=thresholds(usual_neighbors(len(articles), pairs))[0],
        shared=tuple(sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]),
        days_apart=gap(spans[first], spans[second]) / DAY,
        window_days=WINDOW / DAY,
    )


def group_of(id: str, groups: Sequence[Group]) -> Group:
    """Return the group that an article, or a copy, is in."""
    return next(group for group in groups if id in group.articles or any(copy.id == id for copy in group.copies))
