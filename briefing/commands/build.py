"""`briefing build`: the main job."""

from typing import Any

import click

from briefing.commands import _inputs, _issue, _options


@click.command()
@_options.inputs
@_options.issue
@_options.target
def command(
    title: str | None,
    date: str | None,
    method: str,
    length: str,
    minutes: int | None,
    max_stories: int | None,
    previous: tuple[str, ...],
    full: bool,
    profile: str | None,
    **options: Any,
) -> None:
    """Make today's briefing from articles.

    Reads files, folders and web pages, cleans and groups them, and writes out/briefing-DATE.md, .html, .pdf and .json
    with out/latest.* beside them. Every article given is printed or named; --minutes sets a reading time.

    \b
    Example: briefing build seeds/ --minutes 3
    """
    from briefing import pipeline

    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, profile, quiet=inputs.quiet)
    edition = config.edition
    target = _issue.Target.given(options, edition)
    formats = _issue.chosen_formats(target, edition.formats)
    until = _inputs.instant(date, edition.timezone)
    briefing = pipeline.build(
        outcome.seen(_inputs.documents(inputs, config)),
        minutes=minutes or edition.minutes,
        title=title or edition.title,
        labels=edition.labels,
        until=until,
        max_stories=max_stories or edition.max_stories,
        full=full,
        previous=_issue.earlier(previous, until.date()),
        cleaning=_inputs.cleaning(inputs, config),
        choosing=_inputs.choosing(config, length, method),
    )
    if not outcome.articles:
        outcome.leave()
    _issue.write(briefing, target, formats, config.output.directory, outcome, quiet=inputs.quiet)
    if not inputs.quiet:
        click.echo(_issue.verdict(briefing), err=True)
    outcome.leave()
