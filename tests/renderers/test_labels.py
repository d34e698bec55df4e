"""The tables of words: complete, plural, and a whole edition in one language."""

import re
from pathlib import Path

import pytest

from briefing import renderers
from briefing.renderers import _dates, _labels
from tests.renderers.conftest import load

# The languages of the splitter (issue of the looks): an edition can be read in each.
LANGUAGES = ["cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "uk"]


def test_there_is_a_table_for_each_language() -> None:
    assert _labels.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_that_the_language_needs_is_there(language: str) -> None:
    labels = _labels.load(language)
    needed = {_labels.plural(language, number) for number in range(1, 200)}

    for noun in ("stories", "sources", "words", "minutes", "independent"):
        assert needed <= set(getattr(labels.counts, noun))
        assert "7" in labels.count(noun, 7)


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_no_label_is_left_in_english(language: str) -> None:
    labels, english = _labels.load(language), _labels.load("en")

    same = [name for name in english.__struct_fields__ if getattr(labels, name) == getattr(english, name)]

    # Words that two languages share, and what is no word at all.
    assert set(same) <= {"thousands", "day", "day_of_year", "full_date", "day_and_time", "colon", "source", "page"}


@pytest.mark.parametrize(
    ("number", "russian", "polish", "czech"),
    [
        (1, "1 тема", "1 temat", "1 téma"),
        (2, "2 темы", "2 tematy", "2 témata"),
        (5, "5 тем", "5 tematów", "5 témat"),
        (11, "11 тем", "11 tematów", "11 témat"),
        (21, "21 тема", "21 tematów", "21 témat"),
        (22, "22 темы", "22 tematy", "22 témat"),
    ],
)
def test_slavic_plurals_follow_the_last_digits(number: int, russian: str, polish: str, czech: str) -> None:
    made = [_labels.load(language).count("stories", number) for language in ("ru", "pl", "cs")]

    assert made == [russian, polish, czech]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sunday, 22 November 2026"),
        ("de", "Sonntag, 22. November 2026"),
        ("fr", "Dimanche 22 novembre 2026"),
        ("es", "Domingo, 22 de noviembre de 2026"),
        ("ru", "Воскресенье, 22 ноября 2026 года"),
        ("pl", "Niedziela, 22 listopada 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, words: str) -> None:
    assert _dates.full("2026-11-22", _labels.load(language)) == words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-11-22T06:30:00+01:00", "06:30"),
        ("2026-11-22T06:30:00Z", "07:30"),
        ("2026-11-21T23:30:00Z", "00:30"),
        ("2026-11-21T18:05:00+01:00", "21 November, 18:05"),
        ("2025-11-21", "21 November 2025"),
        ("2026-11-22", "22 November"),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_a_time_is_the_editions_and_as_short_as_its_day_allows(published: str | None, words: str) -> None:
    offset = _dates.offset_of("2026-11-22T23:59:59+01:00")

    assert _dates.moment(published, "2026-11-22", offset, _labels.load("en")) == words


def test_a_region_reads_its_languages_table_and_an_unknown_language_the_english_one() -> None:
    assert _labels.load("pt-BR").language == "pt"
    assert _labels.load("tlh").language == "en"
    assert _labels.load("../en").language == "en"


def test_every_class_of_furniture_has_a_name() -> None:
    folder = Path(_labels.__file__).parent.parent / "text" / "boilerplate"
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    classes = {name.replace("-", "_") for name in re.findall(r"^\[([a-z-]+)!?\]$", rules, re.MULTILINE)}

    # The other headings name words that rules look for.
    classes = {name for name in classes if not name.endswith("_word")} - {"opener"}

    for language in LANGUAGES:
        assert classes <= set(_labels.load(language).removed)


def english_words() -> set[str]:
    """Return the words of the English table that no other German text of the edition may hold."""
    table = (_labels.FOLDER / "en.json").read_text()
    german = (_labels.FOLDER / "de.json").read_text()
    values = re.findall(r'"[a-z_]+": "([^"]*)"', table)
    words = {word.lower() for value in values for word in re.findall(r"[A-Za-z]{3,}", value)}
    return words - {word.lower() for word in re.findall(r"[A-Za-z]{3,}", german.split('"thousands"')[1])}


@pytest.mark.parametrize("format", ["txt", "md", "html"])
@pytest.mark.parametrize("template", ["daily", "brief", "weekly"])
def test_a_german_edition_has_no_english_word_of_ours(format: str, template: str) -> None:
    from tests.renderers.pages import Page

    made = renderers.render(load("german"), format, template).decode()
    visible = Page(made).text if format == "html" else re.sub(r"https?:\S*", "", made)

    words = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", visible)} - {"briefing"}  # the program's name

    assert not words & english_words()
