"""`briefing timeline`: one story's dated sentences."""

from collections.abc import Iterator
from datetime import date

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

    QUERY is a story's id, or words that stand in what was printed of it. Exits with 4 when nothing is found.

    \b
    Example: briefing timeline ferry
    """
    from briefing.stories.timeline import timeline

    config = _inputs.load_config(config_file, quiet=True)
    issues = _issue.earlier(places or (config.output.directory,), date.max, days=None)
    if not places:
        known = {(issue.date, issue.title) for issue in issues}
        issues += [issue for issue in _archived() if (issue.date, issue.title) not in known]
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


def _archived() -> Iterator[Briefing]:
    """Yield the issues of the archive, also those whose files are gone."""
    from briefing.archive import issues
    from briefing.archive._database import FILE_NAME, data_folder, open_archive

    if (data_folder() / FILE_NAME).exists():
        with open_archive() as connection:
            for row in connection.execute("SELECT number FROM issues ORDER BY date").fetchall():
                yield issues.briefing_of(connection, issues.get(connection, row["number"]))
