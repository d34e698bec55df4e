"""A mail server as `[mail] smtp` names it, and what it says made fit to print."""

import smtplib
from typing import NamedTuple
from urllib.parse import urlsplit

from briefing.errors import UsageError

_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}


class Server(NamedTuple):
    """Where a server is and how it is spoken to."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        """Return the server as users know it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, where nobody listens on the wire."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


def parse_server(address: str) -> Server:
    """Return the server of an address; raise UsageError when it is not one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"mail.smtp: {address!r}: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise UsageError(f"mail.smtp: {address!r} is no server; one looks like smtps://mail.example.org")
    return Server(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])


def reply_text(said: bytes | str) -> str:
    """Return what a server said on one line, without anything that a terminal would obey."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:300]


def reason(error: Exception) -> str:
    """Return what an error of the connection tells a user."""
    if isinstance(error, smtplib.SMTPResponseException):
        return reply_text(error.smtp_error)
    # smtplib wraps a time-out into "Connection unexpectedly closed".
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    return reply_text(str(getattr(error, "strerror", None) or error))
