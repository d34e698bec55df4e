"""The results of sources on their way into the archive: each by itself, with what is news, and the account of all."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive import articles, sources
from briefing.archive._database import open_archive
from briefing.archive.sources import Health
from briefing.daily._feeds import Failure, Fetched, Seen, read_feeds
from briefing.intake._exchange import FetchError
from briefing.intake._sources import SourceResult
from briefing.models import Document, InputCounts, Problem
from briefing.subscriptions import Subscription

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FEEDS = [Subscription("https://example.org/a", "The A"), Subscription("https://example.org/b")]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def entry(id: str, published: datetime) -> Document:
    return Document(id=id, text=f"It happened: {id}.", source="The A", published=published.isoformat())


def brought(feed: Subscription, *documents: Document, etag: str | None = None) -> SourceResult:
    return SourceResult(subscription=feed, documents=documents, entries=len(documents), etag=etag)


def read(connection: sqlite3.Connection, now: datetime, *results: SourceResult | Exception) -> Fetched:
    """Let these results come in; an exception is a program that dies there."""

    def come(subscriptions: Sequence[Subscription], known: Mapping[str, Health], seen: Seen) -> Iterator[SourceResult]:
        for result in results:
            if isinstance(result, Exception):
                raise result
            yield result

    return read_feeds(connection, FEEDS, come, now)


def news(connection: sqlite3.Connection) -> list[str]:
    return [document.id for document in articles.arrived(connection, 0)]


def test_of_a_new_feed_the_last_day_is_news(connection: sqlite3.Connection) -> None:
    old, new = entry("old", MORNING - 2 * DAY), entry("new", MORNING - DAY / 2)

    fetched = read(connection, MORNING, brought(FEEDS[0], old, new))

    assert news(connection) == ["new"]
    assert (fetched.new, fetched.inputs) == (2, InputCounts(1, 0, 0))
    assert [document.id for document in articles.get_documents(connection, ["old"])] == ["old"]


def test_of_a_known_feed_what_comes_late_is_news_but_not_its_whole_past(connection: sqlite3.Connection) -> None:
    read(connection, MORNING, brought(FEEDS[0]))

    read(
        connection,
        MORNING + DAY,
        brought(FEEDS[0], entry("late", MORNING - 3 * DAY), entry("past", MORNING - 99 * DAY)),
    )

    assert news(connection) == ["late"]


def test_a_clock_that_was_ahead_makes_no_past_of_the_news(connection: sqlite3.Connection) -> None:
    read(connection, MORNING + 200 * DAY, brought(FEEDS[0]), SourceResult(subscription=FEEDS[1], error=FetchError("x")))

    read(connection, MORNING, brought(FEEDS[0], entry("a", MORNING)), brought(FEEDS[1], entry("b", MORNING)))

    assert news(connection) == ["a", "b"]


def test_a_feed_that_failed_under_a_clock_that_was_ahead_is_asked(connection: sqlite3.Connection) -> None:
    read(connection, MORNING + 200 * DAY, SourceResult(subscription=FEEDS[0], error=FetchError("too slow")))

    assert sources.health(connection)[FEEDS[0].address].is_due(MORNING)
    assert read(connection, MORNING).resting == ()


def test_what_came_in_before_a_crash_is_kept(connection: sqlite3.Connection) -> None:
    first = brought(FEEDS[0], entry("one", MORNING), etag='"1"')

    with pytest.raises(RuntimeError):
        read(connection, MORNING, first, RuntimeError("the power goes"))

    assert news(connection) == ["one"]
    assert sources.health(connection)[FEEDS[0].address].etag == '"1"'


def test_a_result_is_stored_whole_or_not_at_all(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TRIGGER full BEFORE INSERT ON sources BEGIN SELECT RAISE(ABORT, 'no room'); END")

    with pytest.raises(sqlite3.Error, match="no room"):
        read(connection, MORNING, brought(FEEDS[0], entry("one", MORNING)))

    assert news(connection) == []
    assert sources.health(connection) == {}


def test_unchanged_keeps_what_the_server_said(connection: sqlite3.Connection) -> None:
    read(connection, MORNING, brought(FEEDS[0], entry("one", MORNING), etag='"1"'))

    fetched = read(connection, MORNING + DAY, SourceResult(subscription=FEEDS[0], unchanged=True))

    known = sources.health(connection)[FEEDS[0].address]
    assert fetched.inputs == InputCounts(0, 1, 0)
    assert (known.etag, known.checked_at) == ('"1"', MORNING + DAY)


def test_failures_are_counted_by_runs_and_told_in_the_order_of_the_feeds(connection: sqlite3.Connection) -> None:
    late, gone = FetchError("too slow"), FetchError("not here", 404)

    read(connection, MORNING, SourceResult(subscription=FEEDS[1], error=gone))
    fetched = read(
        connection,
        MORNING + DAY,
        SourceResult(subscription=FEEDS[1], error=gone),
        SourceResult(subscription=FEEDS[0], error=late),
    )

    assert fetched.failures == (Failure("The A", "too slow", 1), Failure("https://example.org/b", "not here", 2))
    assert fetched.problems == [Problem("The A", "too slow"), Problem("https://example.org/b", "not here")]
    assert fetched.inputs == InputCounts(0, 0, 2)


def test_a_feed_that_is_left_alone_is_still_missing(connection: sqlite3.Connection) -> None:
    read(connection, MORNING, SourceResult(subscription=FEEDS[0], error=FetchError("too slow")))

    soon = read(connection, MORNING + timedelta(minutes=5))

    assert soon.failures == ()
    assert soon.resting == (Failure("The A", "too slow", 1),)
    assert soon.problems == [Problem("The A", "too slow")]
    assert soon.inputs == InputCounts(0, 0, 1)


def test_what_had_arrived_before_is_known_by_its_id(connection: sqlite3.Connection) -> None:
    read(connection, MORNING, brought(FEEDS[0], entry("one", MORNING)))

    fetched = read(connection, MORNING + DAY, brought(FEEDS[0], entry("two", MORNING), entry("one", MORNING)))

    assert (fetched.new, fetched.known) == (1, {"one"})


def test_an_entry_of_two_feeds_arrives_once(connection: sqlite3.Connection) -> None:
    fetched = read(
        connection, MORNING, brought(FEEDS[0], entry("one", MORNING)), brought(FEEDS[1], entry("one", MORNING))
    )

    assert news(connection) == ["one"]
    assert fetched.new == 1
