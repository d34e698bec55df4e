"""The health of sources: what is kept of an answer, and how long a failing one is left alone."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive import sources
from briefing.archive._database import open_archive, transaction
from briefing.archive.articles import add_articles
from briefing.archive.sources import Arrivals, Health
from briefing.models import Document

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://example.org/feed"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def fail(connection: sqlite3.Connection, now: datetime, retry_after: float | None = None) -> Health:
    with transaction(connection):
        return sources.failed(connection, FEED, now, "no answer", retry_after)


def test_an_answer_is_kept_and_unchanged_keeps_what_it_does_not_say(connection: sqlite3.Connection) -> None:
    later = MORNING + 24 * HOUR

    with transaction(connection):
        sources.succeeded(connection, FEED, MORNING, etag='"1"', modified="Sun", entries=20, new=3)
        sources.succeeded(connection, FEED, later, etag='"2"', moved_to="https://example.org/new", unchanged=True)

    assert sources.health(connection) == {
        FEED: Health(
            address=FEED,
            first_seen=MORNING,
            checked_at=later,
            etag='"2"',
            modified="Sun",
            moved_to="https://example.org/new",
            succeeded_at=later,
            fresh_at=MORNING,
            entries=20,
        )
    }


def test_a_new_answer_replaces_what_held_before(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        sources.succeeded(connection, FEED, MORNING, etag='"1"', modified="Sun", entries=20)
        sources.succeeded(connection, FEED, MORNING + HOUR, entries=0)

    after = sources.health(connection)[FEED]
    assert (after.etag, after.modified, after.entries) == (None, None, 0)


def test_a_failing_source_is_asked_every_day_for_a_week_and_every_second_day_then(
    connection: sqlite3.Connection,
) -> None:
    asked, now, ill = [], MORNING, None
    while now < MORNING + timedelta(days=14):
        if ill is None or ill.is_due(now):
            asked.append((now - MORNING).days)
            ill = fail(connection, now + timedelta(seconds=40))  # it took a while to fail
        now += timedelta(days=1)

    assert asked == [0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 13]
    assert ill is not None
    assert ill.failures == len(asked)


def test_within_a_day_the_pause_doubles(connection: sqlite3.Connection) -> None:
    now, pauses = MORNING, []
    for _ in range(7):
        ill = fail(connection, now)
        assert ill.due_at is not None
        pauses.append((ill.due_at - now) / HOUR)
        now = ill.due_at

    assert pauses == [1, 2, 4, 8, 16, 20, 20]


def test_a_success_forgets_the_failures(connection: sqlite3.Connection) -> None:
    fail(connection, MORNING)
    fail(connection, MORNING + HOUR)

    with transaction(connection):
        sources.succeeded(connection, FEED, MORNING + 4 * HOUR)
    well = sources.health(connection)[FEED]

    assert (well.failures, well.error, well.due_at, well.first_seen) == (0, None, None, MORNING)
    assert fail(connection, MORNING + 5 * HOUR).failures == 1


@pytest.mark.parametrize(("wish", "hours"), [(None, 1), (60, 1), (7200, 2), (1e12, 48)])
def test_a_server_is_obeyed_within_bounds(connection: sqlite3.Connection, wish: float | None, hours: int) -> None:
    ill = fail(connection, MORNING, wish)

    assert ill.due_at == MORNING + hours * HOUR
    assert sources.health(connection)[FEED] == ill


def test_a_move_is_forgotten_when_the_new_place_fails(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        sources.succeeded(connection, FEED, MORNING, moved_to="https://example.org/new")
        sources.succeeded(connection, FEED, MORNING)
    moved = sources.health(connection)[FEED]

    fail(connection, MORNING + HOUR)

    assert moved.moved_to == "https://example.org/new"
    assert sources.health(connection)[FEED].moved_to is None


def test_a_source_nobody_wants_is_forgotten(connection: sqlite3.Connection) -> None:
    fail(connection, MORNING)

    sources.forget(connection, FEED)

    assert sources.health(connection) == {}


def test_what_came_from_a_source_names_its_outlet_only_where_there_is_one(connection: sqlite3.Connection) -> None:
    def entry(number: int, source: str | None) -> Document:
        return Document(id=str(number), text="News.", source=source, published=f"2026-11-2{number}T06:00:00Z")

    with transaction(connection):
        add_articles(connection, [entry(1, "Isle"), entry(0, "Isle")], origin=FEED, now=MORNING)
        add_articles(connection, [entry(2, "Isle"), entry(3, "Sea")], origin="planet", now=MORNING)
        add_articles(connection, [entry(4, None)], origin="nobody", now=MORNING + 72 * HOUR)

    assert sources.arrivals(connection) == {
        FEED: Arrivals(datetime(2026, 11, 21, 6, tzinfo=UTC), "Isle"),
        "planet": Arrivals(MORNING, None),  # what is dated later than now appeared when it came
        "nobody": Arrivals(datetime(2026, 11, 24, 6, tzinfo=UTC), None),
    }
