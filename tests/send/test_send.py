"""`briefing send` when all is well: what it prints, its exit code, what the outbox holds and the server got."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deliver.server import PASSWORD, USER, Certificates, Post, authenticate, free_port, serving
from tests.send.desk import ANN, BEN, CASES, Send, configure, parsed, rows


def test_an_issue_reaches_each_reader_once(desk: Path, send: Send) -> None:
    post = Post()

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}", to=(ANN, f"Ben <{BEN}>"))
        first, again = send(config), send(config)

    assert first == (
        0,
        f"sent {ANN} (250 2.0.0 queued as 4F2)\nsent {BEN} (250 2.0.0 queued as 4F2)\n",
        f"briefing: mail goes to 127.0.0.1:{port} without encryption\n",
    )
    assert again[:2] == (
        0,
        f"sent {ANN} (before, on 2026-11-20 07:00 UTC)\nsent {BEN} (before, on 2026-11-20 07:00 UTC)\n",
    )
    assert [each.recipients for each in post.accepted] == [[ANN], [BEN]]
    assert [parsed(each.data)["To"] for each in post.accepted] == [ANN, f"Ben <{BEN}>"]
    assert rows(desk) == [(ANN, "sent"), (BEN, "sent")]


def test_the_message_reads_as_the_issue(desk: Path, send: Send) -> None:
    post = Post()

    with serving(post) as port:
        send(configure(desk, f"smtp://127.0.0.1:{port}", attach=("md", "json", "html")), "-q")

    message = parsed(post.accepted[0].data)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert message["Subject"].endswith(", 2026") or "2026" in message["Subject"]
    headline = "Central bank leaves its rate at 3.25 percent for a fourth month"
    assert headline in " ".join(text.get_content().split())
    assert headline in html.get_content()
    assert max(len(line) for line in text.get_content().splitlines() if "https://" not in line) <= 78
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert list(attached) == [f"briefing-2026-11-22.{suffix}" for suffix in ("md", "json", "html")]
    assert json.loads(attached["briefing-2026-11-22.json"]) == json.loads((CASES / "day.json").read_bytes())


def test_encrypted_with_login_and_no_password_anywhere(
    desk: Path, send: Send, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", PASSWORD)
    post = Post()

    options: dict[str, Any] = {"tls_context": certificates.server, "authenticator": authenticate, "auth_required": True}
    with serving(post, **options, require_starttls=True) as port:
        lines = [f'user = "{USER}"', f"ca_file = '{certificates.ca_file}'"]
        code, out, err = send(configure(desk, f"smtp+starttls://127.0.0.1:{port}", *lines))

    assert (code, out, err) == (0, f"sent {ANN} (250 2.0.0 queued as 4F2)\n", "")
    assert len(post.accepted) == 1
    everything = b"".join(file.read_bytes() for file in desk.rglob("*") if file.is_file())
    assert PASSWORD.encode() not in everything


def test_an_international_domain_goes_out_as_servers_know_it(desk: Path, send: Send) -> None:
    post = Post()

    with serving(post) as port:
        code, out, _ = send(configure(desk, f"smtp://127.0.0.1:{port}"), "--to", "ann@straße.example")

    assert (code, post.accepted[0].recipients) == (0, ["ann@xn--strae-oqa.example"])
    assert out.startswith("sent ann@xn--strae-oqa.example ")


def test_a_dry_run_writes_the_message_and_nothing_else(desk: Path, send: Send) -> None:
    code, out, err = send(configure(desk, "smtps://mail.invalid", to=(ANN, BEN)), "--dry-run")

    files = [Path(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [parsed(file.read_bytes())["To"] for file in files] == [ANN, BEN]
    assert all(file.parent == Path("out") and file.suffix == ".eml" for file in files)
    assert not (desk / "data").exists()


def test_a_test_message_tells_whether_mail_goes_out(desk: Path, send: Send) -> None:
    post = Post()

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}", to=())
        sent = send(config, "--test", ANN)
        post.replies["DATA"] = "554 5.7.1 no"
        refused = send(config, "--test", ANN)

    assert sent[:2] == (0, f"sent {ANN} (250 2.0.0 queued as 4F2)\n")
    assert refused[:2] == (5, "")
    assert f"{ANN}: failed: 554 5.7.1 no" in refused[2]
    assert parsed(post.accepted[0].data)["Subject"] == "Test message of briefing"
    assert not (desk / "data").exists()


def test_json_lines_tell_all(desk: Path, send: Send) -> None:
    with serving(Post(**{BEN: "550 5.1.1 no"})) as port:
        code, out, _ = send(configure(desk, f"smtp://127.0.0.1:{port}", to=(ANN, BEN)), "--json")

    records = [json.loads(line) for line in out.splitlines()]
    assert code == 5
    assert [(each["id"], each["recipient"], each["state"], each["reply"]) for each in records] == [
        (1, ANN, "sent", "250 2.0.0 queued as 4F2"),
        (2, BEN, "failed", "550 5.1.1 no"),
    ]


def test_two_processes_send_each_message_once(desk: Path, send: Send) -> None:
    configure(desk, f"smtp://127.0.0.1:{free_port()}", to=tuple(f"r{n}@example.org" for n in range(12)))
    send("-c", "own.toml", "-q")
    post = Post()
    post.seconds = 0.02

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}")
        command = [sys.executable, "-m", "briefing", "send", "--pending", "-q", config]
        others = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        ended = [(*other.communicate(timeout=60), other.returncode) for other in others]

    assert sorted(code for _, _, code in ended) == [0, 4, 4]
    assert [(out, err) for out, err, _ in ended] == [(b"", b"")] * 3
    assert sorted(each.recipients[0] for each in post.accepted) == sorted(f"r{n}@example.org" for n in range(12))
