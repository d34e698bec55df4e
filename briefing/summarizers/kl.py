"""Summary whose words are distributed as the text's (KL-Sum, Haghighi & Vanderwende 2009); sumy's sentences."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain

from briefing.models import Text
from briefing.summarizers._select import DIGITS

Words = tuple[str, ...]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the order of choice, negated; sentences that were not reached are equal."""
    counts = Counter(chain.from_iterable(sentence.words for sentence in sentences))
    total = counts.total()
    summary = _Summary({word: count / total for word, count in counts.items()})
    places: defaultdict[Words, list[int]] = defaultdict(list)  # equal sentences are compared once
    for position in range(len(sentences) - 1, -1, -1):
        places[sentences[position].words].append(position)
    bags = {words: Counter(words) for words in places}
    order = [-float(wanted)] * len(sentences)
    for rank in range(min(wanted, len(sentences))):
        words = min(places, key=lambda each: (round(summary.divergence_with(bags[each]), DIGITS), places[each][-1]))
        order[places[words].pop()] = -float(rank)
        summary.add(bags[words])
        if not places[words]:
            del places[words]
    return order


class _Summary:
    """The words chosen so far, and the sums that make the divergence with one more sentence cheap.

    With p(w) the text's distribution and c(w) of n the summary's words, the divergence is the sum of
    p(w) · (log p(w) − log c(w) + log n) over the words of the summary: a sentence changes only its own words' terms.
    """

    def __init__(self, probabilities: Mapping[str, float]) -> None:
        self._probabilities = probabilities
        self._counts: Counter[str] = Counter()
        self._length = 0
        self._mass = 0.0  # sum of p(w)
        self._terms = 0.0  # sum of p(w) · (log p(w) − log c(w))

    def divergence_with(self, bag: Mapping[str, int]) -> float:
        """Return the divergence of the summary with the sentence added; of nothing from the text, zero."""
        length, mass, terms = self._changed(bag)
        return terms + mass * math.log(length) if length else 0.0

    def add(self, bag: Mapping[str, int]) -> None:
        """Add the sentence."""
        self._length, self._mass, self._terms = self._changed(bag)
        self._counts.update(bag)

    def _changed(self, bag: Mapping[str, int]) -> tuple[int, float, float]:
        """Return length, mass and terms with the sentence added."""
        length, mass, terms = self._length, self._mass, self._terms
        for word, count in bag.items():
            probability = self._probabilities[word]
            length += count
            before = self._counts[word]
            if before:
                terms -= probability * math.log((before + count) / before)
            else:
                mass += probability
                terms += probability * math.log(probability / count)
        return length, mass, terms
