"""The body of an article in a page: what trafilatura chooses, mended with the page's own blocks.

trafilatura decides which part of a page is the article, in its fast mode: its second extractors change one page of 91
and cost as much again. Its paragraphs are found again among the page's blocks, and the borders are drawn anew.
"""

from collections.abc import Iterable, Sequence, Set
from itertools import islice

import trafilatura
from lxml.etree import _Element

from briefing.intake._alignment import found_again
from briefing.intake._article_borders import Borders, likely_blocks
from briefing.intake._blocks import BESIDE, Block, blocks, letters, merged

# trafilatura needs up to 1.7 s for the worst pages with this many elements, and quadratic time above (80 s for 300,000
# spans); the largest of 91 pages has 1,596.
_ELEMENTS = 20_000
# It is not believed when it chose less than this share of what one container has in sentences.
_TRUSTED_SHARE = 0.5
# A newsletter of many short items is laid out as no article is; what is chosen from it is one item or two.
_LETTER_SHARE = 0.6


def article_body(tree: _Element, title: str | None) -> list[Block]:
    """Return the paragraphs of the article; of a page without one, all that can be read."""
    page = blocks(tree, BESIDE)
    return mended(tree, page, found_again(page, extracted(tree)), title)


def mended(tree: _Element, page: Sequence[Block], chosen: Set[int], title: str | None) -> list[Block]:
    """Return the paragraphs of the article whose blocks an extractor chose, its borders drawn anew."""
    likely = likely_blocks(page)
    borders = Borders(page, chosen if _mass(page, chosen) >= _TRUSTED_SHARE * _mass(page, likely) else likely)
    borders.without_titles(_titles(tree, title))
    borders.without_furniture()
    borders.with_both_ends()
    borders.with_what_is_between()
    borders.without_links()
    return merged([page[number] for number in sorted(borders.chosen)] or page or blocks(tree))


def letter_body(tree: _Element, title: str | None) -> list[Block]:
    """Return the paragraphs of a message: all of them, unless it is one article with little around it."""
    titles = _titles(tree, title)
    article, everything = article_body(tree, title), merged(each for each in blocks(tree) if each.key not in titles)
    is_most = _length(article) >= _LETTER_SHARE * _length(everything)
    return article if is_most or not everything else everything


def _length(body: Iterable[Block]) -> int:
    return sum(len(block.key) for block in body)


def extracted(tree: _Element) -> list[str]:
    """Return the letters of the paragraphs that trafilatura chooses; none for a page made to keep it busy."""
    if not is_bounded(tree):
        return []
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, fast=True)
    return [block.key for block in blocks(found.body)] if found else []


def is_bounded(tree: _Element) -> bool:
    """Tell whether a page is small enough for extractors that need quadratic time."""
    return sum(1 for _ in islice(tree.iter(), _ELEMENTS + 1)) <= _ELEMENTS


def _mass(page: Sequence[Block], chosen: Iterable[int]) -> int:
    return sum(len(page[number].key) for number in chosen)


def _titles(tree: _Element, title: str | None) -> frozenset[str]:
    """Return the letters of the page's title and of its main headings."""
    return frozenset([letters(title or ""), *(letters("".join(heading.itertext())) for heading in tree.iter("h1"))])
