"""Runs of `briefing` to kill: started one after the other in a world of their own (`victim.py` is the other side)."""

import json
import os
import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple


class Ending(NamedTuple):
    """How a run ended: its exit code (-9 when it was killed), what it printed, and how many moments it had."""

    code: int
    out: str
    err: str
    moments: int | None


class Nursery:
    """A home with a configuration, an archive and a folder of issues, and runs in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._journal = home / "journal"
        self._journal.mkdir(parents=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.daily.victim", str(self._journal)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=home,
            env={
                **os.environ,
                "XDG_DATA_HOME": str(home / "data"),
                "XDG_CONFIG_HOME": str(home / "config"),
                "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            },
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def run(self, now: datetime, *arguments: str, fatal: int | None = None, seconds: float | None = None) -> Ending:
        """Run `briefing` at an instant; end it at its `fatal` moment, or after so many seconds."""
        order = {"now": int(now.timestamp()), "arguments": arguments, "fatal": fatal, "seconds": seconds}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        code = int(self._process.stdout.readline())
        out, err = ((self._journal / name).read_text(encoding="utf-8") for name in ("out", "err"))
        ended = self._journal / "ended.json"
        return Ending(code, out, err, json.loads(ended.read_text())["moments"] if ended.exists() else None)

    def cut_power(self, chance: random.Random) -> None:
        """Take away what the last run had not put on disk: renames, and the end of what SQLite was writing."""
        notes = [json.loads(line) for line in (self._journal / "journal").read_text().splitlines()]
        lost: list[tuple[str, str | None]] = []
        for kind, place, *kept in notes:
            if kind == "renamed":
                lost.append((place, kept[0]))
            else:
                lost = [each for each in lost if os.path.dirname(each[0]) != place]
        for place, old in reversed(lost):
            if old:
                os.replace(old, place)
            elif os.path.exists(place):
                os.unlink(place)
        data = self.home / "data" / "briefing"
        (data / "archive.db-shm").unlink(missing_ok=True)
        if (data / "archive.db-wal").exists():
            with (data / "archive.db-wal").open("ab") as log:
                log.write(chance.randbytes(chance.randrange(5000)))
