"""Web pages: the facts that the page states, and the body of its article."""

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement
from msgspec.structs import replace

from briefing.intake._article_body import article_body, letter_body
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import document, problem
from briefing.intake._page_facts import read_facts
from briefing.intake._page_tree import parse_page
from briefing.models import Blob, Document, Problem

_NEXT_PAGE = re.compile(rb"(?<=</html>)\s*(?=<(?:!doctype|html)\b)", re.I)


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one article of a page; standard input can hold several pages, one behind the other."""
    is_stream = blob.base is None and blob.url is None
    for page in _NEXT_PAGE.split(blob.data) if is_stream else [blob.data]:
        yield read_page(replace(blob, data=page), article_body)


def read_page(blob: Blob, body: Callable[[HtmlElement, str | None], list[str]]) -> Document | Problem:
    """Return the article of a page, its paragraphs found by `body` from the tree and the title."""
    source = raw_text(blob)
    tree = parse_page(source)
    if tree is None:
        return problem(blob, "a page without an element in it")
    facts = read_facts(tree, source, blob.url)
    return document(
        blob,
        text="\n\n".join(body(tree, facts.title)),
        title=facts.title,
        source=facts.source,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        authors=facts.authors,
    )


def read_letter(blob: Blob) -> Document | Problem:
    """Return the HTML part of a message, which is all article more often than a page is."""
    return read_page(blob, letter_body)


def raw_text(blob: Blob) -> str:
    """Return the page's source as decoded."""
    return decode(blob.data, blob.charset or declared_charset(blob.data))
