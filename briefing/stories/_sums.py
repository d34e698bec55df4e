"""Sums of money and results of votes that a sentence states, where it says what for and where."""

import re
from collections.abc import Iterator

from briefing.stories._quantities import Quantity, speaks_of_another_time

_SUM = r"(?P<value>[$€£]\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?:[\s-]?(?P<scale>million|billion|trillion|bn|m)\b)?)"
# What a sum can be for, so that two sources mean the same one: the noun must agree.
_NOUNS = "fine|penalty|settlement|ransom|bail|bid|takeover|bailout|deficit|package|fund|contract|damage|reward|loan"
_SUMS = (
    re.compile(rf"{_SUM}(?:\s+[a-z][\w-]*){{0,2}}?\s+(?P<noun>{_NOUNS})\b"),
    re.compile(rf"\b(?P<noun>{_NOUNS})s?\s+(?:of|worth|totaling|at)\s+{_SUM}"),
)
# The number is rounded, or belongs to another sum than the one of this news.
_ROUNDED = re.compile(
    r"\b(?:larger|total|initial|original|about|around|nearly|almost|than|over|some|up\s+to|roughly|another|additional)"
    r"\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_SCALES = {"m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, "trillion": 10**12}

_RESULT = r"(?P<value>(?P<ayes>\d{1,3})\s?(?:[-–]|to)\s?(?P<noes>\d{1,3}))(?![\w-])"
_VOTES = (
    re.compile(rf"(?<![\w.-]){_RESULT}\s+(?:[a-z-]+\s+)?vote\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:vot(?:ed|es|ing)|passed|approved|rejected|backed)(?:\s+[a-z]+){{0,6}}?[\s,]+{_RESULT}", re.IGNORECASE
    ),
)
_CHAMBER = re.compile(
    r"\b(?:House|Senate|[Pp]arliament|[Cc]ouncil|[Cc]ommittee|[Cc]ourt|[Aa]ssembly|Commons|Lords|Bundestag|Knesset)\b"
)


def find_sums(sentence: str) -> Iterator[Quantity]:
    """Yield the sums whose purpose a sentence names, in whole units of their currency."""
    if ("$" not in sentence and "€" not in sentence and "£" not in sentence) or speaks_of_another_time(sentence):
        return
    for match in (match for pattern in _SUMS for match in pattern.finditer(sentence)):
        if not _ROUNDED.search(sentence, 0, match.start("value")):
            size = round(float(match["number"].replace(",", "")) * _SCALES.get(match["scale"], 1))
            what = f"{match['noun']} in {match['value'][0]}"
            yield Quantity(what, match["value"], *match.span("value"), size)


def find_votes(sentence: str) -> Iterator[Quantity]:
    """Yield the results of votes in a sentence that names one chamber."""
    chambers = {name.lower() for name in _CHAMBER.findall(sentence)}
    if len(chambers) != 1 or speaks_of_another_time(sentence):
        return
    for match in (match for pattern in _VOTES for match in pattern.finditer(sentence)):
        size = 1000 * int(match["ayes"]) + int(match["noes"])
        yield Quantity(f"votes in the {min(chambers)}", match["value"], *match.span("value"), size)
