"""How much two articles tell of one event: the cosine of their weighted terms, for the pairs that share heavy ones."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.models import Article
from briefing.stories._dates import DAY, gap, span
from briefing.vectors import document_frequencies, dot, normalized

WORDS = 300  # of the text that count: an event is told at the top
TITLE = 2  # how often a title's word counts
HEAVY = 16  # terms of an article that look for company
SHARED = 2  # of which two articles need so many in common
CROWD = 150  # articles that hold a term; one that more hold tells nothing
WINDOW = 3 * DAY


def similar_pairs(articles: Sequence[Article]) -> dict[tuple[int, int], float]:
    """Return the similarity of the pairs (by position, first < second) that may tell of one event."""
    vectors = _vectors([_counts(article) for article in articles])
    spans = [span(article.document.published) for article in articles]
    return {
        (one, other): dot(vectors[one], vectors[other])
        for one, other in _candidates(vectors)
        if gap(spans[one], spans[other]) <= WINDOW
    }


def _counts(article: Article) -> Counter[str]:
    """Return how often each content word counts: those of the title, and of the top of the text."""
    words = [word for sentence in article.sentences for word in sentence.words]
    return Counter([*article.title_words * TITLE, *words[:WORDS]])


def _vectors(texts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Return the tf-idf vectors of the texts, with logarithmic term frequency."""
    frequencies = document_frequencies(texts)
    weights = {term: math.log((1 + len(texts)) / (1 + count)) + 1 for term, count in frequencies.items()}
    return [normalized({term: (1 + math.log(count)) * weights[term] for term, count in text.items()}) for text in texts]


def _candidates(vectors: Sequence[Mapping[str, float]]) -> list[tuple[int, int]]:
    """Return the pairs that share enough of their heaviest terms."""
    holders: dict[str, list[int]] = {}
    for index, vector in enumerate(vectors):
        for term in sorted(vector, key=lambda each: (-vector[each], each))[:HEAVY]:
            holders.setdefault(term, []).append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        if len(indices) <= CROWD:
            shared.update((one, other) for place, one in enumerate(indices) for other in indices[place + 1 :])
    return sorted(pair for pair, count in shared.items() if count >= SHARED)
