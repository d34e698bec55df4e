"""A tree of elements to paragraphs: each block (paragraph, heading, list item, table row, quotation) is one."""

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

# HTML's blocks and the names that trafilatura gives to them.
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "item", "li", "list", "main", "nav", "ol", "option", "p", "pre", "quote",
    "row", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
])  # fmt: skip
_BREAKS = frozenset(["br", "lb"])
_CELLS = frozenset(["td", "th", "cell"])
_SILENT = frozenset([
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas", "audio", "video",
    "select", "button", "input", "textarea", "graphic",
])  # fmt: skip
_SPACES = re.compile(r"\s+")


def paragraphs(tree: _Element) -> list[str]:
    """Return the paragraphs of a tree, each on one line, in the page's order."""
    found = (_SPACES.sub(" ", part).strip() for part in "".join(_pieces(tree)).split("\f"))
    return [paragraph for paragraph in found if paragraph]


def _pieces(tree: _Element) -> Iterator[str]:
    """Return the text between tags, with a form feed where a block begins or ends; walked without recursion."""
    silent = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag:
            silent += 1 if event == "start" else -1 if event == "end" else 0
        elif tag in _BLOCKS or tag in _BREAKS:
            yield "\f"
        elif tag in _CELLS:
            yield " "
        if event == "start" and not silent and element.text:
            yield element.text.replace("\f", " ")
        if event != "start" and not silent and element.tail and element is not tree:
            yield element.tail.replace("\f", " ")
