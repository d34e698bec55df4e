"""What is new: numbers decide, per profile and day; clocks only for a first issue."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from briefing.archive import articles, issues, sources
from briefing.archive._database import open_archive, transaction
from briefing.archive.issues import Made
from briefing.daily._news import News, check_day, find_news
from briefing.errors import UsageError
from briefing.models import Briefing, Document, Window

CASES = Path(__file__).parent.parent / "cases" / "briefings"
MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def arrive(connection: sqlite3.Connection, *ids: str, at: datetime = MORNING, published: str | None = None) -> None:
    """Let articles arrive, published when they arrive unless a date is given."""
    documents = [
        Document(id=id, text=f"Something happened: {id}.", published=published or at.isoformat()) for id in ids
    ]
    with transaction(connection):
        articles.add_articles(connection, documents, origin="feed", now=at, backlog_before=MORNING - 30 * DAY)


def publish(connection: sqlite3.Connection, now: datetime, profile: str = "") -> News:
    """Publish what is new; the issue's text does not matter here."""
    news = find_news(connection, profile, now)
    briefing = msgspec.json.decode((CASES / "empty.json").read_bytes(), type=Briefing)
    ledger = msgspec.structs.replace(briefing.ledger, window=Window(news.window_since, now.isoformat()))
    issue = msgspec.structs.replace(briefing, date=now.date().isoformat(), ledger=ledger)
    ids = [document.id for document in news.documents]
    made = Made(profile, issue, news.since, news.until, ids)
    issues.commit(connection, issues.prepare(connection, made), now)
    return news


def ids(news: News) -> list[str]:
    return [document.id for document in news.documents]


def test_the_first_issue_takes_a_day(connection: sqlite3.Connection) -> None:
    arrive(connection, "late", published=(MORNING - 3 * DAY).isoformat())
    arrive(connection, "yesterday", published=(MORNING - DAY + timedelta(minutes=1)).isoformat())
    arrive(connection, "a bare day", published="2026-11-21")
    arrive(connection, "undated", published="whenever")
    arrive(connection, "tomorrow", published="2026-11-25")

    news = find_news(connection, "", MORNING)

    assert ids(news) == ["yesterday", "a bare day", "undated", "tomorrow"]
    assert (news.since, news.until, news.fresh, news.last) == (0, 5, 4, None)
    assert news.window_since == "2026-11-21T07:00:00+00:00"


def test_a_first_issue_reaches_back_to_the_first_fetch_and_no_further_than_a_week(
    connection: sqlite3.Connection,
) -> None:
    with transaction(connection):
        sources.failed(connection, "feed", MORNING, "down")
    for number in range(-2, 10):
        arrive(connection, f"day {number}", at=MORNING + number * DAY)

    third, tenth = (find_news(connection, "", MORNING + days * DAY) for days in (2, 9))

    assert ids(third)[0] == "day -1"
    assert third.window_since == "2026-11-21T07:00:00+00:00"
    assert ids(tenth) == [f"day {number}" for number in range(2, 10)]
    assert tenth.window_since == "2026-11-24T07:00:00+00:00"


def test_another_reader_s_first_issue_begins_where_the_newest_of_all_ends(connection: sqlite3.Connection) -> None:
    arrive(connection, "told")
    publish(connection, MORNING + timedelta(minutes=1))
    arrive(connection, "gap", at=MORNING + timedelta(hours=2))
    arrive(connection, "new", at=MORNING + 3 * DAY)

    after_days, same_day = (find_news(connection, "ann", MORNING + span) for span in (3 * DAY, timedelta(hours=3)))

    assert ids(after_days) == ["gap", "new"]
    assert after_days.window_since == (MORNING + timedelta(minutes=1)).isoformat()
    assert same_day.window_since == (MORNING + timedelta(hours=3) - DAY).isoformat()


def test_readers_that_begin_on_one_day_get_the_same(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        sources.failed(connection, "feed", MORNING, "down")
    for number in range(4):
        arrive(connection, f"day {number}", at=MORNING + number * DAY)

    ann, ben = (publish(connection, MORNING + 3 * DAY, name) for name in ("ann", "ben"))

    assert ids(ann) == ids(ben) == [f"day {number}" for number in range(4)]


def test_the_next_day_takes_what_has_arrived_since_whatever_its_date(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING)
    arrive(connection, "late", at=MORNING + DAY, published=(MORNING - 20 * DAY).isoformat())
    arrive(connection, "new", at=MORNING + DAY)

    news = find_news(connection, "", MORNING + DAY)

    assert ids(news) == ["late", "new"]
    assert (news.since, news.until, news.fresh) == (1, 3, 2)
    assert news.window_since == MORNING.isoformat()


def test_after_a_gap_one_issue_takes_everything(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING)
    for number in range(1, 10):
        arrive(connection, f"day {number}", at=MORNING + number * DAY)

    news = publish(connection, MORNING + 9 * DAY)

    assert ids(news) == [f"day {number}" for number in range(1, 10)]
    assert news.window_since == MORNING.isoformat()
    assert find_news(connection, "", MORNING + 9 * DAY).fresh == 0


def test_a_day_without_news_moves_nothing(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING)

    assert find_news(connection, "", MORNING + DAY).documents == ()

    arrive(connection, "new", at=MORNING + 2 * DAY)
    assert ids(find_news(connection, "", MORNING + 2 * DAY)) == ["new"]


def test_the_same_day_is_made_anew_of_all_that_it_had_and_what_has_come(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING)
    arrive(connection, "one", at=MORNING + DAY)
    publish(connection, MORNING + DAY)
    arrive(connection, "two", at=MORNING + DAY + timedelta(hours=9))

    news = publish(connection, MORNING + DAY + timedelta(hours=10))

    assert ids(news) == ["one", "two"]
    assert (news.since, news.until, news.fresh) == (1, 3, 1)
    assert news.window_since == MORNING.isoformat()
    assert find_news(connection, "", MORNING + 2 * DAY).since == 3


def test_a_first_day_made_anew_keeps_what_it_had_though_its_day_has_passed(connection: sqlite3.Connection) -> None:
    arrive(connection, "too old", published=(MORNING - 2 * DAY).isoformat())
    arrive(connection, "early", published=(MORNING - timedelta(hours=23)).isoformat())
    publish(connection, MORNING)
    evening = MORNING + timedelta(hours=12)
    arrive(connection, "late", at=evening, published=(MORNING - 3 * DAY).isoformat())

    news = find_news(connection, "", evening)

    assert ids(news) == ["early", "late"]
    assert news.window_since == "2026-11-21T07:00:00+00:00"


def test_profiles_have_marks_of_their_own(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING, "ann")
    arrive(connection, "new", at=MORNING + DAY)

    assert ids(find_news(connection, "ann", MORNING + DAY)) == ["new"]
    assert ids(find_news(connection, "ben", MORNING + timedelta(hours=20))) == ["old", "new"]


def test_an_issue_before_the_newest_is_refused(connection: sqlite3.Connection) -> None:
    arrive(connection, "old")
    publish(connection, MORNING, "ann")

    check_day(connection, "ann", MORNING)
    check_day(connection, "ben", MORNING - DAY)
    with pytest.raises(UsageError, match=r"^2026-11-21 is before the newest issue of ann \(2026-11-22\)"):
        check_day(connection, "ann", MORNING - DAY)
