"""Mail: the better of a message's text and HTML parts, the facts of its headers, and attached articles."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from msgspec.structs import replace

from briefing.intake import html, text
from briefing.intake._documents import document, problem
from briefing.models import Blob, Document, Problem

_READERS = {"text/plain": text.read, "text/html": html.read}
# The HTML part is the one its writer looked at; the text part wins when the other lost most of it (or is pictures).
_LOST = 0.5


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the document of a message, and those of its attachments that are articles, numbered from 1."""
    message = message_from_bytes(blob.data, policy=policy.default)
    yield _letter(blob, message)


def _letter(blob: Blob, message: EmailMessage) -> Document | Problem:
    found = [reading for part in _bodies(message) if isinstance(reading := _read_part(blob, part), Document)]
    if not found:
        return problem(blob, "a message without text")
    best = found[0] if len(found) == 1 or len(found[0].text) >= _LOST * len(found[1].text) else found[1]
    name, address = parseaddr(_header(message, "From"))
    return document(
        blob,
        text=best.text,
        title=_header(message, "Subject") or best.title,
        source=name or address.rpartition("@")[2],
        url=_header(message, "Archived-At").strip("<>") or None,
        published=_header(message, "Date"),
        language=_header(message, "Content-Language") or best.language,
    )


def _bodies(message: EmailMessage) -> Iterator[MIMEPart]:
    """Return the HTML part and the text part of the message, as far as there are any."""
    for kind in ("html", "plain"):
        part = message.get_body(preferencelist=(kind,))
        if part is not None:
            yield part


def _read_part(blob: Blob, part: MIMEPart) -> Document | Problem:
    data = part.get_payload(decode=True) or b""
    piece = replace(blob, data=bytes(data), charset=part.get_content_charset())
    return next(_READERS[part.get_content_type()](piece))


def _header(message: EmailMessage, name: str) -> str:
    """Return a header, decoded; an empty text when it is missing or too broken to be read."""
    try:
        return str(message.get(name, "")).strip()
    except (
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
    ):  # the header parser fails in many ways on broken headers
        return ""
