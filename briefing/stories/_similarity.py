"""How much two articles tell of one event, and how much more than the crowd around them.

The cosine alone says too much in a crowd: among 3,000 articles on one country's politics, strangers share .15, while
two headlines on one event among sixty other events share as little. So what an article shares with its crowd is
subtracted (local centering: Hara et al. 2015; CSLS: Conneau et al. 2018). On three sets of articles with their
events, average link at one threshold for all rose from .786 to .821 BCubed by it; names, numbers, word pairs, title
and lead apart, and a model trained on fifteen such features added nothing that held on another set.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest

from briefing.models import Article
from briefing.stories._dates import DAY, NEVER, gap
from briefing.stories._names import Names, agreement
from briefing.stories._series import are_apart, installment
from briefing.stories._terms import HEAVY, Terms, weigh_terms

WINDOW = 3 * DAY  # between articles on one event; without dates one set fell from .889 to .793
FLOOR = 0.03  # a cosine below is nothing
DOUBTFUL = 0.05  # what is below this is too little for names to make a story of it
CROWD = 12  # rank at which the neighbors that are the crowd begin; nearer ones may be the story itself
LAST = 120  # rank at which they end
WEIGHT = 2.0  # of the crowd's mean; 1.5 to 2.5 group alike
MOST = 0.12  # of it
# A story of fifty or hundreds of articles would be its own crowd and fall to pieces. So the mean is no more than FAR
# times that of the last ranks, which are beyond a story of fifty; and where the crowd is as near as the nearest (their
# ratio is in FLAT), it is the story and counts less, or not at all. Costs .00 to .01 where all stories are small.
FAR_RANK = 100
FAR = 2.0
FLAT = (0.4, 0.55)
# Articles of one window that hold a term; one that more hold tells little and costs most (200 instead: -.006 on 3,000).
COMMON = 400
# In a window of more articles than this half of the terms must do: they cost a third of the time, and .006 on 3,000.
MANY = 4000

Pairs = dict[tuple[int, int], float]
Span = tuple[float, float] | None


def similar_pairs(articles: Sequence[Article], spans: Sequence[Span]) -> Pairs:
    """Return how much more than their crowds the pairs of articles (by position, first < second) share.

    `spans` are the articles' dates: no pair lies further apart than the window; an unknown date is near to all.
    Names that agree strengthen a pair, names that differ weaken it; two pieces of one series speak against each other.
    """
    pairs, shares = _cosines(_weigh(articles, spans), spans)
    crowds = [_crowd(each) for each in shares]
    names = [Names(article) for article in articles]
    places = [installment(article) for article in articles]
    similar: Pairs = {}
    for one, other, share in pairs:
        more = share - (crowds[one] + crowds[other]) / 2
        if places[one] and are_apart(places[one], places[other]):
            similar[one, other] = -1.0
        elif more > 0:
            similar[one, other] = more * agreement(names[one], names[other]) if more > DOUBTFUL else more
    return similar


def _crowd(shares: Sequence[float]) -> float:
    """Return what an article shares with the crowd beyond its nearest, weighted and bounded."""
    if len(shares) <= CROWD:
        return 0.0
    nearest = nlargest(LAST, shares)
    mean = sum(nearest[CROWD:]) / (LAST - CROWD)
    mean = min(mean, FAR * sum(nearest[FAR_RANK:]) / (LAST - FAR_RANK))
    ratio = mean / (sum(nearest[:3]) / 3)
    crowded = min(1.0, max(0.0, (FLAT[1] - ratio) / (FLAT[1] - FLAT[0])))
    return WEIGHT * min(MOST, mean) * crowded


def _cosines(vectors: Sequence[Terms], spans: Sequence[Span]) -> tuple[list[tuple[int, int, float]], list[list[float]]]:
    """Return the pairs inside a window that share enough, and for each article all that it shares with others."""
    holders = _Holders()
    pairs: list[tuple[int, int, float]] = []
    shares: list[list[float]] = [[] for _ in vectors]
    for index in sorted(range(len(vectors)), key=lambda each: _first(spans[each])):
        met = holders.meet(index, vectors[index], spans[index])
        for other, share in [entry for entry in met.items() if entry[1] >= FLOOR]:
            if gap(spans[index], spans[other]) <= WINDOW:
                pairs.append((min(index, other), max(index, other), share))
                shares[index].append(share)
                shares[other].append(share)
    return pairs, shares


def _first(dates: Span) -> float:
    """Return the first second of a date; the undated come before all."""
    return dates[0] if dates else -NEVER


def _weigh(articles: Sequence[Article], spans: Sequence[Span]) -> list[Terms]:
    """Return the articles' terms without those that too many in a window hold; fewer where windows are crowded."""
    crowd = _fullest(spans)
    return weigh_terms(articles, COMMON * len(articles) / crowd, HEAVY if crowd <= MANY else HEAVY // 2)


def _fullest(spans: Sequence[Span]) -> int:
    """Return how many articles the fullest window has; the undated are in every one."""
    starts = sorted(_first(each) for each in spans)
    undated = bisect_right(starts, -NEVER)
    most = opens = 0
    for place, start in enumerate(starts[undated:]):
        while starts[undated + opens] < start - WINDOW:
            opens += 1
        most = max(most, place - opens + 1)
    return max(1, undated + most)


class _Holders:
    """Which articles hold a term, for the articles met so far: first the undated, then the dated in order of time."""

    def __init__(self) -> None:
        """Start without articles."""
        self._undated: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        self._dated: defaultdict[str, list[tuple[float, int, float]]] = defaultdict(list)

    def meet(self, index: int, vector: Terms, dates: Span) -> dict[int, float]:
        """Return the cosine with every earlier article that shares a term and is not too old; then keep this one."""
        cosines: defaultdict[int, float] = defaultdict(float)
        for weight, term in vector:
            for other, theirs in self._undated.get(term, ()):
                cosines[other] += weight * theirs
        if dates is None:
            for weight, term in vector:
                self._undated[term].append((index, weight))
            return cosines
        oldest = dates[0] - WINDOW - DAY  # a date is a day long at most
        for weight, term in vector:
            held = self._dated[term]
            if held and held[0][0] < oldest:  # too old for this article is too old for all that come
                del held[: bisect_left(held, (oldest,))]
            for _, other, theirs in held:
                cosines[other] += weight * theirs
            held.append((dates[0], index, weight))
        return cosines
