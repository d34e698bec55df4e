"""`briefing build`: the main job."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefing.commands import _inputs, _issue, _options
from briefing.commands._hooks import run_hooks
from briefing.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.models import Briefing
    from briefing.settings import Config, Edition


class Wanted(NamedTuple):
    """What the options of `_options.issue` say; what is not given is the configuration's."""

    title: str | None
    date: str | None
    method: str
    length: str
    minutes: int | None
    max_stories: int | None
    previous: tuple[str, ...]
    full: bool
    images: bool

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
            full=wanted.full or wanted.images,
        )


@click.command()
@_options.inputs
@_options.issue
@_options.target
@click.option("--profile", metavar="NAME", help="Use the settings of this reader.")
@click.option("--send", is_flag=True, help="Mail the issue to the readers in [mail] once it is written.")
def command(profile: str | None, send: bool, **options: Any) -> None:
    """Make today's briefing from articles.

    Reads files, folders, feeds and web pages, cleans and groups them, and writes out/briefing-DATE.md, .html, .pdf and
    .json with out/latest.* beside them. Every article given is printed or named; --minutes sets a reading time.
    Without PATH it is made of what the archive has got since the last `briefing run`, which it leaves as it is.

    \b
    Example: briefing build seeds/ --minutes 3
    """
    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, profile, quiet=inputs.quiet)
    wanted = Wanted.given(options, config.edition)
    target = _issue.Target.given(options, config.edition)
    if profile and not _inputs.is_given("name"):
        target = target._replace(name=profile)
    formats = _issue.chosen_formats(target, config.edition.formats)
    check_labels(config.edition.labels)
    post = _poster(config, target, quiet=inputs.quiet) if send else None
    folder = _issue.folder(target, config.output.directory)
    if inputs.paths or inputs.files_from:
        briefing = _built(inputs, wanted, config, outcome, folder, target.name)
    else:
        if send or wanted.previous:
            raise UsageError("--send and --previous go with PATH; `briefing run` mails what is new, and marks it")
        if wanted.images:
            raise UsageError("--images goes with PATH: the archive keeps the texts of articles, not their pages")
        briefing = _of_archive(profile, wanted, config, outcome)
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


def check_labels(language: str | None) -> None:
    """Raise UsageError when our own words are asked for in a language that has none."""
    from briefing.parts import unknown
    from briefing.renderers._labels import languages

    if language and language.split("-")[0] not in languages():
        raise unknown("language of labels", language, languages())


def _built(
    inputs: _inputs.Inputs, wanted: Wanted, config: "Config", outcome: _inputs.Outcome, folder: str, name: str
) -> "Briefing":
    """Return the issue; what cannot be read is named on stderr as it comes."""
    until = _inputs.instant(wanted.date, config.edition.timezone)
    return making(wanted, config, until)(
        outcome.seen(_inputs.documents(inputs, config, folder=folder, pictures=wanted.images)),
        previous=_issue.earlier(wanted.previous, until.date(), name),
        cleaning=_inputs.cleaning(inputs, config),
    )


def _of_archive(profile: str | None, wanted: Wanted, config: "Config", outcome: _inputs.Outcome) -> "Briefing":
    """Return the issue of what is new in the archive; leave with 4 where nothing is."""
    from briefing.archive._database import FILE_NAME, data_folder, open_archive
    from briefing.commands import _readers
    from briefing.daily import preview

    if not (data_folder() / FILE_NAME).exists():
        raise UsageError("no PATH given, and no feed has been read yet: name files or folders, or call `briefing run`")
    until = _inputs.instant(wanted.date, config.edition.timezone)
    build = _readers.building(making(wanted, config, until), config)
    with open_archive() as connection:
        briefing = preview(connection, profile or _readers.EVERYBODY, until, build).briefing
    if briefing is None:
        if not outcome.quiet:
            click.echo(
                "briefing: nothing new has been read since the last issue; `briefing run` reads the feeds", err=True
            )
        _inputs.leave(0 if outcome.lenient else 4)
    outcome.articles = briefing.ledger.articles.seen
    return briefing


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
        name=target.name,
    )
