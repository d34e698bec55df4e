"""Rule splitter: text to sentences, by end marks, abbreviations and the word that follows.

One regular expression finds the places where a sentence can end; each is then judged by the word before the mark and
the character after it. What a language's abbreviations do stands in `abbreviations/`.
"""

import re

from briefing.text._rules import PARTICLES, Rules, rules

# Marks that end a sentence when white space follows: Latin, Arabic, Indic, Armenian, Ethiopic, Khmer, Burmese ...
_SPACED = ".!?…‽⁇⁈⁉؟۔।॥։።፧፨។៕။᙮\u037e"
# Marks that end one by themselves, in scripts without spaces.
_SOLID = "。！？｡"
# Quotes and brackets that close. “ and « close in one language what they open in another: those right after a mark close.
_CLOSERS = "\"'”’“‘»«›‹)\\]}」』）】》〉*_"

# Where a sentence can end: (1) marks with what closes after them, then white space; (2) the same, with a blank line in
# the white space; (3) marks that need no white space; (4) a blank line alone. The look-behind takes a run of marks only
# at its start and the repeats are possessive or bounded, so that a million full stops cost one pass.
_CANDIDATE = re.compile(
    rf"""[{_SPACED}{_SOLID}\n\u2029](?:
        (?<=[{_SPACED}])(?<![{_SPACED}][{_SPACED}])
        ([{_SPACED}]*+(?:[ ]\.(?![\w.])){{0,5}}(?:[{_CLOSERS}.!?…]|[ \u00a0\u202f]»(?!\w)){{0,8}}+)
        (?=\s)[^\S\n\u2029]*+(?:\u2029\s*+|\n[^\S\n]*+)?(\n\s*+)?
      | (?<=[{_SOLID}])([{_SOLID}{_SPACED}]*+[{_CLOSERS}]*+)\s*+
      | (?<=[\n\u2029])((?<=\u2029)\s*+|[^\S\n]*+\n\s*+)
    )""",
    re.VERBOSE,
)
_OPENERS = "\"'“‘”’„‚«»‹›([{¿¡-–—•*_"
_CONTINUES = ",;:)]}/&+=%"
_LONGEST = 40  # no abbreviation is longer
_NEXT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")


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
    for match in _CANDIDATE.finditer(text, start, stop):
        kind = match.lastindex
        if kind == 1 and not _ends(text, start, match, known):
            continue
        end = match.end(kind) if kind in (1, 3) else match.end(1) if kind == 2 else match.start()
        following = match.end()
        if kind == 4:
            end = start + len(text[start:end].rstrip())
        spans.append((start, end))
        start = following
    if start < stop:
        spans.append((start, stop))
    return spans


def _ends(text: str, start: int, match: re.Match[str], known: Rules) -> bool:
    """Judge a mark that white space follows, by the character after the white space and the word before the mark."""
    after = match.end()
    char = text[after]
    if not char.isalpha():
        while char in _OPENERS and after + 1 < match.endpos:
            after += 1
            char = text[after]
        if char in _CONTINUES:
            return False
    if char.islower() and not _BRAND.match(text, after):
        return False
    mark = match.start()
    if text[mark] != ".":
        return True
    word = text[max(text.rfind(" ", start, mark) + 1, mark - _LONGEST, start) : mark]
    if word.isalpha() and len(word) > 1 and word not in known.known and not known.ordinals:
        return True
    return _ends_after(word, text, start, mark, after, known)


def _ends_after(word: str, text: str, start: int, mark: int, after: int, known: Rules) -> bool:
    """Judge a full stop by the word before it: an abbreviation, an initial, an ordinal, a list mark or a plain word."""
    word = word.split()[-1].lstrip(_OPENERS) if word.strip() else ""
    char = text[after]
    if word in known.title:
        return False
    if char.isdigit() and word in known.number:
        return False
    if word.isdecimal():
        if mark - start <= 3:  # "1. The first item": the mark of a list opens it
            return False
        return not known.ordinals or len(word) > 2 or _starts(text, after, known)
    if len(word) == 1 and word.isalpha():
        return (
            _starts(text, after, known, PARTICLES)
            if word.isupper()
            else not char.isupper() or _starts(text, after, known)
        )
    if word in known.other or _ACRONYM.match(word):
        return _starts(text, after, known)
    if known.ordinals and _ROMAN.match(word):
        return _starts(text, after, known)
    return True


def _starts(text: str, after: int, known: Rules, but: frozenset[str] = frozenset()) -> bool:
    """Tell whether the word here often opens a sentence."""
    found = _NEXT.match(text, after)
    if not found:
        return True
    word = found.group()
    return word in known.starters and word not in but
