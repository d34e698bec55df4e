"""The body of an article in a page: what trafilatura chooses, mended with the page's own blocks.

trafilatura decides which part of a page is the article, in its fast mode: its second extractors change one page of 91
and cost as much again. Its paragraphs are found again among the page's blocks, and the borders are drawn anew.
"""

import trafilatura
from lxml.etree import _Element

from briefing.intake._alignment import found_again
from briefing.intake._article_borders import Borders
from briefing.intake._blocks import BESIDE, blocks, letters, paragraphs


def article_body(tree: _Element, title: str | None) -> list[str]:
    """Return the paragraphs of the article; of a page without one, all that can be read."""
    page = blocks(tree, BESIDE)
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, fast=True)
    chosen = found_again(page, [block.key for block in blocks(found.body)] if found else [])
    borders = Borders(page, chosen)
    borders.without_titles(_titles(tree, title))
    borders.without_furniture()
    borders.with_both_ends()
    borders.with_what_is_between()
    borders.without_links()
    return paragraphs([page[number] for number in sorted(borders.chosen)] or page or blocks(tree))


def _titles(tree: _Element, title: str | None) -> frozenset[str]:
    """Return the letters of the page's title and of its main headings."""
    return frozenset([letters(title or ""), *(letters("".join(heading.itertext())) for heading in tree.iter("h1"))])
