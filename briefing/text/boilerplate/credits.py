"""Who took a picture: the names at the end of a caption, or alone on a line, known by the marks around them."""

import re
from functools import cache

# Agencies and picture desks that sign photographs; a name with one of these behind a slash is a credit.
DESKS = (
    r"(?:AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA(?:-EFE)?|EFE|dpa|DPA|ANSA|LaPresse|Lusa|TASS|ТАСС|РИА Новости|"
    r"Sputnik|UNIAN|УНІАН|УНИАН|Ukrinform|Укрінформ|Xinhua|Kyodo|Anadolu(?: Agency)?|PTI|ANI|PA(?: Media| Wire)?|Rex|"
    r"REX|Getty(?: Images)?|GETTY(?: IMAGES)?|Alamy|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Bloomberg|"
    r"NurPhoto|ZUMA(?: Press)?|SIPA|Imago|imago|picture[ -]alliance|Keystone|Europa Press|Agência Brasil|WENN|Corbis|"
    r"Magnum|Flickr|Wikimedia(?: Commons)?|WireImage|Contributed|Handout|Pool|Courtesy|Supplied|File)"
)
_PICTURE = (
    r"(?:Photo(?:graph|graphy|graphers?)?s?|PHOTO|Images?|IMAGE|Pictures?|Illustrations?|Credits?|CREDIT|Fotos?|"
    r"FOTO|Bild(?:er|quelle|nachweis)?|Symbolbild|Crédits?|Imagen|Imagem|Immagine|Crédito|Créditos|Reprodução|"
    r"Divulgação|Фото|ФОТО|Иллюстрация|Зображення|Ілюстрація|Скриншот|Скріншот|File)"
)
_CAPITAL = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.'’-]*"
_PARTICLES = r"(?:(?:de|del|der|van|von|den|da|dos|di|du|la|le|el|al|bin|ibn|of|the)\s){0,2}"
NAMES = rf"{_CAPITAL}(?:\s{_PARTICLES}{_CAPITAL}){{0,4}}"
_STAFF = r"(?:\s(?:staff|file|photo))?"

_compiled = cache(re.compile)  # all together take 7 ms, half a start of Python; most articles need one or none
_BRACKETED = (
    rf"[(\[]\s?{NAMES}\s?[/|]\s?{NAMES}{_STAFF}\s?[)\]]\W*$"
    rf"|[(\[][^()\[\]]{{0,120}}?"
    rf"(?:(?i:{_PICTURE})\s?(?:by|:|/|credit|von|de|di|par|\w+/)|/\s?{DESKS}|{DESKS}\s?/|via {DESKS})"
    rf"[^()\[\]]{{0,120}}[)\]]\W*$"
    # A name behind the full stop of a caption; an agency alone.
    rf"|[.!?][\"”’]?\s\((?:{DESKS}|{_CAPITAL}(?:\s{_PARTICLES}{_CAPITAL}){{1,5}})\)$|^\({DESKS}\)$|\s\[(?:{DESKS}|{_CAPITAL}\s{NAMES})\]$"
)
# A page may lose the blank before the label ("in MayCredit: The Courier"); a point may be an initial's or an address's.
_LABELED = (
    rf"(?=[BCDFIPRS\u0400-\u04ff])(?<![A-ZÀ-ÞА-ЯЁІЇЄҐ\d_]){_PICTURE}(?:[ -](?:credit|source|by|courtesy))?\s?[:©]\s?"
    r"(?:[^.!?:]|\.(?=\w)|(?<=\b[A-Z])\.){2,80}\.?$"
)
_OWNED = rf"(?i:\b{_PICTURE})\s?©[^.!?:]{{2,80}}$"
_SLASHED = (
    rf"(?:^|\s){NAMES}\s?[/|]\s?{DESKS}(?:\s?(?:[/|]|via|-|–)\s?[\w.'’ -]{{2,40}})?\.?$"
    rf"|^{NAMES}(?:\s?/\s?{NAMES}){{1,4}}{_STAFF}$|^{DESKS}\s?[/|]\s?[\w.,'’ /-]{{2,60}}$"
    rf"|(?:[.!?…]|\s[^\W\d_A-Z][\w'’]*)\s[/|]\s"
    rf"(?:{DESKS}|{_CAPITAL}\s{NAMES}(?:/(?:(?:Special to|For) )?{NAMES})?)$"
    rf"|(?:^|\s){_CAPITAL}\s{_CAPITAL}/{NAMES}{_STAFF}(?<!\.)$"
)
_DASHED = rf"(?:^|\s){_CAPITAL}\s{_PARTICLES}{_CAPITAL}—(?:{DESKS}|{NAMES})$"
_HIRED = rf"^{NAMES} for [tT]he {NAMES}$|(?<![A-Z])Credit(?:[.…]{{1,4}}\s?[^.!?:]{{2,80}}| {NAMES} for [tT]he {NAMES})$"
_COURTESY = rf"(?:^|\s)Courtesy(?: of| photo)?:? (?:[tT]he )?{NAMES}\.?$"
_SIGNED = rf"(?:^|\s|[/|])(?:(?:via|for|by|[-–—])\s{DESKS}|Getty Images|GETTY IMAGES|AP Photo)\.?$"
_NAMED = (
    rf"^(?:[Vv]ia|Photos?|PHOTOS?|Images?|Pictures?) {NAMES}(?:, {NAMES})?$|^{NAMES} (?:[Pp]hoto(?:s|graphy)?|PHOTO)$"
)
# A credit in front of its caption: "Ada Quill | Getty ImagesThe harbor in May", "(Ada Quill | The Courier) The wall".
_LEADING = (
    rf"^{NAMES}\s?[|/]\s?{DESKS}(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ][^\W\d_A-Z])|^{NAMES}\s?\|\s?(?:Getty Images|{DESKS}\s[A-Z])"
    r"|^(?:Getty Images|GETTY IMAGES|AP Photo|REUTERS|Reuters|Shutterstock|iStock|Alamy)(?=[A-Z][a-z])"
    rf"|^[(\[]{_CAPITAL}\s{NAMES}\s?[/|]\s?{NAMES}{_STAFF}[)\]]\s[A-Z]"
)
_AGENCIES = frozenset(("Get", "GET", "AP ", "REU", "Reu", "Shu", "iSt", "Ala"))  # those alone, by their start
# What a gallery writes behind its captions.
_GALLERY = (
    r"(?<=[)\].])\s?(?:less|more|[Ss]ee [Mm]ore|[Rr]ead [Mm]ore|Buy [Pp]hoto|(?:hide|toggle|show) caption|"
    r"×|[Ee]nlarge)$"
)
_GALLERIES = ("less", "ore", "hoto", "caption", "×", "nlarge")
_AGENCY = rf"(?:\.\.\.|…) more Photo: [^.!?:]{{2,80}}$|\((?:[^()]{{0,100}}\s)?{DESKS}(?:\s?/|\sPhoto)[^()]{{0,100}}\)$"
_LICENSE = (
    r"(?<![\w-])CC[ -](?:BY|0)(?:[ -][A-Z]{2})*(?: [1-4]\.0)?\W*$"
    r"|(?:^|[,/(–-] ?|via )(?:Wikimedia Commons|Creative Commons|Public [Dd]omain)\W*$"
)
_SENTENCE_END = r"[.!?](?!$|\w)(?<!\b[A-Z].)"
_LONGEST_TAIL = 200
# Behind the colon of a label, as its pattern has it.
_LONGEST_NAME = 83
_LONGEST_SIGN = 40  # "via Wikimedia Commons", and a blank before it
_PROSE = frozenset(".\"”'’?")
_BRACKETS = frozenset((").", "]."))
_LAST = frozenset({"staff", "photo", "photos", "file", "photography", "imago"})


def is_credit(line: str) -> bool:
    """Return whether a line ends in the name of who took a picture; each pattern is tried only where its mark is."""
    if ("|" in line or "/" in line or line[:3] in _AGENCIES) and _compiled(_LEADING).match(line):
        return True
    tail = line[-_LONGEST_TAIL:]
    if tail[-1] not in _PROSE:
        tail = _less(tail)
        if tail[-1] in ")]" and _compiled(_BRACKETED).search(tail):
            return True
        if ("CC" in tail or "ommons" in tail or "omain" in tail) and _compiled(_LICENSE).search(tail):
            return True
    elif tail[-2:] in _BRACKETS and _compiled(_BRACKETED).search(tail):
        return True
    if (":" in tail or "©" in tail) and _ends_in_label(tail):
        return True
    if tail[-1] in ")]":
        return False
    last = tail[tail.rfind(" ") + 1 :]
    is_name = last[:1].isupper() or last in _LAST or "/" in last or "—" in last
    return (is_name and _ends_in_name(tail)) or _is_signed(tail)


def is_gallery_credit(line: str) -> bool:
    """Return whether a line as long as a paragraph ends in the bracket of an agency that signs photographs."""
    tail = _less(line)[-_LONGEST_TAIL:]
    return "hoto" in tail and _compiled(_AGENCY).search(tail) is not None


def _less(line: str) -> str:
    """Return a line without what a gallery wrote behind its caption."""
    return _compiled(_GALLERY).sub("", line) if line.endswith(_GALLERIES) else line


def _ends_in_label(tail: str) -> bool:
    """Return whether little and no sentence stands behind the last colon, and before it that this is a picture."""
    behind = tail[max(tail.rfind(":"), tail.rfind("©")) + 1 :]
    if len(behind) > _LONGEST_NAME or _compiled(_SENTENCE_END).search(behind):
        return False
    return bool(_compiled(_LABELED).search(tail) or ("©" in tail and _compiled(_OWNED).search(tail)))


def _ends_in_name(tail: str) -> bool:
    """Return whether the name at the end is that of who took a picture."""
    if ("/" in tail or "|" in tail) and _compiled(_SLASHED).search(tail):
        return True
    if "—" in tail and _compiled(_DASHED).search(tail):
        return True
    if (" for the " in tail or " for The " in tail or "Credit" in tail) and _compiled(_HIRED).search(tail):
        return True
    if "Courtesy" in tail and _compiled(_COURTESY).search(tail):
        return True
    return len(tail) < _LONGEST_NAME and _compiled(_NAMED).match(tail) is not None


def _is_signed(tail: str) -> bool:
    tail = tail[-_LONGEST_SIGN:]
    signs = "via " in tail or "Images" in tail or "IMAGES" in tail or "Photo" in tail
    return signs and _compiled(_SIGNED).search(tail) is not None
