"""SMTP (RFC 5321): `smtps://HOST[:465]`, `smtp+starttls://HOST[:587]`, and `smtp://HOST[:25]` without encryption.

From the moment the server is told that a message follows until it says what became of it, a lost connection leaves the
message `unknown`: the server may have it. Before, nothing was sent; a 4xx reply is `retry`, a 5xx one `failed`.
"""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from briefing.config import Mail
from briefing.deliver.ways import Claim, Deliver, Password, Receipt
from briefing.deliver.ways._smtp_login import log_in
from briefing.errors import DeliveryError, UsageError

_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}

# RFC 5321, 4.5.3.2, gives two to five minutes for each step; a user waits before the screen, and servers that make
# callers wait on purpose (greet delays) do so for less than half a minute.
_CONNECT_SECONDS, _REPLY_SECONDS = 60.0, 120.0

_AUTHENTICATION_REQUIRED = 530  # RFC 4954: about the session, not about this message
_CLOSING = 421

_DOTS = re.compile(rb"^\.", re.MULTILINE)


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


@contextlib.contextmanager
def connect(address: str, mail: Mail, password: Password) -> Iterator[Deliver]:
    """Give the function that sends a message; all go over one connection, which is opened again when it was lost."""
    session = Session(parse(address), mail, password)
    try:
        yield session.deliver
    finally:
        session.close()


def check(address: str, mail: Mail, password: Password) -> str:
    """Connect and log in without sending; return what worked."""
    server = parse(address)
    session = Session(server, mail, password)
    try:
        session.open()
    finally:
        session.close()
    encrypted = "without encryption" if server.scheme == "smtp" else "encrypted, certificate trusted"
    return f"{server} answers, {encrypted}, {f'logged in as {mail.user}' if mail.user else 'no login'}"


def parse(address: str) -> Server:
    """Return the server of an address; raise UsageError when it is not one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"mail.smtp: {address!r}: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise UsageError(f"mail.smtp: {address!r} is no server; one looks like smtps://mail.example.org")
    return Server(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])


class Session:
    """A conversation with a server: opened by the first message, closed by `close` or by an error."""

    def __init__(self, server: Server, mail: Mail, password: Password) -> None:
        """Keep what is needed to connect; nothing is opened yet."""
        self._server, self._mail, self._password = server, mail, password
        self._smtp: smtplib.SMTP | None = None

    def deliver(self, sender: str, recipient: str, message: bytes, claim: Claim) -> Receipt | None:
        """Send one message; raise DeliveryError when the server takes none from us."""
        smtp = self._smtp or self.open()
        try:
            refusal = self._refusal(smtp, sender, recipient, len(message))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt("retry", f"{self._server} hung up before the message was sent ({_said(error)})")
        if refusal is not None or not claim():
            self._reset()
            return refusal
        try:
            return self._send(smtp, message)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt("unknown", f"{self._server} hung up or fell silent before it confirmed ({_said(error)})")

    def _refusal(self, smtp: smtplib.SMTP, sender: str, recipient: str, size: int) -> Receipt | None:
        """Announce a message; return how it ends already here, None when the server wants to have it."""
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            most, own = f"{int(limit) / 1e6:.1f}", f"{size / 1e6:.1f}"
            return Receipt("failed", f"{self._server} takes messages of {most} MB, and this one has {own} MB")
        for code, text in _answers(smtp, sender, recipient, size):
            if code == _AUTHENTICATION_REQUIRED:
                self._drop()
                raise DeliveryError(f"{self._server} wants a login first ({code} {_text(text)}): set user in [mail]")
            if not 200 <= code < 300:
                return self._receipt(code, text)
        return None

    def _send(self, smtp: smtplib.SMTP, message: bytes) -> Receipt:
        """Send the message and wait for what the server says about it."""
        code, text = smtp.docmd("DATA")
        if code == 354:
            end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
            smtp.send(_DOTS.sub(b"..", message) + end)
            assert smtp.sock is not None
            smtp.sock.settimeout(self._mail.reply_seconds)
            code, text = smtp.getreply()
            smtp.sock.settimeout(_REPLY_SECONDS)
        return self._receipt(code, text)

    def _receipt(self, code: int, text: bytes) -> Receipt:
        """Return what a reply means for the message."""
        if code == _CLOSING:
            self._drop()
        said = f"{code} {_text(text)}"
        return Receipt("sent" if 200 <= code < 300 else "retry" if 400 <= code < 500 else "failed", said)

    def open(self) -> smtplib.SMTP:
        """Connect, encrypt and log in; raise DeliveryError that says which of them failed and what to do."""
        server = self._server
        try:
            self._smtp = smtp = self._connected()
            assert smtp.sock is not None
            smtp.sock.settimeout(_REPLY_SECONDS)
            smtp.ehlo_or_helo_if_needed()
            if server.scheme == "smtp+starttls":
                self._encrypt(smtp)
            if self._mail.user:
                log_in(smtp, server, self._mail.user, self._password)
            return smtp
        except ssl.SSLCertVerificationError as error:
            raise self._closed(
                f"the certificate of {server} cannot be trusted ({error.verify_message.rstrip('.')}); "
                "mail.ca_file names the certificates of a private authority"
            ) from error
        except ssl.SSLError as error:
            raise self._closed(f"{server} speaks no TLS ({error.reason or error}); is it the right port?") from error
        except smtplib.SMTPResponseException as error:
            raise self._closed(f"{server} refuses us: {error.smtp_code} {_said(error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise self._closed(f"{server} cannot be reached ({_said(error)})") from error
        except DeliveryError:
            self._drop()
            raise

    def _closed(self, reason: str) -> DeliveryError:
        """Drop the connection and return the error."""
        self._drop()
        return DeliveryError(reason)

    def _connected(self) -> smtplib.SMTP:
        """Return a connection that has been greeted."""
        # The name we give ourselves is an address literal, as mail programs do: no look-up, and no host name tells.
        host, port, name = self._server.host, self._server.port, "[127.0.0.1]"
        if self._server.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, name, timeout=_CONNECT_SECONDS, context=self._context())
        return smtplib.SMTP(host, port, name, timeout=_CONNECT_SECONDS)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        """Go on encrypted; a server that does not offer it, or somebody in between, is no reason to go on without."""
        if not smtp.has_extn("starttls"):
            raise DeliveryError(
                f"{self._server} offers no STARTTLS, and nothing goes unencrypted unasked; is it smtps://?"
            )
        smtp.starttls(context=self._context())
        smtp.ehlo()

    def _context(self) -> ssl.SSLContext:
        """Return the rules for certificates: the system's authorities and those of `mail.ca_file`."""
        context = ssl.create_default_context()
        if self._mail.ca_file:
            try:
                context.load_verify_locations(self._mail.ca_file)
            except OSError as error:  # ssl.SSLError, which a file without certificates raises, is one
                raise DeliveryError(f"mail.ca_file: {self._mail.ca_file}: {_said(error)}") from error
        return context

    def _reset(self) -> None:
        """Take the announcement back, so that the next message can follow on this connection."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        """Close the connection without a word; the next message opens another."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def close(self) -> None:
        """Say good-bye."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()


def _answers(smtp: smtplib.SMTP, sender: str, recipient: str, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the replies to who sends and who gets the message, as long as somebody asks for the next."""
    yield smtp.mail(sender, [f"SIZE={size}"] if smtp.has_extn("size") else [])
    yield smtp.rcpt(recipient)


def _text(said: bytes | str) -> str:
    """Return what a server said on one line, without anything that a terminal would obey."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:300]


def _said(error: Exception) -> str:
    """Return what an error tells a user."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_error)
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    return _text(str(getattr(error, "strerror", None) or error))
