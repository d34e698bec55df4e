"""Plain text: paragraphs found, header lines and a headline on top read as facts."""

from collections.abc import Iterator

from briefing.intake._decode import decode
from briefing.intake._documents import document
from briefing.intake._headers import split_headers, split_headline
from briefing.intake._paragraphs import split_paragraphs
from briefing.models import Blob, Document, Problem


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one document of a plain text; a headline becomes its title and leaves the text."""
    facts, body = split_headers(raw_text(blob).lstrip())
    text = split_paragraphs(body).strip()
    title = facts.pop("title", None)
    if title is None:
        title, text = split_headline(text)
    authors = [facts.pop("authors")] if "authors" in facts else []
    yield document(blob, text=text, title=title, authors=authors, **facts)


def raw_text(blob: Blob) -> str:
    """Return the file as decoded."""
    return decode(blob.data, blob.charset)
