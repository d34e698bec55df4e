"""The message: what a mail program reads is what was meant, byte for byte, and nothing slips into its head."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.deliver import _headers
from briefing.deliver._addresses import Address, header_text, parse_address
from briefing.deliver.message import (
    Attachment,
    Body,
    Mailing,
    attachment,
    compose_body,
    compose_head,
    fill_subject,
    message_id,
    parse_unsubscribe,
    safe_name,
)
from briefing.errors import DeliveryError, UsageError

ANN = Address("Ann", "ann", "example.org")
ME = Address("Daily Briefing", "me", "example.org")

MAILING = Mailing(
    issue="2026-11-22 Daily Briefing",
    title="Daily Briefing",
    subject="Daily Briefing, Sunday, 22 November 2026",
    sender=ME,
    reply_to=None,
    date=datetime(2026, 11, 22, 7, 0, tzinfo=UTC),
    unsubscribe=None,
)

HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted", "MIME-Version",
    "Content-Type",
]  # fmt: skip

# What arrives at a mail program: any text that is no control character and no lone surrogate.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)
contents = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=2000)
names = texts.filter(lambda text: not re.search("=\\?|[\u2028\u2029]", text))


def read(head: bytes, body: Body) -> EmailMessage:
    message = message_from_bytes(head + b"\r\n\r\n" + body.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_message_has_the_expected_headers_and_parts() -> None:
    body = compose_body("Text\n", "<p>Page</p>\n", [attachment("briefing-2026-11-22", "pdf", b"%PDF-1.7\r\n\x00")])

    message = read(compose_head(MAILING, body, ANN), body)

    assert message.keys() == HEADERS
    assert message["Date"] == "Sun, 22 Nov 2026 07:00:00 +0000"
    assert message["List-Id"] == "<daily-briefing.example.org>"
    assert message["List-Unsubscribe"] == "<mailto:me@example.org?subject=unsubscribe>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert [part.get_filename() for part in message.iter_attachments()][-1] == "briefing-2026-11-22.pdf"


def test_the_same_issue_gives_the_same_bytes_and_each_reader_a_message_id_of_ones_own() -> None:
    files = [attachment("briefing", "pdf", b"%PDF")]

    first, second = (compose_body("Text", "Page", files) for _ in range(2))

    assert first == second
    assert compose_head(MAILING, first, ANN) == compose_head(MAILING, second, ANN)
    assert message_id(MAILING, ANN) != message_id(MAILING, ME)
    assert message_id(MAILING, ANN) != message_id(MAILING._replace(issue="2026-11-23 Daily Briefing"), ANN)
    assert re.fullmatch(r"<briefing\.[0-9a-f]{32}@example\.org>", message_id(MAILING, ANN))


def test_an_https_address_takes_the_one_click() -> None:
    body = compose_body("", "", [])

    message = read(compose_head(MAILING._replace(unsubscribe="https://example.org/u?x=1&y=2"), body, ANN), body)

    assert message["List-Unsubscribe"].split() == [
        "<https://example.org/u?x=1&y=2>,",
        "<mailto:me@example.org?subject=unsubscribe>",
    ]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@given(
    text=contents, html=contents, data=st.binary(max_size=2000), name=texts, kind=st.sampled_from(["pdf", "md", "json"])
)
def test_whatever_is_in_a_message_is_read_from_it_again(
    text: str, html: str, data: bytes, name: str, kind: str
) -> None:
    files = [attachment(name, kind, data)]

    body = compose_body(text, html, files)

    assert all(len(line) <= 998 for line in body.data.split(b"\r\n"))
    assert b"\n" not in body.data.replace(b"\r\n", b"")
    assert body.data.isascii()
    # compose_body has read it back; the file is looked at from outside once more.
    part = list(read(f"Content-Type: {body.content_type}".encode(), body).iter_attachments())[-1]
    assert part.get_payload(decode=True) == data


@settings(max_examples=50)
@given(names, names, names)
def test_any_harmless_name_is_read_again(subject: str, sender: str, recipient: str) -> None:
    meant = header_text(subject, "subject")
    people = [Address(header_text(name, "").strip('" '), "a", "example.org") for name in (sender, recipient)]
    body = compose_body("", "", [])

    head = compose_head(MAILING._replace(subject=meant, sender=people[0]), body, people[1])

    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    assert read(head, body).keys() == HEADERS


@pytest.mark.parametrize(
    "evil",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\rBcc: b@example.org",
        "a@example.org\u2028Bcc: b@example.org",
        "a@example.org\x85Bcc: b@example.org",
        "a@example.org\x00",
        "=?utf-8?q?x=0D=0ABcc:b=40example.org?= <a@example.org>",
        "a@example.org, b@example.org",
        "a@example.org; b@example.org",
        "<a@example.org> <b@example.org>",
        "a@b@example.org",
        "-Xlog@example.org",
        '"a b"@example.org',
        "a@example..org",
        "a@-example.org",
        "a@",
        "@example.org",
        "",
        "jürgen@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.org",
    ],
)
def test_an_address_that_is_not_one_is_refused_in_one_line(evil: str) -> None:
    with pytest.raises(UsageError, match=r"^--to: ") as caught:
        parse_address(evil, "--to")

    assert "\n" not in str(caught.value)
    assert "\r" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("ann@example.org", "ann@example.org"),
        ("Ann Example <ann@EXAMPLE.org>", "ann@example.org"),
        ('"Example, Ann" <ann@example.org>', "ann@example.org"),
        ("ann+news@mail.example.org.", "ann+news@mail.example.org"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("ann@例え.example", "ann@xn--r8jz45g.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_read(text: str, mailbox: str) -> None:
    assert parse_address(text, "--to").mailbox == mailbox


@pytest.mark.parametrize("evil", ["Day\r\nBcc: a@example.org", "Day\u2028", "=?utf-8?q?x=0D=0ABcc:c?=", "\ud800"])
def test_a_subject_that_could_be_more_is_refused(evil: str) -> None:
    with pytest.raises(UsageError, match="subject"):
        fill_subject("{title}", {"title": evil})


def test_a_subject_is_filled_in_and_reaches_into_nothing() -> None:
    assert fill_subject("{title}: {minutes} min", {"title": "Day {date}", "minutes": "3"}) == "Day {date}: 3 min"
    with pytest.raises(UsageError, match=r"no '{title.__class__}'; there are: {title}"):
        fill_subject("{title.__class__}", {"title": "Day"})


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/olute.pdf", "abs-olute.pdf"),
        (".bashrc", "bashrc"),
        ("a\r\nb\x00.pdf", "a-b-.pdf"),
        ("Ž luťoučký.pdf", "Ž-luťoučký.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
        ("..", "briefing"),
        ("", "briefing"),
    ],
)
def test_a_file_name_is_no_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(name=st.text())
def test_any_file_name_is_safe(name: str) -> None:
    made = safe_name(name)

    assert made
    assert not re.search(r"[/\\\x00-\x1f:\"<>|?*\u2028]|^[.-]|\.\.", made)
    assert len(made) <= 81


@pytest.mark.parametrize(
    "address", ["http://a.example/u", "javascript:x", "https://a.example/<>", "https://a b", "a,b"]
)
def test_an_unsubscribe_address_is_https_or_mailto(address: str) -> None:
    with pytest.raises(UsageError, match=r"mail\.unsubscribe"):
        parse_unsubscribe(address)


def test_a_body_that_comes_out_different_is_not_sent() -> None:
    body = compose_body("Text", "Page", [attachment("briefing", "pdf", b"%PDF")])

    with pytest.raises(DeliveryError, match="came out different"):
        _headers.compare_body(body.content_type, body.data, "Text", "Page", [Attachment("briefing.pdf", "x/y", b"?")])


def test_a_head_with_a_header_too_many_is_not_sent() -> None:
    head = compose_head(MAILING, compose_body("", "", []), ANN)

    with pytest.raises(DeliveryError, match="headers came out as"):
        _headers.compare_head(head + b"\r\nBcc: b@example.org", HEADERS, {})
    with pytest.raises(DeliveryError, match="header subject came out as"):
        _headers.compare_head(head, HEADERS, {"subject": "Another"})
