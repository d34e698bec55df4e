"""`briefing run`: the whole day."""

from typing import Any

import click

from briefing.commands import _inputs, _options, _readers, _run
from briefing.commands._progress import Progress


@click.command()
@_options.todays_issue
@_options.todays_target
@click.option("--profile", metavar="NAME", help="Make the issue of this reader alone; without it those of all.")
@click.option("--force", is_flag=True, help="Make the day's issue anew, though nothing is new or a later day has one.")
@click.option("--no-send", is_flag=True, help="Mail nothing.")
@click.option("--dry-run", is_flag=True, help="Show what would be printed, written and sent; change nothing.")
@_options.config
@_options.lenient
@_options.quiet
@_options.verbose
def command(
    profile: str | None,
    force: bool,
    no_send: bool,
    dry_run: bool,
    config_file: str | None,
    lenient: bool,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Read the feeds, make today's briefing, and mail it.

    The issue has what arrived since the last one, and is made, written and mailed once: the next run finishes what a
    crash left, and catches up days without one. The same day again changes nothing unless there is news. A feed that
    fails is named at once; the exit code says so from the third run in a row.

    \b
    Example: briefing run --minutes 5
    """
    if verbose:
        _inputs.log()
    loaded = _inputs.load(config_file, quiet=quiet)
    subscriptions = _run.subscribed(loaded)
    with Progress(quiet=quiet) as progress:
        readers = _readers.readers(loaded.config, profile, options, progress, send=not no_send)
        plan = _run.Plan(loaded.config, subscriptions, readers, progress, force, not no_send, verbose, loaded.is_own)
        report = _run.rehearse(plan) if dry_run else _run.run(plan)
    code = 0 if lenient and report.code in (3, 4) else report.code
    # Who asked for quiet is told where something is wrong, and then everything.
    if not quiet or code not in (0, 4):
        for trouble in report.troubles:
            click.echo(trouble, err=True)
    if not quiet:
        for line in report.lines:
            click.echo(line)
    _inputs.leave(code)
