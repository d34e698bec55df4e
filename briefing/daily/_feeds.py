"""The feeds of a run: each result goes into the archive by itself, so that a crash in the middle loses none.

What a source brought, what is new of it, how the source does and what it repeats are one transaction. Those that had
nothing new share one at the end: a crash before it costs nothing but asking them again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from briefing.archive import articles, furniture, sources
from briefing.archive._database import transaction
from briefing.archive.sources import Health
from briefing.models import InputCounts, Problem
from briefing.subscriptions import Subscription

if TYPE_CHECKING:
    from briefing.intake._sources import SourceResult

# What is older than this at the first sight of a feed was not published for whoever has just subscribed to it.
BACKLOG = timedelta(hours=24)
# And later, what is so much older than the last time that the feed was read: a site that moved shows its whole past
# anew. Anything else that comes late is news.
PAST = timedelta(days=14)

Seen = Callable[[Iterable[str]], Set[str]]
# Reads what is due of the subscriptions, knowing how each does and which ids have arrived; results as they come in.
Read = Callable[[Sequence[Subscription], Mapping[str, Health], Seen], Iterator["SourceResult"]]
Step = Callable[[sqlite3.Connection], AbstractContextManager[None]]


class Failure(NamedTuple):
    """A source that could not be read, and for how many runs in a row."""

    name: str
    reason: str
    runs: int


class Fetched(Struct, frozen=True):
    """What the sources of a run brought.

    `resting` failed before and were not asked, because they are not due; `notes` tell of single entries. `known` are
    the ids of articles that had arrived before. Without `inputs` nothing was asked.
    """

    inputs: InputCounts | None = None
    failures: tuple[Failure, ...] = ()
    resting: tuple[Failure, ...] = ()
    notes: tuple[Problem, ...] = ()
    new: int = 0
    known: frozenset[str] = frozenset()

    @property
    def problems(self) -> list[Problem]:
        """Everything that is missing, as an issue prints it."""
        missing = (*self.failures, *self.resting)
        return [*(Problem(failure.name, failure.reason) for failure in missing), *self.notes]


def read_feeds(
    connection: sqlite3.Connection,
    subscriptions: Sequence[Subscription],
    read: Read,
    now: datetime,
    *,
    step: Step = transaction,
) -> Fetched:
    """Read the subscriptions and bring what is new into the archive, each result in a `step` of its own."""
    known = sources.health(connection)
    storing = _Storing(connection, known, now)
    unchanged = []
    for result in read(subscriptions, known, partial(articles.known, connection)):
        if result.unchanged:
            unchanged.append(result)
            continue
        with step(connection):
            storing.store(result)
    with step(connection):
        for result in unchanged:
            storing.store_unchanged(result)
    return storing.fetched(subscriptions, len(unchanged))


class _Storing:
    """The results of one run on their way into the archive, and the account of them."""

    def __init__(self, connection: sqlite3.Connection, known: Mapping[str, Health], now: datetime) -> None:
        self._connection = connection
        self._health = known
        self._now = now
        self._read = self._new = 0
        self._failures: dict[str, Failure] = {}
        self._notes: dict[str, Sequence[Problem]] = {}
        self._known: set[str] = set()

    def store(self, result: "SourceResult") -> None:
        """Store what a source brought, or that it failed; within a transaction of the caller."""
        address = result.subscription.address
        if result.error:
            ill = sources.failed(self._connection, address, self._now, str(result.error), result.error.retry_after)
            self._failures[address] = Failure(result.subscription.name, str(result.error), ill.failures)
            return
        self._read += 1
        self._notes[address] = result.problems
        sources.succeeded(
            self._connection,
            address,
            self._now,
            etag=result.etag,
            modified=result.modified,
            moved_to=result.moved_to,
            entries=result.entries,
            new=self._store_documents(result),
        )

    def store_unchanged(self, result: "SourceResult") -> None:
        """Note that a source had nothing new."""
        sources.succeeded(
            self._connection,
            result.subscription.address,
            self._now,
            etag=result.etag,
            modified=result.modified,
            moved_to=result.moved_to,
            unchanged=True,
        )

    def fetched(self, subscriptions: Sequence[Subscription], unchanged: int) -> Fetched:
        """Return the account, in the order of the subscriptions: that of the answers is the network's."""
        addresses = [each.address for each in subscriptions]
        ill = [(each, self._health[each.address]) for each in subscriptions if each.address in self._health]
        resting = [Failure(each.name, its.error or "", its.failures) for each, its in ill if not its.is_due(self._now)]
        return Fetched(
            inputs=InputCounts(self._read, unchanged, len(self._failures) + len(resting)),
            failures=tuple(self._failures[each] for each in addresses if each in self._failures),
            resting=tuple(resting),
            notes=tuple(note for each in addresses for note in self._notes.get(each, ())),
            new=self._new,
            known=frozenset(self._known),
        )

    def _store_documents(self, result: "SourceResult") -> int:
        """Put a source's entries into the archive, learn from what is new, and return how many that are."""
        address = result.subscription.address
        documents = {document.id: document for document in result.documents}
        known = articles.known(self._connection, documents)
        before = _backlog_before(self._health.get(address), self._now)
        added = articles.add_articles(
            self._connection, documents.values(), origin=address, now=self._now, backlog_before=before
        )
        for id, document in documents.items():
            if id not in known:
                furniture.learn(self._connection, document, self._now)
        self._known |= known | result.seen
        self._new += added.new
        return added.new


def _backlog_before(health: Health | None, now: datetime) -> datetime:
    """Return the instant before which what a source brings is too old to be news.

    A run under a wrong clock, or a later --date, may have left instants that are still to come.
    """
    if health and health.succeeded_at:
        return min(health.succeeded_at, now) - PAST
    return min(health.first_seen if health else now, now) - BACKLOG
