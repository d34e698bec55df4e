"""The promise of the outbox, kept at hundreds of moments of sudden death: nothing is lost and nothing goes twice."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.archive import outbox
from briefing.archive._database import open_archive
from briefing.archive.outbox import Entry, Letter
from tests.archive.killing import Nursery, killing

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
MESSAGES = 200


def fill(folder: Path, port: int) -> None:
    """Queue the messages and configure the way to the server."""
    (folder / "briefing").mkdir()
    (folder / "briefing" / "briefing.toml").write_text(f"[mail]\nsmtp = 'smtp://127.0.0.1:{port}'\n")
    letters = [
        Letter(
            "day", f"r{n}@example.org", "me@example.org", f"<{n}@x>", f"Message-ID: <{n}@x>".encode(), b"x\r\n" * 500
        )
        for n in range(MESSAGES)
    ]
    with open_archive(folder / "briefing") as connection:
        outbox.queue(connection, letters, MORNING)


def entries(folder: Path) -> list[Entry]:
    with open_archive(folder / "briefing") as connection:
        return outbox.find(connection, "true")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_moment_nothing_is_lost_and_nothing_goes_twice(tmp_path: Path, seed: int) -> None:
    with killing(seed) as server, Nursery(server, tmp_path) as nursery:
        fill(tmp_path, server.server_address[1])
        now = int(MORNING.timestamp())

        while server.killed.total() < 100 and any(each.state in ("queued", "retry") for each in entries(tmp_path)):
            now += 600
            seconds = server.random.uniform(0, 0.03) if server.random.random() < 0.5 else None
            nursery.run(now, "--pending", "-q", seconds=seconds)
        server.angry = False
        for _ in range(3):
            now += 9 * 3600
            nursery.run(now, "--pending", "-q")

        rows = entries(tmp_path)
        states = Counter(each.state for each in rows)
        times = {each.recipient: server.accepted[each.message_id] for each in rows}
        assert server.killed.total() >= 80, server.killed
        assert len(rows) == MESSAGES
        assert set(states) <= {"sent", "failed", "unknown"}
        assert all(times[each.recipient] == 1 for each in rows if each.state == "sent")
        assert all(times[each.recipient] == 0 for each in rows if each.state == "failed")
        assert all(times[each.recipient] <= 1 for each in rows if each.state == "unknown")
        assert server.accepted.total() == states["sent"] + sum(
            times[each.recipient] for each in rows if each.state == "unknown"
        )
        assert nursery.run(now, "--pending", "-q") == 4

        unknown = [each for each in rows if each.state == "unknown"]
        for each in unknown:
            assert nursery.run(now, "--retry", str(each.id), "-q") == 0
        assert all(server.accepted[each.message_id] == times[each.recipient] + 1 for each in unknown)
        assert {each.state for each in entries(tmp_path)} <= {"sent", "failed"}
        print(f"\nkilled {server.killed.total()} times, {dict(states)}, {dict(server.killed)}")
