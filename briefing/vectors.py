"""What summarizers, stories and the length of an issue share: words counted, terms weighted, vectors compared.

Plain Python: a vector is a dict from term to weight. numpy would cost ten starts of Python and pay back only after
about a thousand articles.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

WORDS_A_MINUTE = 230  # silent reading of English non-fiction: 238 a minute (Brysbaert 2019), a little less on paper

# Scripts written without spaces: two of these characters are counted as one word.
_CJK = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_FIRST_CJK = "\u3040"

Vector = Mapping[str, float]


def count_words(text: str) -> int:
    """Return how many words a reader reads: white-space tokens with a letter or digit; two CJK characters are one."""
    cjk = 0
    if not text.isascii() and max(text) >= _FIRST_CJK:
        text, cjk = _cjk().subn(" ", text)
    return sum(1 for token in text.split() if any(map(str.isalnum, token))) + (cjk + 1) // 2


@cache
def _cjk() -> re.Pattern[str]:
    """Return the pattern of these scripts; a quarter of a start of Python to compile, so only when one may be met."""
    return re.compile(_CJK)


def document_frequencies(texts: Iterable[Iterable[str]]) -> Counter[str]:
    """Return in how many of the texts each term occurs."""
    return Counter(term for text in texts for term in dict.fromkeys(text))


def tf_idf(terms: Iterable[str], frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """Return tf-idf weights at Euclidean length 1, with the smoothed idf ln((1 + N) / (1 + n)) + 1."""
    counts = Counter(terms)
    weights = {
        term: count * (math.log((1 + total) / (1 + frequencies.get(term, 0))) + 1) for term, count in counts.items()
    }
    return normalized(weights)


def normalized(vector: Vector) -> dict[str, float]:
    """Return the vector at Euclidean length 1; the empty one stays empty."""
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def dot(one: Vector, other: Vector) -> float:
    """Return the inner product: the cosine when both are normalized."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def centroid(vectors: Sequence[Vector]) -> dict[str, float]:
    """Return the normalized sum of the vectors."""
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return normalized(total)
