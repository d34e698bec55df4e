"""The tables of words: complete, plural, and a whole edition in one language."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing import renderers
from briefing.models import Briefing, Window
from briefing.renderers import _dates, _labels
from briefing.renderers._mail import mail_readings
from briefing.renderers._templates import find_template
from tests.renderers.conftest import load
from tests.renderers.pages import Page

# An edition can be read in each; Arabic, Chinese and Japanese pages are set by rules of their own.
LANGUAGES = ["ar", "cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv", "uk", "zh"]

PLACES = {"date", "time", "day", "month", "year", "weekday", "form", "since", "until"}  # in the tables' patterns


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
    shared = {"thousands", "day", "day_of_year", "full_date", "day_and_time", "colon", "comma", "source", "page"}
    assert set(same) <= shared


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
    ("number", "words"),
    [
        (1, "خبر واحد"),
        (2, "خبران"),
        (3, "3 أخبار"),
        (10, "10 أخبار"),
        (11, "11 خبرًا"),
        (100, "100 خبر"),
        (103, "103 أخبار"),
    ],
)
def test_arabic_nouns_follow_their_numbers(number: int, words: str) -> None:
    assert _labels.load("ar").count("stories", number) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sunday, 22 November 2026"),
        ("de", "Sonntag, 22. November 2026"),
        ("fr", "Dimanche 22 novembre 2026"),
        ("es", "Domingo, 22 de noviembre de 2026"),
        ("ru", "Воскресенье, 22 ноября 2026 года"),
        ("pl", "Niedziela, 22 listopada 2026"),
        ("ar", "الأحد، 22 نوفمبر 2026"),
        ("zh", "2026年11月22日 星期日"),
        ("ja", "2026年11月22日（日曜日）"),
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


@pytest.mark.parametrize(
    ("since", "language", "words"),
    [
        ("2026-11-18T07:00:00+01:00", "en", "Since 18 November"),
        ("2026-11-18T23:30:00Z", "de", "Seit dem 19. November"),
        ("2026-11-18T07:00:00+01:00", "it", "Da mercoledì 18 novembre"),
        ("2026-11-18T07:00:00+01:00", "zh", "11月18日以来"),
        ("2025-12-31", "fr", "Depuis le 31 décembre 2025"),
        ("2026-11-20", "ru", "С 20 ноября"),
        ("2026-11-21T07:00:00+01:00", "en", ""),
        ("2026-11-22T07:00:00+01:00", "en", ""),
        (None, "en", ""),
    ],
)
def test_an_issue_of_several_days_says_since_when(since: str | None, language: str, words: str) -> None:
    offset = _dates.offset_of("2026-11-22T23:59:59+01:00")

    assert _dates.since(since, "2026-11-22", offset, _labels.load(language)) == words


@pytest.mark.parametrize(
    ("format", "template"), [("html", "daily"), ("html", "email"), ("md", "daily"), ("txt", "daily")]
)
def test_the_masthead_of_a_late_issue_begins_with_its_first_day(format: str, template: str) -> None:
    day = load("day")
    late = replace(day, ledger=replace(day.ledger, window=Window("2026-11-18T07:00:00+01:00", day.ledger.window.until)))

    made = renderers.render(late, format, template).decode()
    assert "Since 18 November · 6 stories" in (Page(made).text if format == "html" else made)
    assert "Since" not in renderers.render(day, format, template).decode()


def words_in(text: str) -> set[str]:
    """Return the Latin words of a text; the program's name is nobody's language."""
    return {word.lower() for word in re.findall(r"[A-Za-z]{3,}", text)} - {"briefing"}


def english_words(language: str) -> set[str]:
    """Return the words of the English table that no text of an edition in another language may hold."""
    english, other = ((_labels.FOLDER / f"{each}.json").read_text(encoding="utf-8") for each in ("en", language))
    values = " ".join(re.findall(r'"[a-z_]+": "([^"]*)"', english))
    return words_in(values) - words_in(other.split('"thousands"')[1]) - PLACES


def visible(made: str, format: str) -> str:
    """Return what a reader sees of a rendering."""
    return Page(made.replace("<!--[if mso]>", "<!--")).text if format == "html" else re.sub(r"https?:\S*", "", made)


@pytest.mark.parametrize("format", ["txt", "md", "html"])
@pytest.mark.parametrize("template", ["daily", "brief", "weekly", "email"])
def test_a_german_edition_has_no_english_word_of_ours(format: str, template: str) -> None:
    made = renderers.render(load("german"), format, template).decode()

    assert not words_in(visible(made, format)) & english_words("de")


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_no_edition_has_an_english_word_of_ours(language: str) -> None:
    """The articles are German; what is not theirs is ours."""
    german = load("german")
    articles = words_in(visible(renderers.render(german, "txt").decode(), "txt"))
    edition = replace(german, language=language)
    issue = many(edition, 40)
    pages = {
        "txt": renderers.render(edition, "txt").decode(),
        "html": renderers.render(edition, "html").decode(),
        "mail": mail_readings(issue, find_template("email"), "pdf").html,
    }

    for name, made in pages.items():
        ours = words_in(visible(made, "txt" if name == "txt" else "html")) - articles - {"pdf"}
        assert not ours & english_words(language), name
    assert _labels.load(language).rest.replace("{form}", "PDF") in pages["mail"]


def many(briefing: Briefing, times: int) -> Briefing:
    """Return the briefing with its stories many times, too long for a mail."""
    sections = tuple(replace(each, stories=each.stories * times) for each in briefing.sections)
    return replace(briefing, sections=sections)
