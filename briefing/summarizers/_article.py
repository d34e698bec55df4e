"""What speaks for a sentence of one article: its place, its likeness to the others, its title, and how it reads.

Likeness is the cosine of tf-idf vectors of the sentences (a word counts once a sentence, idf inside the article). The
sum over all other sentences needs no pairs: a sentence times the sum of the vectors before it is its likeness to what
went before, and centrality counts only what lies ahead (PacSum, Zheng & Lapata 2019).
"""

import math
from collections import Counter
from itertools import chain

from briefing.models import Text
from briefing.summarizers import _cues

NAMES = (
    "lead",
    "place",
    "paragraph",
    "centroid",
    "ahead",
    "behind",
    "title",
    "quotation",
    "voice",
    "question",
    "dependent",
)

MANY = 3  # words of the first or second person after which more say nothing new

Row = tuple[float, ...]


def features(sentences: Text) -> list[Row]:
    """Return for each sentence one number for each of NAMES, before weighting."""
    count = len(sentences)
    words = _cues.openings(_cues.language_of(sentences))
    dependent = _cues.dependent(sentences, words)
    several = count > 0 and sentences[-1].paragraph > 0
    paragraph = -1
    rows = []
    for place, (sentence, likeness) in enumerate(zip(sentences, _likeness(sentences), strict=True)):
        text = sentence.text
        rows.append(
            (
                math.exp(-place / 2),
                1 - place / count,
                float(several and sentence.paragraph != paragraph),
                *likeness,
                float(_cues.opens_quotation(text)),
                min(MANY, sum(map(words.voice.__contains__, sentence.tokens))) / MANY,
                float(_cues.asks(text)),
                float(dependent[place]),
            )
        )
        paragraph = sentence.paragraph
    return rows


def _likeness(sentences: Text) -> list[Row]:
    """Return each sentence's cosine with the centroid, its mean cosines ahead and behind, and the title's."""
    vectors, titled = _vectors(sentences)
    total: dict[str, float] = {}
    for vector in vectors:
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
    own = [float(bool(sentence.words)) for sentence in sentences]
    alone = [one - sum([weight * weight for weight in v.values()]) for one, v in zip(own, vectors, strict=True)]
    length = math.sqrt(sum([weight * weight for weight in total.values()]) + sum(alone)) or 1.0
    behind = dict.fromkeys(total, 0.0)
    rows: list[Row] = []
    for vector, one, rest, title in zip(vectors, own, alone, titled, strict=True):
        everything = rest + sum([weight * total[word] for word, weight in vector.items()])
        before = sum([weight * behind[word] for word, weight in vector.items()])
        rows.append((everything / length, (everything - before - one) / len(own), before / len(own), title))
        for word, weight in vector.items():
            behind[word] += weight
    return rows


def _vectors(sentences: Text) -> tuple[list[dict[str, float]], list[float]]:
    """Return the vectors at length 1, less the words that one sentence has alone, and the cosines of the title."""
    bags = [dict.fromkeys(sentence.words) for sentence in sentences]
    frequencies = Counter(chain.from_iterable(bags))
    idf = {word: math.log((1 + len(bags)) / (1 + count)) + 1 for word, count in frequencies.items()}
    lengths = [math.sqrt(sum([idf[word] ** 2 for word in bag])) for bag in bags]
    vectors = [
        {word: idf[word] / length for word in bag if frequencies[word] > 1}
        for bag, length in zip(bags, lengths, strict=True)
    ]
    title = {word: idf.get(word, 1.0) for word in dict.fromkeys(chain.from_iterable(sentences.titles.values()))}
    size = math.sqrt(sum([weight * weight for weight in title.values()]))
    titled = [
        sum([weight * weight for word, weight in title.items() if word in bag]) / (size * length or 1.0)
        for bag, length in zip(bags, lengths, strict=True)
    ]
    return vectors, titled if title else [0.0] * len(bags)
