"""An article as weighted terms: tf-idf over the articles at hand, mixed with how common a word is in any news."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from briefing.models import Article


class Terms(NamedTuple):
    """An article's terms that are compared, each with its weight."""

    names: tuple[str, ...]
    weights: tuple[float, ...]


WORDS = 100  # of the text that count, an event is told at the top: 300 cost full texts .01 to .03, and 60 as much
TITLE = 2  # how often a title's word counts (1 to 4 group alike)
HEAVY = 48  # terms of an article that are compared; 32 cost .002 BCubed, 64 gain nothing
# Articles that the table of a language stands for. A pool of 15 stories needs it (.83 BCubed without, .87 with it);
# 100 to 800 do alike, and beside thousands of articles it vanishes.
BACKGROUND = 265

_LOGARITHMS = [0.0, *(1 + math.log(count) for count in range(1, (TITLE + 1) * WORDS + 1))]
_FOLDER = Path(__file__).parent / "background"


def weigh_terms(articles: Sequence[Article], most: float = math.inf, heavy: int = HEAVY) -> list[Terms]:
    """Return each article's `heavy` heaviest terms, scaled so that its whole vector has length 1.

    Terms that no other article has, or more than `most`, count in the length alone: nobody or everybody shares them.
    """
    texts = [_counts(article) for article in articles]
    frequencies: Counter[str] = Counter()
    for text in texts:
        frequencies.update(text.names)
    languages = dict.fromkeys(article.language for article in articles)
    rarities = {each: _rarities(frequencies, len(texts), background(each), most) for each in languages}
    return [_heaviest(text, rarities[article.language], heavy) for article, text in zip(articles, texts, strict=True)]


@cache
def background(language: str) -> dict[str, float]:
    """Return the share of news articles that hold each stem, of those that one in a hundred holds; empty if unknown."""
    path = _FOLDER / f"{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {stem: int(share) / 1000 for share, *stems in map(str.split, lines) for stem in stems}


class _Counts(NamedTuple):
    """The different words of an article and how often each counts; a fifth of the memory of a Counter."""

    names: tuple[str, ...]
    counts: tuple[int, ...]


def _counts(article: Article) -> _Counts:
    """Return how often each content word counts: those of the title, and of the top of the text."""
    words = list(article.title_words[:WORDS] * TITLE)
    room = len(words) + WORDS
    for sentence in article.sentences:
        words += sentence.words
        if len(words) >= room:
            break
    counts = Counter(words[:room])
    return _Counts(tuple(counts), tuple(counts.values()))


def _rarities(frequencies: Mapping[str, int], total: int, known: Mapping[str, float], most: float) -> dict[str, float]:
    """Return the smoothed inverse document frequencies, the background's articles counted in.

    Those of terms that one article has, or more than `most`, are negative: one lookup tells both.
    """
    virtual = BACKGROUND if known else 0
    whole = math.log(1 + total + virtual)
    rarities = {}
    for term, count in frequencies.items():
        rarity = 1 + whole - math.log(1 + count + virtual * known.get(term, 0.0))
        rarities[term] = rarity if 1 < count <= most else -rarity
    return rarities


def _heaviest(text: _Counts, rarities: Mapping[str, float], heavy: int) -> Terms:
    """Return the heaviest terms that are shared, in the order of the text; weights are logarithmic in the count."""
    counts = map(_LOGARITHMS.__getitem__, text.counts)
    weights = list(map(mul, counts, map(rarities.__getitem__, text.names)))
    length = math.hypot(*weights)
    shared = sorted([weight for weight in weights if weight > 0], reverse=True)
    least = shared[min(heavy, len(shared)) - 1] if shared else math.inf
    kept = [place for place, weight in enumerate(weights) if weight >= least]
    return Terms(tuple([text.names[place] for place in kept]), tuple([weights[place] / length for place in kept]))
