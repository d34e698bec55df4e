"""The file `feeds` as a list with numbers, and what the archive knows of how each feed does."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing import subscriptions
from briefing.commands._print import printable
from briefing.errors import UsageError
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
    def shown(self) -> str:
        """Its address as people may see it."""
        return shown(self.subscription.address)

    @property
    def places(self) -> set[str]:
        """Where it is read: its address, and where that has moved to for good."""
        moved_to = self.health.moved_to if self.health else None
        return {self.subscription.address, moved_to or self.subscription.address}


def load(path: "Path") -> list[Feed]:
    """Return the feeds of a file in its order, numbered from 1."""
    found = subscriptions.load(path)
    health: dict[str, Health] = {}
    arrivals: dict[str, Arrivals] = {}
    if found and _has_archive():
        from briefing.archive import sources
        from briefing.archive._database import open_archive

        with open_archive() as connection:
            health, arrivals = sources.health(connection), sources.arrivals(connection)
    return [
        Feed(number, each, health.get(each.address), arrivals.get(each.address)) for number, each in enumerate(found, 1)
    ]


def known(ids: Iterable[str]) -> set[str]:
    """Return those ids of articles that are in the archive."""
    if not _has_archive():
        return set()
    from briefing.archive import articles
    from briefing.archive._database import open_archive

    with open_archive() as connection:
        return articles.known(connection, ids)


def _has_archive() -> bool:
    """Tell whether there is an archive; what only asks need not make one."""
    from briefing.archive._database import FILE_NAME, data_folder

    return (data_folder() / FILE_NAME).is_file()


def chosen(feeds: Sequence[Feed], wanted: str) -> list[Feed]:
    """Return the feeds that are meant by a number, an address or a title."""
    if wanted.isdecimal():
        return [feed for feed in feeds if feed.number == int(wanted)]
    called = [feed for feed in feeds if feed.name and feed.name.casefold() == wanted.casefold()]
    return chosen_by_address(feeds, wanted) or called


def all_chosen(feeds: Sequence[Feed], wanted: Iterable[str]) -> list[Feed]:
    """Return the feeds that are meant by several names, in their order; raise UsageError for a name of none."""
    found: dict[int, Feed] = {}
    for name in wanted:
        meant = chosen(feeds, name)
        if not meant:
            raise UsageError(f"no feed {name!r}; `briefing feeds list` shows them")
        found |= {feed.number: feed for feed in meant}
    return [found[number] for number in sorted(found)]


def chosen_by_address(feeds: Sequence[Feed], address: str) -> list[Feed]:
    """Return the feeds at an address; where there is none, those at another spelling of it."""
    exact = [feed for feed in feeds if address in feed.places]
    wanted = same(address)
    return exact or [feed for feed in feeds if wanted in map(same, feed.places)]


def shown(address: str) -> str:
    """Return an address without the name and password in it."""
    return printable(subscriptions.without_login(address))


def code(*, done: int, known: int, failed: int) -> int:
    """Return the exit code of what was asked for: done, there already, or failed."""
    if failed:
        return 3 if done or known else 1
    return 0 if done else 4
