"""`briefing trace`: a printed line in its source's paragraph."""

from pathlib import Path

import click

from briefing.commands import _inputs, _issue, _options, _print
from briefing.commands.verify import source_texts
from briefing.errors import InputError, UsageError
from briefing.models import Briefing, Facts, Line, fingerprint


@click.command()
@click.argument("line", metavar="ID")
@_options.paths
@click.option("--issue", metavar="DATE|FILE", default="latest", show_default=True, help="The issue that printed it.")
@_options.profile
@_options.config
def command(line: str, paths: tuple[str, ...], issue: str, profile: str | None, config_file: str | None) -> None:
    """Show a printed line in its source's paragraph.

    ID is STORY.LINE as in the briefing's anchors (3.2), DATE/STORY.LINE, or with a reader's name before it as `briefing
    timeline` prints it (ann/DATE/STORY.LINE). The source is read again from where it was, or from PATH.

    \b
    Example: briefing trace 1.2
    """
    place, _, number = line.rpartition("/")
    reader, _, day = ("", "", place) if Path(place).is_file() else place.rpartition("/")
    briefing = _of_name(reader, day, config_file) if reader else _issue.named(day or issue, config_file, profile)
    found = _find(briefing, number)
    facts = briefing.articles[found.article]
    shown = _in_paragraph(found, facts, briefing, paths)
    click.echo(_print.styled(_print.paragraph(facts.title or found.article), bold=True))
    origin = [facts.source, facts.published and facts.published[:10], facts.url or facts.path]
    click.echo(_print.paragraph(" · ".join(filter(None, origin))))
    click.echo()
    click.echo(shown)


def _of_name(name: str, day: str, config_file: str | None) -> Briefing:
    """Return the issue of a reader, or of files that are called so."""
    config = _inputs.load_config(config_file, quiet=True)
    if name in config.profiles:
        return _issue.named(day, config_file, name)
    today = _inputs.instant(None, config.edition.timezone).date()
    return _issue.stored(day, Path(config.output.directory), today, name)


def _find(briefing: Briefing, number: str) -> Line:
    """Return the line of that number; raise UsageError when the issue has none."""
    from briefing.checks.lines import stories_of

    lines = [line for story in stories_of(briefing) for line in story.lines or ()]
    for line in lines:
        if line.id == number:
            return line
    last = lines[-1].id if lines else "none"
    raise UsageError(f"no line {number!r} in the issue of {briefing.date}; its last is {last}")


def _in_paragraph(line: Line, facts: Facts, briefing: Briefing, paths: tuple[str, ...]) -> str:
    """Return the paragraph of the source with the line marked, and its offsets."""
    from briefing.checks.lines import source_text

    if line.start is None or line.end is None:
        return "This line is the article's title."
    text = source_text(facts, line.article, source_texts(briefing, paths))
    if text is None or fingerprint(text) != facts.sha256:
        raise InputError(f"{line.article}: the source is not here as it was; name its folder as PATH")
    start = text.rfind("\n\n", 0, line.start) + 2 if "\n\n" in text[: line.start] else 0
    end = text.find("\n\n", line.end)
    before, after = text[start : line.start], text[line.end : end if end != -1 else len(text)]
    marks = ("\x1b[1m", "\x1b[0m") if _print.colored() else ("**", "**")
    shown = f"{_print.printable(before)}\x02{_print.printable(line.text)}\x03{_print.printable(after)}"
    marked = _print.fitted(shown).replace("\x02", marks[0]).replace("\x03", marks[1])
    return f"{marked}\n\ncharacters {line.start} to {line.end} of {len(text)}"
