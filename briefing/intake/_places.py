"""Places: the files of a path, a folder or a list, found one after the other and opened."""

import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from briefing.errors import InputError
from briefing.intake._normalize import printable

# A browser saves `Page.html` with the folder of its pictures and scripts beside it, in the browser's language.
PAGE_FOLDERS = (
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_file",
    "_bestanden",
    "-filer",
    "_pliki",
    "_soubory",
)
_PAGES = (".html", ".htm", ".xhtml")
# What pages are made of beside their text: no articles where a page lies in the same folder.
_OF_PAGES = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico"),
    *(".css", ".js", ".woff", ".woff2", ".ttf", ".otf"),
)


class Limits(Struct, frozen=True):
    """How much is read: bytes of one input after decompression, inputs in one run, seconds for one address.

    `private_hosts` are names that may lead to addresses of a private network.
    """

    input_bytes: int = 10_000_000
    inputs: int = 100_000
    seconds: float = 30.0
    private_hosts: tuple[str, ...] = ()


class Place(Struct, frozen=True):
    """A file to read.

    `location` opens it; `name` is its path below the PATH argument; `path` goes into the Document, never absolute;
    `shown` names it in a Problem. `is_named` says that the user named the very file; `kind` is a reader's name when
    it is known. What was fetched has a `url`, and a `charset` when the server told it.
    """

    location: str
    name: str
    path: str | None
    shown: str
    section: str | None = None
    is_named: bool = True
    kind: str | None = None
    url: str | None = None
    charset: str | None = None


def listed(file: BinaryIO, nul: bool = False) -> list[str]:
    """Return the paths of a list, one a line, or parted by NUL; empty lines are none."""
    separator = b"\0" if nul else b"\n"
    paths = (path if nul else path.removesuffix(b"\r") for path in file.read().split(separator))
    return [os.fsdecode(path) for path in paths if path]


def is_address(path: str) -> bool:
    """Tell whether a PATH is a web address."""
    return path.lower().startswith(("http://", "https://"))


def find_files(path: str, beside: str | None = None) -> Iterator[Place]:
    """Return the files of one PATH: the file itself, or all below the folder in sorted order, but for those `beside`.

    A path below an absolute PATH is shown from there on, so that nothing tells whose machine it was.
    """
    if not os.path.isdir(path):
        name = printable(os.path.basename(path))
        yield Place(path, name, name if os.path.isabs(path) else printable(path), printable(path))
        return
    for name in _walk(path, os.path.realpath(path), beside and os.path.realpath(beside)):
        below = printable(name)
        shown = below if os.path.isabs(path) else os.path.normpath(os.path.join(printable(path), below))
        folder, _, file = below.partition("/")
        yield Place(os.path.join(path, name), below, shown, shown, folder if file else None, False)


def open_file(place: Place) -> BinaryIO:
    """Open a file; raise InputError where it cannot be read. A pipe or device is read only when the user names it."""
    try:
        if not place.is_named and not stat.S_ISREG(os.stat(place.location).st_mode):
            raise InputError("not a regular file (a pipe, socket or device)")
        return open(place.location, "rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(_open_reason(error)) from error


def _open_reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return f"cannot be opened: {getattr(error, 'strerror', None) or error}"


def _walk(root: str, real_root: str, beside: str | None) -> Iterator[str]:
    """Return the files below a folder by their paths from it, each folder's entries in sorted order."""
    seen = {real_root, beside}
    waiting = [""]
    while waiting:
        name = waiting.pop()
        path = os.path.join(root, name)
        if name and not os.path.isdir(path):
            yield name
        elif not name or _is_new(path, real_root, seen):
            waiting += [os.path.join(name, entry) for entry in reversed(_entries(path))]


def _entries(folder: str) -> list[str]:
    """Return the sorted names in a folder that a user would call its contents."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []  # a folder without permission; its files have no names to report
    pages = {os.path.splitext(name)[0] for name in names if name.lower().endswith(_PAGES)}
    return [name for name in names if not name.startswith(".") and not _belongs_to_page(name, pages)]


def _belongs_to_page(name: str, pages: set[str]) -> bool:
    """Tell whether a name is that of a page's folder, or a picture, style or script beside pages."""
    if pages and name.lower().endswith(_OF_PAGES):
        return True
    return any(name.endswith(end) and name.removesuffix(end) in pages for end in PAGE_FOLDERS)


def _is_new(path: str, real_root: str, seen: set[str | None]) -> bool:
    """Tell whether a folder is to be entered: not by a link into the tree itself, and nowhere twice, so loops end."""
    real = os.path.realpath(path)
    if real in seen or (os.path.islink(path) and (real + os.sep).startswith(real_root + os.sep)):
        return False
    seen.add(real)
    return True
