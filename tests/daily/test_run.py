"""`briefing run` as people and schedulers call it: what it prints, writes and mails, and its exit codes."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import msgspec
import pytest

from briefing import daily
from briefing.archive._lock import hold
from briefing.errors import BriefingError
from briefing.models import Briefing
from tests.daily.desk import PLAIN, Desk
from tests.daily.test_init import on_a_terminal
from tests.daily.test_month import named
from tests.daily.world import DAY, START, World
from tests.web.routes import Route
from tests.web.server import Server

MAIL = """
[mail]
from = "me@example.org"
to = ["ann@example.org", "ben@example.org"]
smtp = "maildir:mail"
attach = ["md"]
"""


@pytest.fixture
def world(server: Server, desk: Desk) -> World:
    """Three feeds on their first morning, subscribed to."""
    made = World(server, seed=2, feeds=3, days=6, events=3)
    made.serve(0)
    desk.configure(PLAIN, made.subscriptions())
    return made


def issue(desk: Desk, name: str = "latest") -> Briefing:
    return msgspec.json.decode((desk.home / "out" / f"{name}.json").read_bytes(), type=Briefing)


def inbox(desk: Desk) -> list[tuple[str, str]]:
    """Return recipient and subject of every message that arrived."""
    folder = desk.home / "mail" / "new"
    found = [message_from_bytes(path.read_bytes()) for path in folder.iterdir()] if folder.exists() else []
    return sorted((str(message["To"]), str(message["Subject"])) for message in found)


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


def test_one_readers_mistake_does_not_cost_the_others_issue(desk: Desk, world: World) -> None:
    (desk.home / "broken").mkdir()
    (desk.home / "broken" / "briefing.md").write_text("{{ title }\n", encoding="utf-8")
    profiles = '[profiles.ann]\n[profiles.ben]\nedition = { template = "broken" }\n'
    desk.configure(PLAIN + profiles)

    half = desk("run")
    (desk.home / "broken" / "briefing.md").write_text("{{ page.title }}\n", encoding="utf-8")
    whole = desk("run", now=START + timedelta(hours=1))

    assert half.code == 3
    assert half.out.startswith("ann 2026-11-02: ")
    assert half.err.startswith("ben: broken")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.splitlines()[0] == "ann 2026-11-02: nothing new since 2026-11-02 07:00, 3 feeds"
    assert whole.out.splitlines()[1].startswith("ben 2026-11-02: ")
    assert named(issue(desk, "ben-latest")) == named(issue(desk, "ann-latest"))


def test_where_every_reader_fails_nothing_is_written(desk: Desk, world: World) -> None:
    (desk.home / "out").write_text("in the way", encoding="utf-8")

    failed = desk("run")

    assert (failed.code, failed.out) == (1, "")
    assert failed.err.startswith("briefing: cannot write out/")
    (desk.home / "out").unlink()
    assert desk("run", now=START + timedelta(hours=1)).code == 0
    assert named(issue(desk))


def test_where_every_feed_fails_the_run_fails(desk: Desk, world: World) -> None:
    for number in range(3):
        world.server.routes[world.path(number)] = Route(reset=True)

    failed = desk("run")

    assert failed.code == 1
    assert len(failed.err.splitlines()) == 3
    assert failed.out == "2026-11-02: nothing new in the last 24 hours, 3 feeds (3 failing)\n"


def test_lenient_takes_what_is_missing_for_right(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + "[fetch]\nreport_after = 1\n")
    world.server.routes[world.path(0)] = Route("down", 500)

    assert desk("run", "--lenient").code == 0
    assert desk("run", "--lenient", now=START + timedelta(hours=1)).code == 0
    assert desk("run", now=START + timedelta(hours=2)).code == 4  # it is left alone for a while, and not asked
    assert desk("run", now=START + timedelta(hours=4)).code == 3


def test_each_reader_gets_one_mail_a_day(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL)

    first = desk("run")
    world.serve(1)
    again = desk("run", now=START + timedelta(hours=9))
    world.serve(2)
    second = desk("run", now=START + 2 * DAY)

    assert first.out.endswith("; sent to 2\n")
    assert again.code == 0
    assert second.out.endswith("; sent to 2\n")
    assert inbox(desk) == [
        (f"{name}@example.org", f"Daily Briefing, {day}")
        for name in ("ann", "ben")
        for day in ("Monday, 2 November 2026", "Wednesday, 4 November 2026")
    ]


def test_no_send_mails_nothing_also_later(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL)

    answer = desk("run", "--no-send")
    desk("run", now=START + timedelta(hours=1))

    assert answer.code == 0
    assert "sent" not in answer.out
    assert inbox(desk) == []


def test_mail_that_does_not_go_out_is_told_and_goes_with_the_next_run(desk: Desk, world: World) -> None:
    (desk.home / "mail").write_text("in the way", encoding="utf-8")
    desk.configure(PLAIN + MAIL)

    failed = desk("run")
    (desk.home / "mail").unlink()
    later = desk("run", now=START + timedelta(hours=1))

    assert failed.code == 5
    assert failed.out.endswith("; sent to 0\n")
    assert "2 messages wait in the outbox" in failed.err
    assert named(issue(desk))
    assert later.code == 4
    assert len(inbox(desk)) == 2


def test_a_mistake_in_the_mails_configuration_is_told_before_anything_is_read(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL.replace("maildir:mail", "carrier:pigeon"))

    refused = desk("run")

    assert refused.code == 2
    assert refused.err.startswith("briefing: no way out called 'carrier'")
    assert not world.server.asked


def test_hooks_see_the_files_of_an_issue_that_is_committed(desk: Desk, world: World) -> None:
    look = desk.home / "look.py"
    look.write_text(
        "import json, sqlite3, sys\n"
        "state = sqlite3.connect(sys.argv[2]).execute('SELECT state FROM issue_records').fetchall()\n"
        "print(json.load(open(sys.argv[1]))['date'], state)\n",
        encoding="utf-8",
    )
    archive = desk.home / "data" / "briefing" / "archive.db"
    desk.configure(PLAIN + f'[hooks]\nafter = [["{sys.executable}", "{look}", "{{json}}", "{archive}"], ["false"]]\n')

    answer = desk.really("run")

    assert answer.code == 3
    assert "2026-11-02 [('committed',)]" in answer.err
    assert "hook false: ended with exit code 1" in answer.err
    assert desk.ask("SELECT state FROM issue_records") == [("done",)]


def test_a_second_process_waits_and_then_has_nothing_to_do(desk: Desk, world: World) -> None:
    route = world.server.routes[world.path(0)]
    assert isinstance(route, Route)
    world.server.routes[world.path(0)] = route._replace(latency=1.5)
    command = [sys.executable, "-m", "briefing", "run", "--date", START.isoformat()]

    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = sorted(process.communicate(timeout=60)[0] for process in both)

    assert sorted(process.returncode for process in both) == [0, 4]
    assert "nothing new since" in told[1]
    assert "(the first issue)" in told[0]


def test_who_waits_too_long_is_told_for_whom(tmp_path: Path) -> None:
    with (
        hold(tmp_path / daily.LOCK_NAME, 0, RuntimeError),
        pytest.raises(BriefingError, match=r"process \d+ is reading the feeds or making the issue; call again"),
        daily.alone(tmp_path, seconds=0),
    ):
        pass


def test_fetch_reads_and_the_next_run_prints(desk: Desk, world: World) -> None:
    fetched = desk.really("fetch")
    again = desk("fetch", now=START + timedelta(minutes=5))
    quiet = desk("fetch", "-q", now=START + timedelta(minutes=6))
    asked = len(world.server.asked)
    for number in range(3):
        world.server.routes[world.path(number)] = Route("down", 500)
    run = desk("run", now=START + timedelta(minutes=10))

    assert fetched.code == 0
    assert re.fullmatch(r"\d+ new articles from 3 feeds\n", fetched.out)
    assert again == (4, "0 new articles from 3 feeds\n", "")
    assert quiet == (4, "", "")
    assert asked == 9
    assert run.code == 0
    assert "3 feeds (3 failing)" in run.out
    assert [problem.input for problem in issue(desk).problems] == world.feeds


def test_a_build_without_a_path_shows_the_next_issue_and_commits_nothing(desk: Desk, world: World) -> None:
    nothing_read = desk("build")
    desk("fetch")
    shown = desk("build", "-f", "json", "-o", "-")
    desk("build", "-o", "preview/")
    run = desk("run")
    rest = desk("build", now=START + timedelta(minutes=2))

    preview = msgspec.json.decode(shown.out.encode(), type=Briefing)
    assert nothing_read.code == 2
    assert "no PATH given" in nothing_read.err
    assert shown.code == run.code == 0
    assert preview.sections == issue(desk).sections
    assert (desk.home / "preview" / "briefing-2026-11-02.json").exists()
    assert rest.code == 4
    assert "nothing new has been read" in rest.err


def test_every_line_of_a_run_can_be_held_against_the_archive(desk: Desk, world: World) -> None:
    desk("run")
    world.server.routes.clear()

    verified, traced = desk("verify"), desk("trace", "1.2")

    assert verified.code == 0
    assert re.search(r"^(\d+) of \1 lines stand in their sources to the letter", verified.err)
    assert traced.code == 0
    assert issue(desk).sections[0].stories[0].lines[1].text in traced.out.replace("\n", " ")  # type: ignore[index]


def test_a_readers_issue_can_be_read_and_mailed_by_its_name(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL + '[profiles.ann]\nedition = { title = "For Ann" }\nto = ["ann@example.org"]\n')
    desk("run")

    read, sent = desk("read", "--profile", "ann"), desk("send", "--profile", "ann")

    assert read.out.startswith("For Ann")
    assert sent.code == 0
    assert sent.out.startswith("sent ann@example.org (before, on ")
    assert [recipient for recipient, _ in inbox(desk)] == ["ann@example.org"]


def test_files_go_where_and_as_the_options_say(desk: Desk, world: World) -> None:
    desk("run", "-f", "txt,json", "-o", "elsewhere/")
    several = PLAIN + "[profiles.a]\n[profiles.b]\n"

    assert sorted(path.name for path in (desk.home / "elsewhere").iterdir()) == [
        "briefing-2026-11-02.json",
        "briefing-2026-11-02.txt",
        "index.html",
        "latest.json",
        "latest.txt",
    ]
    assert desk("run", "-o", "-").code == 2
    desk.configure(several)
    assert "one file for 2 readers" in desk("run", "-o", "a.json").err
    desk.configure(PLAIN + '[profiles."a/b"]\n')
    assert "no file can be called so" in desk("run").err


def test_the_same_feeds_give_the_same_bytes_whichever_answers_first(desk: Desk, world: World) -> None:
    desk("run")
    first = desk.snapshot()
    shutil.rmtree(desk.home / "data")
    for number in range(3):
        route = world.server.routes[world.path(number)]
        assert isinstance(route, Route)
        world.server.routes[world.path(number)] = route._replace(latency=0.2 * (3 - number))

    desk("run")

    files = {name: data for name, data in desk.snapshot().items() if name.startswith("out/")}
    assert files == {name: data for name, data in first.items() if name.startswith("out/")}


def test_on_a_terminal_a_run_shows_what_it_does(desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(START.timestamp())))

    shown = on_a_terminal([sys.executable, "-m", "briefing", "run"], [])

    assert "reading 3 feeds" in shown
    assert "making the briefing" in shown
    assert shown.rstrip().splitlines()[-1].rpartition("\r")[2].startswith("2026-11-02: ")


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
