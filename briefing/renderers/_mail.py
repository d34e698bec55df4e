"""An issue as the two readings of a mail: plain text, and HTML that no mail program cuts off."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from briefing.models import Briefing
from briefing.renderers._page import lay_out
from briefing.renderers._paper import find_paper
from briefing.renderers._templates import PAGE, Template
from briefing.renderers._view import Page, PrintedSection

# Gmail shows 102 KB of a message's HTML and hides the rest behind a link; what else it counts took up to 20 KB.
HTML_BYTES = 80_000

# RFC 5322, 2.1.1: what every mail program shows without wrapping it again.
TEXT_COLUMNS = 78

# How the attachments' formats are called in a sentence.
FORMS = {"pdf": "PDF", "html": "HTML", "md": "Markdown", "json": "JSON"}


class Readings(NamedTuple):
    """The two alternatives of a mail; `date` is the issue's day in words, for the subject."""

    text: str
    html: str
    date: str


def mail_readings(briefing: Briefing, template: Template, attached: str | None) -> Readings:
    """Return text and HTML of an issue; `attached` is the format in which what the HTML leaves out can be read.

    Appended articles are left to the attachment. Without one, HTML is whole, however long.
    """
    from briefing.renderers._terminal import plain

    bare = _without_appendix(briefing)
    page = lay_out(bare)
    return Readings(plain(bare, TEXT_COLUMNS), _html(page, briefing, template, attached), page.date)


def _without_appendix(briefing: Briefing) -> Briefing:
    """Return the briefing without the texts of its articles, so that its lines link to their sources."""
    facts = {
        id: msgspec.structs.replace(each, text=UNSET, kept=UNSET, pictures=UNSET)
        for id, each in briefing.articles.items()
    }
    return msgspec.structs.replace(briefing, articles=facts)


def _html(page: Page, briefing: Briefing, template: Template, attached: str | None) -> str:
    """Return the page with as many stories, further titles and problems as fit, in this order."""
    from briefing.renderers._jinja import fill_html  # Jinja2 starts slowly: nobody else needs it

    paper = find_paper(None, briefing.language)

    def fill(kept: int) -> str:
        rest = None if kept == pieces else FORMS.get(attached or "", "PDF")
        shown = _cut(page, kept)
        return fill_html(template, PAGE, page=shown, paper=paper, labels=page.labels, rest=rest)

    pieces = len(page.stories) + len(page.also) + len(page.problems)
    return fill(pieces if attached is None else _most(pieces, lambda kept: len(fill(kept).encode()) <= HTML_BYTES))


def _most(pieces: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number that fits, 0 when none does; more never fits where less does not."""
    if fits(pieces):
        return pieces
    low, high = 0, pieces - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _cut(page: Page, kept: int) -> Page:
    """Return the page with its first so many pieces: stories, then further titles, then problems."""
    sections, left = [], kept
    for section in page.sections:
        stories = section.stories[:left]
        left -= len(stories)
        if stories:
            sections.append(PrintedSection(section.title, section.anchor, stories))
    also = page.also[:left]
    problems = page.problems[: left - len(also)]
    return msgspec.structs.replace(page, sections=tuple(sections), also=also, problems=problems)
