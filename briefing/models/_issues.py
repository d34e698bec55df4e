"""What is chosen and printed: summaries, stories, and the briefing with its account.

A *Story* is a group of articles about one event (research on topic detection says "story" for one article). These
structs are also the JSON forms: their field names are the keys, in this order.
"""

from typing import Literal, NamedTuple

from msgspec import UNSET, Struct, UnsetType, field

from briefing.models._articles import Picture, Problem


class Length(NamedTuple):
    """How long a summary may be: an amount of sentences, percent of the sentences, or words."""

    amount: int
    unit: Literal["sentences", "percent", "words"] = "sentences"


class Group(Struct, frozen=True):
    """Articles about one event, before anything is chosen from them: ids, earliest first, and the copies among them."""

    articles: tuple[str, ...]
    copies: tuple["Copy", ...] = ()


class Choice(Struct, frozen=True, kw_only=True):
    """A sentence with its score and the order in which it was chosen (1 first; None when it was not)."""

    text: str
    start: int
    end: int
    index: int
    score: float
    rank: int | None
    article: str | UnsetType = UNSET
    parts: dict[str, float] | UnsetType = UNSET


class Summary(Struct, frozen=True, kw_only=True):
    """The chosen sentences of an article in its order; of several (`articles` is set) that of the first one leads."""

    id: str
    articles: tuple[str, ...] | UnsetType = UNSET
    title: str | None
    language: str
    method: str
    sentences: tuple[Choice, ...]


class Line(Struct, frozen=True):
    """One printed sentence and where it stands in its article; a headline that is a title has no offsets."""

    id: str
    role: Literal["headline", "lead", "point"]
    text: str
    article: str
    start: int | None
    end: int | None


class Copy(Struct, frozen=True):
    """An article that prints the text of another one again."""

    id: str
    of: str


class Reason(Struct, frozen=True):
    """One part of a story's score; `rules` are the reader's that brought it, as the reader wrote them."""

    part: str
    value: float
    rules: tuple[str, ...] | UnsetType = UNSET


class FigureValue(Struct, frozen=True):
    """A number as one source prints it, and where."""

    value: str
    article: str
    start: int
    end: int


class Figure(Struct, frozen=True):
    """A quantity that the sources of a story give differently."""

    what: str
    values: tuple[FigureValue, ...]


class Note(Struct, frozen=True):
    """A correction that a source printed under an article of the story."""

    text: str
    article: str
    start: int
    end: int


class Story(Struct, frozen=True, kw_only=True):
    """A group of articles about one event with the lines chosen from them."""

    id: str
    title: str
    score: float
    mark: Literal["new", "update", "continuing"] | None = None
    lines: tuple[Line, ...] | UnsetType = UNSET
    articles: tuple[str, ...]
    copies: tuple[Copy, ...] = ()
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[Note, ...] = ()


class Section(Struct, frozen=True):
    """Stories under one heading; a briefing without sections has one with an empty title."""

    title: str
    stories: tuple[Story, ...]


class Facts(Struct, frozen=True, kw_only=True):
    """What a briefing keeps of an article that it names.

    `sha256` is that of `Document.text` in UTF-8. With `--full`, `text` is Document.text and `kept` the spans of its
    paragraphs that are the article (start, end), so that a line's offsets find its sentence in the appendix. With
    `--images`, `pictures` are those of an article that has any.
    """

    title: str | None
    url: str | None
    source: str | None
    path: str | None
    published: str | None
    language: str
    sha256: str
    text: str | UnsetType = UNSET
    kept: tuple[tuple[int, int], ...] | UnsetType = UNSET
    pictures: tuple[Picture, ...] | UnsetType = UNSET


class Window(Struct, frozen=True):
    """The time that an issue covers; RFC 3339, None where it is open."""

    since: str | None
    until: str | None


class InputCounts(Struct, frozen=True):
    """How many inputs gave articles, had nothing new, or failed."""

    read: int
    unchanged: int
    failed: int


class ArticleCounts(Struct, frozen=True):
    """Where every article went: seen = copies + known + muted + cut + printed."""

    seen: int
    copies: int
    known: int
    muted: int
    cut: int
    printed: int


class Ledger(Struct, frozen=True):
    """What came in, what was left out and why; `removed` counts pieces of furniture by class."""

    window: Window
    inputs: InputCounts
    articles: ArticleCounts
    removed: dict[str, int]


class Absence(Struct, frozen=True):
    """Why an article is not printed, where it was not for want of room.

    `said` is the rule that muted it, the article of an earlier issue that it says again, the score that is below the
    floor, or the section that was full.
    """

    article: str
    why: Literal["muted", "known", "floor", "section"]
    said: str


# Issues that tell what is new: those of a week, as a story quiet for longer is new again, and today's own.
REMEMBERED_DAYS = 8


class Briefing(Struct, frozen=True, kw_only=True):
    """One issue: everything that a renderer, a mailer or a checker needs, and its one written-down form.

    `date` is the issue's day (YYYY-MM-DD); `version` that of this form; `language` that of the labels; `minutes` the
    reading time of what is printed, at 230 words a minute, rounded up; `also` names the articles received but not
    printed, `absent` says why where that was the reader's wish.
    """

    version: int = 1
    title: str
    date: str
    language: str
    minutes: int
    articles: dict[str, Facts]
    sections: tuple[Section, ...]
    also: tuple[str, ...]
    ledger: Ledger
    problems: tuple[Problem, ...] = field(default=())
    absent: tuple[Absence, ...] | UnsetType = UNSET
