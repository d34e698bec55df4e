"""Pages: CPU seconds a page of our PDF beside Chromium printing the same page, whole builds, and reading in a pipe.

The sample day is seeds/; DATA/stories/allsides.jsonl gives a day of forty stories, and one of a hundred pages
with its articles appended; DATA/summaries and DATA/extraction give the articles of the builds. Every figure is the CPU
time of a program started anew, with all that it starts: nothing is warm but the disk. "Layout" is what remains of it
without the start: laying out and writing alone, WeasyPrint imported.
"""

import ctypes
import gzip
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
import pypdfium2

from benchmarks._read import files, folder, records
from briefing import parts, renderers

DATE = "2026-11-22"
STORIES, MANY = 40, 120
ARTICLES = 30
SHORT = range(1700, 2500)  # characters
REPEATS = 3  # the quickest counts: on a shared machine everything else is somebody else's time
BRIEFING = (sys.executable, "-m", "briefing")
PRINT = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
)
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


Command = Sequence[str | Path]


# Lays out a page in a process that has imported WeasyPrint, and prints the CPU seconds.
LAYOUT = """
import gc, sys, time
from pathlib import Path
from briefing.renderers import _weasyprint_child as child
html = Path(sys.argv[1]).read_text(encoding="utf-8")
job = child.Job(html, Path(sys.argv[2]).read_bytes(), "briefing.json", "2026-11-22", 600, 4096)
gc.disable()
weasyprint = child._import_weasyprint()
start = time.process_time()
child._pdf(job, weasyprint)
print(time.process_time() - start)
"""


class Cost(NamedTuple):
    """What a PDF cost."""

    pages: int
    seconds: float


def adopt_orphans() -> None:
    """Become the parent of processes that a program leaves behind: Chromium's would not be counted otherwise."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cpu(command: Command) -> float:
    """Return the CPU time of a program and of every process that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wait_for_orphans() -> None:
    """Wait until nothing that was started still runs."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


def quickest(command: Command, repeats: int = REPEATS) -> float:
    """Return the CPU time of the quickest run."""
    return min(cpu(command) for _ in range(repeats))


def days(place: Path) -> dict[str, Path]:
    """Return the stored issues to print, by name."""
    return {
        "sample day": issue(place / "sample.json", parts.shipped("seeds")),
        f"{STORIES} stories": issue(place / "stories.json", events(place / "stories.jsonl", STORIES)),
        f"{MANY} stories, --full": issue(place / "full.json", events(place / "full.jsonl", MANY), "--full"),
    }


def events(file: Path, count: int) -> Path:
    """Write the articles on so many events into a file."""
    stories: dict[str, list[dict[str, str]]] = {}
    for row in records(folder() / "stories" / "allsides.jsonl"):
        stories.setdefault(row["story"], []).append(row)
    articles = chain.from_iterable(islice(stories.values(), count))
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in articles))
    return file


def issue(file: Path, articles: Path, *options: str) -> Path:
    """Store the issue made of some articles."""
    cpu([*BRIEFING, "build", articles, "--date", DATE, "-o", file, *options])
    return file


def pages(file: Path) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def layout(place: Path) -> None:
    """Print what a page costs, ours and Chromium's, for issues of different sizes, and what one page more costs."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    costs: dict[str, list[Cost]] = {}
    print(f"{'CPU seconds':<30}{'pages':>6}{'in all':>8}{'a page':>8}{'layout':>8}{'a page':>8}")
    for name, stored in days(place).items():
        html = stored.with_suffix(".html")
        cpu([*BRIEFING, "render", stored, "-o", html])
        for printer, pdf, command in printers(stored, html, chromium):
            seconds = quickest(command)
            cost = Cost(pages(pdf), seconds)
            costs.setdefault(printer, []).append(cost)
            alone = laid_out(html, stored) if pdf.name.count(".") == 1 else 0.0
            print(f"{name:<20}{printer:<10}{cost.pages:6d}{seconds:8.2f}{seconds / cost.pages:8.3f}", end="")
            print(f"{alone:8.2f}{alone / cost.pages:8.3f}" if alone else "", flush=True)
    for printer, (small, *_, large) in costs.items():
        further = (large.seconds - small.seconds) / (large.pages - small.pages)
        print(f"{'a further page':<20}{printer:<10}{'':14}{further:8.3f}")


def laid_out(html: Path, stored: Path) -> float:
    """Return what laying out a page and writing its PDF costs, without the start of the program and its libraries."""
    command: Command = [sys.executable, "-c", LAYOUT, html, stored]
    return min(float(subprocess.check_output(command, stderr=subprocess.DEVNULL)) for _ in range(REPEATS))


def printers(stored: Path, html: Path, chromium: str | None) -> Iterator[tuple[str, Path, Command]]:
    """Yield who makes a PDF of the issue, its file, and the command."""
    ours, theirs = stored.with_suffix(".pdf"), stored.with_suffix(".chromium.pdf")
    yield "briefing", ours, [*BRIEFING, "render", stored, "-o", ours]
    if chromium:
        yield "Chromium", theirs, [chromium, *PRINT, f"--print-to-pdf={theirs}", html.as_uri()]


def builds(place: Path) -> None:
    """Print what whole builds cost, from the articles to every format."""
    rows = chain.from_iterable(records(path) for path in files("summaries"))
    texts = (text for row in rows if row["lang"] == "en" for text in row["docs"] if len(text) in SHORT)
    found = sorted((folder() / "extraction" / "html").glob("*.html.gz"))
    kinds = {
        "short texts": [(f"{number}.txt", text.encode()) for number, text in enumerate(islice(texts, ARTICLES))],
        "web pages": [(path.stem, gzip.decompress(path.read_bytes())) for path in found[:ARTICLES]],
    }
    print(f"\ncold build to {', '.join(renderers.names())}: CPU seconds")
    for kind, articles in kinds.items():
        inputs = place / kind.replace(" ", "-")
        inputs.mkdir()
        for name, data in articles:
            (inputs / name).write_bytes(data)
        command: Command = [
            *BRIEFING,
            "build",
            inputs,
            "--date",
            DATE,
            "-o",
            f"{place}/out/",
            "-f",
            ",".join(renderers.names()),
        ]
        print(f"{len(articles)} {kind:<17}{quickest(command):8.2f}", flush=True)


def reading(place: Path) -> None:
    """Print what reading an issue in a pipe costs, in starts of Python."""
    python = quickest([sys.executable, "-I", "-c", "pass"], 10)
    read = quickest([*BRIEFING, "read", place / "sample.json"], 10)
    print(f"\nread | cat: {read / python:.1f} starts of Python ({python * 1e3:.0f} ms CPU)")


def main() -> None:
    """Print the tables."""
    adopt_orphans()
    with TemporaryDirectory() as name:
        layout(Path(name))
        builds(Path(name))
        reading(Path(name))


if __name__ == "__main__":
    main()
