"""Every word of an edition that is ours, one table a language (labels/), with that language's plurals and dates.

The tables are JSON, read by msgspec into `Labels`: a missing or unknown key is an error, and nothing heavy is imported.
"""

from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parent / "labels"
DEFAULT = "en"

Plural = Literal["zero", "one", "two", "few", "many", "other"]
Forms = dict[Plural, str]

_RIGHT_TO_LEFT = frozenset(["ar", "he", "iw", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "arc"])


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a story is to yesterday's issue."""

    new: str
    update: str
    continuing: str


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns with their number; `{n}` stands for it."""

    stories: Forms
    sources: Forms
    words: Forms
    minutes: Forms
    independent: Forms


class LedgerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names of the ledger's numbers; `window`, `since` and `until` are patterns with the moments in them."""

    seen: str
    printed: str
    copies: str
    known: str
    muted: str
    cut: str
    read: str
    unchanged: str
    failed: str
    removed: str
    window: str
    since: str
    until: str
    made: str


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language.

    `title` is that of an issue to which nobody has given one. `months` and `weekdays` stand as they do within a date;
    `catch_up` says since when a later issue covers the news, `rest` in which form the rest of a mail is attached,
    `comma` parts the names of a list.
    """

    language: str
    title: str
    thousands: str
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    full_date: str
    day: str
    day_of_year: str
    day_and_time: str
    catch_up: str
    in_brief: str
    more: str
    source: str
    also_in: str
    reprinted_in: str
    also_received: str
    marks: Marks
    disagree: str
    timeline: str
    correction: str
    full_text: str
    picture: str
    back: str
    original: str
    about: str
    problems: str
    nothing: str
    all_issues: str
    find: str
    nothing_found: str
    rest: str
    end: str
    page: str
    colon: str
    comma: str
    counts: Counts
    ledger: LedgerWords
    removed: dict[str, str]

    def count(self, noun: str, number: int) -> str:
        """Return a number with its noun, such as `3 stories`."""
        forms: Forms = getattr(self.counts, noun)
        form = forms.get(plural(self.language, number)) or forms["other"]
        return form.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """Return a number with the language's mark between thousands (from five digits on where that is custom)."""
        return f"{number:,}".replace(",", self.thousands) if number >= 10_000 or self.thousands == "," else str(number)


def languages() -> list[str]:
    """Return the codes of the languages that have a table, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(language: str) -> Labels:
    """Return the table of a language (`pt-BR` reads that of `pt`), or the English one when there is none."""
    path = FOLDER / f"{primary(language)}.json"
    if not primary(language).isalpha() or not path.is_file():
        path = FOLDER / f"{DEFAULT}.json"
    return msgspec.json.decode(path.read_bytes(), type=Labels)


def primary(language: str) -> str:
    """Return the language's subtag of a code such as `pt-BR`."""
    return language.replace("_", "-").partition("-")[0].lower()


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return which way the language is written."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


def plural(language: str, number: int) -> Plural:
    """Return the plural category of a whole number (Unicode CLDR 45, cardinal rules)."""
    match language:
        case "ru" | "uk":
            return _east_slavic(number)
        case "pl":
            category = _east_slavic(number)
            return category if number == 1 or category != "one" else "many"
        case "cs":
            return "one" if number == 1 else "few" if 2 <= number <= 4 else "other"
        case "fr" | "pt":
            return "one" if number <= 1 else "other"
        case "ar":
            return _arabic(number)
        case "ja" | "zh":
            return "other"
        case _:
            return "one" if number == 1 else "other"


def _east_slavic(number: int) -> Plural:
    """Return the category by the last two digits: 1, 21 one; 2-4, 22-24 few; the others many."""
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else "many"


def _arabic(number: int) -> Plural:
    """Return the category by the last two digits from three on: 3-10 few, 11-99 many, 100-102 the others."""
    if number <= 2:
        return ("zero", "one", "two")[number]
    return "few" if 3 <= number % 100 <= 10 else "many" if number % 100 >= 11 else "other"
