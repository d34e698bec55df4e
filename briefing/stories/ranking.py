"""Which story comes first: how many outlets tell it independently, how fresh it is, and what the reader cares for.

The parts are sums of things that only grow with an article more, so another independent outlet never lowers a story;
copies are left out of every part, so a reprint never lifts one.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import UNSET

from briefing.models import Article, Group, Reason
from briefing.stories._dates import order, seconds, span
from briefing.stories._outlets import outlets

HALF_LIFE_HOURS = 24.0  # a daily's: yesterday's news weighs half
OUTLETS = 1.0  # for each doubling of the independent outlets
AGE = 1.0  # for a story of this very minute: as much as twice the outlets
ARTICLES = 0.1  # for each doubling of the articles: it only parts stories with as many outlets
INTEREST = 1.0
PLACE = 0.1  # for the first entry of a feed, where an editor puts what counts: as much as being two hours fresher

Ranked = tuple[Group, float, tuple[Reason, ...]]


def rank(
    groups: Sequence[Group],
    articles: Mapping[str, Article],
    *,
    until: datetime | None,
    half_life_hours: float = HALF_LIFE_HOURS,
    source_weights: Mapping[str, float] | None = None,
    followed: Mapping[str, Sequence[str]] | None = None,
) -> list[Ranked]:
    """Return the groups, best first, each with its score and the parts that sum to it; zero parts are left out.

    `until` is the issue's instant; without it, and for undated stories, age counts nothing. `source_weights` maps an
    outlet's name to what its voice counts (1 when it is not named, never below 0); `followed` an article to the
    reader's rules that it fulfils, which the part `interest` names.
    """
    followed = followed or {}
    weights = {name.strip().casefold(): max(0.0, weight) for name, weight in (source_weights or {}).items()}
    ranked: list[Ranked] = []
    for group in groups:
        told = [articles[each] for each in group.articles]
        rules = tuple(dict.fromkeys(rule for each in group.articles for rule in followed.get(each, ())))
        parts = {
            "outlets": OUTLETS * _voices(told, weights),
            "age": AGE * _freshness(told, until, half_life_hours),
            "articles": ARTICLES * math.log2(len(told)),
            "interest": INTEREST * bool(rules),
            "place": PLACE * _prominence(told),
        }
        named = {"interest": rules}
        reasons = tuple(
            Reason(part, round(value, 6), named.get(part) or UNSET) for part, value in parts.items() if round(value, 6)
        )
        ranked.append((group, round(math.fsum(reason.value for reason in reasons), 6), reasons))
    return sorted(ranked, key=lambda each: (-each[1], min(order(articles[one]) for one in each[0].articles)))


def _voices(told: Sequence[Article], weights: Mapping[str, float]) -> float:
    """Return the binary logarithm of one more than the outlets' weights: 1 for one outlet, 2 for three."""
    total = 0.0
    for published in outlets(article.document for article in told):
        total += max(weights.get((document.source or "").strip().casefold(), 1.0) for document in published)
    return math.log2(1 + total)


def _prominence(told: Sequence[Article]) -> float:
    """Return 1 for a story that opens a feed, 0 for one that ends it or of which no place is known."""
    return max(
        (1 - min(max(place, 0.0), 1.0) for each in told if (place := each.document.place) is not None), default=0
    )


def _freshness(told: Sequence[Article], until: datetime | None, half_life_hours: float) -> float:
    """Return 1 for a story whose newest article is of this instant, half of it for each half-life that has passed."""
    spans = [each for each in (span(article.document.published) for article in told) if each]
    if until is None or not spans:
        return 0.0
    hours = max(0.0, seconds(until) - max(end for _, end in spans)) / 3600
    return float(0.5 ** (hours / half_life_hours))
