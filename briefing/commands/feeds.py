"""`briefing feeds`: what is read every day."""

from typing import TYPE_CHECKING

import click

from briefing.commands import _inputs, _options, _print

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def command() -> None:
    """Add, remove, list and check the feeds.

    They are lines of the file `feeds` beside the configuration, in newsboat's syntax.

    \b
    Example: briefing feeds add https://example.org
    """


def _file(config_file: str | None, *, quiet: bool = False) -> "Path":
    """Return where the file `feeds` is."""
    from briefing import subscriptions

    return subscriptions.feeds_path(_inputs.load(config_file, quiet=quiet).path)


@command.command("list")
@_options.config
@_options.as_json
def show(config_file: str | None, as_json: bool) -> None:
    """List the feeds."""
    from briefing import subscriptions

    for number, each in enumerate(subscriptions.load(_file(config_file)), 1):
        if as_json:
            _print.record({"number": number, "address": each.address, "title": each.title, "tags": each.tags})
        else:
            click.echo(" ".join(filter(None, [str(number), each.section, each.title, each.address])))
