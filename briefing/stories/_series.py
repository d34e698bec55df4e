"""Series: titles made from one template that differ in their number or date ("Day 2" and "Day 21" are two articles)."""

import re
from typing import NamedTuple

from briefing.models import Article

ALIKE = 0.6  # words in common, of all that are neither numbers nor dates; the rest of a template is the same

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin"
    "|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    "|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
)
_DAYS = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi"
    "|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_COUNTERS = (
    r"day|week|part|episode|round|stage|volume|vol\.?|issue|chapter|season|game|match(?:day)?|lesson|edition|no\.?|nr\.?"
    r"|n[º°]|number|tag|woche|teil|folge|jour|épisode|día|semana|capítulo|parte|\#"
)
# What tells one piece of a series from the next; a bare number does not: tolls, prices and votes change in one story.
_MARK = re.compile(
    rf"(?<!\w)(?:(?:{_COUNTERS})\s*\d+|(?:{_MONTHS})\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?:de\s+)?(?:{_MONTHS})|(?:{_DAYS})"
    r"|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{4}-\d\d-\d\d)(?!\w)",
    re.IGNORECASE,
)


class Installment(NamedTuple):
    """A title's place in a series and its other words."""

    marks: frozenset[str]
    words: frozenset[str]


def installment(article: Article) -> Installment | None:
    """Return what a title says of its place in a series; None when it says nothing."""
    title = (article.document.title or "").casefold()
    marks = frozenset(" ".join(mark.split()) for mark in _MARK.findall(title))
    return Installment(marks, frozenset(re.findall(r"\w+", _MARK.sub(" ", title)))) if marks else None


def are_apart(one: Installment | None, other: Installment | None) -> bool:
    """Tell whether two titles are two pieces of one series."""
    if one is None or other is None or one.marks == other.marks:
        return False
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)
