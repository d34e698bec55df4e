"""`briefing demo`: a briefing from the sample articles."""

from typing import Any

import click

from briefing.commands import _options, build
from briefing.parts import shipped

# The day after the newest sample, so that the demonstration is the same on every day.
SAMPLE_DATE = "2026-11-22"


@click.command()
@_options.target
@_options.quiet
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Make a briefing from the sample articles.

    They come with the program: invented events, told by several sources, with appeals, prompts and a copy among them.

    \b
    Example: briefing demo && briefing read
    """
    context.invoke(build.command, paths=(str(shipped("seeds")),), date=SAMPLE_DATE, **options)
