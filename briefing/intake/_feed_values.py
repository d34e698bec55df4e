"""What a feed says, whatever its format: entries with their facts, before any of them is a Document."""

from typing import NamedTuple


class Text(NamedTuple):
    """A text as its feed carries it, and whether that is HTML."""

    source: str
    is_html: bool


class Entry(NamedTuple):
    """One item of a feed; `link` is absolute where the feed says from where on, `source` the outlet it came from."""

    title: Text | None
    texts: tuple[Text, ...]
    link: str | None
    guid: str | None
    published: str | None
    authors: tuple[str, ...]
    language: str | None
    source: Text | None


class Feed(NamedTuple):
    """A feed: its title, the site it belongs to, the language it states, and its entries in its order."""

    title: Text | None
    home: str | None
    language: str | None
    entries: tuple[Entry, ...]
