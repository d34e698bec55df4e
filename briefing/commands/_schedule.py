"""What is to be run every day: the program, its arguments, its folder and its environment, all of them absolute."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefing.errors import BriefingError, UsageError

if TYPE_CHECKING:
    from briefing.settings import Config

# What a scheduler's own environment lacks: where programs are (password commands and hooks run some), where our files
# are, and the way to the network.
CARRIED = (
    "PATH", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
)  # fmt: skip


class Job(NamedTuple):
    """One run a day. `folder` is None where everything that the run names is absolute."""

    name: str
    arguments: tuple[str, ...]
    folder: str | None
    environment: Mapping[str, str]
    hour: int
    minute: int

    @property
    def at(self) -> str:
        """The time of day as people write it."""
        return f"{self.hour:02}:{self.minute:02}"


def parse_time(text: str) -> tuple[int, int]:
    """Return hour and minute; raise UsageError for what is no time of day."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip(), re.ASCII)
    if not found:
        raise UsageError(f"--at {text!r} is no time of day; give one such as 06:30")
    return int(found[1]), int(found[2])


def make_job(at: str, config: "Config", config_file: str | None, profile: str | None) -> Job:
    """Return the job of these options, for the program that is running; raise UsageError for what cannot be planned."""
    hour, minute = parse_time(at)
    options = ["-c", os.path.abspath(config_file)] if config_file else []
    options += ["--profile", profile] if profile else []
    environment = {name: os.environ[name] for name in CARRIED if _may_be_written(name)}
    if "PATH" in environment:
        environment["PATH"] = _each_once(environment["PATH"])
    job = Job(
        name=f"briefing-{profile}" if profile else "briefing",
        arguments=(*_program(), "run", *options),
        folder=os.getcwd() if _is_bound_to_folder(config, config_file) else None,
        environment=environment,
        hour=hour,
        minute=minute,
    )
    odd = [each for each in (*job.arguments, *environment.values(), job.folder or "") if not each.isprintable()]
    if odd:
        raise UsageError(f"{odd[0]!r} cannot be written into a schedule: it has characters that end a line")
    return job


def _program() -> tuple[str, ...]:
    """Return how this program is started from anywhere."""
    started = os.path.abspath(sys.argv[0])
    if os.path.basename(started) == "briefing" and os.access(started, os.X_OK) and os.path.isfile(started):
        return (started,)
    return (sys.executable, "-m", "briefing")


def _may_be_written(name: str) -> bool:
    """Tell whether a variable is set and no secret: a proxy's address may have a password in it."""
    value = os.environ.get(name, "")
    return bool(value) and not (name.lower().endswith("_proxy") and "@" in value)


def _each_once(path: str) -> str:
    """Return a PATH without the folders that stand in it before; a shell in a shell adds its own again."""
    return os.pathsep.join(dict.fromkeys(path.split(os.pathsep)))


def _is_bound_to_folder(config: "Config", config_file: str | None) -> bool:
    """Tell whether a run finds its configuration, or puts its files, from the working directory on."""
    from briefing.config import FILE_NAME

    is_here = not config_file and os.path.isfile(FILE_NAME)
    return is_here or not os.path.isabs(config.output.directory) or os.path.isdir(config.edition.template)


def put(path: Path, content: str) -> None:
    """Write a file of the scheduler's, with its folder; raise BriefingError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise BriefingError(f"{path}: cannot be written: {error.strerror}") from error


def call(arguments: Sequence[str], *, given: str | None = None, may_fail: bool = False) -> str:
    """Run a program of the system and return what it prints; raise BriefingError that says what it complained about."""
    try:
        done = subprocess.run(arguments, input=given or "", capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BriefingError(f"{arguments[0]} cannot be run: {error}") from error
    if done.returncode and not may_fail:
        said = " ".join((done.stderr or done.stdout).split())
        raise BriefingError(f"{' '.join(arguments)}: {said or f'ended with exit code {done.returncode}'}")
    return done.stdout
