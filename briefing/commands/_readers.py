"""From options and configuration to the readers of a day: how the issue of each is made, written and mailed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.commands import _inputs, _issue, _mail, build
from briefing.commands._hooks import run_hooks
from briefing.commands._progress import Progress
from briefing.config import for_profile
from briefing.daily import Memory, Reader
from briefing.errors import ConfigError, UsageError
from briefing.models import Briefing, Document, Problem

if TYPE_CHECKING:
    from briefing.settings import Config

EVERYBODY = ""  # the profile of a configuration that has none


def readers(
    config: "Config", profile: str | None, options: Mapping[str, Any], progress: Progress, *, send: bool
) -> list[Reader]:
    """Return one reader for each profile, or the only one; raise UsageError for whatever is wrong with any of them.

    `options` are those of `_options.todays_issue` and `_options.todays_target`.
    """
    profiles = [profile] if profile else list(config.profiles) or [EVERYBODY]
    output = options["output"]
    if output == _issue.STDOUT:
        raise UsageError("a run keeps its issue in files; `briefing build --output -` prints one")
    if len(profiles) > 1 and output and not Path(output).is_dir() and not output.endswith("/"):
        raise UsageError(f"{output}: one file for {len(profiles)} readers; give a folder/, or --profile NAME")
    configs = {each: for_profile(config, each) if each else config for each in profiles}
    return [_reader(own, each, options, progress, send=send) for each, own in configs.items()]


def _reader(config: "Config", profile: str, options: Mapping[str, Any], progress: Progress, *, send: bool) -> Reader:
    """Return a reader with everything that makes, writes and mails the issue."""
    name = profile or _issue.NAME
    if not _issue.is_name(name):
        raise ConfigError(f"profiles.{profile!r}: issues are called after it, and no file can be called so")
    wanted = build.Wanted.given({**options, "previous": (), "images": False}, config.edition)
    target = _issue.Target.given({**options, "name": name}, config.edition)
    formats = _issue.chosen_formats(target, config.edition.formats)
    build.check_labels(config.edition.labels)
    now = _inputs.instant(wanted.date, config.edition.timezone)
    folder = config.output.directory
    return Reader(
        profile=profile,
        now=now,
        clock=partial(_inputs.instant, None, config.edition.timezone),
        build=building(build.making(wanted, config, now), config),
        render=lambda briefing, tell: _issue.render(briefing, target, formats, tell),
        write=partial(_write, target, folder),
        files=lambda briefing: _issue.files(briefing, target, formats, folder),
        hooks=partial(_call_hooks, config.hooks.after, progress),
        to=config.mail.to if send else (),
        letters=_letters(config, target) if send and config.mail.to else None,
    )


def building(make: Callable[..., Briefing], config: "Config") -> Callable[..., Briefing]:
    """Return what makes an issue of what came in and of what is remembered."""
    from briefing.pipeline import Cleaning

    def build(found: Iterable[Document | Problem], memory: Memory) -> Briefing:
        cleaning = Cleaning(language=config.edition.language, sources=config.sources, learnt=memory.repeated)
        return make(found, previous=memory.issues, printed=memory.printed, cleaning=cleaning)

    return build


def _write(target: _issue.Target, folder: str, briefing: Briefing, rendered: Mapping[str, bytes]) -> dict[str, Path]:
    """Put the files of an issue in their places, and return them."""
    _issue.put(briefing, target, rendered, folder, quiet=True)
    return _issue.files(briefing, target, rendered, folder)


def _call_hooks(after: Sequence[Sequence[str]], progress: Progress, files: Mapping[str, Path]) -> Iterable[Problem]:
    """Call the user's commands, which may print."""
    progress.clear()
    return run_hooks(after, files)


def _letters(config: "Config", target: _issue.Target) -> Callable[..., Any]:
    """Return what makes the letters of an issue; raise UsageError for a mistake in the mail's configuration."""
    from briefing.deliver import ways

    ways.check_address(config.mail)
    compose = partial(
        _mail.compose,
        job=_mail.prepare(config.mail),
        template=target.template or "daily",
        options=_issue.options(target),
        name=target.name,
    )
    return lambda briefing, rendered: compose(briefing, rendered=rendered)
