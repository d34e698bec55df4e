"""A mailbox: messages one after the other, each begun by a line `From …` (RFC 4155)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from briefing.intake import mail
from briefing.models import Blob, Document, Problem

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)


def pieces(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Return the numbered messages of a stream, one in memory at a time; one over the limit comes cut."""
    number, lines, size, is_after_blank = 0, list[bytes](), 0, True
    while line := stream.readline(limit + 1):
        if is_after_blank and line.startswith(b"From "):
            if number:
                yield number, b"".join(lines)
            number, lines, size = number + 1, [], 0
        elif size <= limit:
            lines.append(line)
            size += len(line)
        is_after_blank = not line.strip()
    if lines:
        yield max(number, 1), b"".join(lines)


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the documents of one message of the mailbox."""
    # mboxrd writes one `>` more before each line of a text that begins with From.
    import msgspec.structs

    yield from mail.read(msgspec.structs.replace(blob, data=_QUOTED_FROM.sub(rb"\1", blob.data)))
