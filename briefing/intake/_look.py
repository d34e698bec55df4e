"""What a look at a source shows: how many entries, how new, how whole."""

from datetime import datetime

from msgspec import Struct

from briefing.intake._feed_items import Items, instant
from briefing.intake._sources import SourceResult, newest
from briefing.intake._teaser import find_teasers

_DAY = 86_400


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

    def silent_days(self, now: datetime, limit: int) -> int | None:
        """Return the days since the newest entry, where they reach the limit; None for less, or without a date."""
        days = int((now.timestamp() - instant(self.newest)) // _DAY) if self.newest else 0
        return days if days >= limit else None


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
