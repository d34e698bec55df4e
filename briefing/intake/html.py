"""Web pages: the facts that the page states, and the body of its article."""

import re
from collections.abc import Callable, Iterator, Sequence

from lxml.html import HtmlElement
from msgspec.structs import replace

from briefing.intake._article_body import article_body, letter_body
from briefing.intake._blocks import Block
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import document, problem
from briefing.intake._page_facts import PageFacts, read_facts
from briefing.intake._page_tree import parse_page
from briefing.intake._picture_links import linked, shown_pictures
from briefing.models import Blob, Document, PictureLink, Problem

_NEXT_PAGE = re.compile(rb"(?<=</html>)\s*(?=<(?:!doctype|html)\b)", re.I)


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one article of a page; standard input can hold several pages, one behind the other."""
    is_stream = blob.base is None and blob.url is None
    for page in _NEXT_PAGE.split(blob.data) if is_stream else [blob.data]:
        yield read_page(replace(blob, data=page), article_body)


def read_page(
    blob: Blob, body: Callable[[HtmlElement, str | None], list[Block]], *, pictures: bool = True
) -> Document | Problem:
    """Return the article of a page, its paragraphs found by `body` from the tree and the title, with its pictures."""
    source = raw_text(blob)
    tree = parse_page(source)
    if tree is None:
        return problem(blob, "a page without an element in it")
    facts = read_facts(tree, source, blob.url)
    found = body(tree, facts.title)
    made = document(
        blob,
        text="\n\n".join(block.text for block in found),
        title=facts.title,
        source=facts.source,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        authors=facts.authors,
    )
    if not pictures or isinstance(made, Problem):
        return made
    return replace(made, picture_links=_picture_links(tree, found, facts, made.text, blob))


def read_letter(blob: Blob) -> Document | Problem:
    """Return the HTML part of a message, which is all article more often than a page is; its pictures count readers."""
    return read_page(blob, letter_body, pictures=False)


def _picture_links(
    tree: HtmlElement, found: Sequence[Block], facts: PageFacts, text: str, blob: Blob
) -> tuple[PictureLink, ...]:
    """Return the pictures of an article, each before the paragraph of its text that follows it."""
    places = dict(enumerate([0, *(match.end() for match in re.finditer("\n\n", text))]))
    links = (
        linked(shown, places.get(shown.paragraph, len(text)), facts.base, blob.beside)
        for shown in shown_pictures(tree, found, facts.picture)
    )
    return tuple(link for link in links if link)


def raw_text(blob: Blob) -> str:
    """Return the page's source as decoded."""
    return decode(blob.data, blob.charset or declared_charset(blob.data))
