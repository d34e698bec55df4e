"""Average link over a sparse graph, with a guard against twins.

Average link (Sokal & Michener 1958) joins two clusters by the mean of all their pairs, so one stray pair does not
chain two events together. Two clusters are joined only if what lies between them is not well below what holds each of
them together: "navy captures 23 pirates" and, three years later, "navy captures 26 pirates" are alike, and are two
events.
"""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

# Share of the mean inside the looser cluster that must lie between two: .6 when both have five items, and their means
# say something (on a set made of twins BCubed rises from .891 to .912); .4 for smaller ones (.5 breaks loose stories).
GROWN = 5
COHESION_GROWN = 0.6
COHESION = 0.4

Pair = tuple[int, int]


def link(
    count: int,
    pairs: Mapping[Pair, float],
    threshold: float,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Return the clusters of `count` items; a pair (first < second) that is not given counts as 0.

    Pairs in `together` are joined whatever they share, and those in `apart` never; `apart` wins.
    """
    together = list(together)
    heap = [(-weight, *pair) for pair, weight in pairs.items() if weight >= threshold]
    home = _components(count, [*[(one, other) for _, one, other in heap], *together])
    near = {pair: weight for pair, weight in pairs.items() if home[pair[0]] == home[pair[1]]}
    clusters = _Clusters(count, {**near, **dict.fromkeys(apart, float("-inf"))})
    for one, other in together:
        heap += clusters.entries(clusters.unite(one, other), threshold)
    heapify(heap)
    while heap:
        mean, one, other = heappop(heap)
        # An entry from before one of the two grew is stale: the newer one stands in the heap as well.
        if clusters.has(one, other) and mean == -clusters.mean(one, other) and clusters.fits(one, other):
            clusters.merge(one, other)
            for entry in clusters.entries(one, threshold):
                heappush(heap, entry)
    return clusters.listed()


def _components(count: int, pairs: Iterable[Pair]) -> list[int]:
    """Return for each item the first of those that a chain of pairs connects it with: no cluster reaches further.

    A mean at the threshold needs one pair at the threshold; the weaker pairs between components are nine in ten.
    """
    home = list(range(count))
    for one, other in pairs:
        first, second = sorted((_root(home, one), _root(home, other)))
        home[second] = first
    return [_root(home, item) for item in range(count)]


def _root(home: list[int], item: int) -> int:
    """Return where the way from an item ends, and halve the way."""
    while home[item] != item:
        home[item] = home[home[item]]
        item = home[item]
    return item


class _Clusters:
    """Clusters by the number of their first item, with the sums of what lies between them and inside each."""

    def __init__(self, count: int, pairs: Mapping[Pair, float]) -> None:
        """Start with every item by itself."""
        self._members = {index: [index] for index in range(count)}
        self._inside = [0.0] * count
        self._between: list[dict[int, float]] = [{} for _ in range(count)]
        for (one, other), weight in pairs.items():
            self._between[one][other] = self._between[other][one] = weight

    def has(self, one: int, other: int) -> bool:
        """Tell whether both are still clusters of their own."""
        return one in self._members and other in self._members

    def entries(self, one: int, threshold: float) -> list[tuple[float, int, int]]:
        """Return a cluster and its neighbors for a heap: the largest mean comes first, then the first items."""
        size = len(self._members[one])
        means = [(total / (size * len(self._members[near])), near) for near, total in self._between[one].items()]
        return [(-mean, min(one, near), max(one, near)) for mean, near in means if mean >= threshold]

    def mean(self, one: int, other: int) -> float:
        """Return the mean of all pairs between two clusters."""
        return self._between[one].get(other, 0.0) / (len(self._members[one]) * len(self._members[other]))

    def fits(self, one: int, other: int) -> bool:
        """Tell whether no gap lies between two clusters of several items each."""
        size = min(len(self._members[one]), len(self._members[other]))
        if size == 1:
            return True
        share = COHESION_GROWN if size >= GROWN else COHESION
        return self.mean(one, other) >= share * min(self._cohesion(one), self._cohesion(other))

    def _cohesion(self, one: int) -> float:
        """Return the mean of all pairs inside a cluster."""
        size = len(self._members[one])
        return self._inside[one] / (size * (size - 1) / 2)

    def unite(self, one: int, other: int) -> int:
        """Put two items' clusters together, unless something in them must stay apart; return where the first is."""
        homes = {item: home for home, items in self._members.items() for item in items if item in (one, other)}
        first, second = sorted((homes[one], homes[other]))
        if first != second and self.mean(first, second) >= 0:
            self.merge(first, second)
        return first

    def merge(self, one: int, other: int) -> None:
        """Put the second cluster into the first."""
        between = self._between[other]
        self._inside[one] += self._inside[other] + between.pop(one, 0.0)
        self._members[one] += self._members.pop(other)
        self._between[one].pop(other, None)
        for near, weight in between.items():
            del self._between[near][other]
            total = self._between[one].get(near, 0.0) + weight
            self._between[one][near] = self._between[near][one] = total
        self._between[other] = {}

    def listed(self) -> list[list[int]]:
        """Return the clusters in the order of their first items, each sorted."""
        return sorted(sorted(items) for items in self._members.values())
