"""Articles on one event: average link on the sparse graph of similar articles, inside a window of time.

Average link (Sokal & Michener 1958) joins two groups by the mean similarity of all their pairs, so one stray pair
does not chain two events together. Pairs that share no term count as 0.
"""

from collections.abc import Mapping, Sequence

from briefing.models import Article, Copy, Group
from briefing.stories._dates import order, span
from briefing.stories._linkage import link
from briefing.stories._similarity import similar_pairs, usual_neighbors

# Mean similarity, beyond the crowd's, at which two groups of a few articles are one story.
THRESHOLD = 0.16
# Near neighbors of an article in the mean: where there are more, stories are large and strangers the smaller part of
# what is near. The threshold falls with this power of their number, to a third at most, and once more by as much for
# groups that have grown. (The same headlines group best at .18 in stories of three, at a third of it in stories of 12.)
NEIGHBORS = 3.0
POWER = 0.7
MOST = 3.0

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
    pairs = similar_pairs(standing, [span(article.document.published) for article in standing])
    needed = thresholds(usual_neighbors(len(standing), pairs))
    clusters = link(len(standing), pairs, *needed, together=_known(join, place), apart=_known(split, place))
    repeats = _copies_of(copies, articles)
    return [_group([standing[index].id for index in cluster], repeats) for cluster in clusters]


def thresholds(neighbors: float) -> tuple[float, float]:
    """Return the mean similarities at which two groups are one story, where both are small and where one has grown."""
    ease = min(MOST, max(1.0, neighbors / NEIGHBORS) ** POWER)
    return THRESHOLD / ease, THRESHOLD / ease**2


def _known(pairs: Pairs, place: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the pairs whose articles are both here, as places, the smaller first."""
    known = (sorted((place[one], place[other])) for one, other in pairs if one in place and other in place)
    return [(one, other) for one, other in known if one != other]


def _copies_of(copies: Mapping[str, str], articles: Sequence[Article]) -> dict[str, list[Copy]]:
    """Return the copies of each article that stands, earliest first."""
    repeats: dict[str, list[Copy]] = {}
    for article in sorted((article for article in articles if article.id in copies), key=order):
        repeats.setdefault(copies[article.id], []).append(Copy(article.id, copies[article.id]))
    return repeats


def _group(ids: Sequence[str], repeats: Mapping[str, Sequence[Copy]]) -> Group:
    """Return the group of these articles with the copies of each."""
    return Group(tuple(ids), tuple(copy for each in ids for copy in repeats.get(each, ())))
