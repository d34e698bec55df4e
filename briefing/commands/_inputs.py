"""From the options of a command to articles, and from what went wrong to its exit code."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar, cast

import click
from click.core import ParameterSource
from msgspec import Struct

from briefing.commands._print import shortened
from briefing.errors import UsageError
from briefing.models import Document, Problem

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from briefing.config import Loaded
    from briefing.drafting import Choosing
    from briefing.intake._places import Limits
    from briefing.pipeline import Cleaning
    from briefing.settings import Config

T = TypeVar("T")


class Inputs(Struct, frozen=True):
    """What the options of every reading command say; made by `Inputs.given`."""

    paths: tuple[str, ...]
    kind: str | None
    files_from: str | None
    nul: bool
    language: str | None
    no_clean: bool
    config_file: str | None
    lenient: bool
    quiet: bool
    verbose: bool

    @classmethod
    def given(cls, options: dict[str, Any]) -> "Inputs":
        """Take the options of `_options.inputs` out of a command's keyword arguments."""
        inputs = cls(**{name: options.pop(name) for name in cls.__struct_fields__})
        if inputs.verbose:
            log()
        return inputs


def log() -> None:
    """Say on stderr what each stage does."""
    import logging  # what is never asked for should cost nothing

    logging.basicConfig(format="briefing: %(message)s", level=logging.INFO)


class Outcome:
    """What happened in a run: problems printed as they come, articles counted, and the exit code that follows."""

    def __init__(self, *, lenient: bool = False, quiet: bool = False) -> None:
        """Start with nothing read and nothing failed."""
        self.lenient = lenient
        self.quiet = quiet
        self.problems = 0
        self.articles = 0

    def seen(self, found: Iterable[T]) -> Iterator[T]:
        """Pass everything on; name each problem on stderr as `INPUT: reason` and count the rest."""
        for each in found:
            if isinstance(each, Problem):
                self.name(each)
            else:
                self.articles += 1
            yield each

    def watch(self, found: Iterable[T | Problem]) -> Iterator[T]:
        """Yield what is no problem; name each problem."""
        for each in self.seen(found):
            if not isinstance(each, Problem):
                yield each

    def name(self, problem: Problem) -> None:
        """Print a problem on stderr and count it."""
        self.problems += 1
        click.echo(f"{shortened(problem.input, 200)}: {shortened(problem.reason, 400)}", err=True)

    def leave(self) -> None:
        """End the command with 1 (every input failed), 3 (some did), 4 (there was none) or 0."""
        if self.problems and not self.articles:
            leave(1)
        if not self.problems and not self.articles and not self.quiet:
            click.echo("briefing: nothing found: no article in what was given", err=True)
        code = 3 if self.problems else 0 if self.articles else 4
        leave(0 if self.lenient else code)


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    click.get_current_context().exit(code)


def is_given(option: str) -> bool:
    """Tell whether an option of the command was given, on its line or in the environment; else it has its default."""
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def load_config(config_file: str | None, profile: str | None = None, *, quiet: bool = False) -> "Config":
    """Return the configuration in force; one that lies in the working directory is named on stderr."""
    from briefing.config import for_profile

    config = load(config_file, quiet=quiet).config
    return for_profile(config, profile) if profile else config


def load(config_file: str | None, *, quiet: bool = False) -> "Loaded":
    """Return the configuration in force and its file; one that lies in the working directory is named on stderr."""
    from briefing.config import FILE_NAME
    from briefing.config import load_config as load_file

    loaded = load_file(config_file)
    if loaded.path and not config_file and str(loaded.path) == FILE_NAME and not quiet:
        click.echo(f"briefing: using ./{FILE_NAME}", err=True)
    for key in () if quiet else loaded.untrusted:
        click.echo(f"briefing: ./{FILE_NAME}: {key} is ignored here; name the file with --config to allow it", err=True)
    return loaded


def documents(
    inputs: Inputs, config: "Config", *, raw: bool = False, folder: str | None = None, pictures: bool = False
) -> Iterator[Document | Problem]:
    """Read what the options name, but for the folder in which issues are written; raise UsageError for nothing named.

    `folder` is that folder when it is not the configuration's; `pictures` asks for those of the articles.
    """
    from briefing import intake

    paths = _paths(inputs)
    beside = folder or config.output.directory
    if not inputs.quiet and any(_holds(path, beside) for path in paths):
        click.echo(f"briefing: {beside} is where issues are written; what lies there is not read", err=True)
    return intake.read(
        paths,
        kind=inputs.kind,
        stdin=sys.stdin.buffer,
        limits=limits(config),
        raw=raw,
        beside=beside,
        pictures=pictures,
    )


def limits(config: "Config") -> "Limits":
    """Return how much is read, and for how long."""
    from briefing.intake._places import Limits

    return Limits(
        input_bytes=config.limits.input_bytes,
        inputs=config.limits.inputs,
        seconds=config.fetch.deadline_seconds,
        private_hosts=config.fetch.private_hosts,
    )


def _holds(path: str, folder: str) -> bool:
    """Tell whether a folder lies somewhere below a path."""
    return os.path.isdir(folder) and os.path.realpath(folder).startswith(os.path.join(os.path.realpath(path), ""))


def _paths(inputs: Inputs) -> Sequence[str]:
    """Return the paths given as arguments and by --files-from."""
    from briefing.intake._places import listed

    if not inputs.files_from:
        if inputs.nul:
            raise UsageError("-0 says how --files-from parts its paths; give that, too")
        if not inputs.paths:
            raise UsageError("no PATH given; name files or folders, or `-` to read standard input")
        return inputs.paths
    try:
        with click.open_file(inputs.files_from, "rb") as file:
            return [*inputs.paths, *listed(cast(BinaryIO, file), inputs.nul)]
    except OSError as error:
        raise UsageError(f"--files-from {inputs.files_from}: {error.strerror}") from error


def cleaning(inputs: Inputs, config: "Config", splitter: str = "rules") -> "Cleaning":
    """Return how the options and the configuration want documents cleaned."""
    from briefing.pipeline import Cleaning

    language = inputs.language or config.edition.language
    if language and not re.fullmatch("[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", language):
        raise UsageError(f"no language code: {language!r}; give one such as en, de or pt-BR")
    return Cleaning(language, not inputs.no_clean, splitter, config.sources)


def choosing(config: "Config", length: str, method: str) -> "Choosing":
    """Return what the options and the configuration want in an issue."""
    from briefing.drafting import Choosing
    from briefing.summarizers import parse_length

    return Choosing(
        length=parse_length(length),
        method=method,
        topics=config.topics,
        follow=config.follow,
        mute=config.mute,
        sources=config.sources,
        floor=config.edition.floor,
        weights={source.name: source.weight for source in config.sources if source.weight != 1},
        split=config.stories.split,
        join=config.stories.join,
        undated=config.limits.undated_articles,
    )


def instant(date: str | None, zone: str) -> "datetime":
    """Return the instant of an issue in its time zone: --date, else SOURCE_DATE_EPOCH, else now.

    A bare date is the end of that day. This is the only place that asks the clock.
    """
    from datetime import date as day
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    here = ZoneInfo(zone)
    if not date:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return _of_epoch(epoch, here) if epoch else datetime.now(here).replace(microsecond=0)
    with suppress(ValueError):  # an instant
        return datetime.combine(day.fromisoformat(date), time(23, 59, 59), here)
    try:
        moment = datetime.fromisoformat(date)
        return moment.astimezone(here) if moment.tzinfo else moment.replace(tzinfo=here)
    except (ValueError, OverflowError):  # OverflowError: the first or last day there is, in another zone
        raise UsageError(f"no date: {date!r}; give a day such as 2026-11-22 or an instant with its zone") from None


def _of_epoch(seconds: str, here: "ZoneInfo") -> "datetime":
    """Return the instant that SOURCE_DATE_EPOCH names; raise UsageError rather than take the clock in its place."""
    from datetime import datetime

    try:
        return datetime.fromtimestamp(int(seconds), here)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH: {seconds!r} is no number of seconds since 1970") from None
