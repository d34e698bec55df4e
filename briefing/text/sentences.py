"""Rule splitter: text to sentences, by end marks, abbreviations and the word that follows.

One regular expression finds the places where a sentence can end; each is then judged by what stands around it
(`_marks.py`). What a language's abbreviations do to a full stop stands in `abbreviations/` (`_rules.py`).
"""

import re
from functools import cache

from briefing.text._marks import ends_glued, ends_solid, ends_spaced
from briefing.text._rules import rules

# Marks that end a sentence when white space follows: Latin, Arabic, Indic, Armenian, Ethiopic, Khmer, Burmese ...
_SPACED = ".!?…‽⁇⁈⁉؟۔।॥։።፧፨។៕။᙮"
# NFC turns the Greek question mark into a semicolon, which is one in Greek alone.
_MORE = {"el": ";"}
# Marks that end one by themselves, in scripts without spaces.
_SOLID = "。！？｡"
# Quotes and brackets. “ and « close in one language what they open in another: what touches a mark before it closes.
_CLOSERS = "\"'”’“‘»«›‹)\\]}」』）】》〉*_"
_SOLID_CLOSERS = "\"'”’»›)\\]}」』）】》〉"


@cache
def _candidates(language: str) -> re.Pattern[str]:
    """Return the pattern of the places where a sentence can end; the number of its last group says which kind.

    (1) Marks and what closes after them, then white space. (2) The same with a blank line in the white space. (3) Marks
    that need no white space. (4) A blank line alone. (5) A mark glued to the next sentence by a lost space.
    The look-behind takes a run of marks only at its start, and repeats are possessive or bounded: a million full stops
    cost one pass.
    """
    spaced = _SPACED + _MORE.get(language, "")
    return re.compile(
        rf"""[{spaced}{_SOLID}\n\u2029](?:
            (?<=[{spaced}])(?<![{spaced}][{spaced}])(?:
                ([{spaced}]*+(?:[ ]\.(?![\w.])){{0,9}}+(?:[{_CLOSERS}{spaced}]|[ \u00a0\u202f]»(?!\w)){{0,8}}+)
                (?=\s)[^\S\n\u2029]*+(?:\n[^\S\n\u2029]*+)?([\n\u2029]\s*+)?
              | (?<=[^\W\d_]{{2}}[.!?])(?=[^\W\d_]{{2}})()
            )
          | (?<=[{_SOLID}])([{_SOLID}{spaced}]*+[{_SOLID_CLOSERS}]*+)\s*+
          | (?<=[\n\u2029])((?<=\u2029)\s*+|[^\S\n]*+\n\s*+)
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
    for match in _candidates(language).finditer(text, start, stop):
        kind = match.lastindex
        if kind == 1:
            if not ends_spaced(text, start, match, known):
                continue
            end = match.end(1)
        elif kind == 2:
            end = match.end(1)
        elif kind == 5:  # white space before the blank line is not the sentence's
            end = start + len(text[start : match.start()].rstrip())
        elif kind == 4:
            if not ends_solid(text, start, match):
                continue
            end = match.end(4)
        elif ends_glued(text, match, known):
            end = match.end()
        else:
            continue
        if end > start:
            spans.append((start, end))
        start = match.end()
    if start < stop:
        spans.append((start, stop))
    return spans
