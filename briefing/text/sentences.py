"""Rule splitter: text to sentences, by end marks, abbreviations and the word that follows.

One regular expression finds the places where a sentence can end; each is then judged by what stands around it
(`_marks.py`). What a language's abbreviations do to a full stop stands in `abbreviations/` (`_rules.py`).
"""

import re
from functools import cache

from briefing.text._marks import ends_glued, ends_solid, ends_spaced
from briefing.text._rules import Rules, rules

# Marks that end a sentence when white space follows: Latin, Arabic, Indic, Armenian, Ethiopic, Khmer, Burmese ...
_SPACED = ".!?…‽⁇⁈⁉؟۔।॥։።፧፨។៕။᙮"
# NFC turns the Greek question mark into a semicolon, which is one in Greek alone.
_MORE = {"el": ";"}
# Marks that end one by themselves, in scripts without spaces.
_SOLID = "。！？｡"
# Quotes and brackets. “ and « close in one language what they open in another: what touches a mark before it closes.
_CLOSERS = "\"'”’“‘»«›‹)\\]}」』）】》〉*_"
_SOLID_CLOSERS = "\"'”’»›)\\]}」』）】》〉"

# The groups of the pattern: marks and what closes after them, then white space; that with a blank line in it; a mark
# whose white space was lost; marks that need none; a blank line alone.
_SPACE, _BREAK, _GLUE, _NONE, _BLANK = range(1, 6)


@cache
def _candidates(language: str, is_ascii: bool) -> re.Pattern[str]:
    """Return the pattern of the places where a sentence can end; the number of its last group says which kind.

    One without the marks that ASCII lacks is compiled in a quarter of the time, a tenth of a start of Python less.
    """
    spaced = _SPACED + _MORE.get(language, "")
    if is_ascii:
        return _pattern(_ascii(spaced), _ascii(_CLOSERS), r"\n")
    alone = rf"(?<=[{_SOLID}])([{_SOLID}{spaced}]*+[{_SOLID_CLOSERS}]*+)\s*+"
    return _pattern(spaced, _CLOSERS, r"\n\u2029", r"[ \u00a0\u202f]»(?!\w)", alone, r"(?<=\u2029)\s*+", _SOLID)


def _ascii(marks: str) -> str:
    return marks.encode("ascii", "ignore").decode()


def _pattern(
    spaced: str,
    closers: str,
    breaks: str,
    apart: str = "(?!)",
    alone: str = "(?!)()",
    broken: str = "(?!)",
    more: str = "",
) -> re.Pattern[str]:
    """Return the pattern for these marks, closers and line breaks.

    `apart` closes apart from its mark, `alone` are marks that need no white space, `broken` what follows a break.
    The look-behind takes a run of marks only at its start, and repeats are possessive or bounded: a million full stops
    cost one pass.
    """
    return re.compile(
        rf"""[{spaced}{more}{breaks}](?:
            (?<=[{spaced}])(?<![{spaced}][{spaced}])(?:
                ([{spaced}]*+(?:[ ]\.(?![\w.])){{0,9}}+(?:[{closers}{spaced}]|{apart}){{0,8}}+)
                (?=\s)[^\S{breaks}]*+(?:\n[^\S{breaks}]*+)?([{breaks}]\s*+)?
              | (?<=[^\W\d_]{{2}}[.!?])(?=[^\W\d_]{{2}})()
            )
          | {alone}
          | (?<=[{breaks}])({broken}|[^\S\n]*+\n\s*+)
        )""",
        re.VERBOSE,
    )


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return where each sentence starts and ends; nothing but white space lies between them.

    Quotes stay with the sentence they close, and a full stop after a known abbreviation ends nothing. A blank line ends
    a sentence, a single newline does not. A language without an abbreviation list is split by the English one.
    """
    stop = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    spans: list[tuple[int, int]] = []
    if start >= stop:
        return spans
    known = rules(language)
    for match in _candidates(language, text.isascii()).finditer(text, start, stop):
        kind = match.lastindex
        if kind == _BREAK or (kind == _SPACE and ends_spaced(text, start, match, known)):  # by far the commonest
            end = match.end(_SPACE)
        elif kind == _SPACE or (end := _end(text, start, match, known)) < 0:
            continue
        if end > start:
            spans.append((start, end))
        start = match.end()
    if start < stop:
        spans.append((start, stop))
    return spans


def _end(text: str, start: int, match: re.Match[str], known: Rules) -> int:
    """Return where the sentence from `start` ends at a mark without white space or a blank line; -1 if it goes on."""
    kind = match.lastindex
    if kind == _BLANK:  # white space before the blank line is not the sentence's
        return start + len(text[start : match.start()].rstrip())
    if kind == _NONE:
        return match.end(_NONE) if ends_solid(text, start, match) else -1
    return match.end() if ends_glued(text, match, known) else -1
