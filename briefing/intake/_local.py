"""Subscriptions on this machine: folders and files, read as a PATH is, and mail, each message once.

A message is known by its Message-ID, in a maildir by its name without flags: it stays the same when the message is
read or moved. A file that a program writes anew each day is another article each day: its text is in its id.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.intake._kinds import kind_of
from briefing.intake._places import Limits, find_files, open_file
from briefing.models import Blob, Document, Problem, fingerprint

Seen = Callable[[Collection[str]], Set[str]]

_MAILDIR = ("cur", "new", "tmp")
# What a maildir got before is an archive, not news; a name begins with the second of its delivery.
_REACH = timedelta(days=60)
_DELIVERED = re.compile(r"(\d{9,10})\.")
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^<>\s]+)>", re.I | re.M)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MAILBOX = re.compile(rb"From \S+.{0,80}\d{4}")
_BATCH = 500


class _Message(NamedTuple):
    """A message by its id, its name for the user, and what gives its bytes."""

    id: str
    name: str
    data: Callable[[], bytes]


def is_maildir(path: str) -> bool:
    """Tell whether a folder is a maildir."""
    return all(os.path.isdir(os.path.join(path, name)) for name in _MAILDIR)


def read_local(path: str, now: datetime | None, limits: Limits, seen: Seen) -> Iterator[Document | Problem]:
    """Return what lies at a path, of mail only what is not `seen`; raise InputError when nothing is there."""
    if not os.path.exists(path):
        raise InputError("no such file or folder (an address of the web begins with https://)")
    if is_maildir(path):
        yield from _read_messages(_of_maildir(path, now, limits), limits, seen)
    elif _is_mailbox(path):
        yield from _read_messages(_of_mailbox(path, limits), limits, seen)
    else:
        from briefing.intake import read

        yield from (_dated_by_text(found) for found in read([path], limits=limits))


def _dated_by_text(found: Document | Problem) -> Document | Problem:
    """Return a document that is known by its path with its text in its id."""
    if isinstance(found, Problem) or not found.path or not found.path.endswith(found.id.partition("#")[0]):
        return found
    return replace(found, id=f"{found.id}~{fingerprint(found.text)[:12]}")


def _is_mailbox(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    kind = kind_of(path)
    if kind:
        return kind == "mbox"
    with open_file(next(find_files(path))) as file:
        return bool(_MAILBOX.match(file.read(200)))


def _of_maildir(path: str, now: datetime | None, limits: Limits) -> Iterator[_Message]:
    """Return the messages of a maildir in the order of their delivery."""
    first = (now - _REACH).timestamp() if now else 0.0
    names = [
        (name, os.path.join(folder, name))
        for folder in ("cur", "new")
        for name in os.listdir(os.path.join(path, folder))
        if not name.startswith(".") and _delivered(name) >= first
    ]
    for name, below in sorted(names):
        unique = re.split("[,:]", name)[0]  # what follows are its size, its number at the server, its flags
        yield _Message(f"maildir:{unique}", below, partial(_bytes, os.path.join(path, below), limits.input_bytes))


def _delivered(name: str) -> float:
    found = _DELIVERED.match(name)
    return float(found[1]) if found else float("inf")


def _bytes(path: str, limit: int) -> bytes:
    """Return what is in a file, one byte more than the limit at the most."""
    with open_file(next(find_files(path))) as file:
        return file.read(limit + 1)


def _of_mailbox(path: str, limits: Limits) -> Iterator[_Message]:
    from briefing.intake import mbox

    name = os.path.basename(path)
    with open_file(next(find_files(path))) as file:
        for _, data in mbox.pieces(file, limits.input_bytes):
            yield _Message(_identifier(data, name), name, partial(bytes, data))


def _identifier(data: bytes, name: str) -> str:
    """Return a message's id (RFC 2392); of one without, what follows from its bytes."""
    end = _HEADER_END.search(data)
    found = _MESSAGE_ID.search(data, 0, end.start() if end else len(data))
    if found:
        return "mid:" + found[1].decode("utf-8", "replace")
    return f"{name}#{fingerprint(data.decode('utf-8', 'replace'))[:12]}"


def _read_messages(messages: Iterable[_Message], limits: Limits, seen: Seen) -> Iterator[Document | Problem]:
    coming = iter(messages)
    while batch := list(islice(coming, _BATCH)):
        known = seen([message.id for message in batch])
        for message in batch:
            if message.id not in known:
                yield from _read_message(message, limits)


def _read_message(message: _Message, limits: Limits) -> Iterator[Document | Problem]:
    """Return a message and its attachments that are articles; what cannot be read costs itself alone."""
    from briefing.intake import mbox

    try:
        data = message.data()
        if len(data) > limits.input_bytes:
            raise InputError(f"larger than {limits.input_bytes:,} bytes (the configuration can raise it)")
        found = list(mbox.read(Blob(data=data, name=message.name, base=message.name, kind="mail")))
    except InputError as error:
        yield Problem(message.name, str(error))
        return
    for number, each in enumerate(found):
        yield (
            each if isinstance(each, Problem) else replace(each, id=f"{message.id}#{number}" if number else message.id)
        )
