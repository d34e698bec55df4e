"""`briefing fetch`: the feeds into the archive, and nothing else."""

import click

from briefing.commands import _inputs, _options, _run, _verdict
from briefing.commands._progress import Progress


@click.command()
@_options.config
@_options.lenient
@_options.quiet
@_options.verbose
def command(config_file: str | None, lenient: bool, quiet: bool, verbose: bool) -> None:
    """Read the feeds into the archive.

    What is new waits for the next `briefing run`. Call it more often than that where feeds are short: an entry that has
    left its feed before anybody read it is lost.

    \b
    Example: briefing fetch -q
    """
    if verbose:
        _inputs.log()
    loaded = _inputs.load(config_file, quiet=quiet)
    subscriptions = _run.subscribed(loaded)
    with Progress(quiet=quiet) as progress:
        fetched = _run.fetch(loaded, subscriptions, progress)
    code = _verdict.code_of_feeds(fetched, loaded.config.fetch.report_after)
    code = 0 if lenient and code in (3, 4) else code
    if not quiet or code not in (0, 4):
        for problem in fetched.problems:
            click.echo(f"{problem.input}: {problem.reason}", err=True)
    if not quiet:
        click.echo(_verdict.feeds(fetched))
    _inputs.leave(code)
