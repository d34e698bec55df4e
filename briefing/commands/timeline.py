"""`briefing timeline`: one story's dated sentences."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from briefing.commands import _inputs, _issue, _options, _print
from briefing.models import Briefing


@click.command()
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
@click.option(
    "--in",
    "places",
    multiple=True,
    metavar="FILE|DIR",
    help="The issues to look in, if not all in the output folder and the archive.",
)
@_options.config
@_options.as_json
def command(query: tuple[str, ...], places: tuple[str, ...], config_file: str | None, as_json: bool) -> None:
    """Show one story's dated sentences over several issues.

    QUERY is a story's id, or words that stand in what was printed of it. The id behind each sentence is what `briefing
    trace` finds it by. Exits with 4 when nothing is found.

    \b
    Example: briefing timeline ferry
    """
    from briefing.stories.timeline import timeline

    config = _inputs.load_config(config_file, quiet=True)
    # Of an issue that is in both, the file comes first: `trace` reads that one, too.
    issues = dict(_stored(places or (config.output.directory,)))
    if not places:
        issues = dict(_archived()) | issues
    moments = timeline(issues, " ".join(query))
    for moment in moments:
        if as_json:
            _print.record(moment._asdict())
            continue
        outlet = moment.facts.source or moment.facts.path or moment.article
        click.echo(_print.styled(f"{moment.date[:10]}  {_print.printable(outlet)}  [{moment.id}]", dim=True))
        click.echo(_print.paragraph(moment.text, "  "))
    if not moments:
        click.echo(f"briefing: nothing found in {_print.counted(len(issues), 'issue')}", err=True)
        _inputs.leave(4)


def _stored(places: Iterable[str]) -> Iterator[tuple[str, Briefing]]:
    """Yield the issues that files name, and all of folders, each under the name by which `trace` finds it."""
    for place in map(Path, places):
        for file in sorted(place.glob("*-????-??-??.json")) if place.is_dir() else [place]:
            briefing = _issue.load(str(file))
            name, is_dated, _ = file.stem.rpartition(f"-{briefing.date}")
            yield _name(name if is_dated and name != _issue.NAME else "", briefing), briefing


def _archived() -> Iterator[tuple[str, Briefing]]:
    """Yield the issues of the archive, also those whose files are gone, under their names."""
    from briefing.archive import issues
    from briefing.archive._database import FILE_NAME, data_folder, open_archive

    if (data_folder() / FILE_NAME).exists():
        with open_archive() as connection:
            for row in connection.execute("SELECT number, profile FROM issues ORDER BY date").fetchall():
                briefing = issues.briefing_of(connection, issues.get(connection, row["number"]))
                yield _name(row["profile"], briefing), briefing


def _name(reader: str, briefing: Briefing) -> str:
    """Return how an issue is called: by its day, or by its reader (or its files' name) and its day."""
    return f"{reader}/{briefing.date}" if reader else briefing.date
