"""The subscriptions of a run: what is due is fetched, told apart, its teasers completed; results as they come in.

First all feeds are fetched at once, then all pages that complete them; a source whose entries need no page is handed
over as soon as it has answered. Nothing is stored here: how the sources do comes in as values, what they say goes out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._completing import Completing, complete
from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._feed_items import Item, Items, instant, read_items
from briefing.intake._feed_links import lasting
from briefing.intake._local import Seen, read_local
from briefing.intake._places import Limits
from briefing.intake._recognition import recognized
from briefing.intake._teaser import find_teasers
from briefing.intake._unpacking import unpacked
from briefing.models import Blob, Document, Problem, fingerprint
from briefing.subscriptions import Subscription

# Entries that are older when a feed is first read are nobody's news; their pages are not fetched.
_NEWS = timedelta(hours=24)
_DAY = 86_400  # seconds
_HEAD = 4096


class Known(Protocol):
    """What is known of a source: what its server said of its last version, and when it may be asked again."""

    @property
    def etag(self) -> str | None:
        """Its ETag."""

    @property
    def modified(self) -> str | None:
        """Its Last-Modified."""

    @property
    def moved_to(self) -> str | None:
        """Where it has moved to for good."""

    def is_due(self, now: datetime) -> bool:
        """Tell whether it may be asked now."""


class SourceResult(Struct, frozen=True, kw_only=True):
    """What came of one subscription.

    `unchanged` says that its server has nothing new (304), `error` why it could not be read; else `documents` are its
    entries that have a text, `entries`, `teasers` and `headlines` count all, those whose texts the feed cuts short, and
    those without one. `newest` is the last date in it, `title` its own, `seen` are the ids of teasers that have been
    read before: they are not among the documents. `problems` are worth a word beside those.
    """

    subscription: Subscription
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    unchanged: bool = False
    error: FetchError | None = None
    title: str | None = None
    entries: int = 0
    teasers: int = 0
    headlines: int = 0
    newest: str | None = None
    seen: frozenset[str] = frozenset()


class Reading(Struct, frozen=True, kw_only=True):
    """How sources are read.

    `now` is the instant of the run; without it everything is due, and everything is news. `seen` returns those of some
    ids that have been read before: they need no page and no second look. `full_text` says by a source's name, or its
    address, whether its texts are completed, where that is settled. Without `pages` none are; what is not `trusted`
    was not named by the user, and may not be on a private host.
    """

    limits: Limits = Limits()
    now: datetime | None = None
    seen: Seen = lambda ids: frozenset()
    full_text: Mapping[str, bool] = {}
    connections: int = 200
    per_host: int = 4
    pages: bool = True
    trusted: bool = True


_USUAL = Reading()


def read_sources(
    subscriptions: Iterable[Subscription], known: Mapping[str, Known], reading: Reading = _USUAL
) -> Iterator[SourceResult]:
    """Return what came of each subscription that is due, as it comes in; nothing is raised for one of them."""
    run = _Run(known, reading)
    due = [each for each in subscriptions if run.is_due(each)]
    waiting: dict[Completing, SourceResult] = {}
    for result, completing in run.fetched([each for each in due if not each.path]):
        if completing and completing.awaited:
            waiting[completing] = result
        else:
            yield _finished(result, completing) if reading.pages else _unfinished(result, completing)
    yield from (run.local(each) for each in due if each.path)
    pages = complete(list(waiting), reading.limits, connections=reading.connections, per_host=reading.per_host)
    yield from (_finished(waiting[completing], completing) for completing in pages)


class _Run:
    """What holds for all sources of a run."""

    def __init__(self, known: Mapping[str, Known], reading: Reading) -> None:
        self._known, self._reading = known, reading
        self._now, self._limits = reading.now, reading.limits

    def is_due(self, subscription: Subscription) -> bool:
        """Tell whether a source is to be read now."""
        known = self._known.get(subscription.address)
        return known is None or self._now is None or known.is_due(self._now)

    def fetched(self, subscriptions: Sequence[Subscription]) -> Iterator[tuple[SourceResult, Completing | None]]:
        """Return what came of each, with its entries where they are those of a feed."""
        from briefing.intake._fetch_many import fetch_many  # the network is a choice

        wanted: dict[Request, list[Subscription]] = defaultdict(list)
        for each in subscriptions:
            wanted[self._request(each)].append(each)
        reading = self._reading
        for request, outcome in fetch_many(
            wanted, self._limits, connections=reading.connections, per_host=reading.per_host
        ):
            yield from (self._told_apart(each, outcome) for each in wanted[request])

    def local(self, subscription: Subscription) -> SourceResult:
        """Return what lies on this machine."""
        path = subscription.path or ""
        result = SourceResult(subscription=subscription)
        try:
            found = list(read_local(path, self._now, self._limits, self._reading.seen))
        except (InputError, OSError) as error:
            reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            return replace(result, error=FetchError(reason))
        documents = [each for each in found if isinstance(each, Document)]
        problems = [each for each in found if isinstance(each, Problem)]
        return replace(
            result,
            documents=tuple(_named(each, subscription) for each in documents),
            problems=tuple(problems),
            entries=len(documents),
            newest=newest(documents),
        )

    def _request(self, subscription: Subscription) -> Request:
        known = self._known.get(subscription.address)
        url = subscription.page or subscription.address
        if known is None:
            return Request(url, subscribed=self._reading.trusted)
        url = lasting(url, known.moved_to)
        return Request(url, known.etag, known.modified, self._reading.trusted)

    def _told_apart(
        self, subscription: Subscription, outcome: Reply | FetchError
    ) -> tuple[SourceResult, Completing | None]:
        """Return the result of a source, its documents still to come where it is a feed."""
        if isinstance(outcome, FetchError):
            return SourceResult(subscription=subscription, error=outcome), None
        result = SourceResult(
            subscription=subscription,
            etag=outcome.etag,
            modified=outcome.modified,
            moved_to=outcome.moved_to,
            unchanged=outcome.blob is None,
        )
        if outcome.blob is None:
            return result, None
        try:
            blob = unpacked(outcome.blob, self._limits.input_bytes)
            if subscription.page:
                return replace(result, documents=(_page(blob, subscription),), entries=1), None
            return self._entries(result, read_items(replace(blob, section=subscription.section)))
        except InputError as error:
            return SourceResult(subscription=subscription, error=FetchError(str(error))), None
        except Exception as error:  # a parser's mistake on hostile bytes must not cost the other sources
            reason = f"cannot be read: {type(error).__name__}: {error}"
            return SourceResult(subscription=subscription, error=FetchError(reason)), None

    def _entries(self, result: SourceResult, feed: Items) -> tuple[SourceResult, Completing]:
        subscription = result.subscription
        items = [replace(item, document=_named(item.document, subscription)) for item in feed.items]
        names = (subscription.title, feed.title, subscription.address)
        settled = (self._reading.full_text.get(name) for name in names if name)
        teasers = find_teasers(items, next((each for each in settled if each is not None), None))
        seen = frozenset(self._reading.seen(teasers)) if teasers else frozenset()
        counted = replace(
            result,
            title=feed.title,
            entries=len(items),
            teasers=len(teasers),
            headlines=sum(not item.document.text for item in items),
            newest=newest(item.document for item in items),
            seen=seen,
        )
        return counted, Completing(items, self._wanted(result, items, teasers - seen), seen)

    def _wanted(self, result: SourceResult, items: Sequence[Item], teasers: Set[str]) -> Set[str]:
        """Return the teasers whose pages are fetched; of a new source those that are news."""
        if not self._reading.pages:
            return frozenset()
        if self._now is None or result.subscription.address in self._known:
            return teasers
        return teasers - {item.document.id for item in items if _is_older(item.document, self._now - _NEWS)}


def _page(blob: Blob, subscription: Subscription) -> Document:
    """Return a page as one article, a new one when its text has changed; raise InputError for none."""
    from briefing import parts

    kind = blob.kind or recognized(blob.data[:_HEAD])
    for found in parts.load("briefing.intake", kind, "kind of input").read(blob):
        if isinstance(found, Document):
            named = _named(found, subscription)
            return replace(named, id=f"{subscription.page}~{fingerprint(found.text)[:12]}", url=subscription.page)
        raise InputError(found.reason)
    raise InputError("no text in it")


def _named(document: Document, subscription: Subscription) -> Document:
    """Return a document under the name and the section that the user gave its source."""
    return replace(
        document,
        source=subscription.title or document.source,
        section=subscription.section or document.section,
    )


def newest(documents: Iterable[Document]) -> str | None:
    """Return the last of the documents' dates, as it is written."""
    dates = (document.published for document in documents if document.published)
    return max(dates, key=instant, default=None)


def _is_older(document: Document, moment: datetime) -> bool:
    """Tell whether an entry was published before a moment; of a bare day its end counts."""
    if not document.published:
        return False
    is_day = len(document.published) == len("2026-11-23")
    return instant(document.published) + is_day * _DAY < moment.timestamp()


def _unfinished(result: SourceResult, completing: Completing | None) -> SourceResult:
    """Return a result with the documents that need no page."""
    return replace(result, documents=completing.documents) if completing else result


def _finished(result: SourceResult, completing: Completing | None) -> SourceResult:
    """Return a result with its documents, and a word on pages that the user's configuration forbids."""
    if completing is None:
        return result
    if reason := completing.failure:
        return SourceResult(subscription=result.subscription, error=FetchError(reason))
    refused = [error for error in completing.errors if "private_hosts" in str(error)]
    name = result.subscription.title or result.title or result.subscription.name
    problems = (Problem(name, f"a linked page {refused[0]}"),) if refused else ()
    return replace(result, documents=completing.documents, problems=problems)
