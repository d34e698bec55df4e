"""Quantities that a sentence states: who or what was counted, and the number as it is printed.

Precision comes first: a number is left out when its sentence speaks of the past or of what could be, when it is a part
("including three children", "another five"), or when it is rounded ("about 50", "more than 200").
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_UNITS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS, 1)}
_WORDS |= {ten: 10 * value for value, ten in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{unit}": _WORDS[ten] + _WORDS[unit] for ten in _TENS for unit in _UNITS[:9]}

_LEAST = r"(?:(?:at\s+least|mindestens|au\s+moins|al\s+menos|por\s+lo\s+menos|pelo\s+menos|almeno)\s+)?"
_DIGITS = r"(?<![\w.,:$€£-])(?:\d{1,3}(?:[,.\u00a0\u202f]\d{3})+|\d{1,6})(?![\w%]|[.,:–-]\d)"
_NUMBER = rf"(?P<value>{_LEAST}(?P<number>{_DIGITS}|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b))"
# Up to three words from the number to what happened: adjectives, and last the noun that was counted.
_COUNTED = r"(?P<counted>(?:\s+[^\W\d][\w'’-]*){0,3}?)"
_BE = r"(?:\s+(?:is|are|was|were|have|has|had|been|being|left|remain|remained|still|reported|confirmed))*"

# What happened: said after those counted; before them; as a noun that is counted; as a total that is given.
_CLASSES = {
    "dead": (
        r"dead|killed|died|slain|perished|lost\s+their\s+lives",
        r"kill(?:ed|ing|s)|claim(?:ed|ing|s)\s+the\s+lives\s+of",
        r"deaths|fatalities|Tote|Todesopfer|morts|muertos|fallecidos|mortos|morti",
        r"death\s+toll",
    ),
    "injured": (
        r"injured|wounded|hurt",
        r"injur(?:ed|ing|es)|wound(?:ed|ing|s)",
        r"injuries|Verletzte|blessés|heridos|feridos|feriti",
        r"number\s+of\s+(?:injured|wounded)",
    ),
    "missing": (
        r"missing|unaccounted\s+for",
        r"\b\B",
        r"Vermisste|disparus|desaparecidos|dispersi",
        r"number\s+of\s+missing",
    ),
    "arrested": (
        r"arrested|detained",
        r"arrest(?:ed|ing|s)|detain(?:ed|ing|s)",
        r"arrests|Festnahmen|arrestations|detenidos|detidos|arresti",
        r"number\s+of\s+arrests",
    ),
}
_GENERIC = frozenset(["", "people", "persons", "person", "victims", "lives", "bodies", "casualties"])
# Nouns after "killed 12": what follows is time or measure, not somebody.
_MEASURES = re.compile("(?:hour|day|week|month|year|minute|mile|kilomet(?:er|re)|time)s?|percent|per")

# The sentence tells of another time, or of what is not certain.
_ELSEWHEN = re.compile(
    r"""\b(?:(?:19|20)\d\d|ago|since|last\s+(?:year|month|week|decade)|previous(?:ly)?|earlier|deadliest|worst|history|past
    |days\s+after|weeks?\s+after|weekend|every|annual(?:ly)?|average|could|would|might|may|if|unless|fear(?:s|ed)?|risk|expect(?:s|ed)?|estimate[sd]?|threat
    \w*|plot\w*|planned|avoid\w*|not|never|denied|rumou?r\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The number is a part, or rounded.
_PART_BEFORE = re.compile(
    r"""\b(?:including|among|another|additional|further|other|plus|than|over|about|around|nearly|almost|some|roughly|up\s+to
    |approximately|of\s+(?:the|whom|those|them)|which|only|between|under|below|aged?|the|least\s+\w+\s+of|mehr\s+als|fast|rund
    |plus\s+de|près\s+de|más\s+de|mais\s+de|cerca\s+de|quase|casi|oltre|circa|\d+\s+(?:to|or|and))\s+(?:the\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_PART_AFTER = re.compile(
    r"\s+(?:(?:of|or|to|more|and\s+a\s+half|percent|per\s+cent|million|billion|hundred|thousand)\b|-)", re.IGNORECASE
)
# After "killed 12": the noun, or what shows that none follows.
_NOUN = (
    r"(?P<counted>(?:\s+[^\W_][\w'’-]*){0,2}?\s+(?:people|men|women|children|[^\W\d]\w+s))?"
    r"(?=\s*(?:[,.;:]|$|\s(?:in|on|at|and|when|after|as|near|by|during|while|with|from|before)\b))"
)


class Quantity(NamedTuple):
    """A number in a sentence: what it counts, the number as it is printed and where, and its size."""

    what: str
    printed: str
    start: int
    end: int
    size: int


def find_quantities(sentence: str) -> Iterator[Quantity]:
    """Yield the quantities that a sentence states as facts, with offsets into it."""
    if speaks_of_another_time(sentence):
        return
    for name in _CLASSES:
        for pattern in _patterns(name):
            for match in pattern.finditer(sentence):
                counted = (match.groupdict().get("counted") or "").lower().split()
                noun = counted[-1] if counted else ""
                if not (_MEASURES.fullmatch(noun) or "others" in counted or _is_part(sentence, match)):
                    yield _quantity(name, "" if noun in _GENERIC else noun, match)


def speaks_of_another_time(sentence: str) -> bool:
    """Tell whether a sentence speaks of the past, or of what could be."""
    return _ELSEWHEN.search(sentence) is not None


def _quantity(name: str, noun: str, match: re.Match[str]) -> Quantity:
    """Return what a match says; soldiers killed are another quantity than people killed."""
    number = match["number"].lower()
    size = _WORDS.get(number) or int(re.sub(r"\D", "", number))
    return Quantity(f"{noun} {name}".strip(), match["value"], *match.span("value"), size)


def _is_part(sentence: str, match: re.Match[str]) -> bool:
    """Tell whether the number is a part of a larger one, or rounded."""
    return bool(
        _PART_BEFORE.search(sentence, 0, match.start("value")) or _PART_AFTER.match(sentence, match.end("value"))
    )


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a class, each with the number and its printed form."""
    after, before, noun, total = _CLASSES[name]
    shapes = (
        rf"{_NUMBER}{_COUNTED}{_BE}\s+(?:{after})\b",
        rf"\b(?:{before})\s+{_NUMBER}{_NOUN}",
        rf"{_NUMBER}\s+(?:{noun})\b",
        rf"\b(?:{total})\s+(?:\w+\s+){{0,4}}?(?:to|at|reached|was|is|of|stood\s+at)\s+{_NUMBER}",
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)
