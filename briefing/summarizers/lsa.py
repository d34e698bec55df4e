"""Length of the sentence in the space of latent topics (Steinberger & Ježek 2004); the sentences of sumy's LSA.

sumy keeps every dimension of the singular value decomposition, and a rotation changes no length: the rank of a sentence
is the Euclidean norm of its column of smoothed term frequencies, 0.4 + 0.6 tf / max tf, over all words of the text. No
matrix is needed.
"""

from collections import Counter
from itertools import chain

from briefing.models import Text

SMOOTHING = 0.4  # Manning, Raghavan & Schütze 2008, section 6.4.2


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the norm of each sentence's column; a sentence without words has none."""
    vocabulary = len(set(chain.from_iterable(sentence.words for sentence in sentences)))
    return [_norm(sentence.words, vocabulary) for sentence in sentences]


def _norm(words: tuple[str, ...], vocabulary: int) -> float:
    """Return the norm of the column: words that the sentence lacks weigh SMOOTHING each."""
    if not words:
        return 0.0
    rest = 1 - SMOOTHING
    if len(set(words)) == len(words):
        shares = squares = float(len(words))
    else:
        counts = Counter(words).values()
        most = max(counts)
        shares = len(words) / most
        squares = sum(count * count for count in counts) / (most * most)
    return float((SMOOTHING**2 * vocabulary + 2 * SMOOTHING * rest * shares + rest**2 * squares) ** 0.5)
