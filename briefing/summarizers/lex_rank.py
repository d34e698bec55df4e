"""Likeness to other sentences that are like others (LexRank, Erkan & Radev 2004); the sentences of sumy's LexRank.

Two sentences are joined when their tf-idf cosine is above a threshold. Equal sentences are one point with a weight, and
a sentence's commonest words are not looked up as long as they alone could not reach the threshold (All-Pairs, Bayardo,
Ma & Srikant 2007): both keep long texts from growing with the square.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import mul, truediv

from briefing.models import Text

# The constants of sumy's LexRank. Its coarse epsilon stops the rounds early; others would be other sentences.
THRESHOLD = 0.1
EPSILON = 0.1
# Sentences in which a word must stand to be common; below, the bookkeeping costs more than it saves.
COMMON = 24

LARGE = 1000  # different sentences from which on numpy is quicker, its import and all

Words = tuple[str, ...]
Vector = dict[str, float]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the centrality of each sentence after the rounds that sumy takes; 0 for all when nothing is joined."""
    counts = Counter([sentence.words for sentence in sentences])
    bags = [_bag(words) for words in counts]
    frequencies = _frequencies(bags, list(counts.values()))
    idf = _idf(frequencies, len(sentences))
    squares = {word: weight * weight for word, weight in idf.items()}
    lengths = [_length(bag, squares) for bag in bags]
    # Words that one sentence has alone join it to no other: they count in the lengths only.
    shared = {word: idf[word] for word, frequency in frequencies.items() if frequency > 1}
    vectors = [
        {word: count * shared[word] / (length or 1.0) for word, count in bag.items() if word in shared}
        for bag, length in zip(bags, lengths, strict=True)
    ]
    common = [word for word in shared if frequencies[word] > COMMON]
    ranks = dict(zip(counts, _ranks(vectors, common, lengths, list(counts.values())), strict=True))
    return [ranks[sentence.words] for sentence in sentences]


def _ranks(
    vectors: Sequence[Vector], common: Sequence[str], lengths: Sequence[float], counts: Sequence[int]
) -> list[float]:
    """Return the centrality of each vector; one with a length is like itself."""
    if len(vectors) > LARGE:
        from briefing.summarizers import _large  # numpy

        pairs = _large.joined(vectors, THRESHOLD)
        if pairs:
            return _large.centralities(pairs, [length > 0 for length in lengths], counts, EPSILON)
    neighbors = _joined(vectors, _largest(vectors, common))
    for number, length in enumerate(lengths):
        if length:
            neighbors[number].append(number)
    return _centralities(neighbors, counts)


def _bag(words: Words) -> Mapping[str, int]:
    """Return how often each word stands in the sentence."""
    bag = dict.fromkeys(words, 1)
    return bag if len(bag) == len(words) else Counter(words)


def _length(bag: Mapping[str, int], squares: Mapping[str, float]) -> float:
    """Return the length of the tf-idf vector; in most sentences no word stands twice."""
    if isinstance(bag, Counter):
        return math.sqrt(sum([count * count * squares[word] for word, count in bag.items()]))
    return math.sqrt(sum(map(squares.__getitem__, bag)))


def _frequencies(bags: Sequence[Mapping[str, int]], counts: Sequence[int]) -> Counter[str]:
    """Return in how many sentences each word stands; a bag stands for `counts` equal ones."""
    frequencies = Counter(chain.from_iterable(bags))
    for bag, count in zip(bags, counts, strict=True):
        if count > 1:
            frequencies.update(dict.fromkeys(bag, count - 1))
    return frequencies


def _idf(frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """Return sumy's inverse document frequency, without the sign: every product here is a square."""
    table = {count: abs(math.log(total / (1 + count))) for count in dict.fromkeys(frequencies.values())}
    return {word: table[count] for word, count in frequencies.items()}


def _largest(vectors: Sequence[Vector], common: Sequence[str]) -> Vector:
    """Return the largest weight of each of these words."""
    largest = dict.fromkeys(common, 0.0)
    for vector in vectors if common else ():
        for word, weight in vector.items():
            if weight > largest.get(word, weight):
                largest[word] = weight
    return largest


def _joined(vectors: Sequence[Vector], common: Mapping[str, float]) -> list[list[int]]:
    """Return, for each vector, the numbers of the others whose cosine with it is above the threshold."""
    neighbors: list[list[int]] = [[] for _ in vectors]
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    skipped: dict[int, Vector] = {}
    for number in _order(vectors) if common else range(len(vectors)):
        vector = vectors[number]
        cosines: defaultdict[int, float] = defaultdict(float)
        skippable = _skippable(vector, common) if common else {}
        for word, weight in vector.items():
            for other, its_weight in postings[word]:
                cosines[other] += weight * its_weight
            if word not in skippable:
                postings[word].append((number, weight))
        skipped[number] = skippable
        for other, cosine in cosines.items():
            if skipped[other]:
                cosine += sum([weight * vector.get(word, 0.0) for word, weight in skipped[other].items()])
            if cosine > THRESHOLD:
                neighbors[number].append(other)
                neighbors[other].append(number)
    return neighbors


def _order(vectors: Sequence[Vector]) -> list[int]:
    """Return the numbers of the vectors by their largest weight, largest first: no later vector has a larger one."""
    largest = [max(vector.values(), default=0.0) for vector in vectors]
    return sorted(range(len(vectors)), key=largest.__getitem__, reverse=True)


def _skippable(vector: Vector, common: Mapping[str, float]) -> Vector:
    """Return common words of a vector that together cannot reach the threshold with any vector after it."""
    bound = 0.0
    skippable = {}
    most = max(vector.values(), default=0.0)
    for word in sorted([word for word in vector if word in common], key=vector.__getitem__):
        bound += vector[word] * min(common[word], most)
        if bound >= THRESHOLD:
            break
        skippable[word] = vector[word]
    return skippable


def _centralities(neighbors: Sequence[Sequence[int]], counts: Sequence[int]) -> list[float]:
    """Return the eigenvector that the rounds approach, at Euclidean length 1 over all sentences.

    A point for several sentences carries its rank times the root of their number, so that lengths come out right.
    """
    roots = [math.sqrt(count) for count in counts]
    degrees = [sum([counts[other] for other in each]) or 1 for each in neighbors]
    passing = [root / degree for root, degree in zip(roots, degrees, strict=True)]
    ranks = [root / sum(counts) for root in roots]
    change = 1.0
    while change > EPSILON:
        shares = list(map(mul, ranks, passing))
        share = shares.__getitem__
        passed = [root * sum(map(share, each)) for root, each in zip(roots, neighbors, strict=True)]
        length = math.hypot(*passed)
        if not length:
            return [0.0] * len(counts)
        passed = [rank / length for rank in passed]
        change = math.dist(passed, ranks)
        ranks = passed
    return list(map(truediv, ranks, roots))
