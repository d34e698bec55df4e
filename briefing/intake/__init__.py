"""Anything to Documents: places give blobs, readers turn each into Documents or Problems, one after the other.

The public files are the readers, one kind a file, found by their names. A reader has `read(blob)`, which gives
Documents and Problems; one whose files hold many articles also has `pieces(stream, limit)`, so that no file is in
memory whole; one of texts has `raw_text(blob)`, the text as decoded; one whose documents lie elsewhere has
`read_linked(blob, limits)`, which fetches them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from briefing.intake._places import Limits
from briefing.models import Document, Problem

_DEFAULT = Limits()


def read(
    paths: Sequence[str],
    *,
    kind: str | None = None,
    stdin: BinaryIO | None = None,
    limits: Limits = _DEFAULT,
    raw: bool = False,
    beside: str | None = None,
    watch: Callable[[int], None] | None = None,
    pictures: bool = False,
) -> Iterator[Document | Problem]:
    """Return the documents of files, folders, addresses and standard input (`-`) in order, and the Problems.

    `kind` names the reader of what the user named, whatever its suffix; in folders each file is of its own kind, but
    for `html-several`, which is another way to read any page. With `raw` nothing is normalised: a text is its input as
    decoded, that of a JSON line its `text`. A folder `beside` the articles is not read unless it is the PATH itself.
    `watch` is called with the number of bytes, packed as they lie there, each time some are read.
    With `pictures` the documents come with those of their pages, which are asked for when everything else is read.
    """
    from briefing.intake._reading import Manner, read_places

    found = read_places(paths, stdin, Manner(kind, limits, raw, beside, watch, pictures))
    if not pictures:
        return found
    from briefing.intake._pictures import illustrated  # few issues have any

    return illustrated(found, limits)
