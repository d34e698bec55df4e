"""Files that mail programs open: `eml:FOLDER`, one message a file. `--dry-run` writes the same."""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from briefing.deliver.files import write_issue
from briefing.deliver.message import safe_name
from briefing.deliver.ways import Claim, Deliver, Password, Receipt
from briefing.errors import BriefingError, UsageError
from briefing.settings import Mail


@contextlib.contextmanager
def connect(address: str, mail: Mail, password: Password) -> Iterator[Deliver]:
    """Give the function that writes a message into the folder."""
    folder = read_address(address)

    def deliver(sender: str, recipient: str, message: bytes, claim: Claim) -> Receipt | None:
        if not claim():
            return None
        try:
            return Receipt("sent", f"in {write(folder, recipient, message)}")
        except BriefingError as error:
            return Receipt("retry", str(error))

    yield deliver


def check(address: str, mail: Mail, password: Password) -> str:
    """Return where the files go."""
    return f"messages are written to {read_address(address)}/"


def write(folder: Path, name: str, message: bytes) -> Path:
    """Write one message and return its file, named after `name` and the content; raise BriefingError when it fails."""
    path = folder / f"{safe_name(name)}-{hashlib.sha256(message).hexdigest()[:8]}.eml"
    write_issue({path: message})
    return path


def read_address(address: str) -> Path:
    """Return the folder of the files."""
    path = address.partition(":")[2]
    if not path:
        raise UsageError("mail.smtp: 'eml:' needs a folder, such as eml:out/mail")
    return Path(path).expanduser()
