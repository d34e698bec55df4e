"""One process at a time: a lock on a file that the kernel opens again when its holder dies, however it dies."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from briefing.errors import BriefingError

# A holder that sends mail may wait ten minutes for a server; asking five times a second costs nothing.
PAUSE_SECONDS = 0.2


@contextlib.contextmanager
def hold(path: Path, seconds: float, refused: Callable[[str], Exception]) -> Iterator[None]:
    """Hold the lock for the block; raise `refused(holder)` when another process keeps it for longer than `seconds`.

    The file stays where it is: removing it would let two processes lock two files of one name. Raises BriefingError
    where it cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BriefingError(f"{path}: cannot be written ({error.strerror}); check the folder's permissions") from error
    try:
        _wait(descriptor, seconds, refused)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, seconds: float, refused: Callable[[str], Exception]) -> None:
    """Return once the lock is ours."""
    import fcntl

    until = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise refused(_holder(descriptor)) from None
            time.sleep(PAUSE_SECONDS)


def _holder(descriptor: int) -> str:
    """Return who holds the lock, as far as it has said so yet."""
    pid = os.pread(descriptor, 32, 0).decode(errors="replace")
    return f"process {pid}" if pid.isdigit() else "another process"
