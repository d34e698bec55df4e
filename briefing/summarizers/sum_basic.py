"""Frequent words, each worth less once it was said (SumBasic, Nenkova & Vanderwende 2005); sumy's sentences."""

from collections import Counter, defaultdict
from heapq import heapify, heappop, heapreplace
from itertools import chain

from briefing.models import Text

Words = tuple[str, ...]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the order of choice, negated; sentences that were not reached are equal.

    Probabilities only fall when they are squared, so an old mean is an upper bound: the best of the heap is the next
    choice as soon as its mean is fresh, and few means are ever computed again.
    """
    counts = Counter(chain.from_iterable([sentence.words for sentence in sentences]))
    total = counts.total()
    probabilities = {word: count / total for word, count in counts.items()}
    places: defaultdict[Words, list[int]] = defaultdict(list)  # of equal sentences, one in the heap stands for all
    for position in range(len(sentences) - 1, -1, -1):
        places[sentences[position].words].append(position)
    heap = [(-_mean(words, probabilities), equal[-1], words) for words, equal in places.items()]
    heapify(heap)
    order = [-float(wanted)] * len(sentences)
    for rank in range(min(wanted, len(sentences))):
        words = _next(heap, places, probabilities)
        order[places[words].pop()] = -float(rank)
        for word in words:
            probabilities[word] *= probabilities[word]
    return order


def _next(
    heap: list[tuple[float, int, Words]], places: dict[Words, list[int]], probabilities: dict[str, float]
) -> Words:
    """Return the words of the sentence left with the largest mean probability now; of equal ones the earlier."""
    while True:
        words = heap[0][2]
        if not places[words]:
            heappop(heap)
            continue
        fresh = (-_mean(words, probabilities), places[words][-1], words)
        if fresh == heap[0]:
            return words
        heapreplace(heap, fresh)


def _mean(words: Words, probabilities: dict[str, float]) -> float:
    """Return the mean probability of the words, added in their order as sumy does."""
    return sum([probabilities[word] for word in words]) / len(words) if words else 0.0
