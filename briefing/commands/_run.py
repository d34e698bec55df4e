"""A day's run and its rehearsal, from what the options say to what is told of it."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from briefing import daily
from briefing.archive import articles, sources
from briefing.archive._database import open_archive
from briefing.commands import _inputs, _mail, _print, _verdict
from briefing.commands._progress import Progress
from briefing.daily import Fetched, Reader
from briefing.errors import ConfigError

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from briefing.archive.sources import Health
    from briefing.config import Loaded
    from briefing.daily._feeds import Read, Seen
    from briefing.intake._sources import SourceResult
    from briefing.settings import Config
    from briefing.subscriptions import Subscription


class Plan(NamedTuple):
    """What a run is to do, checked as far as it can be before anything is read."""

    config: "Config"
    subscriptions: Sequence["Subscription"]
    readers: Sequence[Reader]
    progress: Progress
    force: bool
    send: bool
    verbose: bool
    trusted: bool = True  # whether the user chose the file of feeds; one that was found may name no private host


class Report(NamedTuple):
    """What is told of a run: a line a reader, what is missing, and the exit code."""

    lines: list[str]
    troubles: list[str]
    code: int


def run(plan: Plan) -> Report:
    """Do all that the day asks for."""
    with daily.alone(), open_archive() as connection:
        ended = _verdict.ended(connection, plan.config.profiles)
        day = daily.run(connection, plan.readers, _bringing(plan), _posting(plan), force=plan.force)
        lines = _lines(connection, plan, day)
    return _report(plan, day, lines, ended)


def fetch(loaded: "Loaded", subscriptions: Sequence["Subscription"], progress: Progress) -> Fetched:
    """Read the feeds into the archive."""
    config = loaded.config
    now = _inputs.instant(None, config.edition.timezone)
    with daily.alone(), open_archive() as connection:
        return daily.read_feeds(connection, subscriptions, _reading(config, now, progress, trusted=loaded.is_own), now)


def rehearse(plan: Plan) -> Report:
    """Return what a run would do, told at length; nothing is changed."""
    from briefing.commands._rehearsal import archive, described

    now = plan.readers[0].now
    read = _reading(plan.config, now, plan.progress, trusted=plan.trusted)
    with archive() as connection:
        ended = _verdict.ended(connection, plan.config.profiles)
        known, seen = sources.health(connection), partial(articles.known, connection)
        results = list(read(plan.subscriptions, known, seen))  # the network may take its time, no transaction may
        day = daily.rehearse(
            connection,
            plan.readers,
            lambda connection: daily.read_feeds(
                connection, plan.subscriptions, lambda *_: iter(results), now, step=lambda _: nullcontext()
            ),
            force=plan.force,
        )
        lines = [
            line
            for each in zip(_lines(connection, plan, day), plan.readers, day.published, strict=True)
            for line in described(*each)
        ]
    return _report(plan, day, lines, ended)


def _report(plan: Plan, day: daily.Day, lines: list[str], ended: Sequence[str]) -> Report:
    """Return what is told of a day, what has ended with it first."""
    troubles = [*ended, *_verdict.troubles(day)]
    return Report(lines, troubles, _verdict.code(day, plan.config.fetch.report_after))


def _lines(connection: "sqlite3.Connection", plan: Plan, day: daily.Day) -> list[str]:
    """Return the verdict on each reader's day."""
    today = {reader.profile: reader.now.date().isoformat() for reader in plan.readers}
    lines = (_verdict.line(connection, each, day.fetched, today[each.profile]) for each in day.published)
    return [line for line in lines if line]


def _bringing(plan: Plan) -> Callable[["sqlite3.Connection"], Fetched]:
    """Return what brings the feeds of a plan into the archive."""
    now = plan.readers[0].now
    read = _reading(plan.config, now, plan.progress, trusted=plan.trusted)
    return lambda connection: daily.read_feeds(connection, plan.subscriptions, read, now)


def _posting(plan: Plan) -> Callable[["sqlite3.Connection"], bool]:
    """Return what sends the mail that waits; where no mail is wanted, none does."""
    if not plan.send or not plan.config.mail.smtp:
        return lambda connection: True
    manner = _mail.Manner(quiet=not plan.verbose, aside=True)

    def post(connection: "sqlite3.Connection") -> bool:
        plan.progress.clear()
        return _mail.send_due(connection, plan.config.mail, plan.readers[0].clock, manner)

    return post


def subscribed(loaded: "Loaded") -> list["Subscription"]:
    """Return what is read every day; raise ConfigError that says how to begin where that is nothing."""
    from briefing import subscriptions

    found = subscriptions.load(subscriptions.feeds_path(loaded.path))
    if not found and not loaded.path:
        raise ConfigError("nothing is set up yet: `briefing init` does it, `briefing feeds add URL` adds a feed")
    if not found:
        raise ConfigError("no feeds yet: `briefing feeds add URL` adds one")
    if loaded.path and not loaded.is_own:
        _check_paths(found, loaded.path)
    return found


def _check_paths(found: Sequence["Subscription"], config_file: "Path") -> None:
    """Raise ConfigError for what lies outside the folder: a file that came from anybody might have it printed."""
    folder = os.path.realpath(config_file.parent)
    for each in found:
        if each.path and not f"{os.path.realpath(each.path)}/".startswith(f"{folder.rstrip('/')}/"):
            raise ConfigError(
                f"./feeds: {each.path} lies outside this folder, and ./{config_file} was only found here; "
                f"`--config {config_file}` allows it"
            )


def _reading(config: "Config", now: "datetime", progress: Progress, *, trusted: bool) -> "Read":
    """Return what reads the subscriptions that are due, and shows how far it is."""
    from briefing.intake._sources import Reading, read_sources

    def read(
        subscriptions: Sequence["Subscription"], known: Mapping[str, "Health"], seen: "Seen"
    ) -> Iterator["SourceResult"]:
        reading = Reading(
            limits=_inputs.limits(config),
            now=now,
            seen=seen,
            full_text={source.name: source.full_text for source in config.sources if source.full_text is not None},
            connections=config.fetch.connections,
            per_host=config.fetch.per_host,
            trusted=trusted,
        )
        total = _print.counted(len(subscriptions), "feed")
        progress.show(f"reading {total}")
        for number, result in enumerate(read_sources(subscriptions, known, reading), 1):
            progress.show(f"reading {total}: {number} done")
            yield result
        progress.show("making the briefing")

    return read
