"""Feeds taken out of the file and out of what the archive watches."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from briefing import subscriptions
from briefing.commands import _feeds_file, _print
from briefing.commands._feeds_file import Feed

if TYPE_CHECKING:
    from pathlib import Path


def remove(wanted: Sequence[str], path: "Path", *, quiet: bool) -> int:
    """Remove what is meant by each number, address or title, say so, and return the exit code."""
    feeds = _feeds_file.load(path)
    found = [_feeds_file.chosen(feeds, each) for each in wanted]  # before anything changes the numbers
    removed: dict[str, Feed] = {}
    for name, meant in zip(wanted, found, strict=True):
        if len(meant) == 1:
            removed[meant[0].subscription.address] = meant[0]
        elif meant:
            numbers = ", ".join(str(feed.number) for feed in meant)
            click.echo(f"{name}: is what {len(meant)} feeds are called; remove one by its number: {numbers}", err=True)
        elif not quiet:
            click.echo(f"{name}: no such feed; `briefing feeds list` shows them", err=True)
    for feed in removed.values():
        _remove(feed, path)
        if not quiet:
            click.echo(f"removed {_print.printable(feed.name) if feed.name else feed.shown}")
    return _code(found)


def _remove(feed: Feed, path: "Path") -> None:
    from briefing.archive import sources
    from briefing.archive._database import open_archive, transaction

    address = feed.subscription.address
    subscriptions.remove(path, address)
    if feed.health:
        with open_archive() as connection, transaction(connection):
            sources.forget(connection, address)


def _code(found: Sequence[Sequence[Feed]]) -> int:
    """Return the exit code: an ambiguous name is wrong usage, none found is 4, some missing is 3."""
    if all(len(meant) == 1 for meant in found):
        return 0
    if any(len(meant) == 1 for meant in found):
        return 3
    return 2 if any(found) else 4
