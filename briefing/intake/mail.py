"""Mail: the better of a message's text and HTML parts, the facts of its headers, and the articles attached to it."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parseaddr

from msgspec.structs import replace

from briefing import parts
from briefing.errors import InputError
from briefing.intake import html, text
from briefing.intake._blocks import letters
from briefing.intake._documents import document, numbered, problem
from briefing.intake._kinds import kind_of, kind_of_type
from briefing.models import Blob, Document, Problem

# The HTML part is the one its writer looked at; the text part wins where the other lost most of it, or is pictures.
_LOST = 0.5
# What people attach that is an article; a spreadsheet or a mailbox is not one.
_ARTICLES = frozenset(["text", "markdown", "html", "mail", "mhtml", "pdf"])


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the document of a message, and those of its attachments that are articles, numbered from 1."""
    message = message_from_bytes(blob.data, policy=policy.default)
    letter = _letter(blob, message)
    attached = list(_attached(blob, message))
    if isinstance(letter, Document) or not any(isinstance(each, Document) for each in attached):
        yield letter
    yield from attached


def raw_text(blob: Blob) -> str:
    """Return the body of the message as decoded."""
    message = message_from_bytes(blob.data, policy=policy.default)
    return "\n\n".join(text.raw_text(_content(blob, part)) for part in _bodies(message)[-1:])


def _letter(blob: Blob, message: EmailMessage) -> Document | Problem:
    found = [reading for part in _bodies(message) if isinstance(reading := _read_body(blob, part), Document)]
    if not found:
        return problem(blob, "a message without text")
    best = found[0] if len(found) == 1 or len(found[0].text) >= _LOST * len(found[1].text) else found[1]
    name, address = parseaddr(_header(message, "From"))
    subject = _header(message, "Subject")
    return document(
        blob,
        text=_without(best.text, subject),
        title=subject or best.title,
        source=name or address.rpartition("@")[2],
        url=_header(message, "Archived-At").strip("<>"),
        published=_header(message, "Date"),
        language=_header(message, "Content-Language") or best.language,
    )


def _without(body: str, subject: str) -> str:
    """Return the paragraphs of a letter without those that only repeat its subject, unless nothing else is there."""
    kept = [paragraph for paragraph in body.split("\n\n") if letters(paragraph) != letters(subject)]
    return "\n\n".join(kept) or body


def _bodies(message: EmailMessage) -> list[MIMEPart]:
    """Return the HTML part and the text part of the message, as far as there are any."""
    found = (message.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
    return [part for part in found if part is not None]


def _read_body(blob: Blob, part: MIMEPart) -> Document | Problem:
    content = _content(blob, part)
    return html.read_letter(content) if part.get_content_subtype() == "html" else next(text.read(content))


def _content(blob: Blob, part: MIMEPart) -> Blob:
    forwarded = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
    data = forwarded.as_bytes() if isinstance(forwarded, Message) else part.get_payload(decode=True)
    return replace(blob, data=data if isinstance(data, bytes) else b"", charset=part.get_content_charset())


def _attached(blob: Blob, message: EmailMessage) -> Iterator[Document | Problem]:
    for number, part in enumerate(message.iter_attachments(), 1):
        kind = kind_of(part.get_filename() or "") or kind_of_type(part.get_content_type())
        if kind in _ARTICLES:
            content = replace(_content(blob, part), name=numbered(blob.name, number), kind=kind)
            reader = parts.load("briefing.intake", kind, "kind of input")
            try:
                yield from reader.read(content)
            except InputError as error:
                yield problem(content, str(error))


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
