"""Furniture that is known by its shape in any language: credits, bylines, dates, addresses, copyright signs."""

import re
from collections.abc import Mapping

# Agencies and picture desks that sign photographs; a name with one of these behind a slash is a credit.
_DESKS = (
    r"(?:AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA(?:-EFE)?|EFE|dpa|DPA|ANSA|LaPresse|Lusa|TASS|ТАСС|РИА Новости|"
    r"Sputnik|UNIAN|УНІАН|УНИАН|Ukrinform|Укрінформ|Xinhua|Kyodo|Anadolu(?: Agency)?|PTI|ANI|PA(?: Media| Wire)?|Rex|"
    r"REX|Getty(?: Images)?|GETTY(?: IMAGES)?|Alamy|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Bloomberg|"
    r"NurPhoto|ZUMA(?: Press)?|SIPA|Imago|imago|picture[ -]alliance|Keystone|Europa Press|Agência Brasil|WENN|Corbis|"
    r"Magnum|Flickr|Wikimedia(?: Commons)?|Contributed|Handout|Pool|Courtesy|Supplied|File)"
)
_PICTURE = (
    r"(?:[Pp]hoto(?:graph|graphy)?s?|PHOTO|[Ii]mages?|IMAGE|[Pp]ictures?|[Ii]llustrations?|[Cc]redits?|CREDIT|[Ff]otos?|FOTO|"
    r"Bild(?:er|quelle|nachweis)?|Symbolbild|Crédits?|Imagen|Imagem|Immagine|Crédito|Créditos|Reprodução|Divulgação|"
    r"Фото|ФОТО|Иллюстрация|Зображення|Ілюстрація|Скриншот|Скріншот|File)"
)
_CREDIT = re.compile(
    rf"[(\[][^()\[\]\n]{{0,120}}?"
    rf"(?:{_PICTURE}\s?(?:by|:|/|credit|von|de|di|par|\w+/)|/\s?{_DESKS}|{_DESKS}\s?/|via {_DESKS})"
    rf"[^()\[\]\n]{{0,120}}[)\]]\W*$"
    rf"|\b{_PICTURE}(?:[ -](?:credit|source|by|courtesy))?\s?[:©]\s?[^.!?\n]{{2,80}}\.?$"
    rf"|^(?:[\w.'’-]+\s){{0,6}}[\w.'’-]+\s?(?:/|\||via|for|-|–|—)\s?{_DESKS}"
    rf"(?:\s?(?:/|\||via|-|–)\s?[\w.'’ -]{{2,40}})?\.?$"
    rf"|^{_DESKS}\s?[/|]\s?[\w.'’ /-]{{2,60}}$"
    rf"|\b(?:Getty Images|GETTY IMAGES|AP Photo|Shutterstock|iStockphoto|Alamy)\b[^.\n]{{0,40}}$"
    rf"|\s[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){{0,3}}\s?/\s?{_DESKS}(?:\s?(?:/|via)\s?[\w.'’ -]{{2,40}})?\.?$"
)
_COPYRIGHT = re.compile(r"^\W*(?:©|ⓒ|&copy;|\([cC]\)\s*\d{4})|©\s*\d{4}|\d{4}\s*©|©️")
_ADDRESS = re.compile(r"(?<![\w@])@\w{2,30}\b|[\w.+-]{1,64}@[\w-]{1,64}\.\w|https?://\S|\bwww\.\w|pic\.twitter\.com/")
_TWEET = re.compile(r"^[—–-]{1,2}\s?[^\n]{1,60}\(@\w{1,30}\)|^pic\.twitter\.com/\w+$|^RT @\w+")
_BY = re.compile(
    r"^(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|DI|De|DE|Автор|Автори?|Авторы|Autor|Autora|Auteur|Text|Текст)\b:?\s+"
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def shape(line: str, words: Mapping[str, frozenset[str]]) -> tuple[str, bool] | None:
    """Return the class of a line by its shape, and whether that settles it; None for an ordinary line."""
    if _COPYRIGHT.search(line) and len(line) < 250:
        return "copyright", True
    if len(line) < 400 and _CREDIT.search(line):
        return "photo-credit", True
    if len(line) > 120:
        return None
    return _short_shape(line, words)


def _short_shape(line: str, lists: Mapping[str, frozenset[str]]) -> tuple[str, bool] | None:
    words = _WORD.findall(line)
    if _TWEET.search(line):
        return "share", True
    if is_time(line, words, lists):
        return "byline", True
    by = _BY.match(line)
    if by and are_names(line[by.end() :], lists):
        return "byline", True
    if len(words) <= 9 and _ADDRESS.search(line):
        return "contact", True
    if 2 <= len(words) <= 8 and line[-1] not in '.!?:;,”"' and are_names(line, lists):
        return "byline", False
    return None


def is_time(line: str, words: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a line has nothing but a date or a time."""
    return any(map(str.isdigit, line)) and all(word.lower().rstrip(".") in lists["time-word"] for word in words)


def are_names(line: str, lists: Mapping[str, frozenset[str]]) -> bool:
    """Return whether every word of a short line is a name, a title or a particle."""
    words = _WORD.findall(line)
    return 0 < len(words) <= 14 and all(word[0].isupper() or word in lists["name-word"] for word in words)
