"""Teasers completed: the pages that a run's entries link to, fetched once each, a few at a time from each host."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._feed_items import Item
from briefing.intake._places import Limits
from briefing.intake._recognition import recognized
from briefing.intake._teaser import completed
from briefing.models import Blob, Document

# More new entries at once are a backlog; those further down stay teasers.
_MOST_PAGES = 100
_HEAD = 4096


class Completing:
    """The entries of one source, some of whose texts are awaited from their pages."""

    def __init__(self, items: Sequence[Item], teasers: Iterable[str], seen: Set[str] = frozenset()) -> None:
        """Await the pages of these teasers, no more than a hundred; those that were `seen` before are not wanted."""
        wanted = set(teasers)
        self.seen = seen
        self._documents = {item.document.id: item.document for item in items}
        self.awaited = [id for id in self._documents if id in wanted][:_MOST_PAGES]
        self.errors: list[FetchError] = []

    def requests(self) -> Iterator[tuple[str, Request]]:
        """Return what is to be fetched, and for which entry: what an entry names may not be on a private host."""
        for id in self.awaited:
            yield id, Request(self._documents[id].url or "", subscribed=False)

    def take(self, id: str, outcome: Reply | FetchError) -> None:
        """Take what came of an entry's page."""
        self.awaited.remove(id)
        if isinstance(outcome, FetchError):
            self.errors.append(outcome)
        elif outcome.blob and (page := _article(outcome.blob)):
            self._documents[id] = completed(self._documents[id], page) or self._documents[id]

    @property
    def failure(self) -> str | None:
        """Why a feed of headlines gives nothing; None for one that gives something, or has no entries."""
        if not self._documents or self.seen or self.documents:
            return None
        why = f" ({self.errors[0]})" if self.errors else ""
        return f"headlines without a text, and no page that they link to gives one{why}"

    @property
    def documents(self) -> tuple[Document, ...]:
        """The entries that have a text by now, in their order, but for teasers that were seen before.

        What is known of those is the text of their page: it must not be taken for an older version of the teaser.
        """
        return tuple(each for id, each in self._documents.items() if each.text and id not in self.seen)


def complete(
    sources: Sequence[Completing], limits: Limits, *, connections: int = 200, per_host: int = 4
) -> Iterator[Completing]:
    """Fetch all awaited pages, and return each source once it awaits none."""
    from briefing.intake._fetch_many import fetch_many  # the network is a choice

    wanted: dict[Request, list[tuple[Completing, str]]] = defaultdict(list)
    for source in sources:
        for id, request in source.requests():
            wanted[request].append((source, id))
    yield from (source for source in sources if not source.awaited)
    for request, outcome in fetch_many(wanted, limits, connections=connections, per_host=per_host):
        for source, id in wanted[request]:
            source.take(id, outcome)
            if not source.awaited:
                yield source


def _article(blob: Blob) -> Document | None:
    """Return the article of a page; None for what is none."""
    from briefing.intake import html

    try:
        if (blob.kind or recognized(blob.data[:_HEAD])) != "html":
            return None
        found = next(html.read(blob), None)
    except Exception:  # a parser's mistake on a stranger's page costs that page
        return None
    return found if isinstance(found, Document) else None
