"""What a PATH only names: the entries of a feed at an address, of the feeds of a list, all of them, read now."""

from collections.abc import Iterator, Sequence

from briefing.errors import InputError
from briefing.intake._completing import Completing, complete
from briefing.intake._feed_items import read_items
from briefing.intake._places import Limits
from briefing.intake._sources import Reading, read_sources
from briefing.intake._teaser import find_teasers
from briefing.models import Blob, Document, Problem
from briefing.subscriptions import Subscription, without_login


def read_feed(blob: Blob, limits: Limits) -> Iterator[Document | Problem]:
    """Return the entries of a feed that was fetched by its address, teasers completed; raise InputError for no feed."""
    items = read_items(blob).items
    completing = Completing(items, find_teasers(items, None))
    for _ in complete([completing], limits):
        pass
    if reason := completing.failure:
        raise InputError(reason)
    yield from completing.documents


def read_all(subscriptions: Sequence[Subscription], limits: Limits, *, trusted: bool) -> Iterator[Document | Problem]:
    """Return the entries of several sources as they come in, and a Problem for each that failed."""
    for result in read_sources(subscriptions, {}, Reading(limits=limits, trusted=trusted)):
        if result.error:
            yield Problem(without_login(result.subscription.address), str(result.error))
        yield from result.documents
        yield from result.problems
