"""Runs `briefing` in a forked child for each order on stdin, and lets it die where it is told.

A moment is one of the things that a run does to the world: a statement to SQLite before it is executed and after, a
file opened, renamed or put on disk, a connection. The child counts them and ends itself with SIGKILL at the one that
the order names; or it is ended from outside after some seconds. Renames that no folder has on disk yet, which a power
cut would take back, stand in a journal.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "socket.connect", "subprocess.Popen"}


class Moments:
    """Counts what a run does to the world, and ends it at the fatal one."""

    def __init__(self, fatal: int | None, journal: Path) -> None:
        self.count = 0
        self._fatal = fatal
        self._journal = journal
        self._file = os.open(journal / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
        self._is_noting = False
        self._fsync = os.fsync

    def watch(self) -> None:
        """Begin to count."""
        moments = self

        class Watched(sqlite3.Connection):
            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                moments.happen()
                cursor = super().execute(*arguments)
                moments.happen()
                return cursor

        connect = sqlite3.connect
        sqlite3.connect = lambda *given, **named: connect(*given, factory=Watched, **named)  # type: ignore[assignment]
        os.fsync = self._put_on_disk  # type: ignore[assignment]
        sys.addaudithook(self._hear)

    def happen(self) -> None:
        """Count a moment; the fatal one is the last."""
        self.count += 1
        if self.count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take what Python tells of the things that it does."""
        if event not in EVENTS or self._is_noting:
            return
        self.happen()
        if event == "os.rename":
            self._note_rename(os.path.abspath(arguments[1]))

    def _note_rename(self, place: str) -> None:
        """Keep what stands in the place that something is renamed to, and note it."""
        self._is_noting = True
        kept = None
        if os.path.exists(place):
            kept = str(self._journal / f"{self.count}.kept")
            os.link(place, kept)
        self._note("renamed", place, kept)
        self._is_noting = False

    def _put_on_disk(self, descriptor: int) -> None:
        """Stand in for `os.fsync`: from here on a folder's names stay."""
        self.happen()
        self._fsync(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            self._note("on disk", os.readlink(f"/proc/self/fd/{descriptor}"))
        self.happen()

    def _note(self, *values: str | None) -> None:
        os.write(self._file, json.dumps(values).encode() + b"\n")


def child(order: dict[str, Any], journal: Path) -> None:
    """Do one run and write what came of it; never return."""
    os.environ["SOURCE_DATE_EPOCH"] = str(order["now"])
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(journal / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    moments = Moments(order["fatal"], journal)
    moments.watch()
    code: object = 70
    try:
        from briefing import cli

        cli.main(order["arguments"])
    except SystemExit as leaving:
        code = leaving.code or 0
    except BaseException as error:
        print("unexpected:", type(error).__name__, error, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    (journal / "ended.json").write_text(json.dumps({"moments": moments.count, "modules": sorted(sys.modules)}))
    os._exit(int(str(code)))


def run(order: dict[str, Any], journal: Path) -> int:
    """Return the exit code of one run, negative where a signal ended it."""
    (journal / "ended.json").unlink(missing_ok=True)
    for kept in journal.glob("*.kept"):
        kept.unlink()
    process = os.fork()
    if process == 0:
        child(order, journal)
    descriptor = os.pidfd_open(process)
    if not select.select([descriptor], [], [], order["seconds"])[0]:
        os.kill(process, signal.SIGKILL)
    os.close(descriptor)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def main() -> None:
    """Take orders until there are no more."""
    journal = Path(sys.argv[1])
    for line in sys.stdin:
        code = run(json.loads(line), journal)
        with contextlib.suppress(OSError):
            for name in json.loads((journal / "ended.json").read_text())["modules"]:
                if name.partition(".")[0] != "__main__":
                    with contextlib.suppress(ImportError):
                        importlib.import_module(name)  # the next child need not
        print(code, flush=True)


if __name__ == "__main__":
    main()
