"""`briefing read`: an issue in the terminal."""

import os
import shutil
import sys

import click

from briefing import renderers
from briefing.commands import _issue, _options, _print
from briefing.models import Briefing


@click.command(context_settings={"ignore_unknown_options": True})  # -1 is an issue
@click.argument("issue", metavar="[DATE|FILE]", default="latest")
@click.option("--no-pager", is_flag=True, help="Print to the terminal even when the issue is longer than the screen.")
@_options.profile
@_options.config
def command(issue: str, no_pager: bool, profile: str | None, config_file: str | None) -> None:
    """Read a briefing in the terminal.

    ISSUE is a file, a date, `yesterday`, `-1` (the day before the newest), or nothing for the newest. In a pipe it is
    plain text with the addresses written out.

    \b
    Example: briefing read yesterday
    """
    show(_issue.named(issue, config_file, profile), pager=not no_pager)


def show(briefing: Briefing, *, pager: bool) -> None:
    """Print an issue: styled on a terminal, through the pager when it is longer than the screen; plain in a pipe."""
    from briefing.renderers import _terminal

    if not sys.stdout.isatty():
        sys.stdout.buffer.write(renderers.render(briefing, "txt"))
        return
    text = _terminal.styled(briefing, _print.width(), color=_print.colored(), hyperlinks=_print.colored())
    lines = shutil.get_terminal_size((80, 24)).lines
    if pager and text.count("\n") >= lines:
        os.environ.setdefault("LESS", "-FRX")
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)
