"""Issues in the archive: their steps, what each leaves behind, and what SQL users see."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from briefing.archive import issues, outbox
from briefing.archive._database import open_archive
from briefing.archive.issues import Issue, Made
from briefing.archive.outbox import Letter
from briefing.commands._issue import earlier
from briefing.models import Briefing

CASES = Path(__file__).parent.parent / "cases" / "briefings"
MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def briefing(day: str = "2026-11-22", title: str = "Daily Briefing") -> Briefing:
    made = msgspec.json.decode((CASES / "day.json").read_bytes(), type=Briefing)
    return msgspec.structs.replace(made, date=day, title=title)


def letter(recipient: str, issue: str = "2026-11-22 Daily", body: bytes = b"body") -> Letter:
    return Letter(issue, recipient, "me@example.org", f"<{recipient}>", b"Head: x", body)


def made(day: str = "2026-11-22", *letters: Letter, since: int = 0, until: int = 40, profile: str = "") -> Made:
    issue = briefing(day)
    return Made(profile, issue, since, until, [*issue.articles, "a muted one"], letters)


def published(connection: sqlite3.Connection, *days: str, profile: str = "") -> list[Issue]:
    found = []
    for place, day in enumerate(days):
        prepared = issues.prepare(connection, made(day, until=40 + place, profile=profile))
        issues.commit(connection, prepared, MORNING)
        found.append(issues.get(connection, prepared.number))
    return found


def test_an_issue_in_the_making_is_seen_by_nobody(connection: sqlite3.Connection) -> None:
    issue = issues.prepare(connection, made("2026-11-22", letter("ann@example.org")))

    assert issue.state == "prepared"
    assert issues.newest(connection, "") is None
    assert issues.previous(connection, "", "2026-11-23") == []
    assert outbox.find(connection, "true") == []
    assert all(not connection.execute(f"SELECT * FROM {view}").fetchall() for view in ("issues", "lines", "fates"))
    assert issues.unfinished(connection, "") == [issue]


def test_the_archive_and_a_folder_remember_the_same_days(connection: sqlite3.Connection, tmp_path: Path) -> None:
    days = [f"2026-11-{day:02}" for day in range(10, 23)]
    published(connection, *days)
    for day in days:
        (tmp_path / f"briefing-{day}.json").write_bytes(msgspec.json.encode(briefing(day)))

    archived = issues.previous(connection, "", "2026-11-23")
    in_folder = earlier([str(tmp_path)], date(2026, 11, 23), "briefing")

    assert [each.date for each in archived] == [each.date for each in in_folder] == days[-8:]


def test_the_commit_moves_the_mark_and_queues_the_letters_at_once(connection: sqlite3.Connection) -> None:
    letters = (letter("ann@example.org"), letter("ben@example.org"))
    prepared = issues.prepare(connection, made("2026-11-22", *letters))

    entries = issues.commit(connection, prepared, MORNING)
    again = issues.commit(connection, prepared, MORNING)

    assert issues.newest(connection, "") == prepared._replace(state="committed")
    assert [(each.recipient, each.state) for each in entries] == [
        ("ann@example.org", "queued"),
        ("ben@example.org", "queued"),
    ]
    assert outbox.find(connection, "true") == entries
    assert again == []
    assert connection.execute("SELECT count(*) FROM outbox_bodies").fetchone()[0] == 1


def test_a_commit_that_fails_changes_nothing(connection: sqlite3.Connection) -> None:
    prepared = issues.prepare(connection, made("2026-11-22", letter("ann@example.org")))
    connection.execute("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no room'); END")

    with pytest.raises(sqlite3.Error, match="no room"):
        issues.commit(connection, prepared, MORNING)

    assert issues.unfinished(connection, "") == [prepared]
    assert issues.newest(connection, "") is None


def test_the_letters_are_the_very_ones_that_were_frozen(connection: sqlite3.Connection) -> None:
    letters = [letter("ann@example.org", body=b"one\r\n\xff"), letter("ben@example.org", body=b"another")]

    issues.commit(connection, issues.prepare(connection, made("2026-11-22", *letters)), MORNING)

    rows = connection.execute(
        "SELECT issue, recipient, sender, message_id, head, data FROM outbox JOIN outbox_bodies ON digest = body"
        " ORDER BY id"
    )
    assert [Letter(*row) for row in rows] == letters


def test_the_same_briefing_comes_out_again(connection: sqlite3.Connection) -> None:
    issue = issues.prepare(connection, made())

    assert issues.briefing_of(connection, issue) == briefing()


def test_a_day_made_anew_replaces_the_earlier_issue_only_with_its_commit(connection: sqlite3.Connection) -> None:
    (first,) = published(connection, "2026-11-22")

    larger = issues.prepare(connection, made(until=50))
    before = issues.newest(connection, "")
    issues.commit(connection, larger, MORNING)

    assert before == first
    assert connection.execute("SELECT number FROM issue_records").fetchall()[0][0] == larger.number
    numbers = {row[0] for row in connection.execute("SELECT issue FROM issue_lines UNION SELECT issue FROM fates")}
    assert numbers == {larger.number}


def test_issues_of_two_profiles_do_not_meet(connection: sqlite3.Connection) -> None:
    published(connection, "2026-11-22", profile="ann")

    published(connection, "2026-11-22", "2026-11-23", profile="ben")

    newest = issues.newest(connection, "ann")
    assert newest is not None
    assert newest.date == "2026-11-22"
    assert [each.date for each in issues.previous(connection, "ben", "2026-11-24")] == ["2026-11-22", "2026-11-23"]


def test_a_week_of_issues_tells_what_is_new_and_after_a_gap_the_last_one(connection: sqlite3.Connection) -> None:
    published(connection, "2026-11-01", "2026-11-10", "2026-11-14", "2026-11-17", "2026-11-18")

    days = {
        day: [each.date for each in issues.previous(connection, "", day)]
        for day in ("2026-11-01", "2026-11-18", "2026-12-24")
    }

    assert days == {
        "2026-11-01": [],
        "2026-11-18": ["2026-11-10", "2026-11-14", "2026-11-17"],
        "2026-12-24": ["2026-11-18"],
    }


def test_the_newest_before_a_day_is_asked_for_by_that_day(connection: sqlite3.Connection) -> None:
    first, second = published(connection, "2026-11-21", "2026-11-22")

    assert issues.newest(connection, "") == second
    assert issues.newest(connection, "", up_to="2026-11-21") == first
    assert issues.newest(connection, "", up_to="2026-11-20") is None


def test_every_article_of_an_issue_has_one_fate(connection: sqlite3.Connection) -> None:
    (issue,) = published(connection, "2026-11-22")

    counts = dict(connection.execute("SELECT fate, count(*) FROM fates GROUP BY fate").fetchall())

    assert issues.taken(connection, issue) == [*briefing().articles, "a muted one"]
    assert counts["muted"] == 1
    assert sum(counts.values()) == len(briefing().articles) + 1
    assert counts["printed"] == len({id for s in briefing().sections for story in s.stories for id in story.articles})


def test_lines_are_rows_to_the_letter(connection: sqlite3.Connection) -> None:
    published(connection, "2026-11-22")

    rows = connection.execute('SELECT date, line, role, text, article, start, "end" FROM lines ORDER BY place')

    expected = [
        ("2026-11-22", line.id, line.role, line.text, line.article, line.start, line.end)
        for section in briefing().sections
        for story in section.stories
        for line in story.lines or ()
    ]
    assert [tuple(row) for row in rows] == expected


def test_an_issue_that_is_done_is_unfinished_no_more(connection: sqlite3.Connection) -> None:
    (issue,) = published(connection, "2026-11-22")
    before = issues.unfinished(connection, "")

    issues.finish(connection, issue)

    assert before == [issue]
    assert issues.get(connection, issue.number).state == "done"
    assert issues.unfinished(connection, "") == []
