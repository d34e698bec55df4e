"""Upkeep: pruning keeps ids and what was printed, the check finds each kind of damage, and repair mends it."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.archive import articles, upkeep
from briefing.archive._database import open_archive, transaction
from briefing.archive.searching import search
from briefing.archive.upkeep import Fault, Prunable
from briefing.models import Document
from tests.archive.test_searching import print_lines

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def add(connection: sqlite3.Connection, *ids: str, days: int = 0, by_hand: bool = False) -> None:
    documents = [Document(id=id, title=f"Title {id}", text=f"Text of {id}. 北京 kestrel.") for id in ids]
    with transaction(connection):
        when = NOW - timedelta(days=days)
        articles.add_articles(connection, documents, origin="feed", now=when, by_hand=by_hand)


def take(connection: sqlite3.Connection, number: int, days: int, until: int, *ids: str, profile: str = "") -> None:
    """Let an issue take articles."""
    print_lines(connection, number, (NOW - timedelta(days=days)).date().isoformat(), [])
    connection.execute("UPDATE issue_records SET until = ?, profile = ? WHERE number = ?", (until, profile, number))
    for place, id in enumerate(ids):
        connection.execute("INSERT INTO issue_articles VALUES (?, ?, ?, 'printed')", (number, place, id))


def prune(connection: sqlite3.Connection, older: timedelta = YEAR) -> int:
    promised = upkeep.prunable(connection, older, NOW)
    gone = max(upkeep.prune(connection, older, NOW), default=0)
    assert gone == promised.articles
    assert not list(upkeep.check(connection))
    return gone


def found(connection: sqlite3.Connection, query: str = "kestrel") -> list[str]:
    return sorted(hit.id for hit in search(connection, query, NOW))


def test_what_is_old_goes_and_stays_known(connection: sqlite3.Connection) -> None:
    add(connection, "old", "older", days=400)
    add(connection, "new")

    assert upkeep.prunable(connection, YEAR, NOW) == Prunable(2, 58)
    assert prune(connection) == 2
    add(connection, "old")

    assert found(connection) == ["new"]
    assert articles.newest_number(connection) == 3
    assert [each.id for each in articles.arrived(connection, 0)] == ["new"]
    assert articles.known(connection, ["old", "new"]) == {"old", "new"}
    assert prune(connection) == 0


def test_what_an_issue_of_the_last_month_took_stays(connection: sqlite3.Connection) -> None:
    add(connection, "a", "b", days=400)
    take(connection, 1, 29, 9, "a")
    take(connection, 2, 31, 9, "b")

    assert prune(connection) == 1
    assert found(connection) == ["a"]


def test_what_a_profile_has_not_seen_yet_stays(connection: sqlite3.Connection) -> None:
    add(connection, "a", "b", "c", days=20)
    add(connection, "by hand", days=20, by_hand=True)
    take(connection, 1, 1, 3, profile="daily")
    take(connection, 2, 10, 1, profile="weekly")

    assert prune(connection, timedelta(days=14)) == 2
    assert found(connection) == ["b", "c"]


def test_what_was_printed_of_a_pruned_article_is_found(connection: sqlite3.Connection) -> None:
    add(connection, "a", "b", days=400)
    lines = [("1.1", "a", "Title a", None), ("1.2", "a", "The osprey of 北京.", 0), ("1.3", "a", "It flew.", 20)]
    print_lines(connection, 1, "2025-10-01", lines)

    prune(connection)
    (hit,) = search(connection, "osprey 京", NOW)

    assert (hit.id, hit.text, hit.is_whole) == ("a", "The osprey of 北京.\n\nIt flew.", False)
    assert [hit.text[start:end] for start, end in hit.spans] == ["osprey", "京"]
    assert found(connection) == []


def test_the_file_shrinks(connection: sqlite3.Connection, tmp_path: Path) -> None:
    documents = [Document(id=f"{n}", text=" ".join(str(n**power) for power in range(60))) for n in range(2000)]
    with transaction(connection):
        articles.add_articles(connection, documents, origin="feed", now=NOW - 2 * YEAR)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (tmp_path / "archive.db").stat().st_size

    prune(connection)
    upkeep.shrink(connection)

    assert (tmp_path / "archive.db").stat().st_size < before * 0.4
    assert (tmp_path / "archive.db-wal").stat().st_size == 0
    assert upkeep.survey(connection).pruned == 2000


STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 5), st.sampled_from(["ferry", "北京 kestrel", "é", ""])),
    st.tuples(st.just("take"), st.integers(0, 5), st.integers(0, 60)),
    st.tuples(st.just("prune"), st.integers(0, 3), st.none()),
    st.tuples(st.just("repair"), st.none(), st.none()),
)


@settings(max_examples=25)
@given(steps=st.lists(STEPS, max_size=14))
def test_whatever_is_done_in_whatever_order_the_archive_is_sound(
    steps: list[tuple[str, int, int | str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with open_archive(tmp_path_factory.mktemp("archive")) as connection:
        seen: set[str] = set()
        for time, (step, which, what) in enumerate(steps):
            now = NOW + timedelta(days=time)
            if step == "add":
                document = Document(id=f"https://example.org/{which}", text=f"Text {what} of {time}.")
                with transaction(connection):
                    added = articles.add_articles(connection, [document], origin="feed", now=now)
                assert added.new == (document.id not in seen)
                seen.add(document.id)
            elif step == "take":
                id = f"https://example.org/{which}"
                take(connection, time + 1, int(what), articles.newest_number(connection), id, profile=f"{time}")
                connection.execute(
                    "INSERT INTO issue_lines VALUES (?, '1.1', 0, 's', '', NULL, 'lead', 'An 北 osprey.', ?, 0, 9)",
                    (time + 1, id),
                )
            elif step == "prune":
                list(upkeep.prune(connection, timedelta(days=which), now))
            else:
                upkeep.repair(connection)
            assert list(upkeep.check(connection)) == []
        assert articles.known(connection, seen) == seen


def test_a_survey_counts(connection: sqlite3.Connection) -> None:
    assert upkeep.survey(connection).articles == 0

    add(connection, "old", days=400)
    add(connection, "new", by_hand=True)
    prune(connection)
    take(connection, 1, 3, 9)
    counts = upkeep.survey(connection)

    assert counts._replace(file_bytes=0) == upkeep.Survey(
        articles=2,
        backlog=1,
        pruned=1,
        text_bytes=28,
        file_bytes=0,
        received_first="2025-10-18T07:00:00Z",
        received_last="2026-11-22T07:00:00Z",
        published_first="2025-10-18T07:00:00Z",
        sources=0,
        failing=0,
        issues=1,
        last_issue="2026-11-19",
        waiting=0,
    )


DAMAGES: dict[str, tuple[Callable[[sqlite3.Connection], object], str, list[str]]] = {
    "cut text": (
        lambda connection: connection.execute("UPDATE texts SET data = substr(data, 3) WHERE number = 2"),
        "the text of b is damaged",
        ["a", "c"],
    ),
    "another text": (
        lambda connection: connection.execute(
            "UPDATE texts SET data = CAST(replace(data, 'k', 'K') AS BLOB) WHERE number = 2"
        ),
        "the text of b is damaged",
        ["a", "c"],
    ),
    "words missing in the index": (
        lambda connection: connection.execute("INSERT INTO article_index (article_index) VALUES ('delete-all')"),
        "the full-text index: 3 articles are not in it as they are",
        ["a", "b", "c"],
    ),
    "words too many in the index": (
        lambda connection: connection.execute("INSERT INTO article_index (rowid, text) VALUES (7, 'stray')"),
        "the full-text index: 1 articles are not in it as they are",
        ["a", "b", "c"],
    ),
    "other words in the index": (
        lambda connection: connection.execute("INSERT INTO article_index (rowid, text) VALUES (2, 'stray')"),
        "the full-text index: ",
        ["a", "b", "c"],
    ),
    "a page of the index": (
        lambda connection: connection.execute("UPDATE article_index_data SET block = zeroblob(30) WHERE id > 10"),
        "the full-text index: database disk image is malformed",
        ["a", "b", "c"],
    ),
    "a text of nothing": (
        lambda connection: [
            connection.execute("PRAGMA foreign_keys = OFF"),
            connection.execute("INSERT INTO texts VALUES (9, 1, x'41', 1)"),
        ],
        "texts: row 9 belongs to nothing",
        ["a", "b", "c"],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_repaired(connection: sqlite3.Connection, name: str) -> None:
    damage, message, left = DAMAGES[name]
    add(connection, "a", "b", "c")
    assert list(upkeep.check(connection)) == []

    damage(connection)
    faults = list(upkeep.check(connection))
    upkeep.repair(connection)

    assert faults
    assert faults[0].what.startswith(message), faults
    assert faults[0].is_repairable
    assert list(upkeep.check(connection)) == []
    assert found(connection) == left


def test_a_damaged_article_may_come_again_unless_an_issue_took_it(connection: sqlite3.Connection) -> None:
    add(connection, "a", "b")
    take(connection, 1, 1, 1, "a")
    connection.execute("UPDATE texts SET data = x'00'")

    assert list(upkeep.check(connection)) == [Fault("the text of a is damaged"), Fault("the text of b is damaged")]
    upkeep.repair(connection)

    assert articles.known(connection, ["a", "b"]) == {"a"}


def test_everything_that_has_its_text_is_given(connection: sqlite3.Connection) -> None:
    add(connection, "old", days=400)
    add(connection, "hand", by_hand=True)
    add(connection, "new")
    prune(connection)

    first = list(upkeep.everything(connection))
    connection.execute("UPDATE texts SET data = x'00' WHERE number = 2")
    second = list(upkeep.everything(connection))

    assert [each.id for each in first if isinstance(each, Document)] == ["hand", "new"]
    assert [type(each).__name__ for each in second] == ["Problem", "Document"]
    assert second[1] == first[1]
