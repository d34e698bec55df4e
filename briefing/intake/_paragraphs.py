"""Where the paragraphs of a plain text are: wrapped lines are joined, lines that are paragraphs are parted."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

# What can close a paragraph: the stops of our scripts, closing quotes and brackets.
_FINISHED = tuple(".!?…:;。！？｡।؟۔\"'”’»›)]」』")
_ITEM = re.compile(r"(?:[-*+•‣–—·]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# Mail and Project Gutenberg wrap at 65 to 80 columns; nobody wraps by hand above 120.
_WIDEST = 120
# Lines of verse, of addresses and of tables are shorter than this; a paragraph of news hardly ever is.
_SHORT = 60
# Nine of ten lines of wrapped prose end inside a sentence; of lines that are paragraphs nearly none does.
_UNFINISHED_SHARE = 0.4
# The share of line ends where the next word would not have fitted: 1 where a machine wrapped, about .2 in verse.
_FULL_SHARE = 0.6


def split_paragraphs(text: str) -> str:
    """Return a plain text with its paragraphs parted by one blank line; lines of verse stay lines of one paragraph."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        return text
    if "\t" in text:
        text = text.expandtabs(4)
    lines = [line.rstrip() for line in text.split("\n")]
    width = _wrap_width(lines)
    return "".join(_joined(lines, width) if width else _parted(lines)).strip("\n")


def join_lines(lines: Sequence[str]) -> str:
    """Return lines that are known to be wrapped (those of a printed page) as paragraphs.

    Letters of a printed line have different widths: four of five lines are shorter than the width taken here.
    """
    lengths = sorted(len(line) for line in lines if line)
    return "".join(_joined(lines, lengths[len(lengths) * 4 // 5])).strip("\n") if lengths else ""


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which the lines were wrapped by hand or machine; 0 where a line's end means something."""
    # A lone long word (an address) says nothing about the width; a line of Chinese is one. One line in twenty may stick
    # out: a link with its label in a wrapped letter.
    lengths = sorted(len(line) for line in lines if " " in line.strip() or _is_cjk(line[:1]))
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    if width > _WIDEST:
        return 0
    ends = [
        (line, _first_word(after))
        for line, after in pairwise(lines)
        if line and after and not _ITEM.match(after.lstrip())
    ]
    if not ends:
        return 0
    unfinished = sum(not line.endswith(_FINISHED) for line, _ in ends)
    full = sum(len(line) + 1 + len(word) > width for line, word in ends)
    # Two short lines alone are a heading and something else: one line end is no habit.
    enough = len(ends) > 1 or width > _SHORT
    return width if enough and unfinished >= _UNFINISHED_SHARE * len(ends) and full >= _FULL_SHARE * len(ends) else 0


def _first_word(line: str) -> str:
    return line.split(None, 1)[0]


def _parted(lines: Sequence[str]) -> Iterator[str]:
    """Return the lines with what stands between them, where each is a paragraph or a line of verse."""
    for line, after in pairwise([*lines, ""]):
        if line:
            yield line
            is_verse = after and max(len(line), len(after)) <= _SHORT and not line.endswith(_FINISHED)
            yield "\n" if is_verse and not _ITEM.match(after.lstrip()) else "\n\n"


def _joined(lines: Sequence[str], width: int) -> Iterator[str]:
    """Return the lines with what stands between them, where most ends are those of a wrapped line."""
    words = _hyphenated_words(lines)
    for line, after in pairwise([*lines, ""]):
        if not line:
            continue
        between = _between(line, after, width)
        if between == " " and line.endswith("-") and after.lstrip()[:1].islower():
            yield line.strip().removesuffix("-" if _is_cut_word(line, after, words) else "")
        else:
            yield line.strip()
            yield between


def _between(line: str, after: str, width: int) -> str:
    if not after or _ITEM.match(after.lstrip()) or _indent(after) > _indent(line):
        return "\n\n"
    goes_on = after.lstrip()[0].islower() and not line.endswith(_FINISHED)
    if goes_on or len(line) + 1 + len(_first_word(after)) > 0.8 * width:
        return "" if _is_cjk(line[-1]) and _is_cjk(after.lstrip()[0]) else " "
    if line.endswith(_FINISHED) or (len(line) < width / 2 and len(after) > 0.8 * width):
        return "\n\n"  # a paragraph's last line, or a heading above a paragraph
    return "\n"


def _is_cjk(letter: str) -> bool:
    """Tell letters of scripts without spaces; a pattern of these ranges takes 6 ms to compile."""
    return "\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _hyphenated_words(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of the text when a line ends in a hyphen: they tell which hyphen belongs to its word."""
    if not any(line.endswith("-") for line in lines):
        return frozenset()
    return frozenset(word for line in lines for word in _WORD.findall(line.lower()))


def _is_cut_word(line: str, after: str, words: frozenset[str]) -> bool:
    """Tell whether wrapping set the hyphen at a line's end: only when the text has the whole word elsewhere."""
    head, tail = _WORD.findall(line.lower()), _WORD.match(after.lower().lstrip())
    return bool(head and tail and head[-1] + tail[0] in words)
