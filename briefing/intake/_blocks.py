"""A page as the blocks that a reader sees: each paragraph, heading, list item or cell with its place and its links."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element, iterwalk
from msgspec import Struct
from msgspec.structs import replace

# HTML's blocks and the names that trafilatura gives to them.
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "cell", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "item", "li", "list", "main", "nav", "ol", "option", "p", "pre", "quote",
    "row", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
])  # fmt: skip
_EDGES = _BLOCKS | {"br", "lb"}
_CELLS = frozenset(["td", "th", "cell"])
# A figure, a name or a date is shorter; a paragraph is longer.
_CELL_LENGTH = 80
_LINKS = frozenset(["a", "ref"])
_SILENT = frozenset([
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas", "audio", "video",
    "select", "button", "input", "textarea", "graphic",
])  # fmt: skip
# Of 91 pages, one has a word of its article in an aside and one in a caption; 60 have something else there.
BESIDE = frozenset(["head", "nav", "aside", "footer", "figure", "figcaption"])

_NO_WORD = re.compile(r"\W+")


class Block(Struct, frozen=True):
    """A run of text between two edges of blocks, or line breaks.

    `element` is the block that holds it, `links` the share of its letters that are in links, `key` its letters alone.
    """

    text: str
    element: _Element
    links: float
    key: str


def blocks(tree: _Element, beside: frozenset[str] = frozenset()) -> list[Block]:
    """Return the blocks of a tree in the page's order, without elements named in `beside`."""
    found: list[Block] = []
    pieces: list[str] = []
    linked = 0
    holder = tree
    for piece, element, is_link in _pieces(tree, _SILENT | beside):
        if element is not None:
            _add(found, pieces, holder, linked)
            pieces, linked, holder = [], 0, element
        if piece:
            pieces.append(piece)
            linked += len(piece.strip()) if is_link else 0
    _add(found, pieces, holder, linked)
    return found


def paragraphs(page: Iterable[Block]) -> list[str]:
    """Return the texts of the blocks that `merged` makes of a page."""
    return [block.text for block in merged(page)]


def merged(page: Iterable[Block]) -> list[Block]:
    """Return a block a paragraph: the cells of a row are one, and so are lines that go on in small letters."""
    found: list[Block] = []
    before = None
    for block in page:
        is_next_cell = block.element.tag in _CELLS and _is_same_row(block.element, before)
        if is_next_cell or (block.element is before and block.text[:1].islower()):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {block.text}", key=found[-1].key + block.key)
        else:
            found.append(block)
        before = block.element
    return found


def _is_same_row(cell: _Element, before: _Element | None) -> bool:
    """Tell whether a cell follows another in its row; where cells hold whole articles, the row is only for looks."""
    if before is None or before.tag not in _CELLS or before.getparent() is not cell.getparent():
        return False
    return max(len("".join(each.itertext())) for each in (cell, before)) < _CELL_LENGTH


def letters(text: str) -> str:
    """Return the letters and digits of a text in small letters, to compare what differs in marks and blanks."""
    return _NO_WORD.sub("", text).casefold()


def _add(found: list[Block], pieces: list[str], holder: _Element, linked: int) -> None:
    text = " ".join("".join(pieces).split())
    if key := letters(text):
        found.append(Block(text, holder, linked / len(text), key))


def _pieces(tree: _Element, silent: frozenset[str]) -> Iterator[tuple[str, _Element | None, bool]]:
    """Return the pieces of text, each with the block that begins before it, if any, and if it is in a link."""
    holders = [tree]
    open_links = 0
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag, is_start = element.tag, event == "start"
        is_edge = tag in _EDGES
        if tag in silent or not isinstance(tag, str):
            walk.skip_subtree()
            is_start = False
        elif tag in _LINKS:
            open_links += 1 if is_start else -1
        elif is_edge and is_start:
            holders.append(element)
        elif is_edge:
            holders.pop()
        text = element.text if is_start else element.tail if event == "end" else None
        if is_edge or text:
            yield text or "", holders[-1] if is_edge else None, open_links > 0
