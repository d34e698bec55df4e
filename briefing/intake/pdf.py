"""PDF by pypdfium2 (extra `pdf`): the lines of its pages joined to paragraphs again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.errors import InputError
from briefing.intake._documents import document
from briefing.intake._headers import split_headline
from briefing.intake._paragraphs import join_lines
from briefing.models import Blob, Document, Problem

_NUMBER = re.compile(r"\d+")


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the document of a PDF that has text; a scan has pictures of text alone."""
    pages, facts = _pages(blob.data)
    text = join_lines([line.strip() for line in _without_running_heads(pages)]).strip()
    if not text:
        raise InputError("a PDF with no text layer (a scan?); run it through OCR first, for example ocrmypdf")
    title, rest = split_headline(text)
    author, created = facts.get("Author"), _pdf_date(facts.get("CreationDate", ""))
    yield document(
        blob,
        text=rest,
        title=title or facts.get("Title"),
        authors=[author] if author else (),
        published=created,
    )


def _pages(data: bytes) -> tuple[list[list[str]], dict[str, str]]:
    """Return the lines of each page, and the facts that the file states."""
    try:
        import pypdfium2
    except ImportError as error:
        raise InputError("a PDF; to read it: pip install 'briefing-cli[pdf]'") from error
    try:
        with pypdfium2.PdfDocument(data) as file:
            pages = [page.get_textpage().get_text_bounded().splitlines() for page in file]
            return pages, file.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise InputError(f"a damaged or locked PDF: {error}") from error


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages without those that stand at the edges of most of them, page numbers apart."""
    edges = Counter(edge for page in pages for edge in dict.fromkeys(map(_numberless, [*page[:2], *page[-2:]])))
    running = {edge for edge, count in edges.items() if count > max(1, len(pages) // 2)}
    return [line for page in pages for line in _inner(page, running)]


def _inner(page: Sequence[str], running: set[str]) -> Sequence[str]:
    first, end = 0, len(page)
    while first < min(2, end) and _numberless(page[first]) in running:
        first += 1
    while end > max(first, len(page) - 2) and _numberless(page[end - 1]) in running:
        end -= 1
    return page[first:end]


def _numberless(line: str) -> str:
    return _NUMBER.sub("#", line.strip())


def _pdf_date(text: str) -> str | None:
    """Return PDF's form of a date, D:20261122103000+01'00', as ISO 8601."""
    digits = text.removeprefix("D:")
    if len(digits) < 8 or not digits[:8].isdigit():
        return None
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    zone = digits[14:].replace("'", ":").rstrip(":")
    return f"{day}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{zone}" if zone else day
