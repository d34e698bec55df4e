"""`briefing verify`: every line against its source."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from briefing.commands import _inputs, _issue, _options, _print
from briefing.models import Briefing, fingerprint

if TYPE_CHECKING:
    from briefing.checks.lines import Finding

SAID = {
    "wrong": "is not what its source prints",
    "changed": "its source has changed since",
    "missing": "its source is not here; name its folder as PATH",
}


@click.command(context_settings={"ignore_unknown_options": True})  # -1 is an issue
@click.argument("issue", metavar="[DATE|FILE]", default="latest")
@_options.paths
@_options.profile
@_options.config
@_options.quiet
def command(issue: str, paths: tuple[str, ...], profile: str | None, config_file: str | None, quiet: bool) -> None:
    """Hold every line of a briefing against its source.

    The sources are read again from where they were, or from PATH; an issue built with --full carries them. Exits with 1
    when a line is not what its source prints, with 3 when a source is not there any more.

    \b
    Example: briefing verify latest seeds/
    """
    from briefing.checks.lines import check_lines

    briefing = _issue.named(issue, config_file, profile)
    findings = list(check_lines(briefing, source_texts(briefing, paths)))
    for finding in findings:
        if finding.state != "right":
            click.echo(f"{finding.line.id}: {SAID[finding.state]}: {_print.shortened(finding.line.text)}")
    if not quiet:
        click.echo(_verdict(findings), err=True)
    states = {finding.state for finding in findings}
    _inputs.leave(1 if "wrong" in states else 3 if states - {"right"} else 0)


def source_texts(briefing: Briefing, paths: tuple[str, ...]) -> Mapping[str, str]:
    """Read the articles of a briefing again; return their texts by fingerprint and by id."""
    texts: dict[str, str] = {}
    for document in _issue.sources(briefing, paths):
        texts[document.id] = texts[fingerprint(document.text)] = document.text
    return texts


def _verdict(findings: list["Finding"]) -> str:
    """Return in one line how many lines were held against their sources, and how many of them hold."""
    counts = Counter(finding.state for finding in findings)
    return f"{counts['right']} of {_print.counted(len(findings), 'line')} stand in their sources to the letter"
