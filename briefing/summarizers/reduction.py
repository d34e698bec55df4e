"""Importance by the words shared with all others (Reduction, github.com/adamfabish/Reduction); sumy's sentences."""

import math
from collections import Counter, defaultdict

from briefing.models import Text
from briefing.summarizers._overlap import graph


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the sum of each sentence's edges; sumy adds those of equal sentences together."""
    overlap = graph(sentences, single=0.0)
    ratings: defaultdict[str, float] = defaultdict(float)
    for sentence, total in zip(sentences, overlap.times([1.0] * len(sentences)), strict=True):
        log = math.log(len(sentence.words) or 1)
        own = sum(count * count for count in Counter(sentence.words).values())
        ratings[sentence.text] += total - (own / (2 * log) if log else 0.0)
    return [ratings[sentence.text] for sentence in sentences]
