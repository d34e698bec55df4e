"""The values that the stages hand to each other; imports nothing of ours.

A *Story* is a group of articles about one event (research on topic detection says "story" for one article). Every
value is frozen and complete: a stage that adds something returns a new one. Offsets are code points into
`Document.text`, which is normalised once at intake and never changes; `text[start:end]` is the sentence, to the letter.

The structs below `Removed` are also the JSON forms: their field names are the keys, in this order.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Literal, NamedTuple

from msgspec import UNSET, Meta, Struct, UnsetType, field


class Blob(Struct, frozen=True, kw_only=True):
    """Bytes from one place, before anybody has read them.

    `name` is how the user would name the place (a path relative to the PATH argument, a URL, or `-`); `base` is the
    path as it can be opened from the working directory; `kind` is a reader's name when it is known; `section` is the
    subfolder. Where pictures are wanted, `beside` opens those that came with the page, by their addresses in it, and
    raises InputError for one that did not.
    """

    data: bytes
    name: str
    base: str | None = None
    kind: str | None = None
    url: str | None = None
    charset: str | None = None
    section: str | None = None
    beside: Callable[[str], bytes] | None = None


class Problem(Struct, frozen=True):
    """Why an input or a part of the job is missing; carried to the end and shown there."""

    input: str
    reason: str


Pixels = Annotated[int, Meta(ge=1)]


class Picture(Struct, frozen=True, kw_only=True):
    """A picture of an article, made small enough to be embedded; JSON has its bytes in Base64.

    It stands before the paragraph of `Document.text` that begins at `place`, or after the last one. `alt` is what its
    page says for who cannot see it, `caption` what stands under it; each can be empty. `url` is where it was fetched.
    """

    data: bytes
    type: Literal["image/jpeg", "image/png"]
    width: Pixels
    height: Pixels
    alt: str
    caption: str
    place: int
    url: str | None


class PictureLink(Struct, frozen=True, kw_only=True):
    """Where a picture of an article can be had; what is not named here is as in Picture.

    `found` is the picture where it came with the page, or why it could not be had there.
    """

    address: str
    alt: str
    caption: str
    place: int
    found: Picture | str | None = None


class Document(Struct, frozen=True, kw_only=True):
    """One text as it was read, with the facts that its place told about it; an unknown fact is None.

    `text` is NFC without control characters; paragraphs are parted by one blank line. `published` is RFC 3339 or a bare
    date. `id` is the given one, else the canonical URL, else the path, else a hash of title and text. `place` is where
    an entry stands in its feed, from 0 (the first) to 1 (the last); only a list that somebody has put in order has one.
    `picture_links` are the pictures that its page shows in it, `pictures` those that were fetched.
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    path: str | None = None
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    place: float | None = None
    picture_links: tuple[PictureLink, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Removed(Struct, frozen=True):
    """A span of `Document.text` that is not the article, and the class of furniture that it is."""

    start: int
    end: int
    text: str
    reason: str


class Sentence(Struct, frozen=True):
    """One sentence of an article.

    `index` counts the article's sentences, `paragraph` its paragraphs, from 0. `tokens` are the stems of all its
    words in order; `words` are those of its content words only (no stop words).
    """

    article: str
    index: int
    paragraph: int
    start: int
    end: int
    text: str
    tokens: tuple[str, ...]
    words: tuple[str, ...]


class Text(tuple[Sentence, ...]):
    """What a summarizer scores: the sentences of one article or one story, and the words of its articles' titles.

    `titles` maps an article's id to the content words of its title. Articles follow each other whole, earliest first.
    `language` is that of all articles; "" when it is not known or they have several.
    """

    titles: Mapping[str, tuple[str, ...]]
    language: str

    def __new__(
        cls, sentences: Iterable[Sentence], titles: Mapping[str, tuple[str, ...]] | None = None, language: str = ""
    ) -> "Text":
        """Return the sentences as a tuple that knows its titles and its language."""
        text = super().__new__(cls, sentences)
        text.titles = titles or {}
        text.language = language
        return text


class Article(Struct, frozen=True):
    """A document after cleaning: its facts, its language, what was removed, and its sentences with their words."""

    document: Document
    language: str
    removed: tuple[Removed, ...]
    sentences: tuple[Sentence, ...]
    title_words: tuple[str, ...]

    @property
    def id(self) -> str:
        """The identifier of the document."""
        return self.document.id


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
    """The chosen sentences of an article in its order; of several (`articles` is set), the first choice leads."""

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


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, by which a briefing knows its articles again."""
    import hashlib  # a summary in the terminal needs none

    return hashlib.sha256(text.encode()).hexdigest()


# A longer line that comes back word for word is rather a passage than furniture.
LONGEST_REPEATED = 300


def folded(line: str) -> str:
    """Return a line as it is compared with the lines of other articles: neither case nor white space counts."""
    return " ".join(line.split()).casefold()


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
