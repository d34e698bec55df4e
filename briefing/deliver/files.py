"""Write the files of an issue: each beside its place first, then renamed, the JSON last.

A crash leaves the old issue; a reader never sees half a file.
"""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefing.errors import BriefingError

# `.NAME.` of an issue's file, and what mkstemp puts behind it.
_TEMPORARY = re.compile(r"\..+\.(?:md|html|pdf|epub|txt|json)\.[a-z0-9_]{8}")


class Written(NamedTuple):
    """A file that is now on disk, and whether another stood there before."""

    path: Path
    replaced: bool


def write_issue(files: Mapping[Path, bytes]) -> list[Written]:
    """Write all files or none that matters: all are on disk under temporary names before the first is renamed.

    JSON goes last, so that an issue whose JSON exists is whole. When this returns, nothing takes the files away again,
    not even a power cut. Raises BriefingError naming the file that failed.
    """
    ordered = sorted(files, key=lambda path: path.suffix == ".json")
    beside: dict[Path, Path] = {}
    written: list[Written] = []
    try:
        for path in ordered:
            beside[path] = _write_beside(path.resolve(), files[path])  # a link stays one
        for path in ordered:
            written.append(_put_in_place(beside[path], path))
        for folder in dict.fromkeys(path.resolve().parent for path in ordered):
            keep_names(folder)
        return written
    except OSError as error:
        at = len(written) if len(beside) == len(ordered) else len(beside)
        name = ordered[min(at, len(ordered) - 1)]
        raise BriefingError(f"cannot write {name}: {error.strerror}; the earlier files are untouched") from error
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Remove the temporary files that a killed writer left in a folder; call it while nobody writes there."""
    for path in folder.glob(".*"):
        if _TEMPORARY.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _write_beside(path: Path, data: bytes) -> Path:
    """Write the bytes to disk in the folder of `path`, under a hidden temporary name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; a briefing gets what the user's umask gives any new file.
        Path(name).chmod(0o666 & ~_umask())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put_in_place(temporary: Path, path: Path) -> Written:
    """Rename the temporary file to its place; say whether something else stood there."""
    replaced = path.exists()
    temporary.replace(path.resolve())
    return Written(path, replaced)


def keep_names(folder: Path) -> None:
    """Put the names in a folder on disk: a rename that is not there yet is taken back when the power goes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    """Return the process's umask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
