"""Dates as the world writes them, to RFC 3339 or a bare date.

What does not say its zone loses its time: a zone is not invented.
"""

import re

# The first letters that tell a month from the others, a row a month: English, German, French, Spanish, Italian,
# Portuguese, Dutch, Swedish, Polish, Czech, Russian, Ukrainian.
_MONTHS = (
    "jan gen ene янв січ sty led",
    "feb fév fev февр фев лют lut únor úno",
    "mar mär maa mrt març mars март берез břez",
    "apr avr abr апр квіт kwi dub",
    "may mai mei mag maj maio мая май трав kvě",
    "jun juin giu июн черв cze červn",
    "jul juil lug июл лип lip červc",
    "aug aoû aou ago авг серп sie srp",
    "sep set сен верес wrz zář",
    "oct okt ott out окт жовт paź říj",
    "nov ноя листоп lis",
    "dec dez déc dic des дек груд gru pro",
)
_MONTH_BY_PREFIX = {prefix: number for number, row in enumerate(_MONTHS, 1) for prefix in row.split()}
_LONGEST_PREFIX = max(map(len, _MONTH_BY_PREFIX))

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?\b",
    re.I,
)
_MAIL = re.compile(r"(?:[A-Za-z]{3},?\s+)?\d{1,2} [A-Za-z]{3,9} \d{4} \d")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.年년]\s*(\d{1,2})\s*[/.月월]\s*(\d{1,2})")
_DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.?(?: de| of)? ([^\W\d_]{3,12})\.?,?(?: de| del)? (\d{4})\b", re.I
)
_MONTH_DAY_YEAR = re.compile(r"\b([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", re.I)
_NUMBERS = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_EPOCH = re.compile(r"\d{10}(\d{3})?$")


def parse_date(text: str) -> str | None:
    """Return the date in the text: RFC 3339 when it has a time and a zone, else the bare day; None without one."""
    text = " ".join(text[:200].split())
    return _epoch(text) or _iso(text) or _mail(text) or _written(text) or _numbers(text)


def _iso(text: str) -> str | None:
    found = _ISO.match(text)
    if not found or not _is_day(*found.group(1, 2, 3)):
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    bare = f"{year}-{month}-{day}"
    if not zone or hour > "23" or minute > "59" or (second or "00") > "59":
        return bare
    return f"{bare}T{hour}:{minute}:{second or '00'}{_offset(zone)}"


def _offset(zone: str) -> str:
    if zone[0] not in "+-":
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _mail(text: str) -> str | None:
    if not _MAIL.match(text):
        return None
    from email.utils import parsedate_tz  # mail and feeds alone write this form

    parts = parsedate_tz(text)
    if parts is None or not _is_day(*parts[:3]):
        return None
    bare = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
    if parts[9] is None or parts[3] > 23 or parts[4] > 59:
        return bare
    minutes = abs(parts[9]) // 60
    sign = "-" if parts[9] < 0 else "+"
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else "Z"
    return f"{bare}T{parts[3]:02}:{parts[4]:02}:{min(parts[5], 59):02}{zone}"


def _written(text: str) -> str | None:
    for day, month, year in (
        *((found[1], found[2], found[3]) for found in _DAY_MONTH_YEAR.finditer(text)),
        *((found[2], found[1], found[3]) for found in _MONTH_DAY_YEAR.finditer(text)),
    ):
        number = _month(month)
        if number and _is_day(year, number, day):
            return f"{year}-{number:02}-{int(day):02}"
    return None


def _month(name: str) -> int | None:
    name = name.lower()
    for length in range(min(len(name), _LONGEST_PREFIX), 2, -1):
        if name[:length] in _MONTH_BY_PREFIX:
            return _MONTH_BY_PREFIX[name[:length]]
    return None


def _numbers(text: str) -> str | None:
    if found := _YEAR_FIRST.search(text):
        return _bare(found[1], found[2], found[3])
    found = _NUMBERS.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), found[4]
    # Dots mean day first everywhere; with slashes only a number above 12 tells the day from the month.
    if found[2] == "." or first > 12 or first == second:
        return _bare(year, second, first)
    return _bare(year, first, second) if second > 12 else None


def _epoch(text: str) -> str | None:
    if not _EPOCH.match(text):
        return None
    from time import gmtime  # a function of its argument alone: no clock is read

    moment = gmtime(int(text[:10]))
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6])


def _bare(year: str | int, month: str | int, day: str | int) -> str | None:
    return f"{int(year):04}-{int(month):02}-{int(day):02}" if _is_day(year, month, day) else None


def _is_day(year: str | int, month: str | int, day: str | int) -> bool:
    """Tell whether the calendar has this day, in the years that news can be from."""
    year, month, day = int(year), int(month), int(day)
    if not (1600 <= year <= 9999 and 1 <= month <= 12):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= (29 + leap - 1 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
