"""Likeness to other sentences that are like others (LexRank, Erkan & Radev 2004); the sentences of sumy's LexRank.

Two sentences are joined when their tf-idf cosine is above a threshold. Equal sentences are one point with a weight, and
a sentence's commonest words are not looked up as long as they alone could not reach the threshold (All-Pairs, Bayardo,
Ma & Srikant 2007): both keep long texts from growing with the square.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from briefing.models import Text

# The constants of sumy's LexRank. Its coarse epsilon stops the rounds early; others would be other sentences.
THRESHOLD = 0.1
EPSILON = 0.1
# Sentences in which a word must stand to be common; below, the bookkeeping costs more than it saves.
COMMON = 24

Vector = dict[str, float]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the centrality of each sentence after the rounds that sumy takes; 0 for all when nothing is joined."""
    counts = Counter([sentence.words for sentence in sentences])
    points = {words: number for number, words in enumerate(counts)}
    vectors, common = _vectors(counts, len(sentences))
    ranks = _centralities(_joined(vectors, common), list(counts.values()))
    return [ranks[points[sentence.words]] for sentence in sentences]


def _vectors(counts: Mapping[tuple[str, ...], int], total: int) -> tuple[list[Vector], dict[str, float]]:
    """Return the tf-idf vectors at length 1, and the largest weight of each common word."""
    bags = [Counter(words) for words in counts]
    frequencies: defaultdict[str, int] = defaultdict(int)
    for bag, count in zip(bags, counts.values(), strict=True):
        for word in bag:
            frequencies[word] += count
    # sumy divides tf by the largest, which no cosine notices; a word of every sentence has an idf below 0.
    idf = {word: abs(math.log(total / (1 + frequency))) for word, frequency in frequencies.items()}
    vectors = [_unit({word: count * idf[word] for word, count in bag.items()}) for bag in bags]
    common = {word: 0.0 for word, frequency in frequencies.items() if frequency > COMMON}
    for vector in vectors if common else ():
        for word in vector.keys() & common.keys():
            common[word] = max(common[word], vector[word])
    return vectors, common


def _unit(vector: Vector) -> Vector:
    """Return the vector at length 1; without weights, the empty one."""
    length = math.sqrt(sum([weight * weight for weight in vector.values()]))
    return {word: weight / length for word, weight in vector.items()} if length else {}


def _joined(vectors: Sequence[Vector], common: Mapping[str, float]) -> list[list[int]]:
    """Return, for each vector, the numbers of those whose cosine with it is above the threshold, its own among them."""
    neighbors = [[number] if vector else [] for number, vector in enumerate(vectors)]
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    skipped: list[Vector] = []
    for number, vector in enumerate(vectors):
        cosines: defaultdict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for other, its_weight in postings[word]:
                cosines[other] += weight * its_weight
        for other, cosine in cosines.items():
            if skipped[other]:
                cosine += sum([weight * vector.get(word, 0.0) for word, weight in skipped[other].items()])
            if cosine > THRESHOLD:
                neighbors[number].append(other)
                neighbors[other].append(number)
        skipped.append(_skippable(vector, common) if common else {})
        for word, weight in vector.items():
            if word not in skipped[-1]:
                postings[word].append((number, weight))
    return neighbors


def _skippable(vector: Vector, common: Mapping[str, float]) -> Vector:
    """Return common words of a vector that together cannot reach the threshold with any other vector."""
    bound = 0.0
    skippable = {}
    for word in sorted([word for word in vector if word in common], key=common.__getitem__):
        bound += vector[word] * common[word]
        if bound >= THRESHOLD:
            break
        skippable[word] = vector[word]
    return skippable


def _centralities(neighbors: Sequence[Sequence[int]], counts: Sequence[int]) -> list[float]:
    """Return the eigenvector that the rounds approach, at Euclidean length 1 over all sentences."""
    degrees = [sum([counts[other] for other in each]) or 1 for each in neighbors]
    ranks = [1 / (sum(counts) or 1)] * len(counts)
    change = 1.0
    while change > EPSILON:
        shares = [rank * count / degree for rank, count, degree in zip(ranks, counts, degrees, strict=True)]
        passed = [sum([shares[other] for other in each]) for each in neighbors]
        length = math.sqrt(sum([count * rank * rank for rank, count in zip(passed, counts, strict=True)]))
        if not length:
            return [0.0] * len(counts)
        passed = [rank / length for rank in passed]
        change = math.sqrt(sum([n * (new - old) ** 2 for new, old, n in zip(passed, ranks, counts, strict=True)]))
        ranks = passed
    return ranks
