"""EPUB 3: the issue as a book for e-readers, with a cover, contents, and every article that came with it."""

import io
import zipfile
from pathlib import Path

from briefing.models import Briefing
from briefing.renderers import _dates, json
from briefing.renderers._columns import width, wrap
from briefing.renderers._page import lay_out
from briefing.renderers._templates import Options, Template
from briefing.renderers._view import Illustration, Page

suffix = "epub"

BOOK = Path(__file__).parent / "book"
FILES = ("package.opf", "nav.xhtml", "cover.xhtml", "cover.svg", "briefing.xhtml", "style.css")

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

# A cover holds this many characters of 132 units on a line of 980, and this many lines above the date.
_COVER_COLUMNS, _COVER_LINES = 15, 6

_UNKNOWN_DAY = "2000-01-01"  # EPUB wants a date; a briefing that is not of a day has none
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of ZIP; one date for all files, so that the same issue gives the same bytes


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return the book; its look is the e-reader's, so that `template` and page size do not count."""
    page = lay_out(briefing)
    pictures = {each.file: each for clipping in page.clippings for each in clipping.pictures}
    pages = _pages(page, tuple(pictures.values()), _identifier(briefing))
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        # The first file names the type, uncompressed (EPUB 3.3, OCF ZIP container).
        archive.writestr(zipfile.ZipInfo("mimetype", _EARLIEST), "application/epub+zip")
        archive.writestr(zipfile.ZipInfo("META-INF/container.xml", _EARLIEST), _CONTAINER, zipfile.ZIP_DEFLATED, 9)
        for name, text in pages.items():
            archive.writestr(zipfile.ZipInfo(f"EPUB/{name}", _EARLIEST), text, zipfile.ZIP_DEFLATED, 9)
        for name, picture in pictures.items():
            archive.writestr(zipfile.ZipInfo(f"EPUB/{name}", _EARLIEST), picture.data)  # is packed as it is
    return book.getvalue()


def _pages(page: Page, pictures: tuple[Illustration, ...], identifier: str) -> dict[str, str]:
    """Return the files of the book, filled in."""
    from briefing.renderers._jinja import fill_html  # Jinja2 starts slowly: nobody else needs it

    title = f"{page.title} – {page.date}"
    values = {
        "page": page,
        "labels": page.labels,
        "title": title,
        "day": page.iso_date if _dates.parse(page.iso_date) else _UNKNOWN_DAY,
        "identifier": identifier,
        "pictures": pictures,
        "cover_lines": _cover_lines(page.title),
    }
    book = Template("book", BOOK)
    return {name: fill_html(book, name, **values).lstrip() for name in FILES}


def _cover_lines(title: str) -> list[str]:
    """Return the title in lines that a cover holds; a longer word is cut, a longer title ends with an ellipsis."""
    words = [word for line in wrap(title, _COVER_COLUMNS) for word in _cut(line)]
    return words if len(words) <= _COVER_LINES else [*words[: _COVER_LINES - 1], f"{words[_COVER_LINES - 1]} …"]


def _cut(line: str) -> list[str]:
    """Return a line of the cover; in pieces where it is one long word."""
    if width(line) <= _COVER_COLUMNS:
        return [line]
    return [line[start : start + _COVER_COLUMNS] for start in range(0, len(line), _COVER_COLUMNS)]


def _identifier(briefing: Briefing) -> str:
    """Return a UUID of the content, the same for the same issue."""
    import hashlib
    import uuid

    return str(uuid.UUID(bytes=hashlib.sha256(json.encode(briefing)).digest()[:16], version=5))
