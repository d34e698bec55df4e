"""Importance by shared words, passed along as PageRank does (TextRank, Mihalcea & Tarau 2004); sumy's sentences."""

import math
from operator import truediv

from briefing.models import Text
from briefing.summarizers._overlap import Overlap

# The constants of sumy's TextRank; they decide after how many rounds it stops.
DAMPING = 0.85
EPSILON = 1e-4
NO_ZERO = 1e-7


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the rank of each sentence after the rounds that sumy takes."""
    if not sentences:
        return []
    overlap = Overlap(sentences, single=1.0)
    degrees = [(total + NO_ZERO) / DAMPING for total in overlap.times([1.0] * len(sentences))]
    ranks = [1 / len(sentences)] * len(sentences)
    change = 1.0
    while change > EPSILON:
        jump = (1 - DAMPING) / len(sentences) * math.fsum(ranks)
        passed = [jump + share for share in overlap.times(list(map(truediv, ranks, degrees)))]
        change = math.dist(passed, ranks)
        ranks = passed
    return ranks
