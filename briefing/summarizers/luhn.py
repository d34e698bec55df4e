"""Densest run of words that the text repeats (Luhn 1958); the sentences that sumy's Luhn chooses."""

from collections import Counter
from collections.abc import Iterable, Set
from itertools import chain

from briefing.models import Text

GAP = 4  # so many words in a row that are not significant end a cluster (Luhn 1958, p. 161)


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the weight of each sentence's best cluster of significant words: their number squared over its length."""
    content = set(chain.from_iterable(sentence.words for sentence in sentences))
    counts = Counter(chain.from_iterable(sentence.tokens for sentence in sentences))
    significant = {word for word, count in counts.items() if count > 1 and word in content}
    return [_best_cluster(sentence.tokens, significant) for sentence in sentences]


def _best_cluster(tokens: Iterable[str], significant: Set[str]) -> float:
    """Return the largest weight of a cluster; a significant word alone weighs nothing."""
    places = [place for place, token in enumerate(tokens) if token in significant]
    best = 0.0
    first = 0  # of the cluster, as a number in places
    for number, place in enumerate(places):
        if number + 1 == len(places) or places[number + 1] - place > GAP:
            count = number - first + 1
            if count > 1:
                best = max(best, count * count / (place - places[first] + 1))
            first = number + 1
    return best
