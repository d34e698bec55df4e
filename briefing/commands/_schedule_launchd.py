"""launchd on macOS: a property list of the user's own; a run that was due in sleep starts when the machine wakes."""

import plistlib
from pathlib import Path

from briefing.commands._schedule import Job, call, put


def text(job: Job) -> str:
    """Return the property list."""
    content = {
        "Label": job.name,
        "ProgramArguments": list(job.arguments),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
        "StandardOutPath": str(_log(job)),
        "StandardErrorPath": str(_log(job)),
        **({"WorkingDirectory": job.folder} if job.folder else {}),
    }
    return plistlib.dumps(content).decode()


def install(job: Job) -> list[str]:
    """Write the list and load it; return what to tell."""
    path = Path.home() / "Library" / "LaunchAgents" / f"{job.name}.plist"
    put(path, text(job))
    call(["launchctl", "unload", str(path)], may_fail=True)  # of an earlier one
    call(["launchctl", "load", "-w", str(path)])
    return [f"every day at {job.at}; what a run said: {_log(job)}; no more: launchctl unload -w '{path}'"]


def _log(job: Job) -> Path:
    """Return where a run's output goes."""
    return Path.home() / "Library" / "Logs" / f"{job.name}.log"
