"""Spans of time as options give them: `24h`, `7d`, `2w`, or the day or instant from which on."""

import re
from datetime import datetime, timedelta

from briefing.errors import UsageError

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def since(option: str, now: datetime, *, name: str = "--since") -> datetime:
    """Return the instant that an option names, in the time zone of `now`; a bare day begins at midnight there."""
    ago = _span(option)
    try:
        if ago is not None:
            return now - ago
        moment = datetime.fromisoformat(option)
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    except (ValueError, OverflowError):
        raise UsageError(f"{name} {option!r}: give hours, days or weeks (24h, 7d, 2w) or a date (2026-11-22)") from None


def span(option: str, *, name: str) -> timedelta:
    """Return the span of time that an option names."""
    ago = _span(option)
    if ago is None:
        raise UsageError(f"{name} {option!r}: give hours, days or weeks, such as 24h, 365d or 52w")
    return ago


def _span(option: str) -> timedelta | None:
    """Return a number with its unit as a span of time; None for anything else. The longest is that of all dates."""
    found = re.fullmatch(r"\s*([0-9]{1,7})\s*([hdw])\s*", option, re.IGNORECASE)
    if not found:
        return None
    days = timedelta(**{_UNITS[found[2].lower()]: int(found[1])})
    return min(days, timedelta(days=365_000))
