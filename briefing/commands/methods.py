"""`briefing methods`: the ways to choose sentences."""

import click

from briefing.commands import _options, _print


@click.command()
@_options.as_json
def command(as_json: bool) -> None:
    """List the ways to choose sentences.

    `briefing` is the default; the names of the literature are our own fast versions; `sumy:NAME` is sumy itself.

    \b
    Example: briefing summarize article.txt --method lex-rank
    """
    from briefing import summarizers

    rows = [(name, summarizers.describe(name)) for name in summarizers.names()]
    if as_json:
        for name, description in rows:
            _print.record({"name": name, "description": description})
    else:
        _print.table(rows)
