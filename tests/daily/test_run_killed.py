"""The promise of `run`, kept at hundreds of moments of sudden death: nothing lost, nothing twice, no issue half there.

Each seed kills some forty times. BRIEFING_KILL_SEEDS says how many there are (5 without it).
"""

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from briefing import renderers
from briefing.archive import issues
from briefing.archive._database import open_archive
from briefing.models import Briefing
from tests.daily.nursery import Ending, Nursery
from tests.daily.test_month import named
from tests.daily.world import DAY, START, World
from tests.web.server import serving

SEEDS = int(os.environ.get("BRIEFING_KILL_SEEDS", "5"))
KILLS_A_DAY = 6
DAYS, FEEDS = 14, 4
TO = ("ann@example.org", "ben@example.org")
CONFIGURATION = f"""
[edition]
formats = ["md", "json"]

[mail]
from = "me@example.org"
to = {list(TO)}
smtp = "maildir:{{home}}/mail"
attach = ["md"]

[hooks]
after = [["cp", "{{{{json}}}}", "{{home}}/hooked"]]
"""


class Life(NamedTuple):
    """A world, a home in it, and chance."""

    world: World
    nursery: Nursery
    chance: random.Random

    @property
    def out(self) -> Path:
        """The folder of the issues."""
        return self.nursery.home / "out"


def configure(life: Life) -> None:
    """Write the configuration and the feeds."""
    folder = life.nursery.home / "config" / "briefing"
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(CONFIGURATION.format(home=life.nursery.home), encoding="utf-8")
    (folder / "feeds").write_text(life.world.subscriptions(), encoding="utf-8")


def live(life: Life) -> tuple[int, int]:
    """Go through the days again and again killed; return how often, and how many moments the longest run had."""
    kills, moments, now = 0, 420, START
    for morning in range(DAYS):
        life.world.serve(morning)
        now = max(now + timedelta(minutes=1), life.world.instant(morning))
        killed_today = 0
        while killed_today < KILLS_A_DAY:
            ending = attempt(life, now, moments)
            check_files(life)
            now += timedelta(minutes=3)
            if ending.code >= 0:
                check_ending(ending)
                moments = max(moments, ending.moments or 0)
                break
            killed_today += 1
        kills += killed_today
        if life.chance.random() < 0.7:  # else the next morning finds what the last kill of this one left
            check_ending(life.nursery.run(now, "run"))
    check_ending(life.nursery.run(now + timedelta(hours=1), "run"))
    return kills, moments


def check_ending(ending: Ending) -> None:
    """See that a run that was let be is content: a kill leaves nothing wrong but mail of which nobody knows."""
    assert ending.code in (0, 4) or (ending.code == 5 and "unknown whether it arrived" in ending.err), ending


def attempt(life: Life, now: datetime, moments: int) -> Ending:
    """Run and most probably be killed, by a moment or by the time; now and then the power goes as well."""
    if life.chance.random() < 0.75:
        ending = life.nursery.run(now, "run", fatal=life.chance.randrange(1, moments + moments // 8))
    else:
        ending = life.nursery.run(now, "run", seconds=life.chance.uniform(0, 0.25))
    if ending.code < 0 and life.chance.random() < 0.4:
        life.nursery.cut_power(life.chance)
    return ending


def check_files(life: Life) -> None:
    """See that each issue in the folder is whole: where its JSON is, the other files are, and all can be read."""
    for file in life.out.glob("*.json"):
        briefing = msgspec.json.decode(file.read_bytes(), type=Briefing)
        page = file.with_suffix(".md").read_text(encoding="utf-8")
        assert briefing.title in page
        assert page.endswith("\n")


def expected(life: Life, first: Briefing) -> set[str]:
    """Return what is no backlog of its feed, and in the day that the first issue takes, or came later."""
    with closing(sqlite3.connect(life.nursery.home / "data" / "briefing" / "archive.db")) as connection:
        seen = dict(connection.execute("SELECT address, first_seen FROM sources"))
    world = life.world
    known = {feed: datetime.fromisoformat(seen[world.server.url(world.path(feed))]) for feed in range(FEEDS)}
    begun = datetime.fromisoformat(first.ledger.window.since or "")
    shown = {each for morning in range(DAYS) for each in world.shown(morning)}
    news = (e for e in shown if e.published >= known[e.feed] - DAY or world.instant(e.shown) > known[e.feed])
    return {each.link for each in news if each.published >= begun or world.instant(each.shown) > begun + DAY}


def stored(home: Path) -> dict[str, Briefing]:
    """Return the issues of the archive by their dates; there is one a day, and none is in the making."""
    with open_archive(home / "data" / "briefing") as connection:
        rows = connection.execute("SELECT number, state FROM issue_records ORDER BY date").fetchall()
        assert {row["state"] for row in rows} == {"done"}
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        briefings = [issues.briefing_of(connection, issues.get(connection, row["number"])) for row in rows]
    found = {briefing.date: briefing for briefing in briefings}
    assert len(found) == len(briefings)
    return found


def taken_once(home: Path) -> set[str]:
    """Return the articles that issues took; each must be one issue's alone."""
    with closing(sqlite3.connect(home / "data" / "briefing" / "archive.db")) as connection:
        counts = Counter(article for (article,) in connection.execute("SELECT article FROM fates"))
    assert set(counts.values()) == {1}
    return set(counts)


def check_mail(home: Path, dates: Mapping[str, Briefing]) -> Counter[str]:
    """See that each issue was queued for each reader once, and that no reader has it twice; return the states."""
    with closing(sqlite3.connect(home / "data" / "briefing" / "archive.db")) as connection:
        rows = connection.execute("SELECT issue, recipient, message_id, state FROM outbox").fetchall()
    files = [path.read_bytes() for path in (home / "mail" / "new").iterdir()]
    arrived = Counter(str(message_from_bytes(data)["Message-ID"]) for data in files)
    assert sorted((issue[:10], recipient) for issue, recipient, _, _ in rows) == sorted(
        (date, recipient) for date in dates for recipient in TO
    )
    assert all(arrived[id] == 1 for *_, id, state in rows if state == "sent")
    assert all(arrived[id] <= 1 for *_, id, state in rows)
    assert {state for *_, state in rows} <= {"sent", "unknown"}
    return Counter(state for *_, state in rows)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_twice(tmp_path: Path, seed: int) -> None:
    with serving() as server, Nursery(tmp_path / "home") as nursery:
        world = World(server, seed=seed, feeds=FEEDS, days=DAYS, events=1.5)
        life = Life(world, nursery, random.Random(seed))
        configure(life)

        kills, moments = live(life)

        found = stored(nursery.home)
        printed = Counter(id for briefing in found.values() for id in named(briefing))
        assert set(printed.values()) == {1}
        # What says an earlier article again is taken, and not told.
        assert set(printed) <= taken_once(nursery.home) == expected(life, found[min(found)])
        for date, briefing in found.items():
            for format in ("md", "json"):
                assert (life.out / f"briefing-{date}.{format}").read_bytes() == renderers.render(briefing, format)
        assert sorted(path.name for path in life.out.glob("briefing-*.json")) == [f"briefing-{d}.json" for d in found]
        assert (nursery.home / "hooked").read_bytes() == (life.out / "latest.json").read_bytes()
        states = check_mail(nursery.home, found)
        assert kills >= 2 * DAYS
        assert not list(life.out.glob(".*"))
        told = f"{len(found)} issues, {len(printed)} articles, mail {dict(states)}"
        print(f"\nkilled {kills} times in runs of up to {moments} moments: {told}")
