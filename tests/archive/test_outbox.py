"""The outbox: how rows move, who may move them, and what a second process and a full disk do."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive import outbox
from briefing.archive._database import MIGRATIONS, open_archive
from briefing.archive.outbox import Entry, Letter
from briefing.errors import BriefingError, DeliveryError, UsageError

Claim = Callable[[], bool]

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def letter(recipient: str = "ann@example.org", body: bytes = b"body", issue: str = "2026-11-22 Daily") -> Letter:
    return Letter(issue, recipient, "me@example.org", f"<{recipient}>", b"Head: x", body)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


class Way:
    """A way out that ends each message as it is told, and keeps what it was given."""

    def __init__(self, state: str = "sent", reply: str = "250 OK") -> None:
        self.ending = (state, reply)
        self.seen: list[tuple[str, str, bytes]] = []

    def __call__(self, sender: str, recipient: str, message: bytes, claim: Claim) -> tuple[str, str] | None:
        if not claim():
            return None
        self.seen.append((sender, recipient, message))
        return self.ending


def send(connection: sqlite3.Connection, entries: list[Entry], way: Way, now: datetime = MORNING) -> list[Entry]:
    return list(outbox.send(connection, entries, way, lambda: now))  # type: ignore[arg-type]


def test_a_queued_letter_is_sent_once_and_its_bytes_forgotten(connection: sqlite3.Connection) -> None:
    way = Way()
    queued = outbox.queue(connection, [letter(), letter("ben@example.org")], MORNING)

    sent = send(connection, queued, way)
    again = send(connection, outbox.queue(connection, [letter(), letter("ben@example.org")], MORNING), way)

    assert [each.state for each in queued] == ["queued", "queued"]
    assert [each.state for each in sent + again] == ["sent"] * 4
    assert [each[1:] for each in way.seen] == [
        ("ann@example.org", b"Head: x\r\n\r\nbody"),
        ("ben@example.org", b"Head: x\r\n\r\nbody"),
    ]
    assert connection.execute("SELECT count(*) FROM outbox_bodies").fetchone()[0] == 0


def test_a_body_is_stored_once_for_all_its_readers(connection: sqlite3.Connection) -> None:
    queued = outbox.queue(connection, [letter(f"{each}@example.org", b"x" * 10_000) for each in range(20)], MORNING)

    assert connection.execute("SELECT count(*), sum(length(data)) FROM outbox_bodies").fetchone()[:] == (1, 10_000)
    send(connection, queued[:19], Way())
    assert connection.execute("SELECT count(*) FROM outbox_bodies").fetchone()[0] == 1


def test_what_is_put_off_is_due_later_and_later_and_fails_after_five_days(connection: sqlite3.Connection) -> None:
    (entry,) = outbox.queue(connection, [letter()], MORNING)
    now, pauses = MORNING, []
    way = Way("retry", "451 greylisted")

    while entry.state in ("queued", "retry"):
        assert outbox.due([entry], now) == [entry]
        (entry,) = send(connection, [entry], way, now)
        if entry.due_at:
            assert outbox.due([entry], now) == []
            due = datetime.fromisoformat(entry.due_at)
            pauses.append((due - now) / timedelta(hours=1))
            now = due

    assert pauses[:6] == [0.5, 1, 2, 4, 8, 8]
    assert entry.state == "failed"
    assert entry.reply == "put off for 5 days, last: 451 greylisted"
    assert timedelta(days=5) < now - MORNING < timedelta(days=5, hours=8)


@pytest.mark.parametrize("state", ["queued", "retry", "failed"])
def test_what_surely_did_not_arrive_is_frozen_anew(connection: sqlite3.Connection, state: str) -> None:
    entries = outbox.queue(connection, [letter(body=b"old")], MORNING)
    if state != "queued":
        send(connection, entries, Way(state))
    way = Way()

    (again,) = outbox.queue(connection, [letter(body=b"new")], MORNING)
    send(connection, [again], way)

    assert (again.id, again.state) == (entries[0].id, "queued")
    assert way.seen[0][2].endswith(b"new")


@pytest.mark.parametrize("state", ["sent", "unknown"])
def test_what_may_have_arrived_is_not_sent_by_itself(connection: sqlite3.Connection, state: str) -> None:
    entries = send(connection, outbox.queue(connection, [letter(body=b"old")], MORNING), Way(state))
    way = Way()

    (again,) = outbox.queue(connection, [letter(body=b"new")], MORNING)
    send(connection, [again], way)

    assert again == entries[0]
    assert way.seen == []
    assert outbox.due(outbox.pending(connection, MORNING), MORNING + timedelta(days=30)) == []


def test_an_unknown_message_is_sent_again_on_request_with_the_same_bytes(connection: sqlite3.Connection) -> None:
    way = Way("unknown", "lost")
    (entry,) = send(connection, outbox.queue(connection, [letter()], MORNING), way)
    way.ending = ("sent", "250 OK")

    (sent,) = send(connection, [outbox.release(connection, entry.id, MORNING)], way)

    assert sent.state == "sent"
    assert way.seen[0] == way.seen[1]
    with pytest.raises(UsageError, match="nothing goes twice"):
        outbox.release(connection, entry.id, MORNING)
    with pytest.raises(UsageError, match="no message 77"):
        outbox.release(connection, 77, MORNING)


def test_sending_is_on_disk_before_the_message_goes(connection: sqlite3.Connection, tmp_path: Path) -> None:
    states = []

    def way(sender: str, recipient: str, message: bytes, claim: Claim) -> tuple[str, str]:
        assert claim()
        with sqlite3.connect(tmp_path / "archive.db") as other:
            states.append(other.execute("SELECT state FROM outbox").fetchone()[0])
        other.close()
        return "sent", ""

    list(outbox.send(connection, outbox.queue(connection, [letter()], MORNING), way, lambda: MORNING))  # type: ignore[arg-type]

    assert states == ["sending"]


def test_what_a_dead_process_left_is_unknown(connection: sqlite3.Connection, tmp_path: Path) -> None:
    outbox.queue(connection, [letter()], MORNING)
    connection.execute("UPDATE outbox SET state = 'sending'")

    with outbox.sending_alone(connection, lambda: MORNING, tmp_path) as left:
        (entry,) = outbox.pending(connection, MORNING)

    assert left == [entry]
    assert (entry.state, entry.reply) == ("unknown", "the program ended while the message was on its way")


def test_a_row_that_changed_meanwhile_is_not_sent(connection: sqlite3.Connection) -> None:
    entries = outbox.queue(connection, [letter(body=b"old")], MORNING)
    kept = []

    def way(sender: str, recipient: str, message: bytes, claim: Claim) -> None:
        outbox.queue(connection, [letter(body=b"new")], MORNING)
        kept.append(claim())

    (entry,) = outbox.send(connection, entries, way, lambda: MORNING)

    assert kept == [False]
    assert entry.state == "queued"


def test_a_way_that_is_closed_leaves_the_rows_as_they_were(connection: sqlite3.Connection) -> None:
    entries = outbox.queue(connection, [letter(), letter("ben@example.org")], MORNING)

    def way(sender: str, recipient: str, message: bytes, claim: Claim) -> None:
        raise DeliveryError("closed")

    with pytest.raises(DeliveryError, match="closed"):
        list(outbox.send(connection, entries, way, lambda: MORNING))
    assert outbox.pending(connection, MORNING) == entries


def test_a_second_process_is_told_who_sends(connection: sqlite3.Connection, tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from datetime import UTC, datetime; from briefing.archive import outbox\n"
        "from briefing.archive._database import open_archive\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "with open_archive(folder) as c, outbox.sending_alone(c, lambda: datetime.now(UTC), folder):\n"
        "    print('mine', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"

        with (
            pytest.raises(DeliveryError, match=f"process {other.pid} is sending mail"),
            outbox.sending_alone(connection, lambda: MORNING, tmp_path, seconds=0.3),
        ):
            pass

        other.kill()
        with outbox.sending_alone(connection, lambda: MORNING, tmp_path, seconds=5):
            pass


def test_the_archive_is_for_its_owner_alone(tmp_path: Path) -> None:
    with open_archive(tmp_path / "data") as connection:
        outbox.queue(connection, [letter()], MORNING)
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}

    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}


def test_an_archive_of_tomorrow_is_one_sentence(tmp_path: Path) -> None:
    with open_archive(tmp_path) as connection:
        known = len(list(MIGRATIONS.glob("*.sql")))
        assert connection.execute("PRAGMA user_version").fetchone()[0] == known
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(BriefingError, match="was written by a newer briefing"), open_archive(tmp_path):
        pass


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"not a database at all" * 100)

    with pytest.raises(BriefingError, match=r"archive\.db: is damaged or no archive"), open_archive(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(BriefingError, match="cannot be made"), open_archive(tmp_path / "file" / "below"):
        pass


def test_many_processes_open_a_new_archive_at_once(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from briefing.archive._database import open_archive\n"
        "with open_archive(pathlib.Path(sys.argv[1])) as c:\n"
        "    print(c.execute('SELECT count(*) FROM outbox').fetchone()[0])"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]

    assert [process.communicate() for process in processes] == [(b"0\n", b"")] * 6


def test_a_disk_that_ends_leaves_the_outbox_as_it_was(tmp_path: Path) -> None:
    """The limit on the size of a file is a disk that is full: the write itself fails, inside SQLite."""
    program = (
        "import pathlib, resource, sys; from datetime import UTC, datetime; from briefing.archive import outbox\n"
        "from briefing.archive._database import open_archive; from briefing.errors import BriefingError\n"
        "now = datetime(2026, 11, 22, tzinfo=UTC)\n"
        "letters = [outbox.Letter('day', a, 's', 'i', b'h', a.encode() * n) for a, n in (('a', 9), ('b', 4_000_000))]\n"
        "try:\n"
        "    with open_archive(pathlib.Path(sys.argv[1])) as connection:\n"
        "        outbox.queue(connection, letters[:1], now)\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "        outbox.queue(connection, letters[1:], now)\n"
        "except BriefingError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.stdout.startswith(f"{tmp_path}/archive.db: ")
    assert "is the disk full" in done.stdout or "the disk is full" in done.stdout
    with open_archive(tmp_path) as connection:
        assert [each.recipient for each in outbox.pending(connection, MORNING)] == ["a"]
