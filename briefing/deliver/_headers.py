"""Header values written for the wire, and the finished bytes read back: what a mail program finds is what was meant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header, decode_header, make_header
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime, getaddresses, quote

from briefing.deliver._addresses import Address
from briefing.errors import DeliveryError

Meant = str | tuple[str, str]  # a text, or the name and the address of a mailbox

# 7bit: a server that knows no 8BITMIME takes it, and nothing on the way has a reason to change a byte.
POLICY = SMTP.clone(cte_type="7bit")

_LINE = 76  # columns, RFC 2047's limit for a line with an encoded word


def text(value: str, before: int = 0) -> str:
    """Return a text as a header's value, in folded lines; `before` columns of the first line are taken."""
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, maxlinelen=_LINE).encode(linesep="\r\n", maxlinelen=_LINE - before)


def address(value: Address) -> str:
    """Return a mailbox with its owner's name."""
    if not value.name:
        return value.mailbox
    name = f'"{quote(value.name)}"' if value.name.isascii() else text(value.name, len("Reply-To: "))
    return (
        f"{name}\r\n <{value.mailbox}>" if len(name) + len(value.mailbox) > _LINE - 14 else f"{name} <{value.mailbox}>"
    )


def date(value: datetime) -> str:
    """Return an instant as RFC 5322 has it."""
    return format_datetime(value)


def compare_head(head: bytes, names: Sequence[str], meant: Mapping[str, Meant]) -> None:
    """Read a head back; raise DeliveryError where it has other headers or values than were meant."""
    message = BytesParser(policy=SMTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
    if list(message.keys()) != list(names):
        raise DeliveryError(f"the headers came out as {message.keys()}: the message was not queued")
    raw = {name.lower(): value for name, value in message.raw_items()}
    for name, value in meant.items():
        found = str(message[name]) if isinstance(value, str) else _mailbox(raw[name])
        if found != value:
            raise DeliveryError(f"the header {name} came out as {found!r}: the message was not queued")


def _mailbox(header: str) -> tuple[str, str] | None:
    """Return the name and address in a header, None where there are several.

    The parser of `email.policy` puts a blank between the encoded words of a name (Python 3.11), where RFC 2047, 6.2,
    wants none; the older functions join them as mail programs do.
    """
    found = getaddresses([header.replace("\r\n", "")])
    return (str(make_header(decode_header(found[0][0]))), found[0][1]) if len(found) == 1 else None


def compare_body(
    content_type: str, data: bytes, text: str, html: str, attachments: Sequence[tuple[str, str, bytes]]
) -> None:
    """Read a body back; raise DeliveryError where text, HTML or a file in it differs by a single character or byte."""
    head = f"MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=SMTP).parsebytes(head + data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    written = [_lines(part.get_content()) for part in parts[:2]]
    files = [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in parts[2:]]
    if written != [_lines(text), _lines(html)] or files != [tuple(each) for each in attachments]:
        raise DeliveryError("the message came out different from what went into it: it was not queued")


def _lines(text: str) -> str:
    """Return a text as it is after any mail program: with one kind of line end, and none at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
