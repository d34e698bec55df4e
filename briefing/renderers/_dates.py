"""Dates in words, from the label tables: the locale module needs what a bare machine lacks."""

import datetime

from briefing.renderers._labels import Labels

CATCH_UP_DAYS = 2  # an issue of this morning that goes back to yesterday's is the usual one


def parse(value: str | None) -> datetime.datetime | datetime.date | None:
    """Return an RFC 3339 instant or a bare date; None for what is neither."""
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value) if len(value) <= 10 else datetime.datetime.fromisoformat(value)
    except ValueError:
        return None


def full(date: str, labels: Labels) -> str:
    """Return an issue's day in words, such as `Sunday, 22 November 2026`; what is no date comes back as it is."""
    day = parse(date)
    words = _fill(labels.full_date, day, labels) if day else date
    return words[:1].upper() + words[1:]


def moment(value: str | None, issue: str, offset: datetime.tzinfo | None, labels: Labels) -> str:
    """Return when an article was published, as short as the issue's day allows: `06:30`, `21 November, 18:05`.

    The clock is the edition's where its offset is known, so that the times of one page can be compared.
    """
    instant = parse(value)
    if instant is None:
        return ""
    if not isinstance(instant, datetime.datetime):
        return _day(instant, issue, labels)
    if offset is not None and instant.tzinfo is not None:
        instant = instant.astimezone(offset)
    time = f"{instant:%H:%M}"
    if instant.date().isoformat() == issue:
        return time
    return labels.day_and_time.replace("{date}", _day(instant, issue, labels)).replace("{time}", time)


def since(value: str | None, issue: str, offset: datetime.tzinfo | None, labels: Labels) -> str:
    """Return since which day an issue covers the news (`Since 18 November`), where that is more than the day before."""
    instant, day = parse(value), parse(issue)
    if instant is None or day is None:
        return ""
    if isinstance(instant, datetime.datetime):
        instant = (instant.astimezone(offset) if offset is not None and instant.tzinfo is not None else instant).date()
    if day.toordinal() - instant.toordinal() < CATCH_UP_DAYS:
        return ""
    return _fill(labels.catch_up.replace("{date}", _day(instant, issue, labels)), instant, labels)


def offset_of(value: str | None) -> datetime.tzinfo | None:
    """Return the offset from UTC that an instant is written with, None for a bare date."""
    instant = parse(value)
    return instant.tzinfo if isinstance(instant, datetime.datetime) else None


def ordinal(date: str) -> int:
    """Return the number of a day (YYYY-MM-DD), so that days can be subtracted."""
    return datetime.date.fromisoformat(date).toordinal()


def _day(day: datetime.date, issue: str, labels: Labels) -> str:
    """Return a day in words, with the year where it is not the issue's."""
    return _fill(labels.day if f"{day.year:04}" == issue[:4] else labels.day_of_year, day, labels)


def _fill(pattern: str, day: datetime.date, labels: Labels) -> str:
    """Return the pattern with the parts of a date in it."""
    parts = {
        "{weekday}": labels.weekdays[day.weekday()],
        "{day}": str(day.day),
        "{month}": labels.months[day.month - 1],
        "{year}": f"{day.year:04}",
    }
    for name, value in parts.items():
        pattern = pattern.replace(name, value)
    return pattern
