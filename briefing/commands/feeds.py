"""`briefing feeds`: what is read every day."""

from typing import TYPE_CHECKING, NoReturn

import click

from briefing.commands import _inputs, _options, _print

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.config import Loaded


@click.group()
def command() -> None:
    """Add, remove, list and check the feeds.

    They are lines of the file `feeds` beside the configuration, in newsboat's syntax: an address, tags of which the
    first is the section, "~a title".

    \b
    Example: briefing feeds add https://example.org
    """


_tags = click.option(
    "--tag", "tags", multiple=True, metavar="NAME", help="The section it stands in; repeated, a further tag."
)
_wanted = click.argument("wanted", metavar="URL|NUMBER|TITLE...", nargs=-1, required=True)


@command.command()
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@_tags
@click.option("--title", metavar="TEXT", help="What it is called in issues; else by itself.")
@_options.config
@_options.lenient
@_options.quiet
def add(
    addresses: tuple[str, ...],
    tags: tuple[str, ...],
    title: str | None,
    config_file: str | None,
    lenient: bool,
    quiet: bool,
) -> None:
    """Add a feed, or that of a page.

    URL is a feed, or a page that has one. `page:URL` reads the page itself as one article; a path adds what lies on
    this machine: a folder, a file, a mailbox or a maildir. Exits with 4 when it was there already.

    \b
    Example: briefing feeds add https://example.org --tag world
    """
    from briefing.commands import _feeds_add
    from briefing.errors import UsageError

    if title and len(addresses) > 1:
        raise UsageError("--title names one feed; add the others by calls of their own")
    loaded = _inputs.load(config_file, quiet=quiet)
    adding = _feeds_add.Adding(_path(loaded), tags, title, loaded.config)
    _leave(_feeds_add.add(addresses, adding, quiet=quiet), lenient)


@command.command()
@_wanted
@_options.config
@_options.lenient
@_options.quiet
def remove(wanted: tuple[str, ...], config_file: str | None, lenient: bool, quiet: bool) -> None:
    """Remove a feed.

    `list` shows the numbers. What it brought stays in the archive. Exits with 4 when there is no such feed.

    \b
    Example: briefing feeds remove 3
    """
    from briefing.commands import _feeds_remove

    _leave(_feeds_remove.remove(wanted, _path(_inputs.load(config_file, quiet=quiet)), quiet=quiet), lenient)


@command.command("list")
@_options.config
@_options.as_json
def show(config_file: str | None, as_json: bool) -> None:
    """List the feeds, and how they do.

    NEWEST is the day of the last article, READ that of the last answer. Nothing is fetched; `check` does.
    """
    from zoneinfo import ZoneInfo

    from briefing.commands import _feeds_file, _feeds_table

    loaded = _inputs.load(config_file)
    feeds = _feeds_file.load(_path(loaded))
    if not feeds:
        _none_yet(quiet=False)
    if as_json:
        for feed in feeds:
            _print.record(_feeds_table.record(feed))
    else:
        for line in _feeds_table.lines(feeds, ZoneInfo(loaded.config.edition.timezone)):
            click.echo(line)


@command.command("import")
@click.argument("source", metavar="FILE|URL|-")
@_tags
@click.option("--check", is_flag=True, help="Ask each feed first, and leave out what does not answer.")
@_options.config
@_options.lenient
@_options.quiet
def import_(
    source: str, tags: tuple[str, ...], check: bool, config_file: str | None, lenient: bool, quiet: bool
) -> None:
    """Add the feeds of a list.

    The list may be OPML, lines of addresses such as newsboat's `urls`, or goosepaper's configuration; what it is tells
    by itself. Folders become tags, the outermost the section. Exits with 4 when all were there already.

    \b
    Example: briefing feeds import subscriptions.opml
    """
    from briefing.commands import _feeds_import

    loaded = _inputs.load(config_file, quiet=quiet)
    importing = _feeds_import.Importing(_path(loaded), tags, loaded.config, check, quiet)
    _leave(_feeds_import.bring_in(source, importing), lenient)


@command.command()
@click.option("--plain", is_flag=True, help="As lines of the file `feeds`, which newsboat reads, too.")
@click.option("-o", "--output", metavar="FILE|-", default="-", help="Where to; stdout when not given.")
@_options.config
@_options.lenient
@_options.quiet
def export(plain: bool, output: str, config_file: str | None, lenient: bool, quiet: bool) -> None:
    """Print the feeds as OPML.

    Other readers take it. Pages and what lies on this machine are no feeds: they are named, and left out (3).

    \b
    Example: briefing feeds export --output feeds.opml
    """
    from briefing.commands import _feeds_import
    from briefing.renderers import _labels

    loaded = _inputs.load(config_file, quiet=quiet)
    edition = loaded.config.edition
    title = edition.title or _labels.load(edition.labels or _labels.DEFAULT).title
    code = _feeds_import.give_out(_path(loaded), title, output, plain=plain, quiet=quiet)
    _leave(code, lenient)


@command.command()
@click.argument("wanted", metavar="[URL|NUMBER|TITLE]...", nargs=-1)
@click.option(
    "--silent",
    type=click.IntRange(min=1),
    default=60,
    metavar="DAYS",
    help="Tell which have had nothing for so many days (60).",
)
@_options.config
@_options.as_json
@_options.lenient
@_options.quiet
def check(
    wanted: tuple[str, ...], silent: int, config_file: str | None, as_json: bool, lenient: bool, quiet: bool
) -> None:
    """Ask the feeds how they do.

    Tells of each, or of those that are named, how many entries it has, how many are NEW to the archive, the day of the
    newest, and whether the texts are whole. Nothing is kept. Exits with 3 when some fail, with 1 when all do.

    \b
    Example: briefing feeds check --silent 30
    """
    from briefing.commands import _feeds_check, _feeds_file

    loaded = _inputs.load(config_file, quiet=quiet)
    feeds = _feeds_file.load(_path(loaded))
    chosen = _feeds_file.all_chosen(feeds, wanted) if wanted else feeds
    if not feeds:
        _none_yet(quiet)
    checked = _feeds_check.check(chosen, loaded, silent, quiet=quiet)
    _leave(_feeds_check.tell(checked, as_json=as_json, quiet=quiet), lenient)


def _none_yet(quiet: bool) -> NoReturn:
    """Say that there are no feeds, and end the command."""
    if not quiet:
        click.echo("briefing: no feeds yet: `briefing feeds add URL` adds one", err=True)
    _inputs.leave(4)


def _path(loaded: "Loaded") -> "Path":
    """Return where the file `feeds` is."""
    from briefing import subscriptions

    return subscriptions.feeds_path(loaded.path)


def _leave(code: int, lenient: bool) -> None:
    """End the command."""
    _inputs.leave(0 if lenient and code in (3, 4) else code)
