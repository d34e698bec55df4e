"""SMTP against a real server: how each message ends, and when no message can go at all."""

from pathlib import Path
from typing import Any

import pytest

from briefing.deliver import ways
from briefing.deliver.ways import Receipt
from briefing.errors import BriefingError, DeliveryError, UsageError
from briefing.settings import Mail
from tests.deliver.server import PASSWORD, USER, Certificates, Post, authenticate, free_port, make_certificates, serving

MESSAGE = b"From: me@example.org\r\nTo: ann@example.org\r\n\r\nHello.\r\n.\r\n..two dots\r\n"


def mail(port: int, scheme: str = "smtp", **keys: Any) -> Mail:
    return Mail(smtp=f"{scheme}://127.0.0.1:{port}", **keys)


def send(settings: Mail, *recipients: str, password: str = PASSWORD, message: bytes = MESSAGE) -> list[Receipt | None]:
    with ways.connect(settings, lambda: password) as deliver:
        return [deliver("me@example.org", each, message, lambda: True) for each in recipients or ("ann@example.org",)]


def test_a_message_arrives_byte_for_byte() -> None:
    post = Post()

    with serving(post) as port:
        receipts = send(mail(port))

    assert receipts == [Receipt("sent", "250 2.0.0 queued as 4F2")]
    assert post.accepted == [("me@example.org", ["ann@example.org"], MESSAGE)]


def test_several_messages_take_one_connection_and_one_message_each() -> None:
    post = Post(**{"ben@example.org": "550 5.1.1 no such user"})

    with serving(post) as port:
        receipts = send(mail(port), "ann@example.org", "ben@example.org", "cem@example.org")

    assert [each and each.state for each in receipts] == ["sent", "failed", "sent"]
    assert receipts[1] == Receipt("failed", "550 5.1.1 no such user")
    assert [each.recipients for each in post.accepted] == [["ann@example.org"], ["cem@example.org"]]


@pytest.mark.parametrize(
    ("replies", "ending"),
    [
        ({"MAIL": "451 4.3.0 later"}, Receipt("retry", "451 4.3.0 later")),
        ({"MAIL": "553 5.1.8 no such sender"}, Receipt("failed", "553 5.1.8 no such sender")),
        ({"ann@example.org": "451 4.7.1 greylisted"}, Receipt("retry", "451 4.7.1 greylisted")),
        ({"ann@example.org": "550 5.1.1 no such user"}, Receipt("failed", "550 5.1.1 no such user")),
        ({"DATA": "452 4.3.1 disk full"}, Receipt("retry", "452 4.3.1 disk full")),
        ({"DATA": "554 5.7.1 looks like spam"}, Receipt("failed", "554 5.7.1 looks like spam")),
        ({"DATA": "250 \x1b[31mqueued\x07"}, Receipt("sent", "250 [31mqueued")),
    ],
)
def test_a_reply_decides_how_the_message_ends(replies: dict[str, str], ending: Receipt) -> None:
    with serving(Post(**replies)) as port:
        assert send(mail(port)) == [ending]


@pytest.mark.parametrize("how", ["drop", "drop after accepting"])
def test_a_connection_lost_after_data_leaves_the_message_unknown(how: str) -> None:
    post = Post(DATA=how)

    with serving(post) as port:
        receipts = send(mail(port), "ann@example.org", "ben@example.org")

    assert [each and each.state for each in receipts] == ["unknown", "unknown"]
    assert receipts[0] is not None
    assert "hung up or fell silent before it confirmed" in receipts[0].reply


def test_a_server_that_falls_silent_after_data_leaves_the_message_unknown() -> None:
    post = Post()
    post.seconds = 2

    with serving(post) as port:
        receipts = send(mail(port, reply_seconds=0.2))

    assert receipts[0] is not None
    assert receipts[0].state == "unknown"
    assert "no answer in time" in receipts[0].reply
    assert len(post.accepted) == 1


def test_a_slow_reply_is_waited_for() -> None:
    post = Post()
    post.seconds = 1

    with serving(post) as port:
        assert send(mail(port))[0] == Receipt("sent", "250 2.0.0 queued as 4F2")


def test_the_claim_comes_before_the_message_and_is_obeyed() -> None:
    post = Post()

    with serving(post) as port, ways.connect(mail(port), lambda: "") as deliver:
        taken = deliver("me@example.org", "ann@example.org", MESSAGE, lambda: False)
        log = list(post.log)
        sent = deliver("me@example.org", "ben@example.org", MESSAGE, lambda: True)

    assert taken is None
    assert log == [f"MAIL me@example.org SIZE={len(MESSAGE)}", "RCPT ann@example.org"]
    assert sent is not None
    assert [each.recipients for each in post.accepted] == [["ben@example.org"]]


def test_a_message_too_big_for_the_server_is_not_even_begun() -> None:
    post = Post()

    with serving(post, data_size_limit=1_500_000) as port:
        receipts = send(mail(port), message=b"x" * 2_000_000)

    assert receipts == [Receipt("failed", f"127.0.0.1:{port} takes messages of 1.5 MB, and this one has 2.0 MB")]
    assert post.log == []


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_encrypted_ways_log_in(scheme: str, certificates: Certificates) -> None:
    post = Post()
    tls: dict[str, Any] = {"tls": certificates.server} if scheme == "smtps" else {"tls_context": certificates.server}
    options: dict[str, Any] = {
        **tls,
        "authenticator": authenticate,
        "auth_required": True,
        "auth_require_tls": scheme != "smtps",
    }

    with serving(post, **options) as port:
        settings = mail(port, scheme, user=USER, ca_file=certificates.ca_file)
        receipts = send(settings)
        told = ways.check(settings, lambda: PASSWORD)

    assert receipts[0] is not None
    assert receipts[0].state == "sent"
    assert told == f"127.0.0.1:{port} answers, encrypted, certificate trusted, logged in as {USER}"
    assert len(post.accepted) == 1


def test_login_goes_on_with_the_older_mechanism() -> None:
    options: dict[str, Any] = {
        "authenticator": authenticate,
        "auth_require_tls": False,
        "auth_exclude_mechanism": ["PLAIN"],
    }

    with serving(Post(), **options) as port:
        receipts = send(mail(port, user=USER))

    assert receipts[0] is not None
    assert receipts[0].state == "sent"


def refusal(settings: Mail, password: str = PASSWORD) -> str:
    with pytest.raises(BriefingError) as caught:
        send(settings, password=password)
    assert caught.value.exit_code in (2, 5)
    return str(caught.value)


def test_a_wrong_password_is_said_and_not_repeated() -> None:
    with serving(Post(), authenticator=authenticate, auth_require_tls=False) as port:
        told = refusal(mail(port, user=USER), "wr0ng")

    assert told == f"127.0.0.1:{port} does not let anna in (535 5.7.8); check mail.user and the password"


def test_a_server_without_login_is_said() -> None:
    with serving(Post()) as port:
        assert "offers no login that we know (none)" in refusal(mail(port, user=USER))


def test_a_server_that_wants_a_login_is_said() -> None:
    with serving(Post(), authenticator=authenticate, auth_required=True, auth_require_tls=False) as port:
        assert "wants a login first (530 5.7.0 Authentication required): set user in [mail]" in refusal(mail(port))


def test_starttls_is_never_done_without() -> None:
    post = Post()

    with serving(post) as port:
        told = refusal(mail(port, "smtp+starttls", user=USER))

    assert "offers no STARTTLS, and nothing goes unencrypted unasked" in told
    assert post.log == []


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_an_untrusted_certificate_ends_it(scheme: str, certificates: Certificates) -> None:
    tls: dict[str, Any] = {"tls": certificates.server} if scheme == "smtps" else {"tls_context": certificates.server}

    with serving(Post(), **tls) as port:
        told = refusal(mail(port, scheme, user=USER))

    assert told.startswith(f"the certificate of 127.0.0.1:{port} cannot be trusted (")
    assert "mail.ca_file" in told


def test_a_certificate_for_another_host_ends_it(tmp_path: Path) -> None:
    others = make_certificates(str(tmp_path), "mail.example")

    with serving(Post(), tls=others.server) as port:
        told = refusal(mail(port, "smtps", ca_file=others.ca_file))

    assert "cannot be trusted" in told


def test_tls_at_a_port_without_it_is_said() -> None:
    with serving(Post()) as port:
        assert "speaks no TLS" in refusal(mail(port, "smtps"))


def test_an_unreachable_server_is_said() -> None:
    port = free_port()

    assert refusal(mail(port)) == f"127.0.0.1:{port} cannot be reached (Connection refused)"


def test_an_unknown_host_is_said() -> None:
    assert refusal(Mail(smtp="smtp://no-such-host.invalid")).startswith("no-such-host.invalid:25 cannot be reached (")


def test_a_file_without_certificates_is_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none")

    with serving(Post()) as port:
        assert "mail.ca_file" in refusal(mail(port, "smtps", ca_file=str(tmp_path / "ca.pem")))
        assert "No such file" in refusal(mail(port, "smtps", ca_file=str(tmp_path / "none.pem")))


def test_no_password_goes_out_unencrypted() -> None:
    from briefing.deliver.ways._smtp_login import log_in
    from briefing.deliver.ways._smtp_server import parse_server

    def ask() -> str:
        raise AssertionError("asked for the password")

    with serving(Post(), authenticator=authenticate, auth_require_tls=False) as port:
        import smtplib

        with smtplib.SMTP("127.0.0.1", port) as connection, pytest.raises(DeliveryError, match="unencrypted"):
            log_in(connection, parse_server("smtp://mail.example.org"), USER, ask)


@pytest.mark.parametrize("address", ["smtp:host", "smtp://", "smtps://host/folder", "smtp://host:abc", "smtp://[::1"])
def test_an_address_that_names_no_server_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match=r"mail\.smtp"):
        send(Mail(smtp=address))


def test_a_way_that_does_not_exist_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'maildir'"):
        send(Mail(smtp="mailder:/x"))


def test_without_a_way_its_key_is_named() -> None:
    with pytest.raises(UsageError, match=r"set smtp in \[mail\]"):
        send(Mail())


def test_mail_without_encryption_is_said_aloud() -> None:
    assert (
        ways.caution(Mail(smtp="smtp://mail.example.org:25")) == "mail goes to mail.example.org:25 without encryption"
    )
    assert ways.caution(Mail(smtp="smtps://mail.example.org")) is None
