"""The file `feeds` as a list with numbers, and what the archive knows of how each feed does."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing import subscriptions
from briefing.intake._feed_links import same
from briefing.subscriptions import Subscription

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.archive.sources import Arrivals, Health


class Feed(NamedTuple):
    """A subscription, its number, and what the archive knows of it."""

    number: int
    subscription: Subscription
    health: "Health | None" = None
    arrivals: "Arrivals | None" = None

    @property
    def name(self) -> str | None:
        """What it is called: by the user, else by itself."""
        return self.subscription.title or (self.arrivals.source if self.arrivals else None)

    @property
    def places(self) -> set[str]:
        """Where it is read: its address, and where that has moved to for good."""
        moved_to = self.health.moved_to if self.health else None
        return {self.subscription.address, moved_to or self.subscription.address}


def load(path: "Path") -> list[Feed]:
    """Return the feeds of a file in its order, numbered from 1."""
    from briefing.archive._database import FILE_NAME, data_folder, open_archive

    found = subscriptions.load(path)
    if not found or not (data_folder() / FILE_NAME).is_file():
        return [Feed(number, each) for number, each in enumerate(found, 1)]
    from briefing.archive import sources

    with open_archive() as connection:
        health, arrivals = sources.health(connection), sources.arrivals(connection)
    return [
        Feed(number, each, health.get(each.address), arrivals.get(each.address)) for number, each in enumerate(found, 1)
    ]


def chosen(feeds: Sequence[Feed], wanted: str) -> list[Feed]:
    """Return the feeds that are meant by a number, an address or a title."""
    if wanted.isdecimal():
        return [feed for feed in feeds if feed.number == int(wanted)]
    called = [feed for feed in feeds if feed.name and feed.name.casefold() == wanted.casefold()]
    return chosen_by_address(feeds, wanted) or called


def chosen_by_address(feeds: Sequence[Feed], address: str) -> list[Feed]:
    """Return the feeds at an address; where there is none, those at another spelling of it."""
    exact = [feed for feed in feeds if address in feed.places]
    return exact or [feed for feed in feeds if same(address) in map(same, feed.places)]
