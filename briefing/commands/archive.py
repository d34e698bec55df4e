"""`briefing archive`: what has come in, looked after."""

import sys
from typing import TYPE_CHECKING

import click

from briefing.commands import _inputs, _options, _print

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.archive.upkeep import Fault, Survey
    from briefing.commands._archive_add import Meter, Reader
    from briefing.models import Document, Problem
    from briefing.settings import Config


@click.group()
def command() -> None:
    """Fill, prune, check and export the archive.

    It is one SQLite file in the platform's data folder. Its views `articles`, `issues`, `lines` and
    `fates` can be asked in SQL.

    \b
    Example: briefing archive info
    """


@command.command()
@_options.paths
@click.option("--from", "kind", metavar="KIND", help="What the inputs are: text, markdown, html, mail, mbox, jsonl.")
@_options.config
@_options.lenient
@_options.quiet
def add(paths: tuple[str, ...], kind: str | None, config_file: str | None, lenient: bool, quiet: bool) -> None:
    """Add articles of the past.

    PATH is what `briefing build` reads, in any amount: files, folders, mailboxes, `.jsonl.gz`. They are found by
    `search` and are never news. What the archive has is skipped, so a call that was interrupted is repeated. Exits with
    4 when there was nothing new.

    \b
    Example: briefing archive add 2019.jsonl.gz letters.mbox
    """
    from briefing.archive._database import open_archive
    from briefing.commands._archive_add import add_paths, told
    from briefing.commands._progress import Progress
    from briefing.errors import UsageError

    if not paths:
        raise UsageError("no PATH given; name files or folders, or `-` to read standard input")
    config = _inputs.load_config(config_file, quiet=quiet)
    now = _inputs.instant(None, config.edition.timezone)
    outcome = _inputs.Outcome(lenient=lenient, quiet=quiet)
    with open_archive() as connection, Progress(quiet=quiet) as progress:
        added = add_paths(connection, paths, _reader(config, kind), now, progress, outcome)
    if outcome.articles and not quiet:
        click.echo(told(added))
    if outcome.articles and not outcome.problems and not added.new and not added.updated:
        _inputs.leave(0 if lenient else 4)
    outcome.leave()


def _reader(config: "Config", kind: str | None) -> "Reader":
    """Return the function that reads one PATH; there is no limit to how many articles it may hold."""
    from msgspec.structs import replace

    from briefing import intake

    limits = replace(_inputs.limits(config), inputs=sys.maxsize)

    def read(path: str, watch: "Meter") -> "Iterator[Document | Problem]":
        return intake.read(
            [path], kind=kind, stdin=sys.stdin.buffer, limits=limits, beside=config.output.directory, watch=watch
        )

    return read


@command.command()
@_options.as_json
def info(as_json: bool) -> None:
    """Tell what is in the archive."""
    from briefing.archive._database import FILE_NAME, data_folder, open_archive
    from briefing.archive.upkeep import survey

    with open_archive() as connection:
        counts = survey(connection)
    file = data_folder() / FILE_NAME
    if as_json:
        _print.record({"file": str(file), **counts._asdict()})
        return
    _print.table([("file", str(file)), ("size", _size(counts.file_bytes)), *_rows(counts)])


def _rows(counts: "Survey") -> "Iterator[tuple[str, str]]":
    """Yield what is in the archive, a line a kind."""
    articles = f"{counts.articles:,}, with {_size(counts.text_bytes)} of text"
    if counts.backlog:
        articles += f"; {counts.backlog:,} of them backlog, which is never news"
    if counts.pruned:
        articles += f"; {counts.pruned:,} pruned to their facts"
    yield "articles", articles
    if counts.received_first and counts.received_last and counts.published_first:
        days = [each[:10] for each in (counts.published_first, counts.received_first, counts.received_last)]
        yield "days", f"the oldest of {days[0]}; received from {days[1]} to {days[2]}"
    failing = f", {counts.failing} failing" if counts.failing else ""
    yield "sources", f"{counts.sources} asked{failing}"
    yield "issues", f"{counts.issues}, the last of {counts.last_issue}" if counts.issues else "none yet"
    yield "outbox", f"{_print.counted(counts.waiting, 'message')} waiting or unknown" if counts.waiting else "empty"


def _size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count / 1e6:,.1f} MB" if count >= 999_500 else f"{count / 1e3:.0f} KB" if count >= 1000 else f"{count} B"


@command.command()
@click.option("--older", metavar="365d", required=True, help="Texts of articles that came in before that.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@_options.config
@_options.quiet
def prune(older: str, dry_run: bool, config_file: str | None, quiet: bool) -> None:
    """Drop the texts of old articles.

    Their facts stay, so that nothing old is ever new again, and what issues printed of them is still found. Articles of
    issues of the last 30 days stay whole, and so does what no issue has seen yet. The file shrinks; meanwhile it needs
    as much room again. Exits with 4 when there is nothing to drop.

    \b
    Example: briefing archive prune --older 365d --dry-run
    """
    from briefing.archive import upkeep
    from briefing.archive._database import open_archive
    from briefing.commands._progress import Progress
    from briefing.commands._since import span

    config = _inputs.load_config(config_file, quiet=True)
    now, age = _inputs.instant(None, config.edition.timezone), span(older, name="--older")
    with open_archive() as connection, Progress(quiet=quiet) as progress:
        going = upkeep.prunable(connection, age, now)
        if going.articles and not dry_run:
            for done in upkeep.prune(connection, age, now):
                progress.show(f"{done:,} of {going.articles:,} texts")
            progress.show("giving the room back")
            upkeep.shrink(connection)
    if not quiet:
        verb = "would go" if dry_run else "dropped"
        noun = "text" if going.articles == 1 else "texts"
        click.echo(f"{going.articles:,} {noun} {verb}, {_size(going.bytes)}")
    _inputs.leave(0 if going.articles else 4)


@command.command()
def export() -> None:
    """Print every article as JSON Lines.

    `briefing archive add` takes them back to the letter, as articles of the past. What was pruned is not among them;
    what is damaged is named, and the rest goes on.

    \b
    Example: briefing archive export | gzip > articles.jsonl.gz
    """
    from briefing.archive._database import open_archive
    from briefing.archive.upkeep import everything
    from briefing.models import fingerprint

    names = ("id", "title", "url", "source", "published", "language", "authors", "section")
    outcome = _inputs.Outcome()
    with open_archive() as connection:
        for document in outcome.watch(everything(connection)):
            facts = {name: getattr(document, name) for name in names}
            _print.record({**facts, "sha256": fingerprint(document.text), "text": document.text})
    outcome.leave()


@command.command()
@click.option("--repair", is_flag=True, help="Mend what is wrong: indexes are built anew, damaged texts taken out.")
@_options.quiet
def check(repair: bool, quiet: bool) -> None:
    """Check whether the archive is sound.

    The file, its rows, each text and the full-text index are read. Exits with 1 when something is wrong.

    \b
    Example: briefing archive check
    """
    from briefing.archive import upkeep
    from briefing.archive._database import open_archive
    from briefing.commands._progress import Progress

    with open_archive() as connection, Progress(quiet=quiet) as progress:
        faults = list(upkeep.check(connection, progress.show))
        if faults and repair:
            progress.show("repairing")
            upkeep.repair(connection)
            progress.clear()
            click.echo(f"{_print.counted(len(faults), 'fault')} found and repaired")
            faults = list(upkeep.check(connection, progress.show))
    for fault in faults:
        click.echo(fault.what)
    if faults:
        click.echo(f"briefing: {_advice(faults, repair)}", err=True)
    elif not quiet:
        click.echo("the archive is sound")
    _inputs.leave(1 if faults else 0)


def _advice(faults: "Sequence[Fault]", repair: bool) -> str:
    """Return what to do about faults."""
    if not repair and all(fault.is_repairable for fault in faults):
        return "`briefing archive check --repair` mends this"
    return (
        "save what can be read with `briefing archive export > FILE`, move the archive away (`briefing archive info` "
        "names it), and call `briefing archive add FILE`"
    )
