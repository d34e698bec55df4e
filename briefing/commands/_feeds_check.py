"""The feeds asked now: which answer, what is new in them, and which have fallen silent, cut short or moved."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefing.commands import _feeds_file, _feeds_table, _inputs, _print
from briefing.commands._feeds_file import Feed
from briefing.commands._progress import Progress
from briefing.intake._look import Look, look_at_result
from briefing.models import Problem

if TYPE_CHECKING:
    from briefing.config import Loaded
    from briefing.intake._sources import SourceResult
    from briefing.settings import Config
    from briefing.subscriptions import Subscription

_HEADINGS = ("", "TITLE", "ENTRIES", "NEW", "NEWEST", "TEXTS", "")


class Checked(NamedTuple):
    """A feed, what came of asking it, how many of its articles are not in the archive, and how silent it is.

    `silent_days` are those since its newest entry where they are too many.
    """

    feed: Feed
    result: "SourceResult"
    look: Look
    new: int
    silent_days: int | None

    @property
    def name(self) -> str:
        """What the feed is called."""
        return self.feed.name or self.look.title or self.feed.shown


def ask(
    subscriptions: Sequence["Subscription"],
    config: "Config",
    now: datetime,
    progress: Progress,
    *,
    trusted: bool = True,
) -> "dict[str, SourceResult]":
    """Return what came of asking each subscription, by its address; all are asked at once, and no page of an entry.

    What is not `trusted` was not named by the user, and may not be on a private host.
    """
    from briefing.intake._sources import Reading, read_sources

    reading = Reading(
        limits=_inputs.limits(config),
        now=now,
        connections=config.fetch.connections,
        per_host=config.fetch.per_host,
        pages=False,
        trusted=trusted,
    )
    total = _print.counted(len(subscriptions), "feed")
    progress.show(f"asking {total}")
    found = {}
    for number, result in enumerate(read_sources(subscriptions, {}, reading), 1):
        found[result.subscription.address] = result
        progress.show(f"asking {total}: {number} done")
    progress.clear()
    return found


def check(feeds: Sequence[Feed], loaded: "Loaded", days: int, *, quiet: bool) -> list[Checked]:
    """Return what came of asking the feeds, in their order; one that says nothing for so many days is silent."""
    config = loaded.config
    now = _inputs.instant(None, config.edition.timezone)
    with Progress(quiet=quiet) as progress:
        results = ask([feed.subscription for feed in feeds], config, now, progress, trusted=loaded.is_own)
    known = _feeds_file.known(document.id for result in results.values() for document in result.documents)
    return [_checked(feed, results[feed.subscription.address], known, now, days) for feed in feeds]


def tell(checked: Sequence[Checked], *, as_json: bool, quiet: bool) -> int:
    """Print what was found, a line a feed in the order of the file, and return the exit code."""
    failed = sum(bool(each.result.error) for each in checked)
    if as_json:
        for each in checked:
            _print.record(record(each))
    else:
        _tell_lines(checked, quiet=quiet)
        if not quiet:
            click.echo(_summary(checked))
    return 0 if not failed else 1 if failed == len(checked) else 3


def record(checked: Checked) -> dict[str, Any]:
    """Return what was found as a program gets it; an unknown fact is null."""
    feed, result, look = checked.feed, checked.result, checked.look
    answered = not result.error
    return {
        "number": feed.number,
        "address": feed.subscription.address,
        "title": feed.name or look.title,
        "error": None if answered else str(result.error),
        "entries": look.entries if answered else None,
        "new": checked.new if answered else None,
        "newest": look.newest,
        "silent_days": checked.silent_days,
        "texts": look.texts,
        "teasers": look.teasers if answered else None,
        "headlines": look.headlines if answered else None,
        "moved_to": result.moved_to,
    }


def _checked(feed: Feed, result: "SourceResult", known: set[str], now: datetime, days: int) -> Checked:
    look = look_at_result(result)
    new = sum(document.id not in known for document in result.documents)
    return Checked(feed, result, look, new, look.silent_days(now, days))


def _tell_lines(checked: Sequence[Checked], *, quiet: bool) -> None:
    """Print the table; what failed stands at its place in it, but on stderr."""
    answered = [each for each in checked if not each.result.error]
    heading, *lines = _feeds_table.columns([_HEADINGS, *map(_row, answered)])
    line_of = dict(zip((each.feed.number for each in answered), lines, strict=True))
    if answered and not quiet:
        click.echo(_print.styled(heading, bold=True))
    outcome = _inputs.Outcome()
    for each in checked:
        if each.result.error:
            outcome.name(Problem(each.name, str(each.result.error)))
        elif not quiet:
            click.echo(line_of[each.feed.number])


def _row(checked: Checked) -> Sequence[str]:
    look = checked.look
    return (
        str(checked.feed.number),
        _feeds_table.cell(checked.name, _feeds_table.TITLE_COLUMNS),
        str(look.entries),
        str(checked.new),
        look.newest[:10] if look.newest else "-",
        look.texts or "-",
        "; ".join(_remarks(checked)),
    )


def _remarks(checked: Checked) -> Iterator[str]:
    """Yield what is out of order."""
    if checked.silent_days is not None:
        yield f"silent for {_print.counted(checked.silent_days, 'day')}"
    if checked.result.moved_to:
        yield f"has moved to {_print.printable(checked.result.moved_to)}"


def _summary(checked: Sequence[Checked]) -> str:
    """Return how the feeds do as a whole."""
    counts = {
        "failing": sum(bool(each.result.error) for each in checked),
        "silent": sum(each.silent_days is not None for each in checked),
        "moved": sum(bool(each.result.moved_to) for each in checked),
    }
    out_of_order = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f"{_print.counted(len(checked), 'feed')}: {out_of_order or 'all is well'}"
