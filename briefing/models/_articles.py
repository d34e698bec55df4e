"""What is read, and what is known of it once it is clean: from the bytes of a place to an article and its sentences.

Offsets are code points into `Document.text`, which is normalised once at intake and never changes; `text[start:end]` is
the sentence, to the letter.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct


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


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, by which a briefing knows its articles again."""
    import hashlib  # a summary in the terminal needs none

    return hashlib.sha256(text.encode()).hexdigest()


# A longer line that comes back word for word is rather a passage than furniture.
LONGEST_REPEATED = 300


def folded(line: str) -> str:
    """Return a line as it is compared with the lines of other articles: neither case nor white space counts."""
    return " ".join(line.split()).casefold()
