"""What speaks for a sentence of a story: the words that its articles share and nobody said yet.

Sentences are chosen one after the other. Each gets the weight of its pairs of words that several articles use and no
chosen sentence has, a word's worth (concepts as in ICSISumm, Gillick & Favre 2009), and loses its largest cosine with
what is chosen (MMR, Carbonell & Goldstein 1998). Both only fall while sentences are chosen, so an old sum is an upper
bound: the best of a heap is the next choice as soon as its sum is fresh (lazy greedy, Minoux 1978).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace
from itertools import chain, pairwise

from briefing.models import Text
from briefing.summarizers import _cues
from briefing.summarizers._weights import STORY
from briefing.vectors import centroid, document_frequencies, dot, tf_idf

# Words; shorter is a scrap, longer leaves no room for others. English news would do with 45 (within 0.15 points), but a
# tenth of Portuguese reports open with a longer sentence: without those their summaries lose 1.0 ROUGE-1.
LENGTH = range(8, 61)
MANY = 6  # articles from which on three of them must use a pair of words, not two

Pair = tuple[str, str]
Parts = dict[str, float]


def parts(sentences: Text, wanted: int) -> list[Parts]:
    """Return the weighted parts of each score when it was chosen; of those not chosen, after `wanted` choices."""
    story = _Story(sentences)
    heap = [(-sum(story.fresh(position).values()), position) for position in range(len(sentences))]
    heapify(heap)
    result: dict[int, Parts] = {}
    while heap and len(result) < wanted:
        position = heap[0][1]
        now = story.fresh(position)
        if -sum(now.values()) <= heap[0][0]:
            heappop(heap)
            result[position] = now
            story.choose(position)
        else:
            heapreplace(heap, (-sum(now.values()), position))
    return [result.get(position) or story.fresh(position) for position in range(len(sentences))]


class _Story:
    """The sentences of a story, what stands for each, and what was said so far."""

    def __init__(self, sentences: Text) -> None:
        """Weigh what does not change while sentences are chosen."""
        frequencies = document_frequencies(sentence.words for sentence in sentences)
        self._vectors = [tf_idf(sentence.words, frequencies, len(sentences)) for sentence in sentences]
        self._fixed = _fixed(sentences, self._vectors, frequencies)
        self._pairs = [list(dict.fromkeys(pairwise(sentence.words))) for sentence in sentences]
        self._worth = _worth(sentences, self._pairs)
        self._sizes = [len(sentence.tokens) or 1 for sentence in sentences]
        self._repeated = [0.0] * len(sentences)
        self._seen = [0] * len(sentences)
        self._chosen: list[int] = []

    def fresh(self, position: int) -> Parts:
        """Return the parts of a sentence's score, given what is chosen now."""
        for other in self._chosen[self._seen[position] :]:
            cosine = dot(self._vectors[position], self._vectors[other])
            self._repeated[position] = max(self._repeated[position], cosine)
        self._seen[position] = len(self._chosen)
        worth = sum([self._worth.get(pair, 0.0) for pair in self._pairs[position]])
        return {
            **self._fixed[position],
            "shared": STORY["shared"] * worth / self._sizes[position],
            "repeated": STORY["repeated"] * self._repeated[position],
        }

    def choose(self, position: int) -> None:
        """Note that a sentence is chosen: its pairs of words are said."""
        self._chosen.append(position)
        for pair in self._pairs[position]:
            self._worth.pop(pair, None)


def _fixed(sentences: Text, vectors: Sequence[dict[str, float]], frequencies: Counter[str]) -> list[Parts]:
    """Return the weighted parts that do not depend on what is chosen."""
    middle = centroid(vectors)
    title = tf_idf(chain.from_iterable(sentences.titles.values()), frequencies, len(sentences))
    dependent = _cues.dependent_in_each(sentences)
    return [
        {
            "centroid": STORY["centroid"] * dot(vector, middle),
            "place": STORY["place"] * math.exp(-sentence.index / 4),
            "title": STORY["title"] * dot(vector, title),
            "quotation": STORY["quotation"] * _cues.quotes(sentence.text),
            # "Here is a look at the storm:" stands alone as little; what it needs comes after it.
            "dependent": STORY["dependent"] * (needs or sentence.text.endswith(":")),
            "length": STORY["length"] * (len(sentence.tokens) not in LENGTH),
        }
        for sentence, vector, needs in zip(sentences, vectors, dependent, strict=True)
    ]


def _worth(sentences: Text, pairs: Sequence[Sequence[Pair]]) -> dict[Pair, float]:
    """Return the weights of the pairs of words that enough articles use, over the heaviest; early use counts more."""
    weights: defaultdict[Pair, float] = defaultdict(float)
    users: defaultdict[Pair, set[str]] = defaultdict(set)
    for sentence, own in zip(sentences, pairs, strict=True):
        early = 0.3 + math.exp(-sentence.index / 5)
        for pair in own:
            weights[pair] += early
            users[pair].add(sentence.article)
    enough = 3 if len({sentence.article for sentence in sentences}) >= MANY else 2
    kept = {pair: weight for pair, weight in weights.items() if len(users[pair]) >= enough}
    heaviest = max(kept.values(), default=1.0)
    return {pair: weight / heaviest for pair, weight in kept.items()}
