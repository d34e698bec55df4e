"""`briefing config`: the configuration in force."""

import re
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from briefing.commands import _inputs, _options, _print


@click.group()
def command() -> None:
    """Show the configuration in force.

    \b
    Example: briefing config show
    """


@command.command()
@_options.config
@click.option("--profile", metavar="NAME", help="As this reader sees it.")
@_options.as_json
def show(config_file: str | None, profile: str | None, as_json: bool) -> None:
    """Print every key with the value in force, as TOML that briefing.toml may hold."""
    config = _inputs.load_config(config_file, profile, quiet=True)
    if profile:
        config = msgspec.structs.replace(config, profiles={})  # whose settings they are now
    if as_json:
        _print.record(config)
    else:
        click.echo("\n".join(_toml(msgspec.to_builtins(config))))


def _toml(table: dict[str, Any], place: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of a table, values first, then its tables; a key that is not set stands as a comment.

    Strings and lists are written as JSON, which TOML reads the same.
    """
    for key, value in table.items():
        if value is None:
            yield f"# {key} is not set"
        elif not _is_table(value):
            yield f"{key} = {msgspec.json.encode(value).decode()}"
    for key, value in table.items():
        if _is_table(value):
            name = ".".join(map(_toml_key, [*place, key]))
            for each in [value] if isinstance(value, dict) else value:
                yield from ("", f"[{name}]" if isinstance(value, dict) else f"[[{name}]]")
                yield from _toml(each, (*place, key))


def _toml_key(key: str) -> str:
    """Return a key as TOML wants it: bare where it may be, else quoted."""
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else msgspec.json.encode(key).decode()


def _is_table(value: object) -> bool:
    """Tell a table, or a list of tables, from a plain value."""
    return isinstance(value, dict) or (isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict))
