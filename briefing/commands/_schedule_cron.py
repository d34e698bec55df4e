"""cron: one line. It cannot catch up by itself; the next run does."""

import shlex

from briefing.commands._schedule import Job, call


def text(job: Job) -> str:
    """Return the line, under a comment by which it is found again."""
    return f"{_mark(job)}\n{line(job)}\n"


def line(job: Job) -> str:
    """Return the line: absolute, silent where all is well, and with what cron would take for line ends escaped."""
    folder = f"cd {shlex.quote(job.folder)} && " if job.folder else ""
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in job.environment.items())
    command = f"{folder}{variables}{shlex.join(job.arguments)} -q"
    # crontab(5): a percent sign is a new line unless a backslash stands before it, also between quotation marks.
    return f"{job.minute} {job.hour} * * * " + command.replace("%", "\\%")


def install(job: Job) -> list[str]:
    """Put the line into the user's crontab in place of an earlier one; return what to tell."""
    known = call(["crontab", "-l"], may_fail=True)  # it fails where there is none yet
    call(["crontab", "-"], given=merged(known, job))
    return [f"every day at {job.at}: crontab -l", "what goes wrong is mailed by cron; no more: crontab -e"]


def merged(known: str, job: Job) -> str:
    """Return a crontab with the job's line, every other line as it was."""
    lines = known.splitlines()
    if _mark(job) in lines:
        place = lines.index(_mark(job))
        del lines[place : place + 2]
    return "\n".join([*lines, _mark(job), line(job), ""])


def _mark(job: Job) -> str:
    """Return the comment above the line."""
    return f"# {job.name}: the daily briefing"
