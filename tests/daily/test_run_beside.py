"""What stands beside a run: another process, a fetch, a preview, a check, a terminal."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from briefing import daily
from briefing.archive._lock import hold
from briefing.errors import BriefingError
from briefing.models import Briefing
from tests.daily.desk import PLAIN, Desk, issue
from tests.daily.test_init import on_a_terminal
from tests.daily.world import START, World
from tests.web.routes import Route


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


def test_feeds_that_were_found_here_name_no_file_elsewhere_and_no_private_host(desk: Desk, world: World) -> None:
    feeds = desk.home / "config" / "briefing" / "feeds"
    (desk.home / "briefing.toml").write_text(PLAIN)
    (desk.home / "feeds").write_text(feeds.read_text())
    (desk.home / "letters").mkdir()
    (desk.home / "letters" / "one.txt").write_text("The ferry did not run on Sunday. The pilot had lost her boots.")
    (desk.home / "outside").symlink_to("/etc")

    private = desk("run")
    checked = desk("feeds", "check")
    for path in ("/etc/hostname", "~/../secret", "outside/hostname"):
        (desk.home / "feeds").write_text(path)
        refused = desk("fetch", "-q")
        assert (refused.code, refused.out) == (2, "")
        assert "outside this folder" in refused.err
        assert "`--config briefing.toml` allows it" in refused.err
    (desk.home / "feeds").write_text("letters")
    below = desk("run")
    (desk.home / "feeds").write_text(feeds.read_text())
    chosen = desk("run", "--config", "briefing.toml", now=START + timedelta(hours=1))

    assert private.code == 1
    assert all("leads to a private address" in line for line in private.err.splitlines()[1:])
    assert (checked.code, checked.err.count("leads to a private address")) == (1, 3)
    assert not world.server.asked[:-3]  # those of the configuration that was chosen
    assert below.code == 0
    assert (chosen.code, chosen.err) == (0, "")


def test_a_rehearsal_on_an_older_archive_knows_what_only_its_log_has(desk: Desk, world: World) -> None:
    desk("run")
    path = desk.home / "data" / "briefing" / "archive.db"
    with closing(sqlite3.connect(path)) as open_elsewhere:
        for (table,) in open_elsewhere.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'furniture%' ORDER BY rowid DESC"
        ).fetchall():
            open_elsewhere.execute(f"DROP TABLE {table}")
        open_elsewhere.execute("DELETE FROM issue_records")
        open_elsewhere.execute("PRAGMA user_version = 4")
        open_elsewhere.commit()
        before = path.read_bytes()

        answer = desk("run", "--dry-run", now=START + timedelta(hours=1))

        assert "(the first issue)" in answer.out
        assert path.read_bytes() == before


@pytest.mark.parametrize("arguments", [["run"], ["run", "--dry-run"], ["fetch"], ["build"]])
def test_an_archive_that_is_damaged_or_newer_is_one_sentence(desk: Desk, world: World, arguments: list[str]) -> None:
    folder = desk.home / "data" / "briefing"
    folder.mkdir(parents=True)
    file = folder / "archive.db"
    file.write_bytes(b"no archive at all " * 500)
    damaged = desk(*arguments)
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 999")
    newer = desk(*arguments)

    assert (damaged.code, newer.code) == (1, 1)
    assert "is damaged or no archive" in damaged.err
    assert "newer" in newer.err
    assert all("unexpected" not in each.err and len(each.err.splitlines()) == 1 for each in (damaged, newer))
