"""From PATH arguments to documents: each place opened, its kind found, its reader called, a failure made a Problem."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from briefing import parts
from briefing.errors import InputError
from briefing.intake._documents import numbered, raw_document
from briefing.intake._kinds import kind_of
from briefing.intake._places import Limits, Place, find_files, is_address, open_file
from briefing.models import Blob, Document, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SEVERAL = "html-several"  # any page can be read by it, also one in a folder
_PACKAGE = "briefing.intake"
_GZIP = b"\x1f\x8b"
_HEAD = 4096


class Manner(Struct, frozen=True):
    """How a run reads: the kind of what the user named, the limits, texts raw or not, a folder to leave out.

    `watch` is told how many bytes have been read, each time; `pictures` says that those of the pages are wanted.
    """

    kind: str | None
    limits: Limits
    raw: bool
    beside: str | None
    watch: Callable[[int], None] | None = None
    pictures: bool = False


def read_places(paths: Sequence[str], stdin: BinaryIO | None, manner: Manner) -> Iterator[Document | Problem]:
    """Return what `briefing.intake.read` promises; one more than the allowed inputs is the Problem that says so."""
    if manner.kind is not None:
        parts.load(_PACKAGE, manner.kind, "kind of input")
    found = chain.from_iterable(_read_path(path, stdin, manner) for path in paths)
    yield from islice(found, manner.limits.inputs)
    for _ in islice(found, 1):
        reason = f"more than {manner.limits.inputs:,}; the rest is not read (the configuration can raise it)"
        yield Problem("inputs", reason)


def _read_path(path: str, stdin: BinaryIO | None, manner: Manner) -> Iterator[Document | Problem]:
    if is_address(path):
        yield from _read_address(path, manner)
    elif path == "-":
        place = Place(path, path, None, path, kind=manner.kind)
        yield from _guarded(stdin or _standard_input(), place, manner)
    else:
        for place in find_files(path, manner.beside):
            yield from _read_file(replace(place, kind=manner.kind if place.is_named else None), manner)


def _standard_input() -> BinaryIO:
    import sys  # only where the caller hands none over

    return sys.stdin.buffer


def _read_file(place: Place, manner: Manner) -> Iterator[Document | Problem]:
    try:
        stream = open_file(place)
    except InputError as error:
        yield Problem(place.shown, str(error))
        return
    with stream:
        yield from _guarded(stream, place, manner)


def _read_address(url: str, manner: Manner) -> Iterator[Document | Problem]:
    from briefing.intake._fetch import Request, fetch  # the network is a choice
    from briefing.subscriptions import without_login

    try:
        blob = fetch(Request(url), manner.limits).blob
    except InputError as error:
        yield Problem(without_login(url), str(error))
        return
    assert blob  # nothing was known before
    from briefing.intake._recognition import list_or_feed  # what comes from the disk has a suffix

    # Servers say text/html of many a feed, and of what they send packed.
    stated = None if blob.data.startswith(_GZIP) else blob.kind
    kind = manner.kind or list_or_feed(blob.data[:_HEAD]) or stated
    place = Place(url, blob.name, None, blob.name, None, True, kind, blob.url, blob.charset)
    yield from _guarded(io.BytesIO(blob.data), place, manner)


def _guarded(stream: BinaryIO, place: Place, manner: Manner) -> Iterator[Document | Problem]:
    """Return what an open place holds, named as the user would write it, and a Problem where reading ends early."""
    try:
        for found in _read_stream(stream, place, manner):
            yield _shown(found, place) if isinstance(found, Problem) else found
    except InputError as error:
        yield Problem(place.shown, str(error))
    except OSError as error:
        yield Problem(place.shown, f"cannot be read: {error.strerror or error}")


def _shown(problem: Problem, place: Place) -> Problem:
    """Return the problem under the name that the user knows, with its number in a container."""
    if not problem.input.startswith(place.name):  # a feed that a list names
        return problem
    return Problem(place.shown + problem.input.removeprefix(place.name), problem.reason)


def _read_stream(
    stream: BinaryIO, place: Place, manner: Manner, is_packed: bool = False
) -> Iterator[Document | Problem]:
    head = stream.read(_HEAD)
    if not head:
        raise InputError("empty")
    rewound = io.BufferedReader(_Rewound(head, stream, None if is_packed else manner.watch))
    if head.startswith(_GZIP) and not is_packed:
        yield from _read_packed(rewound, place, manner)
        return
    kind = _kind(head, place)
    if kind == "html" and manner.kind == _SEVERAL:
        kind = _SEVERAL
    reader = parts.load(_PACKAGE, kind, "kind of input")
    blob = Blob(
        data=b"",
        name=place.name,
        base=place.path,
        kind=kind,
        url=place.url,
        charset=place.charset,
        section=place.section,
        beside=_opener(place, manner) if manner.pictures else None,
    )
    for name, data in _pieces(reader, rewound, place.name, manner.limits.input_bytes):
        yield from _read_blob(reader, replace(blob, data=data, name=name), manner)


def _opener(place: Place, manner: Manner) -> Callable[[str], bytes]:
    """Return what opens the pictures beside a page."""
    from briefing.intake._pictures import folder_opener, nothing_beside  # only where pictures are wanted

    is_file = place.url is None and place.path is not None
    return folder_opener(place.location, manner.limits.input_bytes) if is_file else nothing_beside


def _read_packed(stream: BinaryIO, place: Place, manner: Manner) -> Iterator[Document | Problem]:
    import gzip  # few inputs are packed
    import zlib

    unpacked: BinaryIO = gzip.GzipFile(fileobj=stream)  # type: ignore[assignment]  # it is one in all but name
    try:
        yield from _read_stream(unpacked, place, manner, is_packed=True)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError("damaged or cut off: it does not decompress to its end") from error


def _kind(head: bytes, place: Place) -> str:
    """Return the reader's name: the known one, that of the magic bytes or of the suffix, else a recognised one."""
    known = place.kind or ("pdf" if head.startswith(b"%PDF-") else kind_of(place.name.removesuffix(".gz")))
    if known:
        return known
    from briefing.intake._recognition import recognized  # most inputs have a suffix

    return recognized(head)


def _pieces(reader: ModuleType, stream: BinaryIO, name: str, limit: int) -> Iterator[tuple[str, bytes]]:
    """Return the parts of a container by numbered names, anything else whole; what is over the limit comes cut."""
    if hasattr(reader, "pieces"):
        yield from ((numbered(name, number), data) for number, data in reader.pieces(stream, limit))
    else:
        yield name, stream.read(limit + 1)


def _read_blob(reader: ModuleType, blob: Blob, manner: Manner) -> Iterator[Document | Problem]:
    """Return what the reader finds in the blob; whatever a reader dies of costs this blob alone."""
    limit = manner.limits.input_bytes
    try:
        if len(blob.data) > limit:
            raise InputError(f"larger than {limit:,} bytes (the configuration can raise it)")
        if manner.raw:
            yield from raw_document(reader, blob)
        elif hasattr(reader, "read_linked"):
            yield from reader.read_linked(blob, manner.limits)
        else:
            yield from reader.read(blob)
    except InputError as error:
        yield Problem(blob.name, str(error))
    except Exception as error:  # a parser's mistake on hostile bytes must not cost the other inputs
        import logging  # so rare that no start shall pay for it

        logging.getLogger(__name__).debug("reading %s", blob.name, exc_info=True)
        yield Problem(blob.name, f"cannot be read as {blob.kind}: {type(error).__name__}: {error}")


class _Rewound(io.RawIOBase):
    """A stream with the bytes put back that were read to look at them; standard input cannot seek."""

    def __init__(self, head: bytes, stream: BinaryIO, watch: Callable[[int], None] | None) -> None:
        self._head, self._stream, self._watch = head, stream, watch

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._head or self._stream.read(len(view))
        data, self._head = data[: len(view)], data[len(view) :]
        view[: len(data)] = data
        if self._watch:
            self._watch(len(data))
        return len(data)
