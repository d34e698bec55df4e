"""From a Briefing to its files: which formats, under which names, and what could not be made."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from briefing.commands import _inputs, _print
from briefing.commands._index import write_index
from briefing.commands._inputs import Outcome
from briefing.errors import InputError, RenderError, TemplateError, UsageError
from briefing.models import REMEMBERED_DAYS, Briefing, Document, Problem, fingerprint

if TYPE_CHECKING:
    from briefing.deliver.files import Written
    from briefing.renderers._templates import Options
    from briefing.settings import Edition

STDOUT = "-"
MAKING = "`briefing run` makes one of the feeds, `briefing build FOLDER` of articles"
NAME = "briefing"  # of files before their date, where nothing else is asked for


class Target(NamedTuple):
    """Where an issue goes and in which look: the options of `build`, `demo` and `render`."""

    output: str | None
    formats: tuple[str, ...]
    template: str | None
    page: str | None
    name: str

    @classmethod
    def given(cls, options: dict[str, Any], edition: "Edition") -> "Target":
        """Take the options of `_options.target` out of a command's; what is not given is the configuration's."""
        target = cls(**{field: options.pop(field) for field in cls._fields})
        if not is_name(target.name):
            raise UsageError(f"--name {target.name!r} is no file's name; --output says in which folder/ it goes")
        return target._replace(template=target.template or edition.template, page=target.page or edition.page)


def is_name(name: str) -> bool:
    """Tell whether files can be called so."""
    return bool(name.strip()) and name.isprintable() and "/" not in name


def chosen_formats(target: Target, default: Sequence[str]) -> list[str]:
    """Return the formats asked for, each once: the options, else the suffix of the output, else the default.

    Raises UsageError for an unknown format, or for several where only one fits.
    """
    from briefing import renderers

    asked = [each.strip().lower() for option in target.formats for each in option.split(",") if each.strip()]
    suffix = Path(target.output or "").suffix[1:].lower() if _is_file(target.output) else ""
    formats = list(dict.fromkeys(asked or ([suffix] if suffix else ["md"] if target.output == STDOUT else default)))
    for each in formats:
        renderers.load(each)
    if len(formats) > 1 and (target.output == STDOUT or _is_file(target.output)):
        raise UsageError(f"{target.output}: one file takes one format, not {', '.join(formats)}; give a folder/")
    return formats


def write(
    briefing: Briefing, target: Target, formats: Sequence[str], directory: str, outcome: Outcome, *, quiet: bool
) -> dict[str, Path]:
    """Render and write an issue; a format that cannot be made is named and the others are written.

    Prints the path of each file, and on stderr which of them replaced an earlier one. Returns the file of each format,
    none for stdout.
    """
    rendered = render(briefing, target, formats, outcome.name)
    if "pdf" in rendered:
        _name_missing_fonts(briefing)
    if target.output == STDOUT:
        sys.stdout.buffer.write(next(iter(rendered.values())))
        sys.stdout.buffer.flush()
        return {}
    for path, replaced in put(briefing, target, rendered, directory, quiet=quiet):
        if not quiet:
            click.echo(str(path))
            if replaced:
                click.echo(f"briefing: replaced {path}", err=True)
    return files(briefing, target, rendered, directory)


def render(
    briefing: Briefing, target: Target, formats: Iterable[str], tell: Callable[[Problem], object]
) -> dict[str, bytes]:
    """Return the bytes of each format that can be made, and tell of the others; raise RenderError when none can."""
    from briefing import renderers

    rendered = {}
    for format in formats:
        try:
            rendered[format] = renderers.render(briefing, format, target.template or "daily", options(target))
        except TemplateError:
            raise
        except RenderError as error:
            tell(Problem(format, str(error)))
    if not rendered:
        raise RenderError("nothing was written: none of the formats asked for could be made")
    return rendered


def put(
    briefing: Briefing, target: Target, rendered: Mapping[str, bytes], directory: str, *, quiet: bool
) -> list["Written"]:
    """Put the files of an issue in their places, with those called `latest` and the page of all issues.

    Returns those of the issue itself.
    """
    from briefing.deliver.files import write_issue

    dated, latest = _paths(briefing, target, rendered, directory)
    if latest and _is_older(briefing, latest):
        latest = {}
    by_path = {path: rendered[format] for path, format in [*latest.items(), *dated.items()]}
    written = [each for each in write_issue(by_path) if each.path in dated]
    if not _is_file(target.output):
        write_index(next(iter(dated)).parent, quiet=quiet)
    return written


def files(briefing: Briefing, target: Target, formats: Iterable[str], directory: str) -> dict[str, Path]:
    """Return where the file of each format of an issue stands."""
    return {format: path for path, format in _paths(briefing, target, formats, directory)[0].items()}


def _name_missing_fonts(briefing: Briefing) -> None:
    """Say on stderr for which scripts of the issue there is no font."""
    from briefing.renderers._fonts import missing_fonts

    titles = [facts.title or "" for facts in briefing.articles.values()]
    lines = [line.text for section in briefing.sections for story in section.stories for line in story.lines or ()]
    for sentence in missing_fonts(" ".join([briefing.title, *titles, *lines])):
        click.echo(f"briefing: {sentence}", err=True)


def options(target: Target) -> "Options":
    """Return the renderers' options."""
    from briefing.renderers._templates import Options

    return Options(page=target.page) if target.page else Options()


def _paths(
    briefing: Briefing, target: Target, formats: Iterable[str], directory: str
) -> tuple[dict[Path, str], dict[Path, str]]:
    """Return the files to write, each with its format: those of the issue, and their copies called `latest`."""
    if _is_file(target.output):
        return {Path(target.output or ""): format for format in formats}, {}
    folder = Path(target.output or directory)
    dated = {folder / f"{target.name}-{briefing.date}.{format}": format for format in formats}
    return dated, {folder / f"{_latest(target.name)}.{format}": format for format in formats}


def _latest(name: str) -> str:
    """Return what the files of the newest issue are called."""
    return "latest" if name == NAME else f"{name}-latest"


def _is_older(briefing: Briefing, latest: Iterable[Path]) -> bool:
    """Tell whether the folder's latest issue is of a later day: an old one that is built again is not the latest."""
    stored = next((path for path in latest if path.suffix == ".json"), None) or next(iter(latest)).with_suffix(".json")
    try:
        return load(str(stored)).date > briefing.date
    except InputError:
        return False


def folder(target: Target, directory: str) -> str:
    """Return the folder in which issues are written: the one named by the output, else the configuration's."""
    return target.output if target.output and target.output != STDOUT and not _is_file(target.output) else directory


def _is_file(output: str | None) -> bool:
    """Tell whether an output names a file: not stdout, no existing folder, no slash at its end."""
    return output is not None and output != STDOUT and not output.endswith("/") and not Path(output).is_dir()


def verdict(briefing: Briefing) -> str:
    """Return in one line what came in and what is printed."""
    counts, stories = briefing.ledger.articles, sum(len(section.stories) for section in briefing.sections)
    removed = sum(briefing.ledger.removed.values())
    parts = [
        _print.counted(counts.seen, "article"),
        _print.counted(counts.copies, "copy", "copies"),
        _print.counted(stories, "story", "stories"),
        _print.counted(briefing.minutes, "minute"),
        f"{_print.counted(removed, 'piece')} of furniture left out",
    ]
    return ", ".join(parts)


def load(file: str) -> Briefing:
    """Read a stored briefing; raise InputError when the file is none."""
    try:
        data = sys.stdin.buffer.read() if file == STDOUT else Path(file).read_bytes()
        return msgspec.json.decode(data, type=Briefing)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}; `briefing build` writes the JSON of an issue") from error
    except msgspec.DecodeError as error:
        raise InputError(f"{file}: is no briefing in JSON: {error}") from error


def named(issue: str, config_file: str | None, profile: str | None = None) -> Briefing:
    """Return the issue that a user names: a file, a date, `yesterday`, `-1`, `latest`; of a profile where one is given.

    Raises ConfigError when there is no such profile.
    """
    config = _inputs.load_config(config_file, profile, quiet=True)
    today = _inputs.instant(None, config.edition.timezone).date()
    return stored(issue, Path(config.output.directory), today, profile)


def stored(issue: str, folder: Path, today: date, profile: str | None) -> Briefing:
    """Return the issue that a user names from its file, else as the archive keeps it; raise InputError for none."""
    from briefing.commands import _kept

    day = "" if issue == "latest" else f" {issue}"
    missing = InputError(f"no issue{day}{f' of {profile}' if profile else ''} in {folder}/; {MAKING}")
    try:
        file = find(issue, folder, today, profile or NAME)
    except InputError as error:
        file, missing = "", error
    if file == STDOUT or Path(file).is_file():
        return load(file)
    kept = _kept.find(profile or "", issue, today)
    if kept is None:
        raise missing
    return kept


def find(issue: str, folder: Path, today: date, name: str = NAME) -> str:
    """Return the file of an issue: a file itself, a date, `yesterday`, `-1` (the last but one), or the latest.

    `name` is that of its files before their date, a profile's own where a run has made them.
    """
    if issue == STDOUT or Path(issue).is_file():
        return issue
    if issue == "latest":
        return str(folder / f"{_latest(name)}.json")
    if re.fullmatch("-[0-9]+", issue):
        issues = sorted(folder.glob(f"{escape(name)}-????-??-??.json"))
        if int(issue[1:]) >= len(issues):
            raise InputError(f"{issue}: only {_print.counted(len(issues), 'issue')} in {folder}/")
        return str(issues[int(issue) - 1])
    day = {"today": today, "yesterday": today - timedelta(days=1)}.get(issue, issue)
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(day)):
        raise InputError(f"{issue}: no such file; an issue is a date, `today`, `yesterday`, -1 or the .json of a build")
    return str(folder / f"{name}-{day}.json")


def earlier(places: Sequence[str], day: date, name: str) -> list[Briefing]:
    """Return the issues that files name, and the newest of folders, oldest first; none of the day or later.

    Of a folder those called `name` are taken: the others are another reader's. Who has given none (NAME) gets all of a
    folder that has none so called.
    """
    folders = {place: _newest(Path(place), name) for place in places if Path(place).is_dir()}
    found = [load(str(file)) for place in places for file in folders.get(place, [place])]
    issues = {(each.date, each.title, *each.articles): each for each in found}  # one that is named twice is one
    return sorted((each for each in issues.values() if each.date < day.isoformat()), key=lambda each: each.date)


def _newest(folder: Path, name: str) -> Sequence[Path | str]:
    """Return the newest issues of a folder."""
    issues = sorted(folder.glob("*-????-??-??.json"))
    own = [file for file in issues if file.stem[: -len("-YYYY-MM-DD")] == name]
    return (own if own or name != NAME else issues)[-REMEMBERED_DAYS:]


def sources(briefing: Briefing, places: Sequence[str]) -> Iterator[Document]:
    """Read the articles of an issue again: from the places given, else from the archive or from where they were.

    An article that the issue names is returned under the id that it has there: its path may be spelt from elsewhere.
    What is gone is left out, what cannot be read is named on stderr.
    """
    from briefing import intake
    from briefing.commands import _kept

    ids = {facts.sha256: id for id, facts in briefing.articles.items()}
    archived = set()
    for document in () if places else _kept.articles(briefing):
        archived.add(document.id)
        yield document
    own = dict.fromkeys(facts.path for id, facts in briefing.articles.items() if facts.path and id not in archived)
    for found in Outcome().watch(intake.read(places or [path for path in own if Path(path).exists()])):
        id = found.id if found.id in briefing.articles else ids.get(fingerprint(found.text), found.id)
        yield msgspec.structs.replace(found, id=id)
