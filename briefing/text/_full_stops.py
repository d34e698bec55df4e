"""Whether a full stop before a capital or a digit ends its sentence: abbreviations, initials, ordinals, list marks."""

import re
from functools import cache

from msgspec import Struct

from briefing.text._rules import PARTICLES, Rules

LONGEST = 40  # characters looked at before a mark: no abbreviation is longer

# "At 5 a.m. Mr. Smith went", "В 1961 г. Гагарин": so little before a statement of time is an adverbial.
_ADVERBIAL_CHARACTERS, _ADVERBIAL_WORDS = 30, 3
_BULLETS = "•·⁃*-–—()[]#\"'“„« "
_HANGUL = "\u1100"  # from here on a character is a syllable or a word, and no initial

_compiled = cache(re.compile)  # when the first word asks for one: six take half a millisecond
_TAIL = re.compile(r"[^\s\"“”„«»‹›‘‚()\[\]{}<>—–|*_…]*$")
_LAST = r"(?<=['’-])[^\W\d_][\w.]*$"  # l'art, then-Lt, R-N
_PARTS = r"(?:(?<!\w)[^\W\d_]{1,2}\.\s?)+$"  # the "z. " of "z. B."
_NEXT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_ROMAN = r"[IVXLCDM]+$|[ІХVIX]{2,}$"  # written with Cyrillic letters too
_ACRONYM = r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$"


class Place(Struct, frozen=True):
    """A mark in its text: where its sentence starts, what stands before the mark, where the next letter is."""

    text: str
    start: int
    before: str
    mark: int
    after: int
    known: Rules

    @property
    def following(self) -> str:
        """The next word, with its full stop; empty when a digit or a sign follows."""
        found = _NEXT.match(self.text, self.after)
        return found.group().replace("’", "'") if found else ""

    @property
    def before_digit(self) -> bool:
        """Whether a digit follows."""
        return self.text[self.after].isdigit()


def ends_after_word(place: Place) -> bool:
    """Judge a full stop by the word before it."""
    word, known = _word(place), place.known
    if word in known.title or (place.before_digit and (word in known.number or word.endswith(known.suffixes))):
        return False
    if word in known.end:
        return True
    if word in known.time:
        return _ends_time(word, place)
    if word.isdecimal():
        return _ends_number(word, place)
    if word in known.other or _compiled(_ACRONYM).match(word):
        return not place.before_digit and _opens(place)
    if len(word) == 1 and word.isalpha():
        return not place.before_digit and _ends_letter(word, place)
    return not known.ordinals or not _compiled(_ROMAN).match(word) or _opens(place)


def _word(place: Place) -> str:
    """Return the word before the mark without what opens it; an abbreviation in parts (z. B.) is put together."""
    known = place.known
    tail = None if place.before.isalpha() else _TAIL.search(place.before)
    word = tail.group().lstrip("-'’") if tail else place.before
    if word not in known.any:
        last = _compiled(_LAST).search(word)
        word = last.group() if last and (last.group() in known.any or last.group().isupper()) else word
    if 0 < len(word) < 4:
        end = place.mark - len(word)
        parts = _compiled(_PARTS).search(place.text[max(place.start, end - LONGEST) : end])
        if parts:
            joined = "".join(parts.group().split()) + word
            return joined if joined in known.any or joined in known.end else word
    return word


def _ends_number(word: str, place: Place) -> bool:
    """Judge a number: the mark of a list (1. The first item), a German ordinal (am 3. Oktober), or the last word."""
    text, start, mark = place.text, place.start, place.mark
    if mark - start < LONGEST and not text[start : mark - len(word)].strip(_BULLETS):
        return False
    return not place.known.nouns or len(word) > 3 or _opens(place)


def _ends_time(word: str, place: Place) -> bool:
    """Judge a.m., г., v. Chr.: they close a statement of time; the capital after it opens a sentence or names a day."""
    start, mark, known = place.start, place.mark, place.known
    before = place.text[max(start, mark - LONGEST) : mark - len(word)].split()
    if len(word) == 1 and not (before and (before[-1][-1].isdigit() or _compiled(_ROMAN).match(before[-1]))):
        return False  # a year's letter before its number, a town (г. Москва), an initial
    if _opens(place):
        return True
    short = mark - start < _ADVERBIAL_CHARACTERS and len(before) <= _ADVERBIAL_WORDS
    if short and (not before or before[0] in known.starters):
        return False
    following = place.following
    zone = len(following) > 1 and following.isupper()  # 8 p.m. EST
    return not (zone or following in known.days or following.removesuffix(".") in known.days)


def _ends_letter(word: str, place: Place) -> bool:
    """Judge a letter: an initial, unless it is a degree (20° C.) or a function word follows (you and I. Did)."""
    text, start, mark = place.text, place.start, place.mark
    if word >= _HANGUL or text[max(start, mark - 3) : mark - 1].rstrip().endswith(("°", "º")):
        return True
    if mark - 1 == start or word.isupper() == word.islower():
        return False
    return _opens(place) and not (word.isupper() and place.following in PARTICLES)


def _opens(place: Place) -> bool:
    """Tell whether the next word often opens a sentence: a function word, alone or elided (L'homme, I'm)."""
    word = place.following.removesuffix(".")
    if not word:
        return "(" not in place.text[place.after - 1 : place.after + 1]
    return word in place.known.starters or word.partition("'")[0] in place.known.starters
