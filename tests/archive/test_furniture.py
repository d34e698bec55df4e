"""Furniture that is learnt: invented sources print for a month, and what stands in their articles is known by then."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing import pipeline
from briefing.archive._database import open_archive, transaction
from briefing.archive.furniture import FOOT, HEAD, REMEMBERED, learn, repeated, repeated_for
from briefing.models import LONGEST_REPEATED, Article, Document, folded

MORNING = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)
DAYS = 30
STANDING = (
    "The Gazette of Port Salvo",
    "Printed every day but Monday since 1911.",
    "Letters to the editor: letters@gazette.example",
    "The paper belongs to the people who work for it.",
)


def words(number: int, chance: random.Random) -> list[str]:
    return ["".join(chance.choice(letters) for letters in ("bdfgklmnprstvz", "aeiou") * 4) for _ in range(number)]


# What every report says, whatever it is about: articles on two events have so much in common.
COMMON = words(200, random.Random(1))


class Event:
    """Something that goes on for days: its words stand in its reports, some in each, and its background in all."""

    def __init__(self, chance: random.Random) -> None:
        self.words = words(26, chance)
        self.background = f"The {self.words[0]} of {self.words[1].title()}, {self.words[2]} since 1987, is unfinished."


def reported(event: Event, number: int, day: datetime, chance: random.Random) -> Document:
    """Return a report on the event with the source's standing lines around it."""

    def sentence() -> str:
        said = [*chance.choices(COMMON, k=9), *chance.sample(event.words, 2)]
        chance.shuffle(said)
        return f"{' '.join(said).capitalize()}."

    title = " ".join([*chance.sample(event.words, 5), *chance.sample(COMMON, 2)]).capitalize()
    news = [sentence() for _ in range(chance.randint(4, 9))]
    news.insert(chance.randrange(len(news)), event.background)
    text = "\n\n".join((STANDING[0], *news, *STANDING[1:]))
    return Document(id=f"{number}", title=title, text=text, source="Gazette", published=day.isoformat())


def played(a_day: int, running: float, seed: int = 1) -> Iterator[tuple[datetime, list[Document], str]]:
    """Yield a month, day by day, of a source that gives a share of its articles to one running story."""
    chance = random.Random(f"{a_day} {running} {seed}")
    story, number = Event(chance), 0
    for day in range(DAYS):
        now = MORNING + timedelta(days=day)
        events = [story if chance.random() < running else Event(chance) for _ in range(a_day)]
        yield now, [reported(event, number + i, now, chance) for i, event in enumerate(events)], story.background
        number += a_day


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def learn_all(connection: sqlite3.Connection, documents: list[Document], now: datetime = MORNING) -> None:
    with transaction(connection):
        for document in documents:
            learn(connection, document, now)


@pytest.mark.parametrize("a_day", [1, 2, 5, 20])
@pytest.mark.parametrize("running", [0.0, 0.3, 0.6])
def test_what_a_source_always_prints_is_learnt_and_no_news_is(
    connection: sqlite3.Connection, a_day: int, running: float
) -> None:
    """Three days are the least; where a story fills half of a source or more, a sentence takes longer."""
    standing, known_on, taken = set(map(folded, STANDING)), dict[str, int](), set[str]()
    for day, (now, documents, _) in enumerate(played(a_day, running), 1):
        learn_all(connection, documents, now)
        found = repeated(connection, "Gazette")
        known_on = dict.fromkeys(found, day) | known_on
        taken |= found - standing

    assert taken == set()
    assert known_on.keys() == standing
    assert min(known_on.values()) == 3
    assert sorted(known_on.values())[2] <= 7


@pytest.mark.parametrize("title", ["{} | The Port Salvo Gazette News", None])
def test_titles_that_tell_little_do_not_hide_what_is_standing(
    connection: sqlite3.Connection, title: str | None
) -> None:
    for now, documents, _ in played(5, 0.0):
        learn_all(connection, [replace(each, title=title and title.format(each.title)) for each in documents], now)

    assert repeated(connection, "Gazette") == set(map(folded, STANDING))


def test_the_background_of_a_story_that_fills_a_source_is_never_taken(connection: sqlite3.Connection) -> None:
    for now, documents, background in played(2, 1.0):
        learn_all(connection, documents, now)

        assert folded(background) not in repeated(connection, "Gazette")


def article(number: int, *lines: str, day: int = 0, source: str | None = "Gazette", title: str = "") -> Document:
    published = (MORNING + timedelta(days=day)).date().isoformat()
    return Document(id=str(number), title=title, text="\n\n".join(lines), source=source, published=published)


LINE = "Gazette of Port Salvo"


def test_a_line_of_one_day_or_of_one_article_is_none(connection: sqlite3.Connection) -> None:
    learn_all(connection, [article(number, LINE) for number in range(9)])
    learn_all(connection, [article(100, "Weather", day=day) for day in range(9)])

    assert repeated(connection, "Gazette") == set()


def test_the_day_is_that_of_the_article_and_without_one_that_of_the_run(connection: sqlite3.Connection) -> None:
    learn_all(connection, [article(number, LINE, day=number) for number in range(3)])
    for day in range(3):
        learn(connection, Document(id=f"x{day}", text=LINE, source="Herald"), MORNING + timedelta(days=day))

    assert repeated_for(connection, ["Gazette", "Herald", "Mirror", None, ""]) == {
        "Gazette": {folded(LINE)},
        "Herald": {folded(LINE)},
    }


def test_a_source_is_known_by_its_name_in_any_case_and_one_without_a_name_teaches_nothing(
    connection: sqlite3.Connection,
) -> None:
    learn_all(connection, [article(number, LINE, day=number, source="The  GAZETTE") for number in range(3)])
    learn_all(connection, [article(number, LINE, day=number, source=None) for number in range(3)])

    assert repeated(connection, "the gazette") == {folded(LINE)}
    assert repeated(connection, "") == set()


def test_lines_without_a_word_and_long_ones_are_none(connection: sqlite3.Connection) -> None:
    lines = ("* * *", "12:30", "word " * LONGEST_REPEATED)
    learn_all(connection, [article(number, *lines, day=number) for number in range(9)])

    assert repeated(connection, "Gazette") == set()


def test_what_a_source_no_longer_prints_is_forgotten(connection: sqlite3.Connection) -> None:
    learn_all(connection, [article(number, LINE, day=number) for number in range(9)])
    learn_all(connection, [article(number, f"Line {number}") for number in range(9, REMEMBERED * 3)])

    assert repeated(connection, "Gazette") == set()


def test_the_tables_stay_small(connection: sqlite3.Connection) -> None:
    def rows() -> int:
        tables = ("furniture_lines", "furniture_titles")
        return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)

    def lines(number: int) -> list[str]:
        return [f"Line {number} {i}" for i in range(200)]

    most = 0
    for number in range(0, REMEMBERED * 10, 8):
        learn_all(connection, [article(number + i, *lines(number + i)) for i in range(8)])
        most = max(most, rows())

    assert most <= REMEMBERED * 1.5 * (HEAD + FOOT + 1)


def test_chinese_lines_are_learnt_and_the_background_of_a_chinese_story_is_not(connection: sqlite3.Connection) -> None:
    standing, background = "本报由读者拥有，每天出版。", "大桥于一九八七年开工，至今没有完工。"
    others = ["市议会通过新预算方案", "足球队赢得全国冠军", "科学家发现深海鱼类", "医院开设儿童门诊部"]
    for day, title in enumerate(others):
        learn(connection, article(day, f"{title}的消息。", standing, day=day, title=title), MORNING)
        story = f"大桥工程推迟完工日期{day}"
        learn(connection, article(day + 10, f"{story}。", background, standing, day=day, title=story), MORNING)

    assert repeated(connection, "Gazette") == {standing}


def test_cleaning_takes_what_was_learnt_by_its_class(connection: sqlite3.Connection) -> None:
    months = [document for _, documents, _ in played(2, 0.0) for document in documents]
    learn_all(connection, months)
    learnt = repeated_for(connection, (each.source for each in months))

    [cleaned] = pipeline.articles(months[-1:], pipeline.Cleaning(clean=True, language="en", learnt=learnt))

    assert isinstance(cleaned, Article)
    assert {piece.text for piece in cleaned.removed if piece.reason == "repeated"} >= set(STANDING[1:2])
    assert {piece.text for piece in cleaned.removed} == set(STANDING)
