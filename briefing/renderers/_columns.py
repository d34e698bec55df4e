"""Text set in columns of a terminal: how wide it is and where its lines break. Commands use it for their own tables."""

import unicodedata
from collections.abc import Iterator

MEASURE = (
    88  # longer lines are hard to come back from; the eye wants 45 to 75 characters (Bringhurst), a terminal some more
)

TIE = "\x1f"  # a blank at which no line breaks; texts from outside hold no control characters

_NEVER_FIRST = frozenset(
    TIE + "、。，．：；？！）］｝〉》」』】〕’”…ー,.!?;:)]}"
)  # what must not begin a line of Chinese or Japanese


def width(text: str) -> int:
    """Return how many columns the text takes: two for a wide character, none for a combining or control one."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """Return the text as lines of at most `columns`, the first one behind `first`, the others behind `rest`.

    A word that is longer than a line stands alone and whole, so that an address can be copied; Chinese, Japanese and
    other wide characters break anywhere but before closing punctuation.
    """
    rest = " " * width(first) if rest is None else rest
    lines, line, used = [], first, width(first)
    empty = True
    for space, piece in _pieces(text):
        needed = width(piece)
        if not empty and used + len(space) + needed > columns:
            lines.append(line)
            line, used, empty = rest, width(rest), True
        gap = "" if empty else space
        line, used, empty = line + gap + piece, used + len(gap) + needed, False
    return [each.rstrip() for each in [*lines, line]]


def _columns(character: str) -> int:
    """Return the columns of one character."""
    if character == TIE:
        return 1
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc") else 1


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may not be broken, each with the space that parts it from the one before."""
    for word in text.split(" "):
        space = " "
        for piece in [word] if word.isascii() else _unwide(word):
            yield space, piece
            space = ""


def _unwide(word: str) -> list[str]:
    """Return a word cut where a wide character allows a break."""
    pieces = [""]
    for character in word:
        previous = pieces[-1][-1:]
        wide = unicodedata.east_asian_width(character) in "WF" or (
            previous and unicodedata.east_asian_width(previous) in "WF"
        )
        if previous and wide and character not in _NEVER_FIRST and _columns(character):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces
