"""Articles on one event: average link on the sparse graph of similar articles, inside a window of time.

Average link (Sokal & Michener 1958) joins two groups by the mean similarity of all their pairs, so one stray pair
does not chain two events together. Only pairs that share heavy terms are compared; every other pair counts as 0.
"""

import math
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from briefing.models import Article, Copy, Group
from briefing.stories._dates import order
from briefing.stories._similarity import similar_pairs

DATED = 0.20  # mean similarity at which two groups are one story when dates keep others apart
UNDATED = 0.25

Pairs = Sequence[tuple[str, str]]


def group_articles(
    articles: Sequence[Article], *, copies: Mapping[str, str], split: Pairs = (), join: Pairs = ()
) -> list[Group]:
    """Return the groups of articles about one event; every article is in one, among its articles or its copies.

    `split` and `join` name pairs of articles that a reader wants apart or together, whatever they look like; where the
    two contradict each other, `split` wins.
    """
    copies = {one: other for one, other in copies.items() if (one, other) not in split and (other, one) not in split}
    standing = sorted((article for article in articles if article.id not in copies), key=order)
    place = {article.id: index for index, article in enumerate(standing)}
    place |= {copy: place[head] for copy, head in copies.items()}
    pairs = similar_pairs(standing) | _wished(join, place, math.inf) | _wished(split, place, -math.inf)
    dated = sum(1 for article in standing if article.document.published) * 2 > len(standing)
    clusters = link(len(standing), pairs, DATED if dated else UNDATED)
    repeats = _copies_of(copies, articles)
    return [_group([standing[index].id for index in sorted(cluster)], repeats) for cluster in clusters]


def _wished(pairs: Pairs, place: Mapping[str, int], weight: float) -> dict[tuple[int, int], float]:
    """Return the weight for each pair of articles that are here; an infinite one outweighs all others of its group."""
    known = (sorted((place[one], place[other])) for one, other in pairs if one in place and other in place)
    return {(one, other): weight for one, other in known if one != other}


def _copies_of(copies: Mapping[str, str], articles: Sequence[Article]) -> dict[str, list[Copy]]:
    """Return the copies of each article that stands, earliest first."""
    repeats: dict[str, list[Copy]] = {}
    for article in sorted((article for article in articles if article.id in copies), key=order):
        repeats.setdefault(copies[article.id], []).append(Copy(article.id, copies[article.id]))
    return repeats


def _group(ids: Sequence[str], repeats: Mapping[str, Sequence[Copy]]) -> Group:
    """Return the group of these articles with the copies of each."""
    return Group(tuple(ids), tuple(copy for each in ids for copy in repeats.get(each, ())))


def link(count: int, pairs: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Return the clusters of `count` items, by average link over the pairs given (first < second); all others are 0."""
    members = {index: [index] for index in range(count)}
    sums: dict[int, dict[int, float]] = {index: {} for index in range(count)}
    for (one, other), weight in pairs.items():
        sums[one][other] = sums[other][one] = weight
    heap = [(-weight, one, other) for (one, other), weight in pairs.items() if weight >= threshold]
    heapify(heap)
    while heap:
        mean, one, other = heappop(heap)
        if one not in members or other not in members or mean != -_mean(one, other, sums, members):
            continue
        _merge(one, other, sums, members)
        for near in sums[one]:
            mean = _mean(one, near, sums, members)
            if mean >= threshold:
                heappush(heap, (-mean, min(one, near), max(one, near)))
    return [members[index] for index in sorted(members)]


def _mean(one: int, other: int, sums: Mapping[int, Mapping[int, float]], members: Mapping[int, Sequence[int]]) -> float:
    """Return the mean similarity between two clusters."""
    return sums[one][other] / (len(members[one]) * len(members[other]))


def _merge(one: int, other: int, sums: dict[int, dict[int, float]], members: dict[int, list[int]]) -> None:
    """Put the second cluster into the first."""
    members[one] += members.pop(other)
    for near, weight in sums.pop(other).items():
        del sums[near][other]
        if near != one:
            sums[one][near] = sums[near][one] = sums[one].get(near, 0.0) + weight
