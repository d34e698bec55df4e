"""systemd: a service and a timer of the user's own, which catches up what a machine slept through."""

import os
import re
from pathlib import Path

from briefing.commands._schedule import Job, call, put

# The server that put a message off is asked again after half an hour (`archive/outbox.py`), and a machine that has
# just woken up may have no network yet; wrong usage (2) is the same half an hour later.
AGAIN = """\
SuccessExitStatus=3 4
Restart=on-failure
RestartSec=30min
RestartPreventExitStatus=2"""


def is_there() -> bool:
    """Tell whether systemd runs this machine (sd_booted(3))."""
    return os.path.isdir("/run/systemd/system")


def files(job: Job) -> dict[Path, str]:
    """Return the unit files with their places."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    folder = (Path(home) if os.path.isabs(home) else Path.home() / ".config") / "systemd" / "user"
    name = unit_name(job.name)
    return {folder / f"{name}.service": service(job), folder / f"{name}.timer": timer(job)}


def text(job: Job) -> str:
    """Return both files, each under its name."""
    return "\n".join(f"# {path}\n{content}" for path, content in files(job).items())


def install(job: Job) -> list[str]:
    """Write the files and start the timer; return what to tell."""
    for path, content in files(job).items():
        put(path, content)
    name = unit_name(job.name)
    call(["systemctl", "--user", "daemon-reload"])
    call(["systemctl", "--user", "enable", "--now", f"{name}.timer"])
    return [
        f"every day at {job.at}, and later where the machine was asleep: systemctl --user list-timers",
        f"what a run said: journalctl --user -u '{name}'; no more: systemctl --user disable --now '{name}.timer'",
        "also while nobody is logged in: loginctl enable-linger",
    ]


def service(job: Job) -> str:
    """Return the file of the service."""
    folder = [f"WorkingDirectory={_without_specifiers(job.folder)}"] if job.folder else []
    variables = [f"Environment={_quoted(f'{name}={value}')}" for name, value in job.environment.items()]
    # The first word must be a plain path; env(1) finds any other.
    words = job.arguments if re.fullmatch(r"[\w/. @+-]+", job.arguments[0]) else ("/usr/bin/env", *job.arguments)
    command = " ".join(_quoted(each).replace("$", "$$") for each in words)
    lines = [
        "[Unit]",
        f"Description={_without_specifiers(job.name)}: the daily briefing",
        "StartLimitIntervalSec=1d",
        "StartLimitBurst=5",
        "",
        "[Service]",
        "Type=oneshot",
        *folder,
        *variables,
        f"ExecStart={command}",
        AGAIN,
        "",
    ]
    return "\n".join(lines)


def timer(job: Job) -> str:
    """Return the file of the timer. `Persistent` runs at once what was due while the machine was off."""
    lines = [
        "[Unit]",
        f"Description={_without_specifiers(job.name)}: every day at {job.at}",
        "",
        "[Timer]",
        f"OnCalendar=*-*-* {job.at}:00",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
    ]
    return "\n".join(lines)


def unit_name(name: str) -> str:
    """Return a name as units may have it, what they may not escaped as systemd-escape(1) does."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda found: "".join(f"\\x{byte:02x}" for byte in found[0].encode()), name)


def _quoted(word: str) -> str:
    """Return one word of a command line or an assignment (systemd.syntax(7))."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_without_specifiers(escaped)}"'


def _without_specifiers(value: str) -> str:
    """Return a value in which no percent sign stands for anything (systemd.unit(5))."""
    return value.replace("%", "%%")
