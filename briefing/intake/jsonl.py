"""JSON Lines: one article a line. `text` is needed; the other fields of `Record` are optional."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._documents import document, problem
from briefing.intake._normalize import line
from briefing.intake._paragraphs import split_paragraphs
from briefing.models import Blob, Document, Problem, fingerprint


class Record(msgspec.Struct, frozen=True):
    """One line; keys that are not named here are ignored.

    `authors`, `section` and `sha256` are as `archive export` writes them, and nothing where they are anything else. A
    text that has this SHA-256 is known to be a Document's, and is taken to the letter.
    """

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | int | None = None
    language: str | None = None
    authors: Any = None
    section: Any = None
    sha256: Any = None


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
    section = record.section if isinstance(record.section, str) else None
    yield document(
        replace(blob, section=line(section) or blob.section),
        id=None if record.id is None else str(record.id),
        text=record.text
        if record.sha256 and record.sha256 == fingerprint(record.text)
        else split_paragraphs(record.text),
        title=record.title,
        url=record.url,
        source=record.source,
        published=None if record.published is None else str(record.published),
        language=record.language,
        authors=_names(record.authors),
    )


def _names(authors: Any) -> list[str]:
    """Return the names of a list of names."""
    return [each for each in authors if isinstance(each, str)] if isinstance(authors, list) else []


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
