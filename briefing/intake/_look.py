"""What a look at a source shows: how many entries, how new, how whole."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from briefing.intake._feed_items import Items, instant
from briefing.intake._sources import SourceResult, newest
from briefing.intake._teaser import find_teasers


class Look(Struct, frozen=True, kw_only=True):
    """What there is to see of a source.

    Of its entries so many are `teasers`, cut short, and of these so many `headlines`, without any text; `newest` is the
    latest date of one.
    """

    title: str | None
    entries: int
    newest: str | None
    teasers: int = 0
    headlines: int = 0

    @property
    def texts(self) -> str | None:
        """What most entries have: "full text", "teasers" or "headlines"; None where there is no entry."""
        if not self.entries:
            return None
        if 2 * self.headlines > self.entries:
            return "headlines"
        return "teasers" if 2 * self.teasers > self.entries else "full text"

    def age(self, now: datetime) -> timedelta | None:
        """Return how old the newest entry is, one of a later date being new; None where no entry has a date."""
        return timedelta(seconds=max(0.0, now.timestamp() - instant(self.newest))) if self.newest else None

    def is_silent(self, now: datetime, days: int) -> bool:
        """Tell whether nothing has come for so many days."""
        age = self.age(now)
        return age is not None and age >= timedelta(days=days)


def lasting(address: str, moved_to: str | None) -> str:
    """Return the address to keep: where it has moved to, but for one with a login, which a redirect does not repeat."""
    return address if "@" in urlsplit(address).netloc else moved_to or address


def look_at_items(feed: Items) -> Look:
    """Return what the entries of a feed show."""
    documents = [item.document for item in feed.items]
    return Look(
        title=feed.title,
        entries=len(documents),
        newest=newest(documents),
        teasers=len(find_teasers(feed.items, None)),
        headlines=sum(not document.text for document in documents),
    )


def look_at_result(result: SourceResult) -> Look:
    """Return what the reading of a source has shown."""
    documents = result.documents
    return Look(
        title=documents[0].title if result.subscription.page and documents else result.title,
        entries=result.entries,
        newest=result.newest or newest(documents),
        teasers=result.teasers,
        headlines=result.headlines,
    )
