"""`briefing build`: the main job."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefing.commands import _inputs, _issue, _options
from briefing.commands._hooks import run_hooks

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.models import Briefing
    from briefing.settings import Config, Edition


class Wanted(NamedTuple):
    """What the options of `_options.issue` say; what is not given is the configuration's."""

    title: str
    date: str | None
    method: str
    length: str
    minutes: int | None
    max_stories: int | None
    previous: tuple[str, ...]
    full: bool

    @classmethod
    def given(cls, options: dict[str, Any], edition: "Edition") -> "Wanted":
        """Take them out of a command's keyword arguments."""
        wanted = cls(**{field: options.pop(field) for field in cls._fields})
        return wanted._replace(
            title=wanted.title or edition.title,
            method=wanted.method if _inputs.is_given("method") else edition.method,
            length=wanted.length if _inputs.is_given("length") else edition.length,
            minutes=wanted.minutes or edition.minutes,
            max_stories=wanted.max_stories or edition.max_stories,
        )


@click.command()
@_options.inputs
@_options.issue
@_options.target
@click.option("--profile", metavar="NAME", help="Use the settings of this reader.")
@click.option("--send", is_flag=True, help="Mail the issue to the readers in [mail] once it is written.")
def command(profile: str | None, send: bool, **options: Any) -> None:
    """Make today's briefing from articles.

    Reads files, folders and web pages, cleans and groups them, and writes out/briefing-DATE.md, .html, .pdf and .json
    with out/latest.* beside them. Every article given is printed or named; --minutes sets a reading time.

    \b
    Example: briefing build seeds/ --minutes 3
    """
    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, profile, quiet=inputs.quiet)
    wanted = Wanted.given(options, config.edition)
    target = _issue.Target.given(options, config.edition)
    formats = _issue.chosen_formats(target, config.edition.formats)
    _check_labels(config.edition.labels)
    post = _poster(config, target, quiet=inputs.quiet) if send else None
    folder = _issue.folder(target, config.output.directory)
    briefing = _built(inputs, wanted, config, outcome, folder)
    if not outcome.articles:
        outcome.leave()
    files = _issue.write(briefing, target, formats, config.output.directory, outcome, quiet=inputs.quiet)
    if not inputs.quiet:
        click.echo(_issue.verdict(briefing), err=True)
    for problem in run_hooks(config.hooks.after, files) if files else ():
        outcome.name(problem)
    if post and not post(briefing):
        _inputs.leave(5)
    outcome.leave()


def _check_labels(language: str | None) -> None:
    """Raise UsageError when our own words are asked for in a language that has none."""
    from briefing.parts import unknown
    from briefing.renderers._labels import languages

    if language and language.split("-")[0] not in languages():
        raise unknown("language of labels", language, languages())


def _built(
    inputs: _inputs.Inputs, wanted: Wanted, config: "Config", outcome: _inputs.Outcome, folder: str
) -> "Briefing":
    """Return the issue; what cannot be read is named on stderr as it comes."""
    until = _inputs.instant(wanted.date, config.edition.timezone)
    return making(wanted, config, until)(
        outcome.seen(_inputs.documents(inputs, config, folder=folder)),
        previous=_issue.earlier(wanted.previous, until.date()),
        cleaning=_inputs.cleaning(inputs, config),
    )


def making(wanted: Wanted, config: "Config", until: "datetime") -> Callable[..., "Briefing"]:
    """Return `pipeline.build` with all that options and configuration say of an issue, whatever it is made of."""
    from briefing import pipeline

    return partial(
        pipeline.build,
        minutes=wanted.minutes,
        title=wanted.title,
        labels=config.edition.labels,
        until=until,
        max_stories=wanted.max_stories,
        full=wanted.full,
        choosing=_inputs.choosing(config, wanted.length, wanted.method),
    )


def _poster(config: "Config", target: _issue.Target, *, quiet: bool) -> Callable[["Briefing"], bool]:
    """Return what mails an issue, checked as far as it can be before anything is built."""
    from briefing.commands import _mail
    from briefing.renderers._templates import Options

    return partial(
        _mail.post_issue,
        job=_mail.prepare(config.mail),
        template=target.template or "daily",
        options=Options(page=target.page),
        clock=partial(_inputs.instant, None, config.edition.timezone),
        manner=_mail.Manner(quiet, aside=True),
    )
