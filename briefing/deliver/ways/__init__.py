"""The ways out, one a file, found by the scheme of `[mail] smtp`: `smtps://host` is taken by `smtp.py`.

A way is a module with `connect(address, mail, password)`, a context manager that gives a `Deliver`,
`check(address, mail, password)`, which says in a line what works without sending anything, and `read_address(address)`,
which does nothing but raise UsageError for an address that cannot be read. The others do so too, and raise
DeliveryError where no message can go out at all.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Literal, NamedTuple

from briefing import parts
from briefing.errors import UsageError
from briefing.settings import Mail

# Asked for when a server wants it, and not before: a command may have to ask the user.
Password = Callable[[], str]

# Called right before the message follows; False when it must not, because another process has taken it.
Claim = Callable[[], bool]


class Receipt(NamedTuple):
    """How one message ended, and what was said about it; `unknown` where it may have arrived and may not."""

    state: Literal["sent", "retry", "failed", "unknown"]
    reply: str


# Takes sender, recipient, message and claim; returns None when the claim said no.
Deliver = Callable[[str, str, bytes, Claim], Receipt | None]


def names() -> list[str]:
    """Return the names of the ways, sorted."""
    return parts.names(__name__)


def connect(mail: Mail, password: Password) -> AbstractContextManager[Deliver]:
    """Return the configured way, which opens at its first message."""
    way: AbstractContextManager[Deliver] = _way(mail).connect(mail.smtp, mail, password)
    return way


def check(mail: Mail, password: Password) -> str:
    """Return what works of the configured way, after trying everything but sending."""
    report: str = _way(mail).check(mail.smtp, mail, password)
    return report


def check_address(mail: Mail) -> None:
    """Raise UsageError where the configured way out is none; nothing is opened, made or asked for."""
    _way(mail).read_address(mail.smtp)


def caution(mail: Mail) -> str | None:
    """Return what a user should be told about the way before anything goes, None where there is nothing to say."""
    if (mail.smtp or "").lower().startswith("smtp://"):
        return f"mail goes to {(mail.smtp or '')[len('smtp://') :]} without encryption"
    return None


def _way(mail: Mail) -> ModuleType:
    """Return the module for the scheme: its name, with `s` or `+starttls` for how it is encrypted."""
    scheme, colon, _ = (mail.smtp or "").partition(":")
    if not colon:
        raise UsageError(
            "no way out: set smtp in [mail], such as smtps://HOST, smtp+starttls://HOST:587, sendmail: or maildir:PATH"
        )
    return parts.load(__name__, scheme.lower().partition("+")[0].removesuffix("s"), "way out")
