"""When an article was published, as numbers that can be compared; a bare date is that whole day."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from briefing.models import Article

NEVER = float("inf")
DAY = 86_400.0
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=65_536)
def span(published: str | None) -> tuple[float, float] | None:
    """Return the first and last second (since 1970, UTC) that a date can mean; None for no date or none that parses."""
    try:
        if not published:
            return None
        if len(published) == len("2026-11-22"):
            start = datetime.combine(date.fromisoformat(published), datetime.min.time(), UTC)
            return start.timestamp(), (start + timedelta(days=1)).timestamp()
        instant = seconds(datetime.fromisoformat(published))
        return instant, instant
    except (ValueError, OverflowError):
        return None


def order(article: Article) -> tuple[float, str, str]:
    """Return the sort key of articles: earliest first, the undated last, then by id, "part 2" before "part 10"."""
    dated = span(article.document.published)
    name = article.document.id
    return (dated[0] if dated else NEVER), _NUMBER.sub(_padded, name), name


def _padded(number: re.Match[str]) -> str:
    """Return a number as its places in the order of letters: a longer one is larger."""
    digits = number[0].lstrip("0")
    return f"{len(digits):04d}{digits}"


def gap(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """Return the seconds that certainly lie between two dates: 0 when they touch, or when one is unknown."""
    if one is None or other is None:
        return 0.0
    return max(0.0, one[0] - other[1], other[0] - one[1])


def seconds(moment: datetime) -> float:
    """Return the seconds since 1970; a time without a zone is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
