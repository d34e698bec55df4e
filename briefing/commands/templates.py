"""`briefing templates`: the looks that a briefing can have."""

import click

from briefing.commands import _options, _print


@click.group(invoke_without_command=True)
@_options.as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List or copy the templates.

    \b
    Example: briefing templates copy daily mine/ && briefing build seeds/ --template mine/
    """
    if context.invoked_subcommand is not None:
        return
    from briefing.renderers import _templates

    rows = [(name, _templates.describe(name)) for name in _templates.template_names()]
    if as_json:
        for name, description in rows:
            _print.record({"name": name, "description": description})
    else:
        _print.table(rows)


@command.command("copy")
@click.argument("name")
@click.argument("directory", metavar="DIR")
def copy(name: str, directory: str) -> None:
    """Copy a template into a new folder, as a start for one of your own."""
    from briefing.renderers import _templates

    for file in _templates.copy_template(name, directory):
        click.echo(str(file))
