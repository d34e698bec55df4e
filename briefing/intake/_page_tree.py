"""The source of a page to a tree of bounded depth, so that no page can make what reads it run for ever."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

# As trafilatura parses: a comment inside a paragraph would otherwise cut it short there.
_OPTIONS = {"encoding": "utf-8", "collect_ids": False, "remove_comments": True, "remove_pis": True}
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]{0,30})(?:\s[^<>]{0,2000})?/?>")
# What a flat page keeps: the facts in its head, and blocks that cannot be nested into each other.
_FLAT = frozenset(
    [b"p", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"br", b"title", b"meta", b"link", b"script", b"style", b"a"]
)
_BLOCKS = frozenset(
    [
        b"div",
        b"section",
        b"article",
        b"main",
        b"blockquote",
        b"table",
        b"tr",
        b"td",
        b"ul",
        b"ol",
        b"li",
        b"form",
        b"dl",
    ]
)


def parse_page(text: str) -> HtmlElement | None:
    """Return the tree of a page, None when there is no element in it.

    libxml2 stops at a depth of 255 and would lose what is below; no page of people gets there (the deepest of 91
    has 51), so one that does is read flat: its containers become the borders of paragraphs.
    """
    parser = HTMLParser(**_OPTIONS)
    data = text.encode("utf-8", "replace")
    tree = _parsed(data, parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return _parsed(_TAG.sub(_flat, data), HTMLParser(huge_tree=True, **_OPTIONS))
    return tree


def _parsed(data: bytes, parser: HTMLParser) -> HtmlElement | None:
    try:
        return fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):  # a page of comments or blanks alone
        return None


def _flat(tag: re.Match[bytes]) -> bytes:
    name = tag[2].lower()
    if name in _FLAT:
        return tag[0]
    return b"<p>" if name in _BLOCKS else b""
