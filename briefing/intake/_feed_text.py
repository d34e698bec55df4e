"""The texts of an entry to paragraphs and to lines: markup away, references decoded, figures and scripts left out."""

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from briefing.intake._blocks import BESIDE, Block, blocks, paragraphs
from briefing.intake._feed_values import Text
from briefing.intake._normalize import line
from briefing.intake._page_tree import parse_page
from briefing.intake._paragraphs import split_paragraphs

# What tells markup from a text with a `<` in it, where the feed does not: the end of a known element, or a void one.
_MARKUP = re.compile(
    r"</(?:a|abbr|b|big|blockquote|cite|code|div|em|font|h[1-6]|i|li|p|q|s|small|span|strong|sub|sup|table|tt|u|ul)\s*>"
    r"|<(?:br|hr|img|wbr)\b[^<>]*>|<p>",
    re.I,
)
_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCK = re.compile(r"<(?:p|br|div|li|tr|h[1-6]|blockquote|pre|table|article|section)\b", re.I)
# Some writers escape their HTML twice.
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|a|img|strong|em|b|i|ul|li|h[1-6]|span|blockquote)\b", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
# "Read more", "Comments", "[link] [comments]" at the end of an entry lead away from it; a linked sentence is its text.
_LINK, _LINK_WORDS = 0.8, 8


class Body(NamedTuple):
    """The paragraphs of an entry, and the label of a link away from it that was taken off their end."""

    paragraphs: tuple[str, ...]
    label: str = ""


def title_line(text: Text | None) -> str | None:
    """Return a title as one line without markup; None where nothing is left of it."""
    if text is None:
        return None
    source = text.source
    if _MARKUP.search(source) or (text.is_html and _TAG.search(source)):
        tree = parse_page(source)
        source = " ".join(block.text for block in blocks(tree)) if tree is not None else ""
    # Twice: a generator that escapes what is escaped is more frequent than a title about HTML.
    return line(_decoded(_decoded(source)))


def body(texts: Iterable[Text]) -> Body:
    """Return the longest of an entry's texts, the first of equals; no paragraphs when there is none."""
    best = Body(())
    for text in texts:
        if len(text.source) > sum(map(len, best.paragraphs)):  # markup only makes a text shorter
            found = _body(text)
            best = max(best, found, key=lambda each: sum(map(len, each.paragraphs)))
    return best


def _body(text: Text) -> Body:
    source = text.source
    if not _TAG.search(source) and _ESCAPED_TAG.search(source):
        source = _decoded(source)
    if not (_MARKUP.search(source) or (text.is_html and _TAG.search(source))):
        return Body(_plain(_decoded(source)))
    if not _BLOCK.search(source):
        source = _BLANK_LINE.sub("<br><br>", source)
    tree = parse_page(source)
    page = (blocks(tree, BESIDE) or blocks(tree)) if tree is not None else []
    label = _take_off_links(page)
    return Body(tuple(_decoded(each) for each in paragraphs(page)), label)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(split_paragraphs(text).split("\n\n")) if text.strip() else ()


def _take_off_links(page: list[Block]) -> str:
    """Remove the last one or two blocks that are but a short link; return what they say."""
    labels = list[str]()
    while page and len(labels) < 2 and _is_way_out(page[-1]):
        labels.append(page.pop().text)
    return " ".join(reversed(labels))


def _is_way_out(block: Block) -> bool:
    return block.links >= _LINK and block.element.tag != "li" and len(block.text.split()) <= _LINK_WORDS


def _decoded(text: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text
