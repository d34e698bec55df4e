"""How much two articles tell of one event, and how much more than the crowd around them.

The cosine alone says too much in a crowd: among 3,000 articles on one country's politics, strangers share .15, while
two headlines on one event among sixty other events share as little. So what an article shares with its crowd is
subtracted (local centering: Hara et al. 2015; CSLS: Conneau et al. 2018). On three sets of articles with their
events, average link at one threshold for all rose from .786 to .821 BCubed by it, and by names, days and numbers to
.896. Word pairs, title and lead apart, and a model trained on fifteen such features added nothing that held on another
set.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from briefing.models import Article
from briefing.stories._dates import DAY, NEVER, gap
from briefing.stories._names import Names, agreement
from briefing.stories._particulars import Particulars, consistency
from briefing.stories._series import are_apart, installment
from briefing.stories._terms import HEAVY, Terms, weigh_terms

WINDOW = 3 * DAY  # between articles on one event; without dates one set fell from .889 to .793
DAILY = 0.9  # what is left of a likeness a day later (Yang et al. 1998); .8 to .95 do alike
FLOOR = 0.03  # a cosine below is nothing
DOUBTFUL = 0.05  # what is below this is too little for names to make a story of it
# Ranks at which the neighbors that are the crowd begin and end; nearer ones may be the story itself. (To rank 120, a
# pool of a hundred articles has hardly a crowd, and lost .06 to the plain link.)
CROWD = 8
LAST = 40
MOST = 0.24  # of their mean
# A story of twenty or hundreds of articles would be its own crowd and fall to pieces. So no crowd counts more than this
# times the median of all, which a story of a third of the pool does not move; and where the crowd is as near as the
# nearest (their ratio is in FLAT), it is the story and counts less, or not at all.
USUAL = 2.0
FLAT = (0.6, 0.75)
# Articles of one window that hold a term; one that more hold tells little and costs most (200 instead: -.006 on 3,000).
COMMON = 400
# In a window of more articles than this half of the terms must do: they cost a third of the time, and .006 on 3,000.
MANY = 4000

NEAR = 0.15  # beyond the crowd's: an article that is that near may be of the same story

Pairs = dict[tuple[int, int], float]
Span = tuple[float, float] | None
Posting = list[tuple[int, float]]  # who holds a term, and with which weight


def similar_pairs(articles: Sequence[Article], spans: Sequence[Span], *, one_day: bool = True) -> Pairs:
    """Return how much more than their crowds the pairs of articles (by position, first < second) share.

    `spans` are the articles' dates: no pair lies further apart than the window; an unknown date is near to all.
    Names that agree strengthen a pair, names that differ weaken it, as does the time between; so do days and numbers,
    unless the articles need not be of `one_day`. Two pieces of one series speak against each other.
    """
    earlier, shares = _cosines(_weigh(articles, spans), spans)
    crowds = _bounded([_crowd(each, len(articles) - 1) for each in shares])
    names = [Names(article) for article in articles]
    particulars = [Particulars(article) for article in articles]
    places = [installment(article) for article in articles]
    similar: Pairs = {}
    for one, others in enumerate(earlier):
        for other, share in zip(others, shares[one], strict=False):
            more = share - (crowds[one] + crowds[other]) / 2
            if places[one] and are_apart(places[one], places[other]):
                similar[min(one, other), max(one, other)] = -1.0
            elif more > 0:
                if more > DOUBTFUL:
                    more *= agreement(names[one], names[other]) * _nearness(spans[one], spans[other])
                    more *= consistency(particulars[one], particulars[other]) if one_day else 1.0
                similar[min(one, other), max(one, other)] = more
    return similar


def _nearness(one: Span, other: Span) -> float:
    """Return what the time between two articles makes of a likeness; 1 where a date is unknown."""
    return DAILY ** (abs(one[0] - other[0]) / DAY) if one and other else 1.0


def usual_neighbors(count: int, pairs: Pairs) -> float:
    """Return how many near neighbors an article has in the mean: few where stories are small."""
    return 2 * sum(weight >= NEAR for weight in pairs.values()) / max(1, count)


def _crowd(shares: Sequence[float], others: int) -> float:
    """Return the mean that an article shares with its crowd, bounded; there are so many others."""
    nearest = sorted(shares, reverse=True)[:LAST]
    crowd = nearest[CROWD:]
    if not crowd:
        return 0.0
    mean = sum(crowd) / (min(LAST, max(others, len(nearest))) - CROWD)
    ratio = mean / (sum(nearest[:3]) / 3)
    return min(MOST, mean) * min(1.0, max(0.0, (FLAT[1] - ratio) / (FLAT[1] - FLAT[0])))


def _bounded(crowds: Sequence[float]) -> list[float]:
    """Return the crowds' means, none of them far above the usual."""
    usual = sorted(crowds)[len(crowds) // 2] if crowds else 0.0
    return [min(each, USUAL * usual) for each in crowds]


def _cosines(vectors: Sequence[Terms], spans: Sequence[Span]) -> "tuple[list[array[int]], list[array[float]]]":
    """Return for each article those before it inside a window that share enough with it, and all that it shares.

    What it shares with those before it stands first, in their order. Arrays: of 3,000 articles on one country's
    politics 600,000 pairs share enough.
    """
    queue = sorted(range(len(vectors)), key=lambda each: _first(spans[each]))
    holders = _Holders()
    earlier = [array("l") for _ in vectors]
    shares = [array("d") for _ in vectors]
    for index in queue:
        dates = spans[index]
        met = holders.meet(vectors[index], dates).items()
        near = [(queue[rank], share) for rank, share in met if share >= FLOOR]
        if dates:
            near = [(other, share) for other, share in near if gap(dates, spans[other]) <= WINDOW]
        earlier[index].extend([other for other, _ in near])
        shares[index].extend([share for _, share in near])
        for other, share in near:
            shares[other].append(share)
    return earlier, shares


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
    """Which articles hold a term, by rank of coming: first the undated, then the dated in order of time."""

    def __init__(self) -> None:
        """Start without articles."""
        self._undated: defaultdict[str, Posting] = defaultdict(list)
        self._dated: defaultdict[str, Posting] = defaultdict(list)
        self._starts: list[float] = []
        self._oldest = 0  # rank of the first that is not too old

    def meet(self, vector: Terms, dates: Span) -> dict[int, float]:
        """Return the cosine with every earlier article that shares a term and is not too old; then keep this one."""
        rank, oldest = self._arrive(_first(dates))
        cosines = self._with_undated(vector) if dates and self._undated else {}
        postings, get = self._dated if dates else self._undated, cosines.get
        for name, weight in zip(*vector, strict=True):
            held = postings[name]
            if held and held[0][0] < oldest:  # too old for this article is too old for all that come
                del held[: bisect_left(held, (oldest,))]
            for other, theirs in held:
                cosines[other] = get(other, 0.0) + weight * theirs
            held.append((rank, weight))
        return cosines

    def _with_undated(self, vector: Terms) -> dict[int, float]:
        """Return the cosine with every undated article that shares a term."""
        cosines: defaultdict[int, float] = defaultdict(float)
        for name, weight in zip(*vector, strict=True):
            for other, theirs in self._undated.get(name, ()):
                cosines[other] += weight * theirs
        return cosines

    def _arrive(self, start: float) -> tuple[int, int]:
        """Return the rank of an article that begins then, and of the first dated one that is not too old for it."""
        self._starts.append(start)
        while self._starts[self._oldest] < start - WINDOW - DAY:  # a date is a day long at most
            self._oldest += 1
        return len(self._starts) - 1, self._oldest
