"""What a language's abbreviations do to a full stop, read from `abbreviations/CODE.txt` when first asked for.

Each file has lines `class: abbreviations`, an abbreviation without its last full stop. Case counts: `Art` is an article
of a law, `art` is art; a lower-case entry also stands for its capitalized form, which opens a sentence. The classes:

title   ends no sentence: something always follows (Dr., z.B., г-н.)
number  ends none before a digit (p. 55, Nr. 7); with a hyphen the end of longer words (Hauptstr. 5)
month   the same; a capitalized one is also an `other` (small ones are words too often: mar., set.)
other   ends one only before a word that often opens a sentence (Inc., U.S.)
time    closes a statement of time and ends a sentence before a capital, unless that opened the sentence (a.m., v.Chr.)
end     ends one before any capital (etc., usw.); before a small letter no abbreviation ends one

Two more classes hold whole words: `day`, names that follow a time ("at 8 p.m. Monday"), and `speech`, verbs that
follow a quotation and its speaker ("Really?" Smith asked).
"""

from functools import cache

from msgspec import Struct

from briefing.text._lists import read_list
from briefing.text.words import stop_words

_CLASSES = ("title", "number", "month", "other", "time", "end", "day", "speech")

# Languages that write an ordinal as a number with a full stop: "am 3. Oktober" goes on.
_ORDINAL_LANGUAGES = "bs cs da de et fi fo hr hu is lb lt lv nb nn no pl sk sl sr tr"

# A name goes on with these: "J. De Vries", "A. El Baradei"; they open no sentence after an initial.
_PARTICLES = "Af Al Av Da Dal Dalla Das De Del Della Den Der Des Di Do Dos Du El La Le Les Lo St Ten Ter Van Vom Von Zu"
PARTICLES = frozenset(_PARTICLES.split())


class Rules(Struct, frozen=True):
    """One language's sets of words, without their last full stop; the classes of `abbreviations/` and more."""

    title: frozenset[str]
    number: frozenset[str]
    other: frozenset[str]
    time: frozenset[str]
    end: frozenset[str]
    any: frozenset[str]  # all of these but `end`
    suffixes: tuple[str, ...]  # of longer words that behave like `number`
    days: frozenset[str]
    speech: frozenset[str]
    starters: frozenset[str]  # function words with a capital
    ordinals: bool  # a full stop makes a numeral an ordinal
    nouns: bool  # nouns have capitals
    casual: bool  # a full stop and a small letter may part sentences
    plain: bool  # a word that is in none of the sets needs no second look


@cache
def rules(language: str) -> Rules:
    """Return the rules of a language, made once."""
    lists = read_abbreviations(language)
    title, time, end = _forms(lists["title"]), _forms(lists["time"]), _forms(lists["end"])
    number = _forms(lists["number"] + lists["month"])
    other = _forms(lists["other"] + [month for month in lists["month"] if not month.islower()])
    suffixes = tuple(entry[1:] for entry in lists["number"] if entry.startswith("-"))
    ordinals = language in _ORDINAL_LANGUAGES.split()
    return Rules(
        title=title,
        number=number,
        other=other,
        time=time,
        end=end,
        any=title | number | other | time,
        suffixes=suffixes,
        days=frozenset(lists["day"]),
        speech=frozenset(lists["speech"]),
        starters=frozenset(word.capitalize() for word in stop_words(language)),
        ordinals=ordinals,
        nouns=language in ("de", "lb"),
        casual=language == "en",
        plain=not (ordinals or suffixes),
    )


def read_abbreviations(language: str) -> dict[str, list[str]]:
    """Return the abbreviations of a language by class; those of English, which travel, for one without a list."""
    written = read_list("abbreviations", language) or read_list("abbreviations", "en") or ""
    lists: dict[str, list[str]] = {name: [] for name in _CLASSES}
    for line in written.splitlines():
        if not line.startswith("#"):
            name, _, entries = line.partition(":")
            lists[name] += entries.split()
    return lists


def _forms(entries: list[str]) -> frozenset[str]:
    return (
        frozenset(entries)
        | {entry[:1].upper() + entry[1:] for entry in entries}
        | {entry.upper() for entry in entries if len(entry) > 2}
    )
