"""Open a connection to a mail server: greeted, encrypted, logged in, or one sentence that says which of them failed."""

import smtplib
import ssl

from briefing.deliver.ways import Password
from briefing.deliver.ways._smtp_login import log_in
from briefing.deliver.ways._smtp_server import Server, reason
from briefing.errors import DeliveryError
from briefing.settings import Mail

# RFC 5321, 4.5.3.2, gives two to five minutes for each step; a user waits before the screen, and servers that make
# callers wait on purpose (greet delays) do so for less than half a minute.
CONNECT_SECONDS, REPLY_SECONDS = 60.0, 120.0

# The name we give ourselves is an address literal, as mail programs do: no look-up, and no host name tells.
OWN_NAME = "[127.0.0.1]"


def open_connection(server: Server, mail: Mail, password: Password) -> smtplib.SMTP:
    """Return a connection over which mail can go; raise DeliveryError that says why there is none and what to do."""
    try:
        smtp = _greeted(server, mail)
        try:
            _prepare(smtp, server, mail, password)
        except BaseException:
            smtp.close()
            raise
        return smtp
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(
            f"the certificate of {server} cannot be trusted ({error.verify_message.rstrip('.')}); "
            "mail.ca_file names the certificates of a private authority"
        ) from error
    except ssl.SSLError as error:
        raise DeliveryError(f"{server} speaks no TLS ({error.reason or error}); is it the right port?") from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(f"{server} refuses us: {error.smtp_code} {reason(error)}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"{server} cannot be reached ({reason(error)})") from error


def wait_at_most(smtp: smtplib.SMTP, seconds: float) -> None:
    """Give the server so long for each of its next replies."""
    assert smtp.sock is not None  # the connection is open
    smtp.sock.settimeout(seconds)


def _greeted(server: Server, mail: Mail) -> smtplib.SMTP:
    """Return a connection that has been greeted."""
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            server.host, server.port, OWN_NAME, timeout=CONNECT_SECONDS, context=_trust(mail.ca_file)
        )
    return smtplib.SMTP(server.host, server.port, OWN_NAME, timeout=CONNECT_SECONDS)


def _prepare(smtp: smtplib.SMTP, server: Server, mail: Mail, password: Password) -> None:
    """Say who we are, encrypt and log in."""
    wait_at_most(smtp, REPLY_SECONDS)
    smtp.ehlo_or_helo_if_needed()
    if server.scheme == "smtp+starttls":
        # Who takes the offer out of the server's greeting wants to read along: never go on without.
        if not smtp.has_extn("starttls"):
            raise DeliveryError(f"{server} offers no STARTTLS, and nothing goes unencrypted unasked; is it smtps://?")
        smtp.starttls(context=_trust(mail.ca_file))
        smtp.ehlo()
    if mail.user:
        log_in(smtp, server, mail.user, password)


def _trust(ca_file: str | None) -> ssl.SSLContext:
    """Return whose certificates count: the system's authorities and those of the file."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError, which a file without certificates raises, is one
            raise DeliveryError(f"mail.ca_file: {ca_file}: {reason(error)}") from error
    return context
