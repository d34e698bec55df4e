"""How a language states a quantity: the phrases of quantities/CODE.toml as regular expressions.

In a phrase a space is any white space; what else looks like a regular expression is one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent / "quantities"
_CLASSES = ("dead", "injured", "missing", "arrested")
_NAME = r"[A-ZÀ-ÞА-Я][\w’'-]*"
Table = Mapping[str, Any]


class Class(NamedTuple):
    """What happened to those who were counted: how it is called, alone and of somebody, and how it is said."""

    label: str
    kind: str
    patterns: tuple[re.Pattern[str], ...]


class Phrases(NamedTuple):
    """The phrases of a language.

    `said` finds what may have happened to people: one sentence in twenty has it, and the other patterns cost more.
    `kinds` are people as they are listed, by small letters; `table` is all as it is written.
    """

    numbers: Mapping[str, int]
    classes: tuple[Class, ...]
    said: re.Pattern[str]
    people: re.Pattern[str]
    kinds: Mapping[str, str] | None
    elsewhere: re.Pattern[str]
    part_before: re.Pattern[str]
    part_after: re.Pattern[str]
    listed: re.Pattern[str]
    place: re.Pattern[str]
    days: re.Pattern[str]
    table: Table


@cache
def phrases(language: str) -> Phrases | None:
    """Return the phrases of a language, None when there are none; any text may be asked for."""
    path = _FOLDER / f"{language}.toml"
    if not (language.isalpha() and len(language) < 4 and path.is_file()):
        return None
    import tomllib

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    numbers = _numbers(table)
    return Phrases(
        numbers=numbers,
        classes=tuple(_class(table, table[name], numbers) for name in _CLASSES),
        said=pattern(rf"\b(?:{either(_said(table))})\b"),
        people=pattern(rf"(?:{either(table['people'])})?"),
        kinds={kind.lower(): kind for kind in table["kinds"]} if "kinds" in table else None,
        elsewhere=pattern(rf"\b(?:{either(table['elsewhere'])})\b"),
        part_before=pattern(rf"\b(?:{either(table['part_before'])})\s+(?:the\s+)?$"),
        part_after=pattern(rf"\s+(?:(?:{either(table['part_after'])})\b|-)"),
        listed=_listed(table, numbers),
        place=re.compile(rf"\b(?:{either(table['in'])})\s+({_NAME}(?:\s+{_NAME})*)"),
        days=pattern(rf"\b(?:{either(table['days'])})\b"),
        table=table,
    )


def either(alternatives: Iterable[str]) -> str:
    """Return phrases as the alternatives of a pattern, the longest first; without any it matches nothing."""
    ordered = sorted(alternatives, key=lambda each: (-len(each), each))
    return "|".join(each.replace(" ", r"\s+") for each in ordered) or r"\b\B"


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for which capital and small letters are the same."""
    return re.compile(text, re.IGNORECASE)


def number(table: Table) -> str:
    """Return the pattern of a number in digits, with the language's mark between thousands."""
    mark = r",\u00a0\u202f" if table["decimal"] == "." else r".\u00a0\u202f"
    return rf"(?<![\w.,:/$€£-])(?!0)(?:\d{{1,3}}(?:[{mark}]\d{{3}})+|\d{{1,6}})(?![\w%]|[.,:/–-]\d)"


def _said(table: Table) -> Iterator[str]:
    """Yield all that may have happened to people."""
    for name in _CLASSES:
        for place in ("after", "before", "noun", "total"):
            yield from table[name].get(place, ())


def _numbers(table: Table) -> dict[str, int]:
    """Return the values of the numbers that are written as words; "" stands for one that is an article as well."""
    units = list(enumerate(table["numbers"], 1))
    numbers = {form: value for value, forms in units for form in forms.split("|") if form}
    for place, ten in enumerate(table.get("tens", ()), 2):
        numbers[ten] = 10 * place
        numbers |= {f"{ten}-{unit}": 10 * place + value for value, unit in units[:9]}
    return numbers


def _listed(table: Table, numbers: Mapping[str, int]) -> re.Pattern[str]:
    """Return the pattern of "... and five in Barra": what stands before it was one number of several, by place."""
    other = rf"(?:{number(table)}|(?i:{either(numbers)}))\s+(?:(?:{either(table['people'])})\s+)?"
    return re.compile(rf"[^.;]{{0,60}}?\b(?:{either(table['and'])})\s+{other}(?:{either(table['in'])})\s+{_NAME}")


def _class(table: Table, said: Table, numbers: Mapping[str, int]) -> Class:
    """Return a class with its patterns: said after those counted, before them, as a noun, as a total."""
    value = rf"(?P<value>(?:(?:{either(table['least'])})\s+)?(?P<number>{number(table)}|\b(?:{either(numbers)})\b))"
    counted, alone = _counted(table, numbers)
    shapes = (
        rf"{value}{counted}\s+(?:{either(said['after'])})\b(?!-)",
        rf"\b(?:{either(said.get('before', ()))})\s+{value}{alone}",
        rf"{value}\s+(?:{either(said.get('noun', ()))})\b",
        rf"\b(?:{either(said['total'])})\s+(?:\w+\s+){{0,5}}?(?:{either(table['reach'])})\s+{value}",
    )
    return Class(said["label"], said["kind"], tuple(map(pattern, shapes)))


def _counted(table: Table, numbers: Mapping[str, int]) -> tuple[str, str]:
    """Return the patterns of those counted: between their number and what happened to them, and after "killed 12".

    Where a language lists `nobody`, anybody else may be counted; elsewhere those in `people` and `kinds` are. Neither
    another number nor a conjunction stands between a number and what it counts.
    """
    stop = rf"(?!(?:{either([*table['stop'], *numbers])})\b)"
    if "nobody" in table:
        noun = rf"(?!(?:{either(table['nobody'])})\b){stop}[^\W\d][\w'’-]*"
        place = rf"(?:\s+(?:{either(table['in'])})(?:\s+{stop}[^\W\d][\w'’-]*){{1,4}}?)?"
        be = rf"(?:\s+(?:{either(table['be'])}))*"
        end = rf"(?=\s*(?:[,.;:]|$|\s(?:{either(table['end'])})\b))"
        people = rf"(?:{either(table['people'])}|[^\W\d]\w+s)"
        return (
            rf"(?P<counted>(?:\s+{noun}){{0,3}}?){place}{be}",
            rf"(?P<counted>(?:\s+{noun}){{0,2}}?\s+{people})?{end}",
        )
    nouns = rf"(?:{either([*table['people'], *table['kinds']])})"
    return (
        rf"(?P<counted>(?:\s+{nouns})?)(?:\s+{stop}[^\W\d][\w'’-]*){{0,7}}?",
        rf"(?:(?P<counted>\s+{nouns})\b|(?=\s*(?:[,.;:]|$)))",
    )
