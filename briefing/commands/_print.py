"""How commands print: JSON Lines, tables, and summaries for reading in a terminal."""

import os
import sys
from collections.abc import Sequence

import click
import msgspec


def record(value: object) -> None:
    """Print one value as a line of JSON."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def table(rows: Sequence[tuple[str, str]]) -> None:
    """Print names with a description beside each, wrapped to the measure."""
    from briefing.renderers._columns import wrap

    column = max((len(name) for name, _ in rows), default=0) + 2
    for name, description in rows:
        click.echo("\n".join(wrap(printable(description), width(), f"{name:{column}}")))


def width() -> int:
    """Return the measure for text: that of the terminal, 88 columns at the most."""
    import shutil

    from briefing.renderers._columns import MEASURE

    return min(shutil.get_terminal_size((80, 24)).columns, MEASURE)


def colored() -> bool:
    """Tell whether stdout may get escape codes: a terminal that is not dumb, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, *, bold: bool = False, dim: bool = False, reverse: bool = False) -> str:
    """Return the text with escape codes where stdout may get them."""
    return click.style(text, bold=bold or None, dim=dim or None, reverse=reverse or None) if colored() else text


def printable(text: str) -> str:
    """Return text from outside without anything that a terminal would obey; line ends stay."""
    return "".join(each if each.isprintable() or each == "\n" else "\ufffd" for each in text)


def shortened(text: str, columns: int = 100) -> str:
    """Return the text on one line, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= columns else line[: columns - 1].rstrip() + "\u2026"


def paragraph(text: str, indent: str = "") -> str:
    """Return text from outside ready to print: wrapped to the measure on a terminal, on one line in a pipe."""
    return fitted(printable(text), indent)


def fitted(text: str, indent: str = "") -> str:
    """Return text that is printable, or marked by us, wrapped to the measure on a terminal, on one line in a pipe."""
    line = " ".join(text.split())
    if not sys.stdout.isatty():
        return (indent + line).rstrip()
    from briefing.renderers._columns import wrap

    return "\n".join(wrap(line, width(), indent, " " * len(indent)))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 copy", "3 copies"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
