"""Build the message of an issue: pure, the same bytes for the same issue and recipient, and read back before it goes.

A message is a head of one recipient and a body that all of them share (`Body`), so that an attachment is encoded, read
back and stored once. Header values are checked when they come in, encoded by `_headers.py`, and compared at the end.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import MIMEPart
from typing import NamedTuple
from urllib.parse import urlsplit

from briefing.deliver import _headers
from briefing.deliver._addresses import Address, header_text
from briefing.errors import UsageError

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "txt": "text/plain",
}


class Attachment(NamedTuple):
    """A file in a message; `type` is its media type."""

    name: str
    type: str
    data: bytes


class Mailing(NamedTuple):
    """One issue as mail: what is the same for all its recipients. `issue` names it in the outbox."""

    issue: str
    title: str
    subject: str
    sender: Address
    reply_to: Address | None
    date: datetime
    unsubscribe: str | None


class Body(NamedTuple):
    """What stands below the head, and the head's line that says how to read it."""

    content_type: str
    data: bytes


def attachment(name: str, format: str, data: bytes) -> Attachment:
    """Return a rendered format as an attachment; its name loses everything that could be a path."""
    return Attachment(safe_name(f"{name}.{format}"), TYPES.get(format, "application/octet-stream"), data)


def safe_name(name: str) -> str:
    """Return a file name of letters, digits, dots and hyphens that no system reads as a path or hides."""
    plain = re.sub(r"(?:[^\w.]|\.{2,})+", "-", unicodedata.normalize("NFC", name))
    # 100 characters of four bytes still make a name that every file system takes (255 bytes, less the mail's own).
    stem, dot, suffix = plain.strip(".-_").rpartition(".")
    return f"{stem[:60]}{dot}{suffix[:20]}".strip(".-_") or "briefing"


def fill_subject(template: str, values: Mapping[str, str]) -> str:
    """Return the subject with `{title}` and the like filled in; raise UsageError for an unknown name.

    `str.format` would let a template reach into the values; here a name in braces is all there is.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise UsageError(f"mail.subject: no {match[0]!r}; there are: {', '.join(f'{{{name}}}' for name in values)}")
        return values[match[1]]

    subject = header_text(re.sub(r"\{([^{}]*)\}", value, header_text(template, "mail.subject")), "subject")
    return subject or "briefing"


def compose_body(text: str, html: str, attachments: Sequence[Attachment]) -> Body:
    """Return text and HTML as alternatives, and the attachments behind them."""
    root, alternatives = _multipart("mixed"), _multipart("alternative")
    for kind, content in (("plain", text), ("html", html)):
        part = MIMEPart(_headers.POLICY)
        part.set_content(content, subtype=kind)
        alternatives.attach(part)
    root.attach(alternatives)
    for each in attachments:
        part = MIMEPart(_headers.POLICY)
        part.set_content(each.data, *each.type.split("/"), disposition="attachment", filename=each.name)
        if each.type.startswith("text/"):
            part.set_param("charset", "utf-8")
        root.attach(part)
    seed = hashlib.sha256("\0".join([text, html, *(each.name for each in attachments)]).encode())
    for each in attachments:
        seed.update(each.data)
    # `=_` cannot come up in base64 or quoted-printable (RFC 2045, 6.7), so that no content can hold a boundary.
    root.set_boundary(f"=_{seed.hexdigest()[:24]}_1")
    alternatives.set_boundary(f"=_{seed.hexdigest()[:24]}_2")
    head, _, data = root.as_bytes().partition(b"\r\n\r\n")
    body = Body(head.decode().partition(": ")[2], data)
    _headers.compare_body(body.content_type, body.data, text, html, attachments)
    return body


def compose_head(mailing: Mailing, body: Body, recipient: Address) -> bytes:
    """Return the header lines of the message to one recipient, without the empty line behind them."""
    sender = mailing.sender
    unsubscribe = _unsubscribe(mailing)
    headers = [
        ("From", _headers.address(sender)),
        ("To", _headers.address(recipient)),
        *([("Reply-To", _headers.address(mailing.reply_to))] if mailing.reply_to else []),
        ("Subject", _headers.text(mailing.subject, len("Subject: "))),
        ("Date", _headers.date(mailing.date)),
        ("Message-ID", message_id(mailing, recipient)),
        ("List-Id", f"<{_slug(mailing.title)}.{sender.domain}>"),
        ("List-Unsubscribe", ",\r\n ".join(f"<{each}>" for each in unsubscribe)),
        # RFC 8058: only an https address can take the one click.
        *([("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if unsubscribe[0].startswith("https:") else []),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Type", body.content_type),
    ]
    head = "\r\n".join(f"{name}: {value}" for name, value in headers).encode("ascii")
    meant: dict[str, _headers.Meant] = {
        "from": (sender.name, sender.mailbox),
        "to": (recipient.name, recipient.mailbox),
        "subject": mailing.subject,
        "message-id": message_id(mailing, recipient),
    }
    _headers.compare_head(head, [name for name, _ in headers], meant)
    return head


def message_id(mailing: Mailing, recipient: Address) -> str:
    """Return the Message-ID, fixed by issue, recipient and domain: mail programs know a message sent again by it."""
    parts = (mailing.issue, recipient.mailbox, mailing.sender.domain)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"<briefing.{digest[:32]}@{mailing.sender.domain}>"


def parse_unsubscribe(text: str | None) -> str | None:
    """Return the address for who wants out; raise UsageError when it is neither https nor mailto."""
    if text is None:
        return None
    address = header_text(text, "mail.unsubscribe")
    if not re.fullmatch(r"[!-~]+", address) or any(mark in address for mark in '<>,"'):
        raise UsageError(f"mail.unsubscribe: {text!r} has characters that no address has; percent-encode them")
    if urlsplit(address).scheme not in ("https", "mailto"):
        raise UsageError(f"mail.unsubscribe: {text!r} begins with neither https: nor mailto:")
    return address


def _unsubscribe(mailing: Mailing) -> list[str]:
    """Return the ways off the list: the user's own first, then a mail to the sender."""
    by_mail = f"mailto:{(mailing.reply_to or mailing.sender).mailbox}?subject=unsubscribe"
    own = mailing.unsubscribe
    return [by_mail] if not own else [own] if own.startswith("mailto:") else [own, by_mail]


def _slug(title: str) -> str:
    """Return a title as a label of a domain name."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63].strip("-") or "briefing"


def _multipart(kind: str) -> MIMEPart:
    """Return an empty multipart."""
    part = MIMEPart(_headers.POLICY)
    part["Content-Type"] = f"multipart/{kind}"
    part.set_payload([])
    return part
