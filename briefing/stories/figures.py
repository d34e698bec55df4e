"""Where sources disagree: the same quantity with different numbers in the articles of one story, shown side by side.

A wrong disagreement is worse than a missed one. So each article speaks once for a quantity, at its top; one that gives
several numbers for it there says nothing; and a number many times another counts something else.
"""

from collections.abc import Sequence
from itertools import chain

from briefing.models import Article, Figure, FigureValue
from briefing.stories._dates import order
from briefing.stories._outlets import outlets
from briefing.stories._quantities import Quantity, find_quantities
from briefing.stories._sums import find_sums, find_votes

LEAD = 6  # sentences: totals stand at the top, those of other events further down
MOST = 5  # times the smallest number of a quantity; a toll grows in a day, but seldom by more


def find_figures(articles: Sequence[Article]) -> tuple[Figure, ...]:
    """Return the quantities that outlets of one story give differently, each with one value an outlet, earliest first.

    Of an outlet its latest article counts; articles of unknown origin speak each for themselves.
    """
    stated: dict[str, list[tuple[Quantity, str]]] = {}
    for article in _latest(articles):
        for what, quantity in _totals(article).items():
            stated.setdefault(what, []).append((quantity, article.id))
    return tuple(_figure(what, values) for what, values in sorted(stated.items()) if _disagree(values))


def _latest(articles: Sequence[Article]) -> list[Article]:
    """Return the newest article of each outlet, earliest first."""
    by_id = {article.id: article for article in articles}
    known = [article.document for article in articles if article.document.source or article.document.url]
    newest = [max((by_id[each.id] for each in published), key=order) for published in outlets(known)]
    unknown = [article for article in articles if not (article.document.source or article.document.url)]
    return sorted([*newest, *unknown], key=order)


def _totals(article: Article) -> dict[str, Quantity]:
    """Return the quantities for which the top of an article gives one number, with offsets into the document."""
    found: dict[str, list[Quantity]] = {}
    for sentence in article.sentences[:LEAD]:
        for each in chain(*(find(sentence.text) for find in (find_quantities, find_sums, find_votes))):
            moved = each._replace(start=sentence.start + each.start, end=sentence.start + each.end)
            found.setdefault(each.what, []).append(moved)
    return {what: all_[0] for what, all_ in found.items() if len({each.size for each in all_}) == 1}


def _disagree(values: Sequence[tuple[Quantity, str]]) -> bool:
    """Tell whether the numbers differ, and not so much that they cannot count the same."""
    sizes = [quantity.size for quantity, _ in values]
    return min(sizes) < max(sizes) <= MOST * min(sizes)


def _figure(what: str, values: Sequence[tuple[Quantity, str]]) -> Figure:
    """Return the quantity with what each article prints."""
    return Figure(what, tuple(FigureValue(each.printed, article, each.start, each.end) for each, article in values))
