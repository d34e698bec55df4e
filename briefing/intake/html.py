"""Web pages: the facts that the page states, and the body of its article by trafilatura."""

from collections.abc import Iterator

from briefing.intake._article_body import article_body
from briefing.intake._decode import declared_charset, decode
from briefing.intake._documents import document, problem
from briefing.intake._page_facts import read_facts
from briefing.intake._page_tree import parse_page
from briefing.models import Blob, Document, Problem


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one article of a page."""
    source = raw_text(blob)
    tree = parse_page(source)
    if tree is None:
        yield problem(blob, "a page without an element in it")
        return
    facts = read_facts(tree, source, blob.url)
    yield document(
        blob,
        text="\n\n".join(article_body(tree, facts.title)),
        title=facts.title,
        source=facts.source,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        authors=facts.authors,
    )


def raw_text(blob: Blob) -> str:
    """Return the page's source as decoded."""
    return decode(blob.data, blob.charset or declared_charset(blob.data))
