"""Commands of the user's own, run once the files of an issue are on disk."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefing.models import Problem

SECONDS = 600  # an upload to a reader's cloud takes a while; a hook that hangs must not hold the morning


def run_hooks(after: Sequence[Sequence[str]], files: Mapping[str, Path]) -> Iterator[Problem]:
    """Run each command, `{pdf}` and the like standing for the file of that format; yield a problem for each failure.

    No shell takes part. What a command prints goes to stderr.
    """
    for arguments in after:
        name = f"hook {arguments[0] if arguments else '(empty)'}"
        missing = [each for each in arguments if each[:1] + each[-1:] == "{}" and each[1:-1] not in files]
        if missing or not arguments:
            yield Problem(name, f"no file for {', '.join(missing)} was written" if missing else "no command to run")
            continue
        yield from (Problem(name, reason) for reason in _run([_filled(each, files) for each in arguments]))


def _filled(argument: str, files: Mapping[str, Path]) -> str:
    """Return an argument with the names of the files in their places."""
    for format, path in files.items():
        argument = argument.replace(f"{{{format}}}", str(path))
    return argument


def _run(arguments: list[str]) -> Iterator[str]:
    """Run a command; yield why it failed, if it did."""
    try:
        done = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=SECONDS, check=False)
    except OSError as error:
        yield f"did not start: {error.strerror}"
    except subprocess.TimeoutExpired:
        yield f"took more than {SECONDS} seconds and was ended"
    else:
        if done.returncode:
            yield f"ended with exit code {done.returncode}"
