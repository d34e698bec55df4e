"""Web pages: the facts that the page states, and the body of its article by trafilatura."""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

from briefing.intake._article_body import article_body
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import document
from briefing.intake._page_facts import PageFacts, read_facts
from briefing.models import Blob, Document, Problem

# As trafilatura parses: a comment inside a paragraph would otherwise cut it short there.
_PARSER = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one article of a page."""
    tree, facts = parse(blob)
    text = "\n\n".join(article_body(tree, facts.title)) if tree is not None else ""
    yield document(
        blob,
        text=text,
        title=facts.title,
        source=facts.source,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        authors=facts.authors,
    )


def parse(blob: Blob) -> tuple[HtmlElement | None, PageFacts]:
    """Return the tree of a page, None when there is no element in it, and its facts."""
    text = raw_text(blob)
    try:
        tree = fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
    except (etree.ParserError, ValueError):  # a page of comments or blanks alone
        return None, PageFacts(None, None, None, None, None, (), None)
    return tree, read_facts(tree, text, blob.url)


def raw_text(blob: Blob) -> str:
    """Return the page's source as decoded."""
    return decode(blob.data, blob.charset or declared_charset(blob.data))
