"""Whether a full stop before a capital or a digit ends its sentence: abbreviations, initials, ordinals, list marks."""

import re

from briefing.text._rules import PARTICLES, Rules

LONGEST = 40  # characters looked at before a mark: no abbreviation is longer

# "At 5 a.m. Mr. Smith went", "В 1961 г. Гагарин": so little before a statement of time is an adverbial.
_ADVERBIAL_CHARACTERS, _ADVERBIAL_WORDS = 30, 3

_TAIL = re.compile(r"[^\s\"“”„«»‹›‘‚()\[\]{}<>—–|*_…]*$")
_LAST = re.compile(r"(?<=['’-])[^\W\d_][\w.]*$")
_PARTS = re.compile(r"(?:(?<!\w)[^\W\d_]{1,2}\.\s?)+$")  # the "z. " of "z. B."
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$")
_HANGUL = "\u1100"  # from here on a character is a syllable or a word, and no initial
_BULLETS = "•·⁃*-–—()[]#\"'“„« "


def ends_after(chunk: str, text: str, start: int, mark: int, after: int, known: Rules) -> bool:
    """Judge the full stop at `mark` after a chunk of text, in the sentence from `start`; `after` is the next letter."""
    word = _word(chunk, text, start, mark, known)
    digit = text[after].isdigit()
    if word in known.title or (digit and (word in known.number or word.endswith(known.suffixes))):
        return False
    if word in known.end:
        return True
    if word in known.time:
        return _ends_time(word, text, start, mark, after, known)
    if word.isdecimal():
        return _ends_number(word, text, start, mark, after, known)
    if word in known.other or _ACRONYM.match(word):
        return not digit and _opens(text, after, known)
    if len(word) == 1 and word.isalpha():
        return not digit and _ends_letter(word, text, start, mark, after, known)
    return not known.ordinals or not _ROMAN.match(word) or _opens(text, after, known)


def _word(chunk: str, text: str, start: int, mark: int, known: Rules) -> str:
    """Return the word before the full stop without what opens it; an abbreviation in parts (z. B.) is put together."""
    tail = None if chunk.isalpha() else _TAIL.search(chunk)
    word = tail.group().lstrip("-'’") if tail else chunk
    if word not in known.any:
        last = _LAST.search(word)  # l'art, then-Lt, R-N
        word = last.group() if last and (last.group() in known.any or last.group().isupper()) else word
    if 0 < len(word) < 4:
        end = mark - len(word)
        parts = _PARTS.search(text[max(start, end - LONGEST) : end])
        if parts:
            joined = "".join(parts.group().split()) + word
            return joined if joined in known.any or joined in known.end else word
    return word


def _ends_number(word: str, text: str, start: int, mark: int, after: int, known: Rules) -> bool:
    """Judge a number: the mark of a list (1. The first item), a German ordinal (am 3. Oktober), or the last word."""
    if mark - start < LONGEST and not text[start : mark - len(word)].strip(_BULLETS):
        return False
    return not known.nouns or len(word) > 3 or _opens(text, after, known)


def _ends_time(word: str, text: str, start: int, mark: int, after: int, known: Rules) -> bool:
    """Judge a.m., г., v. Chr.: they close a statement of time; the capital after it opens a sentence or names a day."""
    if _opens(text, after, known):
        return True
    before = text[max(start, mark - LONGEST) : mark - len(word)].split()
    if len(word) == 1 and not (before and (before[-1][-1].isdigit() or before[-1].isupper())):
        return False
    short = mark - start < _ADVERBIAL_CHARACTERS and len(before) <= _ADVERBIAL_WORDS
    if short and (not before or before[0] in known.starters):
        return False
    found = _WORD.match(text, after)
    following = found.group() if found else ""
    zone = len(following) > 1 and following.isupper()  # 8 p.m. EST
    return not (zone or following in known.days or following.removesuffix(".") in known.days)


def _ends_letter(word: str, text: str, start: int, mark: int, after: int, known: Rules) -> bool:
    """Judge a letter: an initial, unless it is a degree (20° C.) or a function word follows (you and I. Did)."""
    if text[max(start, mark - 3) : mark - 1].rstrip().endswith(("°", "º")):
        return True
    if word >= _HANGUL:
        return True
    if mark - 1 == start or word.isupper() == word.islower():
        return False
    return _opens(text, after, known, PARTICLES if word.isupper() else frozenset())


def _opens(text: str, after: int, known: Rules, but: frozenset[str] = frozenset()) -> bool:
    """Tell whether the next word often opens a sentence."""
    found = _WORD.match(text, after)
    if not found:
        return "(" not in text[after - 1 : after + 1]
    word = found.group().removesuffix(".")
    return word in known.starters and word not in but
