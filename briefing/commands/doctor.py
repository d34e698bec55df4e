"""`briefing doctor`: what works on this machine, and the one line to paste where something does not."""

import importlib.metadata
import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from briefing import __version__
from briefing.commands import _inputs, _options, _print
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.settings import Config, Mail

# Extra -> the module that it brings -> what for.
EXTRAS = {
    "pdf": ("pypdfium2", "articles in PDF"),
    "extract": ("readability", "web pages read by several extractors: --from html-several"),
}

# A letter of each script whose readers need a font that a bare machine lacks.
LETTERS = "A α Д א ع अ ก 中 あ 한 😀"


class Finding(NamedTuple):
    """One line of the report; `advice` says what to do."""

    state: Literal["ok", "missing", "optional"]
    subject: str
    detail: str
    advice: str = ""


@click.command()
@_options.config
@_options.as_json
def command(config_file: str | None, as_json: bool) -> None:
    """Tell what works on this machine and what to do.

    Exits with 3 when something that a plain `briefing build` needs is missing.

    \b
    Example: briefing doctor
    """
    findings = list(_findings(config_file))
    for finding in findings:
        if as_json:
            _print.record(finding._asdict())
        else:
            _print_finding(finding)
    if any(finding.state == "missing" for finding in findings):
        _inputs.leave(3)


def _print_finding(finding: Finding) -> None:
    """Print a finding on a line, and what to do under it."""
    click.echo(_print.paragraph(finding.detail, f"{finding.state:<9} {finding.subject:<14} "))
    if finding.advice:
        click.echo(f"{'':<25}-> {finding.advice}")


def _findings(config_file: str | None) -> Iterator[Finding]:
    """Yield what was found, the needed things first."""
    yield Finding("ok", "briefing", f"{__version__}, Python {platform.python_version()}, {platform.system()}")
    yield _pango()
    yield from _fonts()
    config, finding = _configuration(config_file)
    yield finding
    yield _writable(Path(config.output.directory))
    yield from _mail(config.mail)
    yield from _extras()


def _pango() -> Finding:
    """Tell whether PDFs can be made."""
    from briefing.renderers import _pango

    try:
        weasyprint = importlib.metadata.version("weasyprint")
        return Finding("ok", "PDF", f"Pango {_pango.check()}, WeasyPrint {weasyprint}")
    except BriefingError as error:
        return Finding("missing", "PDF", "Pango was not found; Markdown, HTML and JSON work without it", str(error))
    except importlib.metadata.PackageNotFoundError:
        return Finding("missing", "PDF", "WeasyPrint is not installed", "pip install --force-reinstall briefing-cli")


def _fonts() -> Iterator[Finding]:
    """Tell which scripts the PDF can draw."""
    from briefing.renderers._fonts import missing_fonts

    missing = missing_fonts(LETTERS)
    if not missing:
        yield Finding("ok", "fonts", "for every script we know of")
    for sentence in missing:
        reason, _, advice = sentence.partition(": ")
        yield Finding("optional", "fonts", reason, advice)


def _configuration(config_file: str | None) -> tuple["Config", Finding]:
    """Return the configuration, or the defaults where it cannot be read, and whether it is sound."""
    from briefing.config import load_config
    from briefing.settings import Config

    try:
        config, path, *_ = load_config(config_file)
    except BriefingError as error:
        return Config(), Finding(
            "missing", "configuration", str(error), "mend the file; `briefing config show` has the keys"
        )
    return config, Finding("ok", "configuration", str(path) if path else "none: the defaults hold")


def _mail(mail: "Mail") -> Iterator[Finding]:
    """Connect to the mail server and log in, without sending; nothing is said where no mail is configured."""
    from briefing.deliver import check

    try:
        told = check(mail, os.environ)
    except BriefingError as error:
        yield Finding("missing", "mail", str(error))
        return
    if told:
        yield Finding("ok", "mail", told)


def _writable(folder: Path) -> Finding:
    """Tell whether issues can be written to the output folder."""
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if os.access(existing, os.W_OK | os.X_OK):
        return Finding("ok", "output", f"{folder}/ can be written")
    return Finding("missing", "output", f"{folder}/ cannot be written", "give another folder with --output")


def _extras() -> Iterator[Finding]:
    """Tell which optional parts are there."""
    for extra, (module, purpose) in EXTRAS.items():
        if importlib.util.find_spec(module):
            yield Finding("ok", extra, purpose)
        else:
            line = f"{sys.executable} -m pip install 'briefing-cli[{extra}]'"
            yield Finding("optional", extra, f"not installed: {purpose}", line)
