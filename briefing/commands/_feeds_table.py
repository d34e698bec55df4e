"""The list of feeds as a table and as records."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from briefing.commands import _print
from briefing.commands._feeds_file import Feed
from briefing.renderers._columns import width

_HEADINGS = ("", "SECTION", "TITLE", "NEWEST", "READ", "ADDRESS")
TITLE_COLUMNS, _SECTION_COLUMNS = 28, 14


def lines(feeds: Sequence[Feed], zone: tzinfo) -> Iterator[str]:
    """Yield a line a feed, its days those of a time zone, and one more for each that fails or has moved."""
    heading, *rows = columns([_HEADINGS, *(_row(feed, zone) for feed in feeds)])
    yield _print.styled(heading, bold=True)
    for feed, row in zip(feeds, rows, strict=True):
        yield row
        yield from (f"{'':{len(str(len(feeds)))}}  {_print.styled(note, dim=True)}" for note in _notes(feed))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of cells as lines, each column as wide as its widest cell; the first is set to the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_set(row, widths)).rstrip() for row in rows]


def cell(text: str | None, columns: int) -> str:
    """Return text from outside on so many columns at the most; "-" for none."""
    return _print.shortened(_print.printable(text or "-"), columns)


def record(feed: Feed) -> dict[str, Any]:
    """Return a feed as a program gets it; an unknown fact is null."""
    subscription, health = feed.subscription, feed.health
    facts = ("checked_at", "succeeded_at", "failures", "error", "due_at", "moved_to", "entries")
    return {
        "number": feed.number,
        "address": subscription.address,
        "title": feed.name,
        "section": subscription.section,
        "tags": subscription.tags,
        "newest": feed.arrivals and feed.arrivals.newest,
        **{name: getattr(health, name) if health else None for name in facts},
    }


def _set(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for number, (cell, columns) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (columns - width(cell))
        yield f"{blanks}{cell}" if number == 0 else f"{cell}{blanks}"


def _row(feed: Feed, zone: tzinfo) -> Sequence[str]:
    subscription, health = feed.subscription, feed.health
    return (
        str(feed.number),
        cell(subscription.section, _SECTION_COLUMNS),
        cell(feed.name, TITLE_COLUMNS),
        _day(feed.arrivals.newest if feed.arrivals else None, zone, "-"),
        _day(health.succeeded_at if health else None, zone, "never"),
        feed.shown,
    )


def _day(moment: datetime | None, zone: tzinfo, otherwise: str) -> str:
    return moment.astimezone(zone).date().isoformat() if moment else otherwise


def _notes(feed: Feed) -> Iterator[str]:
    """Yield what is out of order."""
    health = feed.health
    if health and health.failures:
        runs = _print.counted(health.failures, "run")
        yield _print.shortened(f"failing for {runs}: {_print.printable(health.error or '')}", 200)
    if health and health.moved_to:
        yield f"has moved to {_print.printable(health.moved_to)}"
