"""The process that lays out a PDF: limited in time and memory, and given nothing but what came with the page.

Reads a Job as JSON from standard input and writes the PDF to standard output. Run by `pdf.py` with `python -m`.
"""

import gc
import importlib
import logging
import os
import resource
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, BinaryIO

import msgspec

NO_PANGO, NO_MEMORY = 3, 4  # exit codes


# Half of fontTools, which takes a third of WeasyPrint's import: HarfBuzz makes the subsets, and few fonts are variable.
_POSTPONED = ("fontTools.subset", "fontTools.varLib.instancer")


class _Postponed(ModuleType):
    """A module that is imported when one of its functions is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a function that calls the real one of that name."""
        if name.startswith("__"):
            raise AttributeError(name)

        def late(*arguments: Any, **options: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **options)

        return late


class Job(msgspec.Struct, frozen=True):
    """A page to lay out, the file to attach to it, and what the process may use."""

    html: str
    attachment: bytes
    attachment_name: str
    date: str
    seconds: int
    megabytes: int


def main() -> int:
    """Lay out one page; return 0, or why not."""
    output = _own_output()
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    _limit(job)
    gc.disable()  # 46 pages: 6.0 s instead of 7.0, in the same 200 MB; the process ends soon
    try:
        weasyprint = _import_weasyprint()
        if weasyprint is None:
            return NO_PANGO
        output.write(_pdf(job, weasyprint))
    except MemoryError:
        return NO_MEMORY
    output.close()
    return 0


def _own_output() -> BinaryIO:
    """Return standard output for the PDF alone; whatever prints (WeasyPrint's banner, C libraries) prints to stderr."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _limit(job: Job) -> None:
    """Let the system end this process when it takes too much; a style sheet or a drawing can make it run for ever."""
    resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds + 1))
    if sys.platform != "darwin":  # macOS refuses limits of the address space
        resource.setrlimit(resource.RLIMIT_AS, (job.megabytes << 20, job.megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _import_weasyprint() -> Any:
    """Return the package, or None when a library of Pango is missing: that is an OSError, not an ImportError."""
    _find_libraries()
    for name in _POSTPONED:
        sys.modules[name] = _Postponed(name)
    try:
        import weasyprint
    except OSError as error:
        print(error, file=sys.stderr)
        return None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint


def _pdf(job: Job, weasyprint: Any) -> bytes:
    """Return the PDF: tagged (PDF/UA-1), with the attachment, the same bytes each time."""
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    document = weasyprint.HTML(string=job.html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=False,
        attachments=[_attachment(job, weasyprint)],
    )
    return pdf


def _find_libraries() -> None:
    """Open the unpacked libraries, and spare WeasyPrint a search for those that open by their own names.

    cffi asks `find_library` for each name that fails, which starts ldconfig and gcc: 54 processes, a third of the
    import's CPU time (0.55 s with them, 0.37 s without).
    """
    import ctypes.util

    from briefing.renderers import _pango

    _pango.preload(_pango.unpacked())
    if sys.platform == "linux" and not _pango.missing():
        ctypes.util.find_library = lambda name: None


def _attachment(job: Job, weasyprint: Any) -> Any:
    """Return the briefing's JSON as a file within the PDF, dated with the issue."""
    import datetime

    try:
        day = datetime.datetime.fromisoformat(job.date)
    except ValueError:
        day = datetime.datetime(2000, 1, 1)
    return weasyprint.Attachment(
        string=job.attachment, name=job.attachment_name, created=day, modified=day, relationship="Source"
    )


if __name__ == "__main__":
    sys.exit(main())
