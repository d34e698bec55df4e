"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1; each entry with a text is a document.

An entry without a text of its own is a headline: it becomes a document only where its page is fetched and gives one.
Here, where nothing is fetched, headlines are left out in silence; a feed that has nothing else says so.
"""

from collections.abc import Iterator

from briefing.errors import InputError
from briefing.intake._documents import problem
from briefing.intake._places import Limits
from briefing.models import Blob, Document, Problem


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the entries of a feed in its order, or the Problem that says what the bytes are instead."""
    from briefing.intake._feed_items import read_items  # feedparser is eight starts of Python

    try:
        feed = read_items(blob)
    except InputError as error:
        yield problem(blob, str(error))
        return
    except Exception as error:  # a parser's mistake on hostile bytes
        yield problem(blob, f"cannot be read as a feed: {type(error).__name__}: {error}")
        return
    found = [item.document for item in feed.items if item.document.text]
    if feed.items and not found:
        yield problem(blob, "headlines without a text; read it by its address, and their pages are fetched")
    yield from found


def read_linked(blob: Blob, limits: Limits) -> Iterator[Document | Problem]:
    """Return the entries of a feed; where it was fetched, those that are cut short from their pages."""
    if not blob.url:
        yield from read(blob)
        return
    from briefing.intake._linked import read_feed  # the network is a choice

    yield from read_feed(blob, limits)
