"""Where the password for the mail server comes from: environment, file or command, in this order. It is never shown."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.errors import DeliveryError, UsageError
from briefing.settings import Mail

VARIABLE = "BRIEFING_MAIL_PASSWORD"

# A command may ask for the passphrase of its key ring; nobody looks for that longer.
COMMAND_SECONDS = 120


def find_password(mail: Mail, environment: Mapping[str, str]) -> str:
    """Return the password of `mail.user`; raise UsageError when nothing names one.

    Raises DeliveryError when it cannot be had: nothing is sent then, and what is queued stays.
    """
    if environment.get(VARIABLE):
        return environment[VARIABLE]
    if mail.password_file:
        return _first_line(_read(mail.password_file), f"mail.password_file: {mail.password_file}")
    if mail.password_command:
        return _first_line(_run(mail.password_command), f"mail.password_command: {mail.password_command[0]}")
    raise UsageError(
        f"no password for {mail.user}: set {VARIABLE}, mail.password_file or mail.password_command (in your own "
        "configuration folder, or in a file named with --config)"
    )


def _read(file: str) -> bytes:
    """Return what a file holds."""
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as error:
        raise DeliveryError(f"mail.password_file: {file}: {error.strerror}; nothing was sent") from error


def _run(command: Sequence[str]) -> bytes:
    """Return what a command prints; its stderr and its questions go to the user."""
    try:
        done = subprocess.run(list(command), stdout=subprocess.PIPE, check=False, timeout=COMMAND_SECONDS)
    except OSError as error:
        raise DeliveryError(f"mail.password_command: {command[0]}: {error.strerror}; nothing was sent") from error
    except subprocess.TimeoutExpired:
        # Without `from`: the exception holds what the command had printed.
        raise DeliveryError(
            f"mail.password_command: {command[0]} was not done after {COMMAND_SECONDS} seconds; nothing was sent"
        ) from None
    if done.returncode:
        raise DeliveryError(
            f"mail.password_command: {command[0]} ended with exit code {done.returncode}; nothing was sent"
        )
    return done.stdout


def _first_line(data: bytes, where: str) -> str:
    """Return the first line, where `pass` and its like keep the password; raise DeliveryError when it is empty."""
    try:
        password = data.decode().partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        raise DeliveryError(f"{where} gives no text in UTF-8; nothing was sent") from None
    if not password:
        raise DeliveryError(f"{where} gives no password; nothing was sent")
    return password
