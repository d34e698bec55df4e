"""An issue from the command to the inbox, through Postfix (TLS, login) and back by Dovecot's IMAP."""

import imaplib
import os
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.deliver.mail_host import DOMAIN, PASSWORD, USER, MailHost, mail_host
from tests.send.desk import Send, configure, parsed

READER = f"{USER}@{DOMAIN}"

# What the host adds above our own head.
ADDED = ["Return-Path", "X-Original-To", "Delivered-To", "Received"]
OWN = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted", "MIME-Version",
    "Content-Type",
]  # fmt: skip


@pytest.fixture(scope="module")
def host() -> Iterator[MailHost]:
    """A running mail host."""
    if os.geteuid() != 0:
        pytest.skip("Postfix is started by root alone")
    with mail_host() as host:
        yield host


def fetch(host: MailHost) -> list[EmailMessage]:
    """Return what is in the inbox, once there is something."""
    for _ in range(100):
        with imaplib.IMAP4("127.0.0.1", host.imap_port) as inbox:
            inbox.login(USER, PASSWORD)
            inbox.select()
            numbers = inbox.search(None, "ALL")[1][0].split()
            if numbers:
                fetched = [inbox.fetch(number.decode(), "(RFC822)")[1][0] for number in numbers]
                return [parsed(each[1]) for each in fetched if isinstance(each, tuple)]
        time.sleep(0.1)
    raise AssertionError((host.folder / "log").read_text())


@pytest.mark.slow
@pytest.mark.needs("postfix")
@pytest.mark.needs("dovecot")
def test_an_issue_arrives_with_its_pdf_byte_for_byte(
    host: MailHost, desk: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", PASSWORD)
    lines = [f'user = "{USER}"', f"ca_file = '{host.ca_file}'"]
    config = configure(desk, f"smtp+starttls://127.0.0.1:{host.smtp_port}", *lines, to=(READER,), attach=("pdf",))
    render = ["render", "out/latest.json", "-f", "pdf,txt", "-o", "out/", "-q"]

    from briefing import cli

    with pytest.raises(SystemExit):
        cli.main(render)
    code, out, err = send(config)
    again, _, _ = send(config)
    (message,) = fetch(host)

    (pdf,) = [part for part in message.iter_attachments() if part.get_filename()]
    text = message.get_body(("plain",))
    assert (code, err, again) == (0, "", 0)
    assert out.startswith(f"sent {READER} (250 2.0.0 Ok: queued as ")
    assert message.keys() == ADDED + OWN
    assert pdf.get_filename() == "briefing-2026-11-22.pdf"
    assert pdf.get_payload(decode=True) == Path("out/briefing-2026-11-22.pdf").read_bytes()
    assert text is not None
    assert text.get_content().split() == Path("out/briefing-2026-11-22.txt").read_text(encoding="utf-8").split()
