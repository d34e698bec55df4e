"""A home for daily runs: folders of its own, a configuration, and the command called in this process or in another."""

import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from briefing import cli
from briefing.models import Briefing
from tests.daily.world import START

ROOT = Path(__file__).parent.parent.parent
PLAIN = '[edition]\nformats = ["md", "json"]\n'
MAIL = """
[mail]
from = "me@example.org"
to = ["ann@example.org", "ben@example.org"]
smtp = "maildir:mail"
attach = ["md"]
"""


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Desk:
    """A working directory, an archive, and `briefing` called at an instant."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(home)
        for name, folder in {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}.items():
            monkeypatch.setenv(name, str(home / folder))

    def __call__(self, *arguments: str, now: datetime = START) -> Answer:
        """Call `briefing` in this process; nothing that a terminal would obey may come out of a pipe."""
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
        with (self.home / "out.txt").open("w+") as out, (self.home / "err.txt").open("w+") as err:
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
                cli.main(list(arguments))
            texts = [stream.seek(0) or stream.read() for stream in (out, err)]
        assert not [each for each in "".join(texts) if not each.isprintable() and each != "\n"]
        return Answer(int(left.value.code or 0), *texts)

    def really(self, *arguments: str, now: datetime = START) -> Answer:
        """Call `briefing` in a process of its own, as cron does: next to nothing in the environment, no terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "briefing", *arguments],
            env={
                "HOME": str(self.home),
                "PATH": "/usr/bin:/bin",
                "XDG_DATA_HOME": str(self.home / "data"),
                "XDG_CONFIG_HOME": str(self.home / "config"),
                "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
                "PYTHONPATH": str(ROOT),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def configure(self, text: str = PLAIN, feeds: str | None = None) -> None:
        """Write the configuration and the file of feeds."""
        folder = self.home / "config" / "briefing"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "briefing.toml").write_text(text, encoding="utf-8")
        if feeds is not None:
            (folder / "feeds").write_text(feeds, encoding="utf-8")

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a question to the archive."""
        with closing(sqlite3.connect(self.home / "data" / "briefing" / "archive.db")) as connection:
            return connection.execute(query).fetchall()

    def snapshot(self) -> dict[str, bytes]:
        """Return the bytes of every file in the home, but for what the last call printed."""
        files = (path for path in self.home.rglob("*") if path.is_file() and path.suffix != ".txt")
        return {str(path.relative_to(self.home)): path.read_bytes() for path in files}


def issue(desk: Desk, name: str = "latest") -> Briefing:
    """Return an issue from its file."""
    return msgspec.json.decode((desk.home / "out" / f"{name}.json").read_bytes(), type=Briefing)


def inbox(desk: Desk) -> list[tuple[str, str]]:
    """Return recipient and subject of every message that arrived."""
    folder = desk.home / "mail" / "new"
    found = [message_from_bytes(path.read_bytes()) for path in folder.iterdir()] if folder.exists() else []
    return sorted((str(message["To"]), str(message["Subject"])) for message in found)
