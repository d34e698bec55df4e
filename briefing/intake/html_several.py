"""Web pages read by three extractors that vote block by block (kind `html-several`, extra `extract`).

On 91 pages of article-extraction-benchmark F1 .986 and exact .560, where `html` reaches .985 and .538; readability-lxml
makes it 2.8 times as slow. The third voter, the container with most sentences, costs nothing.
"""

import logging
from collections.abc import Iterator

from lxml.etree import _Element

from briefing.errors import InputError
from briefing.intake import html
from briefing.intake._alignment import found_again
from briefing.intake._article_body import extracted, is_bounded, mended
from briefing.intake._article_borders import likely_blocks
from briefing.intake._blocks import BESIDE, Block, blocks
from briefing.intake._page_tree import parse_page
from briefing.models import Blob, Document, Problem

raw_text = html.raw_text


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one article of a page."""
    yield html.read_page(blob, several_body)


def several_body(tree: _Element, title: str | None) -> list[Block]:
    """Return the paragraphs that two of three voters take for the article, mended as one extractor's are."""
    page = blocks(tree, BESIDE)
    votes = [found_again(page, extracted(tree)), found_again(page, _readable(tree)), likely_blocks(page)]
    chosen = {number for number in range(len(page)) if sum(number in vote for vote in votes) > 1}
    return mended(tree, page, chosen or votes[0], title)


def _readable(tree: _Element) -> list[str]:
    """Return the letters of the paragraphs that readability-lxml chooses."""
    try:
        from readability import Document as Readability
        from readability.readability import Unparseable
    except ImportError as error:
        raise InputError("read by several extractors; for it: pip install 'briefing-cli[extract]'") from error
    from lxml.html import tostring

    # It writes a traceback for a page that it cannot read; the others read on.
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    if not is_bounded(tree):
        return []
    try:
        summary = parse_page(Readability(tostring(tree, encoding="unicode")).summary(html_partial=True))
    except Unparseable:
        return []
    return [block.key for block in blocks(summary)] if summary is not None else []
