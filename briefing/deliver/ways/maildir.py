"""A maildir, read by mail programs directly: `maildir:PATH`.

A message's file is named by its Message-ID, so that one delivered again is recognized and stays a single message.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.deliver.files import keep_names
from briefing.deliver.ways import Claim, Deliver, Password, Receipt
from briefing.errors import DeliveryError, UsageError
from briefing.settings import Mail

_FOLDERS = ("tmp", "new", "cur")


@contextlib.contextmanager
def connect(address: str, mail: Mail, password: Password) -> Iterator[Deliver]:
    """Give the function that puts a message into the maildir, which is made when it is not there."""
    folder = read_address(address)
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeliveryError(f"{folder}: is no maildir and cannot be made one ({error.strerror})") from error

    def deliver(sender: str, recipient: str, message: bytes, claim: Claim) -> Receipt | None:
        return _put(folder, message) if claim() else None

    yield deliver


def check(address: str, mail: Mail, password: Password) -> str:
    """Return whether the maildir can be written; raise DeliveryError when it cannot."""
    folder = read_address(address)
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        raise DeliveryError(f"{existing} cannot be written; name another maildir in [mail]")
    return f"{folder}/ can be written"


def read_address(address: str) -> Path:
    """Return the maildir's folder."""
    path = address.partition(":")[2]
    if not path:
        raise UsageError("mail.smtp: 'maildir:' needs a folder, such as maildir:~/Mail/briefing")
    return Path(path).expanduser()


def _put(folder: Path, message: bytes) -> Receipt:
    """Write the message beside and rename it, so that no reader sees half of it."""
    found = re.search(rb"^Message-ID: (.+?)\r?$", message, re.MULTILINE | re.IGNORECASE)
    name = f"briefing.{hashlib.sha256(found[1] if found else message).hexdigest()[:32]}"
    if any(each.name.partition(":")[0] == name for place in ("new", "cur") for each in (folder / place).iterdir()):
        return Receipt("sent", f"was in {folder} already")
    temporary = folder / "tmp" / name
    try:
        with temporary.open("wb") as file:
            file.write(message.replace(b"\r\n", b"\n"))
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(folder / "new" / name)
        keep_names(folder / "new")  # what is told as sent must be there after a power cut, too
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return Receipt("retry", f"{folder}: {error.strerror}")
    return Receipt("sent", f"in {folder}")
