"""JSON Lines: one article a line. `text` is needed; id, title, url, source, published and language are optional."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from briefing.errors import InputError
from briefing.intake._documents import document, problem
from briefing.intake._paragraphs import split_paragraphs
from briefing.models import Blob, Document, Problem


class Record(msgspec.Struct, frozen=True):
    """One line; keys that are not named here are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | int | None = None
    language: str | None = None


# Both halves of a pair have this form; most lines have none.
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_DECODER = msgspec.json.Decoder(Record)


def pieces(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Return the numbered lines of a stream that are not blank, one at a time; one over the limit comes cut."""
    number = 1
    while piece := stream.readline(limit + 1):
        if piece.strip():
            yield number, piece
        while len(piece) > limit and not piece.endswith(b"\n"):
            piece = stream.readline(limit + 1)
        number += 1


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the document of one line, or the Problem that says what is wrong with it."""
    record = parse(blob)
    if isinstance(record, Problem):
        yield record
        return
    yield document(
        blob,
        id=None if record.id is None else str(record.id),
        text=split_paragraphs(record.text),
        title=record.title,
        url=record.url,
        source=record.source,
        published=None if record.published is None else str(record.published),
        language=record.language,
    )


def parse(blob: Blob) -> Record | Problem:
    """Return the record of one line as it stands there."""
    data = blob.data.removeprefix(b"\xef\xbb\xbf")
    try:
        return _DECODER.decode(_mended(data) if _SURROGATE.search(data) else data)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and both of msgspec's are ValueErrors
        return problem(blob, f"not an article: {error}")


def _mended(data: bytes) -> bytes:
    """Return the line without halves of surrogate pairs, which Python writes and strict readers refuse."""
    import json  # only this damage needs a lenient reader

    return json.dumps(json.loads(data), ensure_ascii=False).encode("utf-8", "ignore")


def raw_text(blob: Blob) -> str:
    """Return the `text` of the line as it stands there."""
    record = parse(blob)
    if isinstance(record, Problem):
        raise InputError(record.reason)
    return record.text


def raw_id(blob: Blob) -> str | None:
    """Return the `id` of the line as text, None where it has none."""
    record = parse(blob)
    return None if isinstance(record, Problem) or record.id is None else str(record.id)
