"""The outbox: one row for an issue and a recipient, the frozen message, and how far it came.

    queued ─► sending ─► sent          the server has it
       ▲         ├─────► retry(due_at) the server put it off (4xx): tried again when it is due
       │         ├─────► failed        refused for good (5xx), or put off for five days
       │         └─────► unknown       nobody said whether it arrived: never sent again by itself
       └──────── on request ◄── retry, failed, unknown

`sending` is on disk before the server is told that a message follows. A row found in that state, by whoever holds the
lock of `sending_alone`, was left by a program that died in between, and is unknown. What may have reached its reader is
never changed; what surely has not is frozen anew when its issue is sent again.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from briefing.archive._database import data_folder, make_folder, transaction
from briefing.archive._lock import hold
from briefing.errors import DeliveryError, UsageError

State = Literal["queued", "sending", "sent", "retry", "failed", "unknown"]
Ending = Literal["sent", "retry", "failed", "unknown"]
Clock = Callable[[], datetime]

LOCK_NAME = "outbox.lock"

# RFC 5321, 4.5.4.1: at least 30 minutes between attempts, and four to five days until one gives up. The pause doubles
# up to eight hours, so that a server of whom nobody hears for a day is asked three times on the next.
FIRST_PAUSE, LONGEST_PAUSE, PATIENCE = timedelta(minutes=30), timedelta(hours=8), timedelta(days=5)

INTERRUPTED = "the program ended while the message was on its way"


class Letter(NamedTuple):
    """A message to queue: whom it goes to, and its frozen bytes as `head`, empty line, and the body that all share."""

    issue: str
    recipient: str
    sender: str
    message_id: str
    head: bytes
    body: bytes


class Entry(NamedTuple):
    """A row of the outbox without its bytes; times are RFC 3339 in UTC."""

    id: int
    issue: str
    recipient: str
    sender: str
    message_id: str
    state: State
    attempts: int
    reply: str
    queued_at: str
    changed_at: str
    due_at: str | None


# A way out: takes sender, recipient, bytes, and a function to call right before the message follows, which says whether
# it still may. Returns how it ended and what was said; raises DeliveryError when no message can go out this way.
Way = Callable[[str, str, bytes, Callable[[], bool]], tuple[Ending, str] | None]

_COLUMNS = ", ".join(Entry._fields)
_OPEN = ("queued", "retry")  # states from which a message may be sent without anybody's leave
_UNTOUCHED = (*_OPEN, "failed")  # states in which no reader can have it


@contextlib.contextmanager
def sending_alone(
    connection: sqlite3.Connection, clock: Clock, folder: Path | None = None, seconds: float = 60
) -> Iterator[list[Entry]]:
    """Be the one process that sends; give the rows that a dead one left in the middle, which are `unknown` now.

    Raises DeliveryError that names the other process when it is not done after so many seconds.
    """
    place = folder or data_folder()
    make_folder(place)
    with hold(place / LOCK_NAME, seconds, _occupied):
        with transaction(connection):
            left = find(connection, "state = 'sending'")
            values = (INTERRUPTED, _text(clock()))
            connection.execute(
                "UPDATE outbox SET state = 'unknown', reply = ?, changed_at = ? WHERE state = 'sending'", values
            )
        yield [get(connection, entry.id) for entry in left]


def _occupied(holder: str) -> DeliveryError:
    """Return the error for an outbox that another process works on."""
    return DeliveryError(f"{holder} is sending mail; call `briefing send --pending` when it is done")


def queue(connection: sqlite3.Connection, letters: Iterable[Letter], now: datetime) -> list[Entry]:
    """Put letters into the outbox, all or none, and return their rows as they are now.

    One that is there already and has surely not reached anybody is frozen anew; any other stays as it is.
    """
    with transaction(connection):
        return add(connection, letters, now)


def add(connection: sqlite3.Connection, letters: Iterable[Letter], now: datetime) -> list[Entry]:
    """Do what `queue` does within a transaction of the caller."""
    return [_queue(connection, letter, _text(now)) for letter in letters]


def _queue(connection: sqlite3.Connection, letter: Letter, now: str) -> Entry:
    """Put one letter into the outbox."""
    known = find(connection, "issue = ? AND recipient = ?", letter.issue, letter.recipient)
    if known and known[0].state not in _UNTOUCHED:
        return known[0]
    digest = hashlib.sha256(letter.body).hexdigest()
    connection.execute("INSERT OR IGNORE INTO outbox_bodies VALUES (?, ?)", (digest, letter.body))
    connection.execute(
        """
        INSERT INTO outbox (issue, recipient, sender, message_id, head, body, state, queued_at, changed_at)
        VALUES (:issue, :recipient, :sender, :message_id, :head, :digest, 'queued', :now, :now)
        ON CONFLICT (issue, recipient) DO UPDATE
        SET sender = :sender, message_id = :message_id, head = :head, body = :digest, state = 'queued', reply = '',
            attempts = 0, queued_at = :now, changed_at = :now, due_at = NULL
        """,
        {**letter._asdict(), "digest": digest, "now": now},
    )
    _forget_bodies(connection)
    return find(connection, "issue = ? AND recipient = ?", letter.issue, letter.recipient)[0]


def find(connection: sqlite3.Connection, condition: str, *values: str | int) -> list[Entry]:
    """Return the rows that an SQL condition of ours picks, in the order in which they were queued."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE {condition} ORDER BY id", values)
    return [Entry(*row) for row in rows]


def get(connection: sqlite3.Connection, id: int) -> Entry:
    """Return one row; raise UsageError when there is none of that number."""
    rows = find(connection, "id = ?", id)
    if not rows:
        raise UsageError(f"no message {id} in the outbox; `briefing send --pending` lists what is there")
    return rows[0]


def pending(connection: sqlite3.Connection, now: datetime) -> list[Entry]:
    """Return what is open, and what became unknown within the days in which anybody would still send it again."""
    since = _text(now - PATIENCE)
    return find(connection, "state IN ('queued', 'retry', 'sending') OR state = 'unknown' AND changed_at > ?", since)


def due(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Return those that may be sent now by themselves."""
    return [
        each
        for each in entries
        if each.state == "queued" or (each.state == "retry" and (each.due_at or "") <= _text(now))
    ]


def release(connection: sqlite3.Connection, id: int, now: datetime) -> Entry:
    """Queue a message again, the same bytes, because its user says so; raise UsageError if it was sent."""
    entry = get(connection, id)
    if entry.state == "sent":
        raise UsageError(
            f"message {id} to {entry.recipient} was sent ({entry.changed_at}: {entry.reply}); nothing goes twice"
        )
    with transaction(connection):
        connection.execute(
            "UPDATE outbox SET state = 'queued', due_at = NULL, queued_at = ?, changed_at = ?"
            " WHERE id = ? AND state IN ('retry', 'failed', 'unknown')",
            (_text(now), _text(now), id),
        )
    return get(connection, id)


def send(connection: sqlite3.Connection, entries: Sequence[Entry], way: Way, clock: Clock) -> Iterator[Entry]:
    """Send rows one after the other and yield each as it ended; a row that is not open any more is yielded as it is.

    Call it within `sending_alone`. A DeliveryError of the way goes through: that row and the next stay as they were.
    """
    for entry in entries:
        frozen = _read(connection, entry.id)
        if frozen is not None:
            claim = partial(_claim, connection, frozen, clock)
            ending = way(entry.sender, entry.recipient, frozen.message, claim)
            if ending is not None:
                _settle(connection, entry, *ending, clock())
        yield get(connection, entry.id)


class _Frozen(NamedTuple):
    """The bytes of a row as they were read."""

    id: int
    head: bytes
    digest: str
    data: bytes

    @property
    def message(self) -> bytes:
        """The whole message."""
        return self.head + b"\r\n\r\n" + self.data


def _read(connection: sqlite3.Connection, id: int) -> _Frozen | None:
    """Return the bytes of an open row; None when the row is not open."""
    row = connection.execute(
        "SELECT id, head, digest, data FROM outbox JOIN outbox_bodies ON digest = body"
        " WHERE id = ? AND state IN (?, ?)",
        (id, *_OPEN),
    ).fetchone()
    return _Frozen(*row) if row else None


def _claim(connection: sqlite3.Connection, frozen: _Frozen, clock: Clock) -> bool:
    """Put on disk that these bytes are on their way; False when another process has taken or changed the row."""
    with transaction(connection):
        done = connection.execute(
            "UPDATE outbox SET state = 'sending', changed_at = ?"
            " WHERE id = ? AND state IN (?, ?) AND head = ? AND body = ?",
            (_text(clock()), frozen.id, *_OPEN, frozen.head, frozen.digest),
        )
    return done.rowcount == 1


def _settle(connection: sqlite3.Connection, entry: Entry, state: Ending, reply: str, now: datetime) -> None:
    """Write how an attempt ended; what is put off for too long has failed."""
    due_at = None
    if state == "retry":
        pause = min(FIRST_PAUSE * 2 ** min(entry.attempts, 10), LONGEST_PAUSE)
        due_at = _text(now + pause)
        if now - datetime.fromisoformat(entry.queued_at) > PATIENCE:
            state, due_at, reply = "failed", None, f"put off for {PATIENCE.days} days, last: {reply}"
    with transaction(connection):
        connection.execute(
            "UPDATE outbox SET state = ?, attempts = attempts + 1, reply = ?, changed_at = ?, due_at = ? WHERE id = ?",
            (state, reply, _text(now), due_at, entry.id),
        )
        if state == "sent":
            _forget_bodies(connection)


def _forget_bodies(connection: sqlite3.Connection) -> None:
    """Drop the bodies of which every message has been sent: they are megabytes, and nobody will ask for them."""
    connection.execute(
        "DELETE FROM outbox_bodies WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE body = digest AND state != 'sent')"
    )


def _text(moment: datetime) -> str:
    """Return an instant as it is stored: UTC, RFC 3339, to the microsecond, so that texts sort as instants."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
