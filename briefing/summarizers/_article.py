"""What speaks for a sentence of one article: its place, its likeness to the others, its title, and how it reads.

Likeness is the cosine of tf-idf vectors of the sentences (a word counts once a sentence, idf inside the article). The
sum over all other sentences needs no pairs: a sentence times the sum of the vectors before it is its likeness to what
went before, and centrality counts only what lies ahead (PacSum, Zheng & Lapata 2019).
"""

import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain
from operator import ne

from briefing.models import Text
from briefing.summarizers import _cues

MANY = 3  # words of the first or second person after which more say nothing new

Column = list[float] | list[bool]


def features(sentences: Text) -> dict[str, Column]:
    """Return the numbers that speak for the sentences, before weighting, by the names of the weights."""
    return {**places(len(sentences)), **likeness(sentences), **cues(sentences)}


def places(count: int) -> dict[str, list[float]]:
    """Return what the places of so many sentences are worth."""
    return {
        "lead": [math.exp(-place / 2) for place in range(count)],
        "place": [1 - place / count for place in range(count)],
    }


def cues(sentences: Text) -> dict[str, Column]:
    """Return how the sentences read; of most articles most of these columns are empty."""
    words = _cues.openings(sentences.language or _cues.language_of(sentences))
    texts = [sentence.text for sentence in sentences]
    return {
        "paragraph": _paragraph_starts(sentences),
        "quotation": [text.startswith(_cues.OPENING) for text in texts],
        "voice": [_voice(sentence.tokens, words.voice) for sentence in sentences],
        "question": [text.endswith(_cues.ASKING) for text in texts],
        "dependent": _cues.dependent(sentences, words),
    }


def _paragraph_starts(sentences: Text) -> list[bool]:
    """Return which sentences begin a paragraph; none does in a text of one paragraph."""
    paragraphs = [sentence.paragraph for sentence in sentences]
    if not paragraphs or not paragraphs[-1]:
        return [False] * len(paragraphs)
    return [True, *map(ne, paragraphs, paragraphs[1:])]


def _voice(tokens: Sequence[str], voice: frozenset[str]) -> float:
    """Return how much the sentence speaks of "us" and "you", from 0 to 1."""
    return 0.0 if voice.isdisjoint(tokens) else min(MANY, sum([token in voice for token in tokens])) / MANY


def likeness(sentences: Text) -> dict[str, Column]:
    """Return the sentences' cosines with the centroid, their mean cosines ahead and behind, and the title's."""
    bags = [dict.fromkeys(sentence.words) for sentence in sentences]
    squares, alone = _squared_idf(Counter(chain.from_iterable(bags)), len(bags))
    # Words that one sentence has alone meet no other's: they count in the lengths only.
    shared = [list(filter(squares.__contains__, bag)) for bag in bags]
    singles = [(len(bag) - len(words)) * alone for bag, words in zip(bags, shared, strict=True)]
    lengths = [
        math.sqrt(sum(map(squares.__getitem__, words)) + rest) or 1.0
        for words, rest in zip(shared, singles, strict=True)
    ]
    total = dict.fromkeys(squares, 0.0)  # the sum of all vectors
    before = []  # each vector times the sum of those before it
    for words, length in zip(shared, lengths, strict=True):
        before.append(sum(map(total.__getitem__, words)) / length)
        for word in words:
            total[word] += squares[word] / length
    everything = [
        (sum(map(total.__getitem__, words)) + rest / length) / length
        for words, rest, length in zip(shared, singles, lengths, strict=True)
    ]
    centroid = math.sqrt(sum(everything)) or 1.0
    count = len(bags)
    return {
        "centroid": [whole / centroid for whole in everything],
        "ahead": [(whole - past - 1) / count for whole, past in zip(everything, before, strict=True)],
        "behind": [past / count for past in before],
        "title": _titled(sentences.titles, bags, squares, alone, lengths),
    }


def _squared_idf(frequencies: Mapping[str, int], total: int) -> tuple[dict[str, float], float]:
    """Return (ln((1 + N) / (1 + n)) + 1)² of the words of several sentences, and that of a word of one."""
    most = max(frequencies.values(), default=1)
    table = [(math.log((1 + total) / (1 + count)) + 1) ** 2 for count in range(most + 1)]
    return {word: table[count] for word, count in frequencies.items() if count > 1}, table[1]


def _titled(
    titles: Mapping[str, Iterable[str]],
    bags: Sequence[Container[str]],
    squares: Mapping[str, float],
    alone: float,
    lengths: Sequence[float],
) -> list[float]:
    """Return the cosines with the title; its words that are not in the text weigh as words of one sentence."""
    title = {word: squares.get(word, alone) for word in dict.fromkeys(chain.from_iterable(titles.values()))}
    if not title:
        return [0.0] * len(bags)
    size = math.sqrt(sum(title.values()))
    return [
        sum([square for word, square in title.items() if word in bag]) / (size * length)
        for bag, length in zip(bags, lengths, strict=True)
    ]
