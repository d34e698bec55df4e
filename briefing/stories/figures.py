"""Where sources disagree: the same quantity with different numbers in the articles of one story, shown side by side.

A wrong disagreement is worse than a missed one. So each article speaks once for a quantity, at its top; one that gives
several numbers for it there, or another one in its title, says nothing; and numbers are set side by side only if they
are of one day and nothing speaks against it that they count the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from briefing.models import Article, Figure, FigureValue
from briefing.stories._dates import DAY, gap, order, span
from briefing.stories._names import Names
from briefing.stories._outlets import outlets
from briefing.stories._quantities import Quantity, find_quantities
from briefing.stories._same_event import Stated, same_event
from briefing.stories._sums import find_sums, find_votes

LEAD = 6  # sentences: totals stand at the top, those of other events further down
MOST = 3  # times the smallest number of a quantity; a toll grows in a day, but seldom by more
STALE = 1.5 * DAY  # from one morning to the next; what is older is not what an outlet says now
CLOSE = 2  # votes: where sources err, the one number is the same and the other nearly; else it was another vote


def find_figures(articles: Sequence[Article]) -> tuple[Figure, ...]:
    """Return the quantities that outlets of one story give differently, each with one value an outlet, earliest first.

    Of an outlet its latest article counts; articles of unknown origin speak each for themselves.
    """
    stated: dict[str, list[Stated]] = {}
    for article in _latest(articles) if len(articles) > 1 else ():
        for each in _totals(article):
            stated.setdefault(each.quantity.what, []).append(each)
    figures = ((what, _of_one_event(_current(values))) for what, values in sorted(stated.items()))
    return tuple(_figure(what, values) for what, values in figures if _disagree(values))


def _latest(articles: Sequence[Article]) -> list[Article]:
    """Return the newest article of each outlet, earliest first."""
    by_id = {article.id: article for article in articles}
    known = [article.document for article in articles if article.document.source or article.document.url]
    newest = [max((by_id[each.id] for each in published), key=order) for published in outlets(known)]
    unknown = [article for article in articles if not (article.document.source or article.document.url)]
    return sorted([*newest, *unknown], key=order)


def _totals(article: Article) -> Iterator[Stated]:
    """Yield the quantities for which title and top of an article give one number, where the text first says it."""
    sizes: dict[str, set[tuple[int, int | None]]] = {}
    for each in _quantities(article.document.title or "", article.language):
        sizes.setdefault(each.what, set()).add((each.size, each.against))
    first: dict[str, Stated] = {}
    names = Names(article)
    for sentence in article.sentences[:LEAD]:
        for each in _quantities(sentence.text, article.language):
            sizes.setdefault(each.what, set()).add((each.size, each.against))
            moved = each._replace(start=sentence.start + each.start, end=sentence.start + each.end)
            first.setdefault(each.what, Stated(moved, sentence, article, names))
    yield from (stated for what, stated in first.items() if len(sizes[what]) == 1)


def _quantities(text: str, language: str) -> Iterable[Quantity]:
    """Return all quantities that a sentence or a title states."""
    return chain(*(find(text, language) for find in (find_quantities, find_sums, find_votes)))


def _current(values: Sequence[Stated]) -> list[Stated]:
    """Return the values without those that were old when the newest came; the undated stay."""
    spans = [span(each.article.document.published) for each in values]
    newest = max((dates for dates in spans if dates), default=None)
    return [each for each, dates in zip(values, spans, strict=True) if gap(dates, newest) <= STALE]


def _of_one_event(values: Sequence[Stated]) -> list[Stated]:
    """Return the largest set of values that count the same; of two as large, the earlier."""
    sets: list[list[Stated]] = []
    for each in values:
        home = next((known for known in sets if _belongs(each, known)), None)
        if home is None:
            sets.append([each])
        else:
            home.append(each)
    return max(sets, key=len, default=[])


def _belongs(value: Stated, known: Sequence[Stated]) -> bool:
    """Tell whether a value is near to all the others, and one of them is of the same event for certain."""
    near = all(_comparable(value.quantity, each.quantity) for each in known)
    return near and any(same_event(value, each) for each in known)


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are near enough to count the same."""
    if one.against is None or other.against is None:
        return max(one.size, other.size) <= MOST * min(one.size, other.size)
    differences = sorted((abs(one.size - other.size), abs(one.against - other.against)))
    return differences[0] == 0 and differences[1] <= CLOSE


def _disagree(values: Sequence[Stated]) -> bool:
    """Tell whether two of the numbers differ."""
    return any(not _agree(one.quantity, other.quantity) for one, other in combinations(values, 2))


def _agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are the same as far as the rounder one goes ("1,200" and "1,214")."""
    if one.against is not None or other.against is not None:
        return (one.size, one.against) == (other.size, other.against)
    return 2 * abs(one.size - other.size) <= max(_step(one.size), _step(other.size))


def _step(size: int) -> int:
    """Return the step to which a number is rounded: of 1,200 100, of 4,500,000 100,000; below 100 none is."""
    digits = str(size)
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10**zeros if zeros > 1 else 0


def _figure(what: str, values: Sequence[Stated]) -> Figure:
    """Return the quantity with what each article prints."""
    given = (FigureValue(q.printed, stated.article.id, q.start, q.end) for stated in values for q in [stated.quantity])
    return Figure(what, tuple(given))
