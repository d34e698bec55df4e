"""Furniture that is known by its shape in any language: bylines, dates, addresses, copyright signs."""

import re
from collections.abc import Mapping
from functools import cache

from briefing.text.boilerplate.credits import DESKS, NAMES, is_credit, is_gallery_credit
from briefing.text.boilerplate.leftovers import is_menu, leftover, unglued

WRITER = "contributor"
Lists = Mapping[str, frozenset[str]]

_compiled = cache(re.compile)  # most articles need few of these
_CLOCK = r"\d{1,2}[:.h]\d{2}\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
# An agency, and a name: in either order.
_WIRED = (
    rf"^(?:{DESKS},\s{NAMES}|{NAMES},\s(?:{DESKS}|(?:[Tt]he )?(?:Associated|Canadian|United) Press(?: International)?"
    r"|Agence France-Presse|Press Association|(?:Contributing|Freelance|Staff) (?:Writer|Photographer)))\W*$"
)
# A writer's note: "Ada Quill, who grew up in Leeds, covers the north for the Courier."
_WRITER = (
    rf"^[^\W\d_][\w.'’-]*\s{NAMES}(?:, [^,]{{3,60}},)?\s(?:also\s)?"
    r"(?:covers\s|(?:reports|writes|blogs|tweets|edits|teaches)\s"
    r"(?:on|for|from|about|at)\s|can be (?:reached|contacted|followed)|contributed\W*$)"
)

_COPYRIGHT = (
    r"^\W*(?:©|ⓒ|\([cC]\)\s*\d{4})|^[^.!?]{0,80}(?:©\s*\d{4}|\d{4}\s*©)"
    r"|^[^.!?]{0,80}©\s?(?!symbol|sign|mark|and|or\b)[^\W_][^.!?]{1,80}\.?$"
)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)|[Rr]ights|Copyright|©\s*$"
_ADDRESS = r"(?<![\w@])@\w{2,30}\b|[\w.+-]{1,64}@[\w-]{1,64}\.\w|https?://\S|\bwww\.\w"
_TWEET = r"^[—–-]{1,2}\s?[^\n]{1,60}\(@\w{1,30}\)|^pic\.twitter\.com/\w+$|^RT @\w+"
# How a byline begins; "Pa", "Po" and "Au" stand for several languages.
_BYLINES = frozenset(
    ("by", "vo", "pa", "po", "di", "ав", "au", "te", "те", "wr", "re", "pu", "su", "st", "wo", "ed", "tr")
)
_BY = (
    r"(?:(?:Written|WRITTEN|Posted|POSTED|Reported|Reviewed|Published|Submitted|Edited|Translated|Story|Words) "
    r"(?:[Bb]y|BY)|[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]i|DI|Автори?|Авторы|Autora?|Auteur|Text|Текст)"
    r"\b:?\s+(?=[^\W\d_])"
)
# Who put it there: "by jdadmin", "By web-desk".
_HANDLE = r"[Bb]y [\w.-]*(?:admin|editor|staff|desk|team|news|press|web|media|user|guest|\d)[\w.-]*$"
# A link in a list: an arrow, a bullet or a number in front, and no full stop behind.
_ARROWS = frozenset("→►▶➤☞>")
_LINK = r"(?:[»›→►▶➤☞>•·▪]{1,3}|\d{1,2}[.)]\s)\s*\w"
_STOPS_OF_PROSE = frozenset(".!?\"”'’:,")
_STOPS_OF_SENTENCES = frozenset('.!:;,”"')
_WORD = r"[^\W\d_][\w'’.-]*"
_VERBS = ("covers", "reports", "writes", "blogs", "tweets", "edits", "teaches", "can be ", "contributed")
_DATE = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)|(?<!\d)\d{1,2}:\d{2}(?!\d)")
_DIGIT = re.compile(r"\d")

# The longest of the credits that this was tuned on has 174 letters; the other shapes are names, dates and addresses.
_LONGEST_CREDIT = 400
_LONGEST_GALLERY = 1000  # a caption of a gallery, whose agency signs it in brackets, may be there twice
_LONGEST_SHAPE = 120
_LONGEST_BYLINE = 16  # words
_STOPS = frozenset('.!?:;,”"')


def shape(line: str, lists: Lists, outlet: str = "") -> tuple[str, bool] | None:
    """Return the class of a line by its shape, and whether that settles it; None for an ordinary line."""
    if len(line) > _LONGEST_CREDIT:
        return _long_shape(line) if len(line) <= _LONGEST_GALLERY else None
    if ("©" in line or (line[0] in "(ⓒ" and line[:2] in ("(c", "(C", "ⓒ "))) and _compiled(_COPYRIGHT).search(line):
        return ("copyright" if _compiled(_YEAR).search(line) else "photo-credit"), True
    if is_credit(line):
        return "photo-credit", True
    if line[-1] not in _STOPS_OF_PROSE and (left := leftover(line)):
        return left, True
    return _short_shape(line, lists, outlet) if len(line) <= _LONGEST_SHAPE else None


def _long_shape(line: str) -> tuple[str, bool] | None:
    """Return the class of a caption or of a menu as long as a paragraph."""
    if is_gallery_credit(line):
        return "photo-credit", True
    return ("leftover", True) if is_menu(line) else None


def _short_shape(line: str, lists: Lists, outlet: str) -> tuple[str, bool] | None:
    """Return the class of a line of names, dates or addresses; the words are counted where it may be one."""
    if "@" in line or "pic." in line:
        if _compiled(_TWEET).search(line):
            return "share", True
        if _compiled(_ADDRESS).search(line) and len(_compiled(_WORD).findall(line)) <= 9:
            return "contact", True
    elif (
        ("http" in line or "www." in line)
        and _compiled(_ADDRESS).search(line)
        and len(_compiled(_WORD).findall(line)) <= 5
    ):
        return "contact", True
    has_digits = _DIGIT.search(line) is not None
    if has_digits and line[-1] not in _STOPS_OF_PROSE:
        line = unglued(line)
    if has_digits and _is_dated(line, lists):
        return "byline", True
    if line[-1] not in _STOPS_OF_SENTENCES and _compiled(_LINK).match(line):
        return "read-more", line[0] in _ARROWS
    if line[:3] in ("by ", "By ") and _compiled(_HANDLE).match(line):
        return "byline", True
    by = _compiled(_BY).match(line) if line[:2].lower() in _BYLINES else None
    if by and are_names(line[by.end() :], lists):
        return "byline", True
    if has_digits and _is_signed(line, lists):
        return "byline", False
    if "," in line and line[-1] != "." and _compiled(_WIRED).match(line):
        return "byline", True
    if any(map(line.__contains__, _VERBS)) and _compiled(_WRITER).match(line):
        return WRITER, False
    if line[-1] not in _STOPS and 2 <= len(_compiled(_WORD).findall(line)) <= 8 and are_names(line, lists):
        # "Jane Doe | The Courier" needs no company, and a title seldom ends in the outlet's name.
        return "byline", outlet != "" and line.lower().endswith(outlet)
    return None


def _is_dated(line: str, lists: Lists) -> bool:
    """Return whether a line with digits has nothing but a date or a time, or is a date with names behind it."""
    words = _compiled(_WORD).findall(line)
    if not words:
        return _compiled(_CLOCK).search(line) is not None
    times = lists["time-word"]
    if words[0].lower().rstrip(".") not in times:
        return False
    known = [word.lower().rstrip(".") in times for word in words]
    return all(known) or (known[:2] == [True, True] and line[-1] not in _STOPS and are_names(line, lists))


def _is_signed(line: str, lists: Lists) -> bool:
    """Return whether a line with digits is a date among names and what bylines say ("Updated 3 March by Li Na")."""
    words = _compiled(_WORD).findall(line)
    if len(words) > _LONGEST_BYLINE or (line[-1] in _STOPS and line[-2:].lower() != "m."):
        return False
    said, times, names = lists.get("byline-word", frozenset()), lists["time-word"], lists["name-word"]
    low = [word.lower().rstrip(".") for word in words]
    for word, each in zip(words, low, strict=True):
        if not (word[0].isupper() or each in names or each in times or each in said):
            return False
    label = line.partition(": ")[0].lower().split() if ": " in line else ()
    if label and (last := label[-1].rstrip(".")) not in said and last not in times:
        return False
    return _DATE.search(line) is not None or any(
        word[0].isupper() and len(word) > 2 and each in times and each not in said
        for word, each in zip(words, low, strict=True)
    )


def are_names(line: str, lists: Lists) -> bool:
    """Return whether every word of a short line is a name, a title or a particle."""
    words = _compiled(_WORD).findall(line)
    known = lists["name-word"]
    return 0 < len(words) <= 14 and all(word[0].isupper() or word in known for word in words)
