"""Sums of money and results of votes that a sentence states, where it says what for and where."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from briefing.stories._phrases import Table, either, pattern, phrases
from briefing.stories._quantities import Quantity

_AMOUNT = r"(?P<number>\d(?:[\d.,\u00a0\u202f]*\d)?)"


class _Money(NamedTuple):
    """How a language writes a sum beside what it is for, and what says that it is another sum, or a rounded one."""

    shapes: tuple[re.Pattern[str], ...]
    other: re.Pattern[str]


class _Votes(NamedTuple):
    """How a language writes the result of a vote, where one is held, and what is only on the way to one."""

    shapes: tuple[re.Pattern[str], ...]
    chamber: re.Pattern[str]
    other: re.Pattern[str]


def find_sums(sentence: str, language: str) -> Iterator[Quantity]:
    """Yield the sums whose purpose a sentence names, in whole units of their currency."""
    known = phrases(language)
    if known is None:
        return
    money = _money(language)
    matches = [match for shape in money.shapes for match in shape.finditer(sentence)]
    if not matches or known.elsewhere.search(sentence):
        return
    for match in matches:
        sign = match["sign"] or match["name"]
        if sign and not money.other.search(sentence, 0, match.start()):
            table = known.table["sums"]
            size = _amount(match["number"], known.table["decimal"]) * _factor(match["scale"], table["scales"])
            what = table["label"].format(
                noun=_listed(match["noun"], table["nouns"]), currency=_meant(sign, table["currencies"])
            )
            yield Quantity(what, match["value"], *match.span("value"), round(size))


@cache
def _money(language: str) -> _Money:
    """Return the patterns of sums: the noun after them or before them."""
    table = _table(language, "sums")
    value = (
        rf"(?<![\w.,])(?P<value>(?:(?:US)?(?P<sign>[$€£])\s?)?{_AMOUNT}(?:[\s\u00a0-]?(?P<scale>{either(table['scales'])})(?!\w))?"
        rf"(?:[\s\u00a0]?(?:{either(table['joints'])})?(?P<name>{either(table['currencies'])})(?!\w))?)"
    )
    noun = rf"(?P<noun>{either(table['nouns'])})"
    shapes = (
        rf"{value}(?:\s+[^\W\d][\w-]*){{0,2}}?\s+{noun}(?!\w)",
        rf"\b{noun}(?!\w)\s+(?:{either(table['of'])})\s*{value}",
    )
    return _Money(tuple(map(pattern, shapes)), pattern(rf"\b(?:{either(table['other'])})\s+(?:an?\s+)?$"))


def _listed(noun: str, nouns: Iterable[str]) -> str:
    """Return a noun as it is listed: a German one keeps its capital."""
    return next((each for each in nouns if each.lower() == noun.lower()), noun.lower())


def _amount(digits: str, decimal: str) -> float:
    """Return a number that is written with marks between its thousands."""
    thousands = "." if decimal == "," else ","
    plain = digits.replace(thousands, "").replace("\u00a0", "").replace("\u202f", "").replace(decimal, ".")
    return float(plain) if plain.count(".") < 2 else 0.0


def _factor(scale: str | None, scales: Mapping[str, int]) -> int:
    """Return what a word like "million" multiplies by."""
    return next((factor for name, factor in scales.items() if scale and pattern(name).fullmatch(scale)), 1)


def _meant(sign: str, currencies: Mapping[str, str]) -> str:
    """Return the currency that a sign or a word means; a sign means itself."""
    return next((currency for name, currency in currencies.items() if pattern(name).fullmatch(sign)), sign)


def find_votes(sentence: str, language: str) -> Iterator[Quantity]:
    """Yield the results of votes in a sentence that names one chamber, before the result."""
    known = phrases(language)
    if known is None:
        return
    votes = _votes(language)
    chambers = list(votes.chamber.finditer(sentence))
    if len({chamber[0] for chamber in chambers}) != 1:
        return
    if votes.other.search(sentence) or known.elsewhere.search(sentence):
        return
    what = known.table["votes"]["label"].format(chamber=chambers[0][0])
    for match in (match for shape in votes.shapes for match in shape.finditer(sentence, chambers[0].end())):
        yield Quantity(what, match["value"], *match.span("value"), int(match["ayes"]), against=int(match["noes"]))


@cache
def _votes(language: str) -> _Votes:
    """Return the patterns of votes."""
    table = _table(language, "votes")
    result = rf"(?<![\w.-])(?P<value>(?P<ayes>\d{{1,3}})(?:{either(table['between'])})(?P<noes>\d{{1,3}}))(?![\w-])"
    shapes = tuple(pattern(either([shape]).replace("RESULT", result)) for shape in table["shapes"])
    return _Votes(
        shapes, re.compile(rf"\b(?:{either(table['chambers'])})\b"), pattern(rf"\b(?:{either(table['other'])})\b")
    )


def _table(language: str, name: str) -> Table:
    """Return a part of a language's table; the language is one that has one."""
    known = phrases(language)
    return known.table[name] if known else {}
