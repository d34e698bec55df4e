"""`briefing render`: a stored briefing in another format or look."""

from typing import Any

import click

from briefing.commands import _inputs, _issue, _options


@click.command()
@click.argument("file", metavar="FILE.json")
@_options.target
@_options.config
@_options.quiet
def command(file: str, config_file: str | None, quiet: bool, **options: Any) -> None:
    """Render a stored briefing in another format.

    \b
    Example: briefing render out/latest.json --template brief --output monday.pdf
    """
    outcome = _inputs.Outcome(quiet=quiet)
    config = _inputs.load_config(config_file, quiet=quiet)
    target = _issue.Target.given(options, config.edition)
    formats = _issue.chosen_formats(target, config.edition.formats)
    briefing = _issue.load(file)
    outcome.articles = len(briefing.articles)
    _issue.write(briefing, target, formats, config.output.directory, outcome, quiet=quiet)
    outcome.leave()
