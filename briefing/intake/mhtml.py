"""Web archives (`.mhtml`): a page saved with its parts as one message."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from functools import partial

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake import html
from briefing.intake._documents import problem, web_address
from briefing.models import Blob, Document, Problem


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the document of the archive's first page; its address is where it was saved from."""
    message = message_from_bytes(blob.data, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes):
        yield problem(blob, "a web archive without a page in it")
        return
    opener = partial(_part_of, message) if blob.beside else None
    address = web_address(str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""))
    yield from html.read(replace(blob, data=data, url=address, charset=page.get_content_charset(), beside=opener))


def _part_of(message: Message, address: str) -> bytes:
    """Return the part that a page names by its address or as `cid:` (RFC 2557); raise InputError for none."""
    wanted = address.removeprefix("cid:").strip()
    for part in message.walk():
        names = ((part.get("Content-Location") or "").strip(), (part.get("Content-ID") or "").strip(" <>"))
        if wanted in names and isinstance(data := part.get_payload(decode=True), bytes):
            return data
    raise InputError("not in the web archive")
