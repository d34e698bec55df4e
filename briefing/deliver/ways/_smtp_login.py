"""AUTH (RFC 4954) with PLAIN and LOGIN, in UTF-8, which smtplib's own leaves out. The password is in no message."""

import base64
import smtplib

from briefing.deliver.ways import Password
from briefing.deliver.ways._smtp_server import Server
from briefing.errors import DeliveryError


def log_in(smtp: smtplib.SMTP, server: Server, user: str, password: Password) -> None:
    """Log in; raise DeliveryError when the server does not let us, or would hear the password unencrypted."""
    if server.scheme == "smtp" and not server.is_here:
        raise DeliveryError(f"no password goes to {server} unencrypted; use smtps:// or smtp+starttls:// in [mail]")
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    secret = password()
    if "PLAIN" in offered:
        code, said = smtp.docmd("AUTH", "PLAIN " + _encoded("\0".join(["", user, secret])))
    elif "LOGIN" in offered:
        code, said = smtp.docmd("AUTH", f"LOGIN {_encoded(user)}")
        if code == 334:
            code, said = smtp.docmd(_encoded(secret))
    else:
        raise DeliveryError(f"{server} offers no login that we know ({' '.join(offered) or 'none'}); remove mail.user?")
    if code != 235:
        # Not a word of what the server said but its code: some repeat what they were told.
        raise DeliveryError(
            f"{server} does not let {user} in ({code}{_status(said)}); check mail.user and the password"
        )


def _encoded(text: str) -> str:
    """Return a text as AUTH carries it."""
    return base64.b64encode(text.encode()).decode()


def _status(said: bytes) -> str:
    """Return the enhanced status code (RFC 3463) at the beginning of a reply."""
    first = said.decode(errors="replace").split(" ")[0]
    return f" {first}" if first.count(".") == 2 and first.replace(".", "").isdigit() else ""
