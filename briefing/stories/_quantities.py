"""Quantities that a sentence states: who or what was counted, and the number as it is printed.

Precision comes first: a number is left out when its sentence speaks of another time or of what could be, when it is a
part ("including three children", "another five"), or when it is rounded ("about 50", "more than 200").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.stories._phrases import Class, Phrases, phrases

_REST = 80  # characters after a number in which the place of those counted is looked for


class Quantity(NamedTuple):
    """A number in a sentence: what it counts, the number as it is printed and where, its size.

    `place` is where those counted were, if it is said beside them; `against` the other number of a vote.
    """

    what: str
    printed: str
    start: int
    end: int
    size: int
    place: str | None = None
    against: int | None = None


def find_quantities(sentence: str, language: str) -> Iterator[Quantity]:
    """Yield the numbers of people that a sentence states as facts, with offsets into it."""
    known = phrases(language)
    if known is None or not known.said.search(sentence) or known.elsewhere.search(sentence):
        return
    for each in known.classes:
        for shape in each.patterns:
            for match in shape.finditer(sentence):
                if not _is_part(sentence, match, known):
                    yield _quantity(sentence, match, each, known)


def _quantity(sentence: str, match: re.Match[str], said: Class, known: Phrases) -> Quantity:
    """Return what a match says; soldiers killed are another quantity than people killed."""
    noun = _noun(match.groupdict().get("counted") or "", known)
    number = match["number"].lower()
    size = known.numbers.get(number) or int(re.sub(r"\D", "", number))
    what = said.label if known.people.fullmatch(noun) else said.kind.format(noun)
    place = known.place.search(sentence, match.end("value"), match.end("value") + _REST)
    where = place[1] if place and not known.days.match(place[1]) else None
    return Quantity(what, match["value"], *match.span("value"), size, where)


def _noun(counted: str, known: Phrases) -> str:
    """Return whom a match counts: as it is listed, or the last of its words where anybody may be counted."""
    words = counted.lower().split()
    return " ".join(words[-1:]) if known.kinds is None else known.kinds.get(" ".join(words), " ".join(words))


def _is_part(sentence: str, match: re.Match[str], known: Phrases) -> bool:
    """Tell whether the number is a part of a larger one, or rounded."""
    leads = match.start() == match.start("value")  # else what stands before it is what happened: "killed 12"
    return bool(
        (leads and known.part_before.search(sentence, 0, match.start()))
        or known.part_after.match(sentence, match.end("value"))
        or known.listed.match(sentence, match.end())
    )
