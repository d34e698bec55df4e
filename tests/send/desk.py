"""What every test of `briefing send` needs: a configuration, a look into the outbox, a message taken apart."""

import sqlite3
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases" / "briefings"
ANN, BEN = "ann@example.org", "ben@example.org"
MORNING = 1795158000  # 2026-11-20 07:00 UTC

Answer = tuple[int, str, str]
Send = Callable[..., Answer]


def configure(desk: Path, smtp: str, *lines: str, to: tuple[str, ...] = (ANN,), attach: tuple[str, ...] = ()) -> str:
    """Write the configuration and return the option that names it."""
    keys = [
        'from = "Daily Briefing <me@example.org>"',
        f"to = {list(to)}",
        f"smtp = '{smtp}'",
        f"attach = {list(attach)}",
    ]
    (desk / "own.toml").write_text("\n".join(["[mail]", *keys, *lines]))
    return f"--config={desk / 'own.toml'}"


def rows(desk: Path) -> list[tuple[str, str]]:
    """Return recipient and state of each message in the outbox."""
    with sqlite3.connect(desk / "data" / "briefing" / "archive.db") as connection:
        found = connection.execute("SELECT recipient, state FROM outbox ORDER BY id").fetchall()
    connection.close()
    return found


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
