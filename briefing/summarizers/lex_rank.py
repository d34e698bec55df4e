"""Likeness to other sentences that are like others (LexRank, Erkan & Radev 2004); the sentences of sumy's LexRank.

Two sentences are joined when their tf-idf cosine is above a threshold. Equal sentences are one point with a weight, and
a sentence's commonest words are not looked up as long as they alone could not reach the threshold (All-Pairs, Bayardo,
Ma & Srikant 2007): both keep long texts from growing with the square.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    if not sentences:
        return []
    counts = Counter([sentence.words for sentence in sentences])
    if len(counts) > LARGE:
        from briefing.summarizers import _batch_graphs  # numpy

        scores = _batch_graphs.lex_ranks_of_long(sentences)
        if scores:
            return scores
    numbers = list(counts.values())
    bags = list(map(dict.fromkeys, counts))
    frequencies = _frequencies(bags, numbers)
    squares, alone = _squared_idf(frequencies, len(sentences))
    # Words that one sentence has alone join it to no other: they count in the lengths only.
    shared = [list(filter(squares.__contains__, words)) for words in counts]
    lengths = [
        _length(words, squares, alone)
        # In most sentences no word stands twice.
        if len(bag) < len(words)
        else math.sqrt(sum(map(squares.__getitem__, own)) + alone * (len(words) - len(own)))
        for words, bag, own in zip(counts, bags, shared, strict=True)
    ]
    if len(counts) > LARGE or max(frequencies.values(), default=0) > COMMON:
        ranks = _ranks(_vectors(shared, squares, lengths), frequencies, lengths, numbers)
    else:
        ranks = _centralities(_joined_few(shared, squares, lengths), numbers)
    by_words = dict(zip(counts, ranks, strict=True))
    return [by_words[sentence.words] for sentence in sentences]


def score_batch(texts: Sequence[Text], wanted: Sequence[int]) -> list[list[float]]:
    """Return what `score` returns for each of many short articles."""
    from briefing.summarizers import _batch_graphs  # numpy

    return _batch_graphs.lex_ranks(texts)


def _frequencies(bags: Sequence[Iterable[str]], counts: Sequence[int]) -> Counter[str]:
    """Return in how many sentences each word stands; a bag stands for `counts` equal ones."""
    frequencies = Counter(chain.from_iterable(bags))
    for bag, count in zip(bags, counts, strict=True):
        if count > 1:
            frequencies.update(dict.fromkeys(bag, count - 1))
    return frequencies


def _squared_idf(frequencies: Mapping[str, int], total: int) -> tuple[Vector, float]:
    """Return the squares of sumy's inverse document frequency for words of several sentences, and of one alone."""
    table = {count: math.log(total / (1 + count)) ** 2 for count in {1, *frequencies.values()}}
    return {word: table[count] for word, count in frequencies.items() if count > 1}, table[1]


def _length(words: Words, squares: Vector, alone: float) -> float:
    """Return the length of a tf-idf vector in which a word stands twice."""
    return math.sqrt(sum([count * count * squares.get(word, alone) for word, count in Counter(words).items()]))


def _joined_few(shared: Sequence[Sequence[str]], squares: Vector, lengths: Sequence[float]) -> list[list[int]]:
    """Return, for each sentence, the numbers of those whose cosine with it is above the threshold, itself among them.

    A word that stands twice comes by twice: its products are those of its counts.
    """
    neighbors = [[number] if length else [] for number, length in enumerate(lengths)]
    postings: dict[str, list[int]] = {word: [] for word in squares}
    for number, words in enumerate(shared):
        products = [0.0] * number
        found = [(squares[word], postings[word]) for word in words]
        for square, others in found:
            for other in others:
                products[other] += square
        for _, others in found:
            others.append(number)
        least = THRESHOLD * lengths[number]
        for other, product in enumerate(products):
            if product and product > least * lengths[other]:
                neighbors[number].append(other)
                neighbors[other].append(number)
    return neighbors


def _vectors(shared: Iterable[Sequence[str]], squares: Vector, lengths: Iterable[float]) -> list[Vector]:
    """Return the tf-idf vectors at length 1, without the words of one sentence."""
    idf = {word: math.sqrt(square) for word, square in squares.items()}
    return [
        {word: count * idf[word] / (length or 1.0) for word, count in Counter(words).items()}
        for words, length in zip(shared, lengths, strict=True)
    ]


def _ranks(
    vectors: Sequence[Vector], frequencies: Mapping[str, int], lengths: Sequence[float], counts: Sequence[int]
) -> list[float]:
    """Return the centrality of each vector of a long text; one with a length is like itself."""
    if len(vectors) > LARGE:
        from briefing.summarizers import _large  # numpy

        pairs = _large.joined(vectors, THRESHOLD)
        if pairs:
            return _large.centralities(pairs, [length > 0 for length in lengths], counts, EPSILON)
    common = [word for word, frequency in frequencies.items() if frequency > COMMON]
    neighbors = _joined(vectors, _largest(vectors, common))
    for number, length in enumerate(lengths):
        if length:
            neighbors[number].append(number)
    return _centralities(neighbors, counts)


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
    degrees = [sum(map(counts.__getitem__, each)) or 1 for each in neighbors]
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
