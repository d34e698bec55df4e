"""Position, centroid and cues for one article; for several, what they share and nothing twice (the default)."""

import math
from collections import Counter

from briefing.models import Text


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the sum of the parts."""
    return [math.fsum(each.values()) for each in parts(sentences)]


def parts(sentences: Text) -> list[dict[str, float]]:
    """Return what speaks for each sentence: its place and its likeness to the whole."""
    from briefing.vectors import centroid, document_frequencies, dot, tf_idf

    frequencies = document_frequencies(each.words for each in sentences)
    vectors = [tf_idf(each.words, frequencies, len(sentences)) for each in sentences]
    middle = centroid(vectors)
    last = Counter(each.article for each in sentences)
    return [
        {
            "place": math.exp(-each.index / 2)
            + 0.4 * math.exp(-each.index / 6)
            + 0.4 * (1 - each.index / last[each.article]),
            "centroid": 2 * dot(vector, middle),
        }
        for each, vector in zip(sentences, vectors, strict=True)
    ]


def dependent(sentences: Text) -> list[bool]:
    """Return which sentences need the one before them."""
    return [False] * len(sentences)
