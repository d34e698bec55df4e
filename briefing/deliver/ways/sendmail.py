"""The machine's own `sendmail` (Postfix, OpenSMTPD, Exim, msmtp, …): `sendmail:`."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

from briefing.deliver.ways import Claim, Deliver, Password, Receipt
from briefing.errors import DeliveryError
from briefing.settings import Mail

# Where it stands on systems that keep it out of a user's PATH.
_FOLDERS = ("/usr/sbin", "/usr/lib", "/usr/local/sbin")

# sysexits.h; a program that keeps to it says by EX_TEMPFAIL that it may be asked again.
_TEMPORARY = os.EX_TEMPFAIL

# It only queues; some, such as msmtp, pass the message on first and wait for the server as long as we would.
_SECONDS = 600


@contextlib.contextmanager
def connect(address: str, mail: Mail, password: Password) -> Iterator[Deliver]:
    """Give the function that hands a message to the program."""
    program = _program()

    def deliver(sender: str, recipient: str, message: bytes, claim: Claim) -> Receipt | None:
        return _hand_over([program, "-i", "-f", sender, "--", recipient], message) if claim() else None

    yield deliver


def check(address: str, mail: Mail, password: Password) -> str:
    """Return where the program stands."""
    return f"{_program()} is there"


def read_address(address: str) -> None:
    """Take any address: nothing stands behind the colon."""


def _program() -> str:
    """Return the path of the program; raise DeliveryError when there is none."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_FOLDERS])
    program = shutil.which("sendmail", path=path)
    if program is None:
        raise DeliveryError("there is no sendmail on this machine; install a mail server or set smtps://HOST in [mail]")
    return program


def _hand_over(command: list[str], message: bytes) -> Receipt:
    """Run the program with the message on its standard input, in lines as this system writes them."""
    try:
        done = subprocess.run(
            command, input=message.replace(b"\r\n", b"\n"), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Receipt("unknown", f"{command[0]} was not done after {_SECONDS} seconds")
    except OSError as error:
        return Receipt("retry", f"{command[0]} did not start: {error.strerror}")
    said = " ".join(done.stderr.decode(errors="replace").split())[:300]
    if done.returncode < 0:
        return Receipt("unknown", f"{command[0]} was ended by signal {-done.returncode} {said}".rstrip())
    if done.returncode:
        reply = f"{command[0]} ended with exit code {done.returncode}: {said or 'it said nothing'}"
        return Receipt("retry" if done.returncode == _TEMPORARY else "failed", reply)
    return Receipt("sent", f"taken by {command[0]}")
