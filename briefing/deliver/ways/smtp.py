"""SMTP (RFC 5321): `smtps://HOST[:465]`, `smtp+starttls://HOST[:587]`, and `smtp://HOST[:25]` without encryption.

From the moment the server is told that a message follows until it says what became of it, a lost connection leaves the
message `unknown`: the server may have it. Before, nothing was sent; a 4xx reply is `retry`, a 5xx one `failed`.
"""

import contextlib
import re
import smtplib
from collections.abc import Iterator

from briefing.deliver.ways import Claim, Deliver, Password, Receipt
from briefing.deliver.ways._smtp_connection import REPLY_SECONDS, open_connection, wait_at_most
from briefing.deliver.ways._smtp_server import Server, parse_server, reason, reply_text
from briefing.errors import DeliveryError
from briefing.settings import Mail

_GO_ON, _CLOSING = 354, 421
_AUTHENTICATION_REQUIRED = 530  # RFC 4954: about the session, not about this message

_DOTS = re.compile(rb"^\.", re.MULTILINE)


@contextlib.contextmanager
def connect(address: str, mail: Mail, password: Password) -> Iterator[Deliver]:
    """Give the function that sends a message; all go over one connection, which is opened again when it was lost."""
    session = Session(parse_server(address), mail, password)
    try:
        yield session.deliver
    finally:
        session.close()


def check(address: str, mail: Mail, password: Password) -> str:
    """Connect and log in without sending; return what worked."""
    server = parse_server(address)
    session = Session(server, mail, password)
    session.open()
    session.close()
    encrypted = "without encryption" if server.scheme == "smtp" else "encrypted, certificate trusted"
    return f"{server} answers, {encrypted}, {f'logged in as {mail.user}' if mail.user else 'no login'}"


def read_address(address: str) -> Server:
    """Return the server of an address; raise UsageError when it is not one."""
    return parse_server(address)


class Session:
    """A conversation with a server: opened by the first message, closed by `close` or by an error."""

    def __init__(self, server: Server, mail: Mail, password: Password) -> None:
        """Keep what is needed to connect; nothing is opened yet."""
        self._server, self._mail, self._password = server, mail, password
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """Return the connection, opened where it is not; raise DeliveryError when it cannot be."""
        if self._smtp is None:
            self._smtp = open_connection(self._server, self._mail, self._password)
        return self._smtp

    def close(self) -> None:
        """Say good-bye."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def deliver(self, sender: str, recipient: str, message: bytes, claim: Claim) -> Receipt | None:
        """Send one message; raise DeliveryError when the server takes none from us."""
        smtp = self.open()
        try:
            refusal = self._announce(smtp, sender, recipient, len(message))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt("retry", f"{self._server} hung up before the message was sent ({reason(error)})")
        if refusal is not None or not claim():
            self._reset()
            return refusal
        try:
            return self._send(smtp, message)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Receipt("unknown", f"{self._server} hung up or fell silent before it confirmed ({reason(error)})")

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str, size: int) -> Receipt | None:
        """Say who sends and who gets the message; return how it ends already here, None when the server wants it."""
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            most, own = f"{int(limit) / 1e6:.1f}", f"{size / 1e6:.1f}"
            return Receipt("failed", f"{self._server} takes messages of {most} MB, and this one has {own} MB")
        code, said = smtp.mail(sender, [f"SIZE={size}"] if smtp.has_extn("size") else [])
        if 200 <= code < 300:
            code, said = smtp.rcpt(recipient)
        if code == _AUTHENTICATION_REQUIRED:
            raise DeliveryError(f"{self._server} wants a login first ({code} {reply_text(said)}): set user in [mail]")
        return None if 200 <= code < 300 else self._refused(code, said)

    def _send(self, smtp: smtplib.SMTP, message: bytes) -> Receipt:
        """Send the message and wait for what the server says about it."""
        code, said = smtp.docmd("DATA")
        if code != _GO_ON:
            return self._refused(code, said)
        end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
        smtp.send(_DOTS.sub(b"..", message) + end)
        wait_at_most(smtp, self._mail.reply_seconds)
        code, said = smtp.getreply()
        wait_at_most(smtp, REPLY_SECONDS)
        if 200 <= code < 300:
            return Receipt("sent", f"{code} {reply_text(said)}")
        if 400 <= code < 600:
            return self._refused(code, said)
        raise smtplib.SMTPException(f"its answer was {reply_text(said)!r}")

    def _refused(self, code: int, said: bytes) -> Receipt:
        """Return what a reply means that is no yes; one that is no reply at all is no no either."""
        if code == _CLOSING or not 400 <= code < 600:
            self._drop()
        return Receipt("failed" if 500 <= code < 600 else "retry", f"{code} {reply_text(said)}")

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
