"""Average link over a sparse graph, with a guard against twins.

Average link (Sokal & Michener 1958) joins two clusters by the mean of all their pairs, so one stray pair does not
chain two events together. Two clusters are joined only if what lies between them is not well below what holds each of
them together: "navy captures 23 pirates" and, three years later, "navy captures 26 pirates" are alike, and are two
events. A cluster that has grown needs less for the next: that an article is on an event is the likelier the more are
(Pitman 2006, the Chinese restaurant process), and the mean of many pairs is surer than one pair.
"""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple

# Share of the mean inside the looser cluster that must lie between two: more when both have five items, and their means
# say something. (.4 and .6 split a few stories more and join a few twins more.)
GROWN = 5
COHESION_GROWN = 0.5
COHESION = 0.45
FEW = 3  # items in the larger of two clusters up to which the whole threshold must lie between them
FALL = 0.8  # the power of the size by which it falls beyond

Pair = tuple[int, int]


def link(
    count: int,
    pairs: Mapping[Pair, float],
    threshold: float,
    lowest: float | None = None,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Return the clusters of `count` items; a pair (first < second) that is not given counts as 0.

    From `threshold` for a few items what is needed falls to `lowest` for many. Pairs in `together` are joined whatever
    they share, and those in `apart` never; `apart` wins.
    """
    together = list(together)
    needs = _Needs(threshold, threshold if lowest is None else lowest)
    home = _components(count, [*(pair for pair, weight in pairs.items() if weight >= needs.lowest), *together])
    heap = [(-weight / threshold, *pair) for pair, weight in pairs.items() if weight >= threshold]
    near = {pair: weight for pair, weight in pairs.items() if home[pair[0]] == home[pair[1]]}
    clusters = _Clusters(count, needs, {**near, **dict.fromkeys(apart, float("-inf"))})
    for one, other in together:
        heap += clusters.entries(clusters.unite(one, other))
    heapify(heap)
    while heap:
        strength, one, other = heappop(heap)
        # An entry from before one of the two grew is stale: the newer one stands in the heap as well.
        if clusters.has(one, other) and strength == -clusters.strength(one, other) and clusters.fits(one, other):
            clusters.merge(one, other)
            for entry in clusters.entries(one):
                heappush(heap, entry)
    return clusters.listed()


def _components(count: int, pairs: Iterable[Pair]) -> list[int]:
    """Return for each item the first of those that a chain of pairs connects it with: no cluster reaches further.

    A mean needs one pair that is as large; the weaker pairs between components are nine in ten.
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


class _Needs(NamedTuple):
    """What must lie between two clusters: from few items to many."""

    few: float
    lowest: float

    def of(self, size: int) -> float:
        """Return the mean that two clusters need, the larger of this size."""
        return self.few if size <= FEW else max(self.lowest, self.few * (size / FEW) ** -FALL)


class _Clusters:
    """Clusters by the number of their first item, with the sums of what lies between them and inside each."""

    def __init__(self, count: int, needs: _Needs, pairs: Mapping[Pair, float]) -> None:
        """Start with every item by itself."""
        self._needs = needs
        self._members = {index: [index] for index in range(count)}
        self._inside = [0.0] * count
        self._between: list[dict[int, float]] = [{} for _ in range(count)]
        for (one, other), weight in pairs.items():
            self._between[one][other] = self._between[other][one] = weight

    def has(self, one: int, other: int) -> bool:
        """Tell whether both are still clusters of their own."""
        return one in self._members and other in self._members

    def entries(self, one: int) -> list[tuple[float, int, int]]:
        """Return a cluster and its neighbors for a heap: the strongest comes first, then the first items."""
        near = [(self.strength(one, other), other) for other in self._between[one]]
        return [(-strength, min(one, other), max(one, other)) for strength, other in near if strength >= 1]

    def strength(self, one: int, other: int) -> float:
        """Return the mean of all pairs between two clusters in units of what clusters of their sizes need."""
        return self.mean(one, other) / self._needs.of(max(len(self._members[one]), len(self._members[other])))

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
