"""`briefing run` as schedulers call it: what a day, the same day again and the next one print and leave alone."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import msgspec

from briefing.models import Briefing
from tests.daily.desk import MAIL, PLAIN, Desk, inbox, issue
from tests.daily.test_month import named
from tests.daily.world import DAY, START, World
from tests.web.routes import Route


def test_from_cron_a_day_is_one_line(desk: Desk, world: World) -> None:
    first = desk.really("run")
    again = desk.really("run", now=START + timedelta(hours=1))
    world.serve(1)
    second = desk.really("run", now=START + DAY)

    assert (first.code, first.err, again.code, again.err) == (0, "", 4, "")
    assert re.fullmatch(
        r"2026-11-02: \d+ stories from \d+ new articles of the last 24 hours \(the first issue\), 3 feeds, "
        r"\d+ minutes?; out/briefing-2026-11-02\.md\n",
        first.out,
    )
    assert again.out == "2026-11-02: nothing new since 2026-11-02 07:00, 3 feeds\n"
    assert re.fullmatch(
        r"2026-11-03: \d+ (story|stories) from \d+ new articles?, 3 feeds, \d+ minutes?; out/briefing-2026-11-03\.md\n",
        second.out,
    )


def test_quiet_says_nothing_where_nothing_is_wrong(desk: Desk, world: World) -> None:
    assert desk.really("run", "-q") == (0, "", "")
    assert desk.really("run", "-q", now=START + timedelta(hours=1)) == (4, "", "")
    world.server.routes[world.path(0)] = Route("down", 500)
    world.serve(1)
    world.server.routes[world.path(0)] = Route("down", 500)
    assert desk.really("run", "-q", now=START + DAY) == (0, "", "")
    assert desk.really("run", "-q", now=START + 2 * DAY)[1:] == ("", "")

    third = desk.really("run", "-q", now=START + 3 * DAY)

    assert (third.code, third.out) == (3, "")
    assert third.err == f"{world.feeds[0]}: the server answers 500 Internal Server Error\n"


def test_a_day_on_which_a_failing_feed_is_not_asked_is_no_better(desk: Desk, world: World) -> None:
    world.server.routes[world.path(0)] = Route("down", 500)
    codes = [desk("run", now=START + day * DAY).code for day in range(9)]

    # After a week it is asked every second day.
    assert codes == [0, 4, *[3] * 7]
    assert len([asked for asked in world.server.asked if asked.path == world.path(0)]) == 8


def test_where_all_feeds_rest_nothing_was_read_and_the_code_says_so(desk: Desk, world: World) -> None:
    world.server.routes.clear()

    codes = [
        desk(command, now=START + timedelta(minutes=5 * n)).code for n, command in enumerate(["run", "run", "fetch"])
    ]

    assert codes == [1, 1, 1]
    assert len(world.server.asked) == 3


def test_without_anything_set_up_one_sentence_says_how_to_begin(desk: Desk) -> None:
    nothing = desk("run")
    desk.configure()
    no_feeds = desk("fetch")

    assert nothing == (
        2, "", "briefing: nothing is set up yet: `briefing init` does it, `briefing feeds add URL` adds a feed\n"
    )  # fmt: skip
    assert no_feeds == (2, "", "briefing: no feeds yet: `briefing feeds add URL` adds one\n")
    assert not (desk.home / "data").exists()


def test_a_rehearsal_changes_no_byte_and_tells_what_would_be(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL)
    before = desk.snapshot()

    first = desk("run", "--dry-run")
    untouched = desk.snapshot()
    real = desk("run")
    world.serve(1)
    published = desk.snapshot()
    second = desk("run", "--dry-run", now=START + DAY)

    assert (first.code, real.code, second.code) == (0, 0, 0)
    assert untouched == before
    assert desk.snapshot() == published
    assert not inbox(desk) or len(inbox(desk)) == 2
    titles = [story.title for section in issue(desk).sections for story in section.stories]
    assert all(f"  {title}" in first.out for title in titles)
    assert first.out.splitlines()[-2:] == [
        "would write out/briefing-2026-11-02.md, out/briefing-2026-11-02.json",
        "would send to ann@example.org, ben@example.org",
    ]
    assert first.out.splitlines()[0] == real.out.partition(";")[0]
    assert desk("run", "--dry-run", now=START + timedelta(hours=2)).code == 0  # of the second morning's news
    assert desk("run", now=START + DAY).out.startswith(second.out.splitlines()[0])


def test_the_same_day_again_changes_nothing_unless_there_is_news(desk: Desk, world: World) -> None:
    desk("run")
    before = desk.snapshot()["out/briefing-2026-11-02.json"]

    quiet = desk("run", now=START + timedelta(hours=3))
    unchanged = desk.snapshot()["out/briefing-2026-11-02.json"]
    world.serve(1)
    larger = desk("run", now=START + timedelta(hours=12))

    morning = msgspec.json.decode(before, type=Briefing)
    assert (quiet.code, unchanged) == (4, before)
    assert larger.code == 0
    assert ", made anew: " in larger.out
    assert set(named(morning)) < set(named(issue(desk)))
    assert issue(desk).ledger.window.since == morning.ledger.window.since
    assert len(desk.ask("SELECT date FROM issues")) == 1


def test_force_makes_the_day_anew_of_the_same(desk: Desk, world: World) -> None:
    desk("run")
    morning = issue(desk)

    forced = desk("run", "--force", "--max-stories", "1", now=START + timedelta(hours=3))

    assert forced.code == 0
    assert sum(len(section.stories) for section in issue(desk).sections) == 1
    assert sorted(named(issue(desk))) == sorted(named(morning))
    assert desk("run", "--force", now=START + 9 * DAY).code == 4


def test_a_day_before_the_newest_issue_is_refused_before_anything_is_read(desk: Desk, world: World) -> None:
    desk("run")
    asked = len(world.server.asked)

    refused = desk("run", "--date", "2026-11-01")

    assert refused.code == 2
    assert refused.err.startswith("briefing: 2026-11-01 is before the newest issue (2026-11-02)")
    assert len(world.server.asked) == asked


def test_an_issue_under_a_wrong_date_is_taken_back_by_force(desk: Desk, world: World) -> None:
    """A clock that was wrong for a day, or a century, must not silence the program until then."""
    desk("run", now=START + timedelta(hours=18))
    world.serve(1)

    refused, forced = desk("run", now=START), desk("run", "--force", now=START + timedelta(minutes=5))

    assert refused.code == 2
    assert "`briefing run --force` takes that one back" in refused.err
    assert forced.code == 0
    assert desk.ask("SELECT date FROM issues") == [("2026-11-02",)]


def test_what_comes_late_is_news_and_what_was_there_before_is_not(desk: Desk, world: World) -> None:
    old = [each for each in world.entries if each.published < START - DAY]
    desk("run")
    late = world.entries[0]._replace(link=world.server.url("/late"), published=START - timedelta(hours=23), shown=1)
    world.entries.append(late)
    world.serve(1)

    desk("run", now=START + DAY)

    printed = {name for (name,) in desk.ask("SELECT article FROM fates")}
    assert old
    assert not {each.link for each in old} & printed
    assert late.link in named(issue(desk))


def test_a_first_issue_takes_what_came_between_two_tries(desk: Desk, world: World) -> None:
    """Three mornings with a mistake in the template must not cost what was published on them."""
    (desk.home / "broken").mkdir()
    (desk.home / "broken" / "briefing.md").write_text("{{ title }\n", encoding="utf-8")
    desk.configure(PLAIN + 'template = "broken"\n')
    tries = []
    for morning in range(3):
        world.serve(morning)
        tries.append(desk("run", now=START + morning * DAY).code)
    desk.configure(PLAIN)
    world.serve(3)

    answer = desk("run", now=START + 3 * DAY)

    assert tries == [1, 1, 1]
    assert " new articles of the last 4 days (the first issue), " in answer.out
    shown = {each.link for morning in range(4) for each in world.shown(morning) if each.published >= START - DAY}
    assert set(named(issue(desk))) == shown
    assert issue(desk).ledger.window.since == "2026-11-01T07:00:00+00:00"


def test_where_every_feed_fails_the_run_fails(desk: Desk, world: World) -> None:
    for number in range(3):
        world.server.routes[world.path(number)] = Route(reset=True)

    failed = desk("run")

    assert failed.code == 1
    assert len(failed.err.splitlines()) == 3
    assert failed.out == "2026-11-02: nothing new so far, 3 feeds (3 failing)\n"


def test_lenient_takes_what_is_missing_for_right(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + "[fetch]\nreport_after = 1\n")
    world.server.routes[world.path(0)] = Route("down", 500)

    assert desk("run", "--lenient").code == 0
    assert desk("run", "--lenient", now=START + timedelta(hours=1)).code == 0
    assert desk("run", now=START + timedelta(hours=2)).code == 3  # left alone, and no better
    assert desk("run", now=START + timedelta(hours=4)).code == 3


def test_a_password_in_an_address_is_not_told(desk: Desk, world: World) -> None:
    address = world.server.url("/gone").replace("//", "//me:hidden@")
    desk.configure(PLAIN, f"{address}\n")

    answer = desk("run")

    assert answer.code == 1
    assert "hidden" not in answer.out + answer.err
    assert "the server answers 404 Not Found" in answer.err


def test_what_a_crash_left_of_yesterday_is_finished_before_today(desk: Desk, world: World) -> None:
    desk("run")
    with closing(sqlite3.connect(desk.home / "data" / "briefing" / "archive.db")) as connection, connection:
        connection.execute("UPDATE issue_records SET state = 'prepared', committed_at = NULL")
    yesterday = {name: data for name, data in desk.snapshot().items() if "2026-11-02" in name}
    for name in yesterday:
        (desk.home / name).unlink()
    world.serve(1)

    answer = desk("run", now=START + DAY)

    assert answer.code == 0
    assert [line[:12] for line in answer.out.splitlines()] == ["2026-11-02: ", "2026-11-03: "]
    assert {name: data for name, data in desk.snapshot().items() if "2026-11-02" in name} == yesterday
    assert json.loads((desk.home / "out" / "latest.json").read_bytes())["date"] == "2026-11-03"
    assert not set(named(issue(desk))) & set(named(issue(desk, "briefing-2026-11-02")))
