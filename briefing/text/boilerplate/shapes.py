"""Furniture that is known by its shape in any language: credits, bylines, dates, addresses, copyright signs."""

import re
from collections.abc import Mapping
from functools import cache

Lists = Mapping[str, frozenset[str]]

# Agencies and picture desks that sign photographs; a name with one of these behind a slash is a credit.
_DESKS = (
    r"(?:AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA(?:-EFE)?|EFE|dpa|DPA|ANSA|LaPresse|Lusa|TASS|ТАСС|РИА Новости|"
    r"Sputnik|UNIAN|УНІАН|УНИАН|Ukrinform|Укрінформ|Xinhua|Kyodo|Anadolu(?: Agency)?|PTI|ANI|PA(?: Media| Wire)?|Rex|"
    r"REX|Getty(?: Images)?|GETTY(?: IMAGES)?|Alamy|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Bloomberg|"
    r"NurPhoto|ZUMA(?: Press)?|SIPA|Imago|imago|picture[ -]alliance|Keystone|Europa Press|Agência Brasil|WENN|Corbis|"
    r"Magnum|Flickr|Wikimedia(?: Commons)?|Contributed|Handout|Pool|Courtesy|Supplied|File)"
)
_PICTURE = (
    r"(?:Photo(?:graph|graphy)?s?|PHOTO|Images?|IMAGE|Pictures?|Illustrations?|Credits?|CREDIT|Fotos?|"
    r"FOTO|Bild(?:er|quelle|nachweis)?|Symbolbild|Crédits?|Imagen|Imagem|Immagine|Crédito|Créditos|Reprodução|"
    r"Divulgação|Фото|ФОТО|Иллюстрация|Зображення|Ілюстрація|Скриншот|Скріншот|File)"
)
# The patterns of credits take 7 ms to compile, half a start of Python; most articles need one of the four or none.
_compiled = cache(re.compile)
_NAMES = r"(?:[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.'’-]*\s){0,4}[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.'’-]*"
_BRACKETED = (
    rf"[(\[]{_NAMES}\s?[/|]\s?{_NAMES}[)\]]\W*$"
    rf"|[(\[][^()\[\]]{{0,120}}?"
    rf"(?:(?i:{_PICTURE})\s?(?:by|:|/|credit|von|de|di|par|\w+/)|/\s?{_DESKS}|{_DESKS}\s?/|via {_DESKS})"
    rf"[^()\[\]]{{0,120}}[)\]]\W*$"
)
_LABELED = rf"(?<!\w){_PICTURE}(?:[ -](?:credit|source|by|courtesy))?\s?[:©]\s?[^.!?:]{{2,80}}\.?$"
_OWNED = rf"(?i:\b{_PICTURE})\s?©[^.!?:]{{2,80}}$"
_CLOCK = r"\d{1,2}[:.h]\d{2}\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_SLASHED = (
    rf"(?:^|\s){_NAMES}\s?[/|]\s?{_DESKS}(?:\s?(?:[/|]|via|-|–)\s?[\w.'’ -]{{2,40}})?\.?$"
    rf"|^{_NAMES}\s?/\s?{_NAMES}$|^{_DESKS}\s?[/|]\s?[\w.'’ /-]{{2,60}}$"
)
_HIRED = rf"^{_NAMES} for [tT]he {_NAMES}$"
_SIGNED = rf"(?:^|\s|[/|])(?:(?:via|for|by|[-–—])\s{_DESKS}|Getty Images|GETTY IMAGES|AP Photo)\.?$"

_COPYRIGHT = r"^\W*(?:©|ⓒ|\([cC]\)\s*\d{4})|^[^.!?]{0,80}(?:©\s*\d{4}|\d{4}\s*©)"
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)|[Rr]ights|Copyright|©\s*$"
_ADDRESS = r"(?<![\w@])@\w{2,30}\b|[\w.+-]{1,64}@[\w-]{1,64}\.\w|https?://\S|\bwww\.\w"
_TWEET = r"^[—–-]{1,2}\s?[^\n]{1,60}\(@\w{1,30}\)|^pic\.twitter\.com/\w+$|^RT @\w+"
_BY = re.compile(
    r"^(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]i|DI|Автори?|Авторы|Autora?|Auteur|Text|Текст)\b:?\s+(?=[^\W\d_])"
)
# A link in a list: an arrow, a bullet or a number in front, and no full stop behind.
_ARROWS = frozenset("→►▶➤☞>")
_LINK = r"(?:[»›→►▶➤☞>•·▪]{1,3}|\d{1,2}[.)]\s)\s*\w"
_STOPS_OF_SENTENCES = frozenset('.!:;,”"')
_WORD = r"[^\W\d_][\w'’.-]*"
_DIGIT = re.compile(r"\d")

# The longest of the credits that this was tuned on has 174 letters; the other shapes are names, dates and addresses.
_LONGEST_CREDIT = 400
_LONGEST_SHAPE = 120
# Behind the colon of a label, as its pattern has it.
_LONGEST_NAME = 83
_SENTENCE_END = re.compile(r"[.!?](?!$)")
_STOPS = frozenset('.!?:;,”"')


def shape(line: str, lists: Lists, outlet: str = "") -> tuple[str, bool] | None:
    """Return the class of a line by its shape, and whether that settles it; None for an ordinary line."""
    if len(line) > _LONGEST_CREDIT:
        return None
    if ("©" in line or line[:2] in ("(c", "(C", "ⓒ ")) and _compiled(_COPYRIGHT).search(line):
        return ("copyright" if _compiled(_YEAR).search(line) else "photo-credit"), True
    if _is_credit(line):
        return "photo-credit", True
    return _short_shape(line, lists, outlet) if len(line) <= _LONGEST_SHAPE else None


def _is_credit(line: str) -> bool:
    """Return whether a line ends in the name of who took a picture; each test only where its mark is."""
    tail = line[-200:]
    if tail.endswith((")", "]", ").", "].")):
        return _compiled(_BRACKETED).search(tail) is not None
    if ("/" in tail or "|" in tail) and _compiled(_SLASHED).search(tail):
        return True
    if (" for the " in tail or " for The " in tail) and _compiled(_HIRED).match(tail):
        return True
    if (":" in tail or "©" in tail) and _ends_in_label(tail) and _compiled(_LABELED).search(tail):
        return True
    if "©" in tail and _compiled(_OWNED).search(tail):
        return True
    return ("via " in tail or "Images" in tail or "IMAGES" in tail or "Photo" in tail) and bool(
        _compiled(_SIGNED).search(tail)
    )


def _ends_in_label(tail: str) -> bool:
    """Return whether little and no sentence stands behind the last colon: the search for what is before it is long."""
    behind = tail[max(tail.rfind(":"), tail.rfind("©")) + 1 :]
    return len(behind) <= _LONGEST_NAME and not _SENTENCE_END.search(behind)


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
    if _DIGIT.search(line) and _is_dated(line, _compiled(_WORD).findall(line), lists):
        return "byline", True
    if line[-1] not in _STOPS_OF_SENTENCES and _compiled(_LINK).match(line):
        return "read-more", line[0] in _ARROWS
    by = _BY.match(line)
    if by and are_names(line[by.end() :], lists):
        return "byline", True
    if line[-1] not in _STOPS and 2 <= len(_compiled(_WORD).findall(line)) <= 8 and are_names(line, lists):
        # "Jane Doe | The Courier" needs no company, and a title seldom ends in the outlet's name.
        return "byline", outlet != "" and line.lower().endswith(outlet)
    return None


def _is_dated(line: str, words: list[str], lists: Lists) -> bool:
    """Return whether a line with digits has nothing but a date or a time, or is a date with names behind it."""
    if not words and not _compiled(_CLOCK).search(line):
        return False
    known = [word.lower().rstrip(".") in lists["time-word"] for word in words]
    return all(known) or (known[:2] == [True, True] and line[-1] not in _STOPS and are_names(line, lists))


def are_names(line: str, lists: Lists) -> bool:
    """Return whether every word of a short line is a name, a title or a particle."""
    words = _compiled(_WORD).findall(line)
    known = lists["name-word"]
    return 0 < len(words) <= 14 and all(word[0].isupper() or word in known for word in words)
