"""What templates see of a briefing: clean one-line texts, safe addresses, dates in words, every link already made.

Every text is free of control characters but not escaped: the template's syntax decides that (see `_jinja.py`).
`language` is None where it is the page's own, so that `lang="…"` is written only where it says something.
"""

from typing import Literal

from msgspec import Struct

from briefing.renderers._labels import Labels


class Source(Struct, frozen=True, kw_only=True):
    """An article as a reference: who printed it, when, and where it can be read.

    `href` leads to the appendix when the articles are appended, else to `url`; None when there is neither. `path` is
    the file's name where there is no address.
    """

    number: int
    name: str
    title: str
    href: str | None
    url: str | None
    path: str | None
    when: str
    published: str
    language: str | None
    direction: str


class PrintedLine(Struct, frozen=True, kw_only=True):
    """A printed sentence; `id` is `STORY.LINE`, `anchor` its place in the page, `href` the way to its source."""

    id: str
    anchor: str
    role: Literal["headline", "lead", "point"]
    text: str
    href: str | None
    source: Source | None
    language: str | None
    direction: str


class Value(Struct, frozen=True, kw_only=True):
    """A number as one source prints it; `share` is its percentage of the largest, None for no number."""

    text: str
    share: int | None
    source: Source | None
    href: str | None


class Disagreement(Struct, frozen=True):
    """A quantity with the values that the sources give, and the same as one sentence for who cannot see a drawing."""

    what: str
    values: tuple[Value, ...]
    description: str


class Correction(Struct, frozen=True):
    """What a source corrected under its article; `label` is empty where the text says itself what it is."""

    label: str
    text: str
    source: Source | None
    href: str | None
    language: str | None
    direction: str


class Moment(Struct, frozen=True):
    """An article on a story's line of days; `place` runs from 0 to 100."""

    place: int
    when: str
    name: str


class PrintedStory(Struct, frozen=True, kw_only=True):
    """One story.

    `rank` is 1 for the best of the issue, `is_nib` marks one of a single sentence, `mark` is `new`, `update`,
    `continuing` or None, `independent` counts outlets.
    """

    rank: int
    number: str
    anchor: str
    headline: PrintedLine
    lead: PrintedLine | None
    points: tuple[PrintedLine, ...]
    mark: str | None
    mark_label: str
    sources: tuple[Source, ...]
    also_in: tuple[Source, ...]
    reprints: tuple[Source, ...]
    independent: int
    figures: tuple[Disagreement, ...]
    moments: tuple[Moment, ...]
    corrections: tuple[Correction, ...]
    is_nib: bool
    language: str | None
    direction: str

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """The sentences under the headline, in order."""
        return ((self.lead,) if self.lead else ()) + self.points


class PrintedSection(Struct, frozen=True):
    """Stories under one heading; `title` is empty for a briefing without sections."""

    title: str
    anchor: str
    stories: tuple[PrintedStory, ...]


class Piece(Struct, frozen=True):
    """A part of an appended paragraph; `anchor` is set where it is a printed line, `back` leads to that."""

    text: str
    anchor: str | None
    back: str | None


class Illustration(Struct, frozen=True, kw_only=True):
    """A picture of an appended article, in pixels; it stands before the paragraph of that number, counted from 0.

    `alt` is what is said to who cannot see it, never empty; `caption` can be.
    """

    data: bytes
    type: Literal["image/jpeg", "image/png"]
    width: int
    height: int
    alt: str
    caption: str
    before: int

    @property
    def src(self) -> str:
        """The picture as an address, for pages that hold everything."""
        from base64 import b64encode  # few issues have pictures

        return f"data:{self.type};base64,{b64encode(self.data).decode()}"

    @property
    def file(self) -> str:
        """A name for its file, the same for the same picture."""
        from hashlib import sha256

        return f"{sha256(self.data).hexdigest()[:16]}.{self.type.removeprefix('image/').replace('jpeg', 'jpg')}"


class Clipping(Struct, frozen=True):
    """An appended article: its reference, its paragraphs and pictures; `back` leads to its story."""

    anchor: str
    source: Source
    paragraphs: tuple[tuple[Piece, ...], ...]
    pictures: tuple[Illustration, ...]
    back: str


class Entry(Struct, frozen=True):
    """One number of the ledger and its name."""

    name: str
    value: str


class Trouble(Struct, frozen=True):
    """An input that is missing, and why."""

    input: str
    reason: str


class Page(Struct, frozen=True, kw_only=True):
    """A whole issue as templates see it.

    `facts` are the masthead's counts, behind the day since which it covers the news where that is more than a day;
    `coverage` is that without words and minutes, which count all lines; `brief` are the best stories.
    """

    title: str
    date: str
    iso_date: str
    language: str
    direction: str
    facts: tuple[str, ...]
    coverage: tuple[str, ...]
    brief: tuple[PrintedStory, ...]
    sections: tuple[PrintedSection, ...]
    also: tuple[Source, ...]
    clippings: tuple[Clipping, ...]
    period: str
    ledger: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    problems: tuple[Trouble, ...]
    program: str
    labels: Labels

    @property
    def stories(self) -> tuple[PrintedStory, ...]:
        """Every story of every section, in order."""
        return tuple(story for section in self.sections for story in section.stories)
