"""Thirty mornings with forty feeds that change, fail, come late and go on: what is printed, and what never is."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import pytest

from briefing.models import Briefing, Story
from tests.daily.desk import Answer, Desk
from tests.daily.world import DAY, START, Entry, Failure, World
from tests.web.routes import Route
from tests.web.server import serving

DAYS, FEEDS = 30, 40
GAP = range(12, 15)  # mornings on which the machine was off
TWICE = (5, 20)  # mornings with another run in the evening, when the news of the next morning are there already
REAL = (0, 15, 21)  # mornings on which the command runs in a process of its own
ADDED = (10, 39)  # from this morning on this feed is subscribed to

CONFIGURATION = """
[edition]
formats = ["md", "json"]

[profiles.all]

[profiles.short]
edition = { title = "Short", max_stories = 3 }
"""

FAILURES = [
    Failure(3, 4, 4, Route("down", 500)),
    Failure(7, 7, 11, Route("gone for a week", 503)),
    Failure(8, 8, 8, Route("<!doctype html><html><body><p>Log in, please.</p></body></html>")),
    Failure(9, 9, 9, Route("")),
    Failure(11, 16, 19, Route(reset=True)),
    Failure(12, 18, 18, Route("not here", 404)),
]


class Month(NamedTuple):
    """What came of it: the answer of each morning, that of the evenings, and the entries that could be read by then."""

    world: World
    desk: Desk
    mornings: dict[int, Answer]
    evenings: dict[int, Answer]
    readable: dict[str, Entry]

    def issues(self, profile: str) -> dict[str, Briefing]:
        """Return the issues of a profile by their dates, from the files."""
        files = sorted((self.desk.home / "out").glob(f"{profile}-????-??-??.json"))
        found = (msgspec.json.decode(file.read_bytes(), type=Briefing) for file in files)
        return {briefing.date: briefing for briefing in found}

    def date(self, morning: int) -> str:
        """Return the day of a morning."""
        return self.world.instant(morning).date().isoformat()

    def quiet(self) -> list[int]:
        """Return the mornings on which nothing is new."""
        return [evening + 1 for evening in self.evenings]

    def news(self) -> dict[str, Entry]:
        """Return what is no backlog: nothing that was a day old when its feed was first read."""
        first = {feed: START for feed in range(FEEDS)} | {ADDED[1]: START + ADDED[0] * DAY}
        return {link: each for link, each in self.readable.items() if each.published >= first[each.feed] - DAY}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Play the month."""
    with pytest.MonkeyPatch.context() as monkeypatch, serving() as server:
        world = World(server, seed=2, feeds=FEEDS, days=DAYS)
        world.failures += FAILURES
        desk = Desk(tmp_path_factory.mktemp("month"), monkeypatch)
        month = Month(world, desk, {}, {}, {})
        for morning in range(DAYS):
            if morning not in GAP:
                play(month, morning)
        yield month


def play(month: Month, morning: int) -> None:
    """Let a morning happen, and where there is one, its evening."""
    subscribed = [feed for feed in range(FEEDS) if feed != ADDED[1] or morning >= ADDED[0]]
    month.desk.configure(CONFIGURATION, month.world.subscriptions(subscribed))
    month.world.serve(morning)
    month.readable.update({each.link: each for each in month.world.shown(morning) if each.feed in subscribed})
    call = month.desk.really if morning in REAL else month.desk
    month.mornings[morning] = call("run", now=month.world.instant(morning))
    if morning in TWICE:
        month.world.serve(morning + 1)
        month.readable.update({each.link: each for each in month.world.shown(morning + 1) if each.feed in subscribed})
        month.evenings[morning] = month.desk("run", now=month.world.instant(morning, 21))


def stories(briefing: Briefing) -> list[Story]:
    return [story for section in briefing.sections for story in section.stories]


def named(briefing: Briefing) -> list[str]:
    """Return every article that an issue prints, folds or names."""
    told = [id for story in stories(briefing) for id in (*story.articles, *(copy.id for copy in story.copies))]
    return [*told, *briefing.also]


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["all", "short"])
def test_no_article_is_new_twice_and_none_is_lost(month: Month, profile: str) -> None:
    printed = Counter(id for briefing in month.issues(profile).values() for id in named(briefing))

    assert set(printed.values()) == {1}
    assert set(printed) == set(month.news())
    assert len(printed) > 400


@pytest.mark.slow
def test_the_archive_tells_the_same_as_the_files(month: Month) -> None:
    fates = month.desk.ask("SELECT article, count(*) FROM fates WHERE profile = 'all' GROUP BY article")
    printed = month.desk.ask("SELECT date, count(*) FROM lines WHERE profile = 'all' GROUP BY date")

    assert dict(fates) == dict.fromkeys(month.news(), 1)
    assert dict(printed) == {
        date: sum(len(story.lines or ()) for story in stories(each)) for date, each in month.issues("all").items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["all", "short"])
def test_there_is_one_issue_a_day_and_profile(month: Month, profile: str) -> None:
    mornings = [month.date(morning) for morning in month.mornings if morning not in month.quiet()]

    assert list(month.issues(profile)) == mornings
    assert month.desk.ask(f"SELECT date FROM issues WHERE profile = '{profile}' ORDER BY date") == [
        (date,) for date in mornings
    ]
    assert month.desk.ask("SELECT DISTINCT state FROM issue_records") == [("done",)]


@pytest.mark.slow
def test_each_story_keeps_its_name_and_its_days_are_right(month: Month) -> None:
    """An event is one story over all its days: new on the first, continued or updated on the others."""
    entries = month.readable
    ids: dict[int, set[str]] = defaultdict(set)
    marks: dict[int, list[str | None]] = defaultdict(list)
    for briefing in month.issues("all").values():
        for story in stories(briefing):
            events = {entries[id].event for id in story.articles}
            assert len(events) == 1
            ids[min(events)].add(story.id)
            marks[min(events)].append(story.mark)
    first = {entries[id].event for story in stories(month.issues("all")[month.date(0)]) for id in story.articles}

    assert all(len(found) == 1 for found in ids.values())
    assert all(each[0] == (None if event in first else "new") for event, each in marks.items())
    assert all(set(each[1:]) <= {"update", "continuing"} for each in marks.values())
    assert sum(len(each) > 1 for each in marks.values()) > 40


@pytest.mark.slow
def test_every_failure_is_named_and_the_third_in_a_row_is_told_by_the_code(month: Month) -> None:
    for morning, answer in month.mornings.items():
        failing = {month.world.feeds[each.feed]: morning - each.first + 1 for each in month.world.failing(morning)}
        issue = month.issues("all").get(month.date(morning))

        assert sorted(line.partition(": ")[0] for line in answer.err.splitlines()) == sorted(failing)
        assert (issue is None) == (morning in month.quiet())
        assert issue is None or sorted(each.input for each in issue.problems) == sorted(failing)
        assert answer.code == (3 if any(runs >= 3 for runs in failing.values()) else 0 if issue else 4)


@pytest.mark.slow
def test_a_page_in_a_feeds_place_and_an_empty_answer_say_what_they_are(month: Month) -> None:
    assert "a web page, not a feed" in month.mornings[8].err
    assert "empty" in month.mornings[9].err


@pytest.mark.slow
def test_after_days_without_a_run_one_issue_catches_up(month: Month) -> None:
    before, after = month.date(GAP[0] - 1), month.date(GAP[-1] + 1)
    issue = month.issues("all")[after]

    windows = [each.ledger.window for each in month.issues("all").values()]
    # With the issue before it, a window leaves no time out.
    days = {month.readable[id].published.date() for id in named(issue)}
    assert issue.ledger.window.since == f"{before}T07:00:00+00:00"
    assert len(days) >= 3
    assert [window.until for window in windows][:-1] == [window.since for window in windows][1:]


@pytest.mark.slow
def test_an_evening_with_news_makes_the_days_issue_anew(month: Month) -> None:
    for morning, answer in month.evenings.items():
        issue = month.issues("all")[month.date(morning)]

        assert answer.code in (0, 3)
        assert f"all {month.date(morning)}, made anew: " in answer.out
        assert issue.ledger.window.until == f"{month.date(morning)}T21:00:00+00:00"
        assert {month.readable[id].shown for id in named(issue)} >= {morning, morning + 1}


@pytest.mark.slow
def test_the_account_of_every_issue_adds_up(month: Month) -> None:
    for morning in set(month.mornings) - set(month.quiet()):
        ledger = month.issues("all")[month.date(morning)].ledger
        counts, inputs = ledger.articles, ledger.inputs

        assert counts.seen == counts.copies + counts.known + counts.muted + counts.cut + counts.printed
        assert inputs.read + inputs.unchanged + inputs.failed == (FEEDS if morning >= ADDED[0] else FEEDS - 1)


@pytest.mark.slow
def test_each_reader_is_told_of_in_a_line(month: Month) -> None:
    for morning, answer in month.mornings.items():
        lines = answer.out.splitlines()

        assert [line.split(":")[0].split(",")[0] for line in lines] == [
            f"all {month.date(morning)}",
            f"short {month.date(morning)}",
        ]


@pytest.mark.slow
def test_a_morning_without_news_says_so_and_writes_nothing(month: Month) -> None:
    for morning in month.quiet():
        answer, since = month.mornings[morning], f"{month.date(morning - 1)} 21:00"

        assert answer.code == 4
        assert [line.partition(", ")[0] for line in answer.out.splitlines()] == [
            f"{profile} {month.date(morning)}: nothing new since {since}" for profile in ("all", "short")
        ]
