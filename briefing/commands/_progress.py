"""What a command is doing, on one line of a terminal that is written over; nowhere else."""

import sys


class Progress:
    """A line on stderr where that is a terminal and nobody asked for quiet; a context that leaves no trace of it."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Start with nothing shown."""
        self._is_shown = sys.stderr.isatty() and not quiet
        self._width = 0

    def __enter__(self) -> "Progress":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave an empty line to whoever writes next."""
        self.clear()

    def show(self, text: str) -> None:
        """Show a text in place of the last one."""
        if self._is_shown:
            import shutil

            columns = shutil.get_terminal_size((80, 24)).columns
            line = text[: columns - 1]
            sys.stderr.write(f"\r{line:<{self._width}}")
            sys.stderr.flush()
            self._width = len(line)

    def clear(self) -> None:
        """Take away what is shown."""
        if self._width:
            sys.stderr.write(f"\r{'':<{self._width}}\r")
            sys.stderr.flush()
            self._width = 0
