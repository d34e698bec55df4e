"""PDF: the page of the HTML format, laid out by WeasyPrint in a process of its own that cannot run away."""

import os
import subprocess
import sys

import msgspec

from briefing.errors import RenderError
from briefing.models import Briefing
from briefing.renderers import _pango, _weasyprint_child, html, json
from briefing.renderers._fonts import font_settings
from briefing.renderers._templates import Options, Template

suffix = "pdf"

# A busy machine gives the process less than a core: only this multiple of its CPU time on the clock is a hang.
_WAIT = 4


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return a tagged PDF with the briefing's JSON attached; raise RenderError when it cannot be made here."""
    job = _weasyprint_child.Job(
        html=html.page_of(briefing, template, options),
        attachment=json.encode(_without_pictures(briefing)),
        attachment_name=f"briefing-{briefing.date}.json",
        date=briefing.date,
        seconds=options.pdf_seconds,
        megabytes=options.pdf_megabytes,
    )
    try:
        done = _run(job)
    except subprocess.TimeoutExpired as error:
        raise _too_long(job) from error
    except OSError as error:
        raise RenderError(f"the process for the PDF did not start: {error}") from error
    if done.returncode or not done.stdout:
        raise _failure(job, done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


def _without_pictures(briefing: Briefing) -> Briefing:
    """Return what is attached: pictures are in the pages already, and would double the file."""
    facts = {id: msgspec.structs.replace(each, pictures=msgspec.UNSET) for id, each in briefing.articles.items()}
    return msgspec.structs.replace(briefing, articles=facts)


def _run(job: _weasyprint_child.Job) -> subprocess.CompletedProcess[bytes]:
    """Return what the child process gave back. `-P` keeps a folder's own `weasyprint.py` out of it."""
    with font_settings() as settings:
        return subprocess.run(
            [sys.executable, "-P", "-W", "ignore", "-m", _weasyprint_child.__name__],
            input=msgspec.json.encode(job),
            capture_output=True,
            timeout=job.seconds * _WAIT,
            env=_pango.environment(os.environ, settings),
            check=False,
        )


def _failure(job: _weasyprint_child.Job, code: int, told: str) -> RenderError:
    """Return the error that says in one sentence why there is no PDF."""
    import signal

    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _too_long(job)
    if code == _weasyprint_child.NO_PANGO:
        return RenderError(_pango.INSTALL)
    if code == _weasyprint_child.NO_MEMORY:
        return RenderError(f"laying out the PDF took more than {job.megabytes} MB of memory and was ended")
    if code < 0:  # a library that gets no memory ends the process itself
        return RenderError(
            f"laying out the PDF took more than {job.megabytes} MB of memory, or crashed (signal {-code})"
        )
    last = next((line.strip() for line in reversed(told.splitlines()) if line.strip()), f"exit code {code}")
    return RenderError(f"WeasyPrint could not lay out the PDF: {last}")


def _too_long(job: _weasyprint_child.Job) -> RenderError:
    """Return the error of a page that ran for ever."""
    return RenderError(
        f"laying out the PDF took more than {job.seconds} seconds and was ended; is the template to blame?"
    )
