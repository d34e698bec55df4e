"""`briefing send` when something fails: each failure is named, kept, and ends in 5."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deliver.server import USER, Certificates, Post, authenticate, free_port, serving
from tests.send.desk import ANN, BEN, MORNING, Send, configure, parsed, rows


@pytest.mark.parametrize(
    ("replies", "code", "states", "told"),
    [
        (
            {BEN: "550 5.1.1 no"},
            5,
            ["sent", "failed"],
            f"{BEN}: not sent, refused for good: 550 5.1.1 no",
        ),
        ({BEN: "451 4.7.1 greylisted"}, 5, ["sent", "retry"], "tries again from 2026-11-20 07:30 UTC on"),
        ({"MAIL": "451 4.3.0 later"}, 5, ["retry", "retry"], f"{ANN}: not sent yet: 451 4.3.0 later"),
        ({"DATA": "452 4.3.1 no room"}, 5, ["retry", "retry"], f"{ANN}: not sent yet: 452 4.3.1 no room"),
        ({"DATA": "554 5.7.1 spam"}, 5, ["failed", "failed"], f"{ANN}: not sent, refused for good: 554 5.7.1 spam"),
        ({"DATA": "drop"}, 5, ["unknown", "unknown"], f"{ANN}: unknown whether it arrived: "),
    ],
)
def test_each_failure_is_named_kept_and_ends_in_5(
    desk: Path, send: Send, replies: dict[str, str], code: int, states: list[str], told: str
) -> None:
    with serving(Post(**replies)) as port:
        ended, out, err = send(configure(desk, f"smtp://127.0.0.1:{port}", to=(ANN, BEN)))

    assert ended == code
    assert out.count("sent ") == states.count("sent")
    assert told in err
    assert err.count("\n") == 1 + len(states) - states.count("sent")
    assert rows(desk) == [(ANN, states[0]), (BEN, states[1])]


def test_a_server_too_slow_to_confirm_leaves_the_message_unknown(desk: Path, send: Send) -> None:
    post = Post()
    post.seconds = 1

    with serving(post) as port:
        code, out, err = send(configure(desk, f"smtp://127.0.0.1:{port}", "reply_seconds = 0.2"))

    assert (code, out) == (5, "")
    assert "hung up or fell silent before it confirmed (no answer in time); look there, `" in err
    assert rows(desk) == [(ANN, "unknown")]


@pytest.mark.parametrize(
    ("scheme", "options", "lines", "told"),
    [
        pytest.param("smtp+starttls", {}, [], "offers no STARTTLS", id="no STARTTLS"),
        pytest.param("smtp+starttls", {"tls_context": True}, [], "cannot be trusted", id="untrusted certificate"),
        pytest.param("smtp", {"auth_required": True}, [], "wants a login first (530", id="530"),
        pytest.param("smtp", {"authenticator": authenticate}, [f'user = "{USER}"'], "does not let anna in", id="535"),
    ],
)
def test_a_way_that_is_closed_is_one_line_and_keeps_everything_queued(
    desk: Path,
    send: Send,
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    options: dict[str, Any],
    lines: list[str],
    told: str,
) -> None:
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", "wr0ng")
    if options.get("tls_context"):
        options = {"tls_context": certificates.server}

    post = Post()
    with serving(post, auth_require_tls=False, **options) as port:
        code, out, err = send(configure(desk, f"{scheme}://127.0.0.1:{port}", *lines, to=(ANN, BEN)), "-q")

    assert (code, out, post.accepted) == (5, "", [])
    assert err.count("\n") == 1
    assert told in err
    assert err.endswith("; 2 messages wait in the outbox for `briefing send --pending`\n")
    assert rows(desk) == [(ANN, "queued"), (BEN, "queued")]
    assert "wr0ng" not in err


def test_what_an_unreachable_server_left_goes_with_pending(desk: Path, send: Send) -> None:
    port = free_port()
    failed = send(configure(desk, f"smtp://127.0.0.1:{port}"), "-q")
    post = Post()

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}")
        sent, empty, quiet = send(config, "--pending"), send(config, "--pending"), send(config, "--pending", "-q")

    assert failed[0] == 5
    assert "cannot be reached (Connection refused); 1 message waits in the outbox" in failed[2]
    assert sent[:2] == (0, f"sent {ANN} (250 2.0.0 queued as 4F2)\n")
    assert empty == (4, "", "briefing: nothing waits in the outbox\n")
    assert quiet == (4, "", "")
    assert len(post.accepted) == 1


def test_what_was_put_off_waits_until_it_is_due(desk: Path, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(**{ANN: "451 4.7.1 greylisted"})

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}")
        send(config)
        post.replies.clear()
        early = send(config, "--pending")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MORNING + 1800))
        late = send(config, "--pending")

    assert early[:2] == (4, "")
    assert "451 4.7.1 greylisted; `briefing send --pending` tries again from 2026-11-20 07:30 UTC on" in early[2]
    assert late[:2] == (0, f"sent {ANN} (250 2.0.0 queued as 4F2)\n")


def test_what_is_unknown_goes_again_on_request_alone_and_is_the_same_message(desk: Path, send: Send) -> None:
    post = Post(DATA="drop after accepting")

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}")
        send(config)
        post.replies.clear()
        shown, by_itself = send(config), send(config, "--pending")
        retried, twice = send(config, "--retry", "1"), send(config, "--retry", "1")

    assert (shown[0], by_itself[0]) == (5, 4)
    assert "`briefing send --retry 1` sends the same message again" in by_itself[2]
    assert retried[:2] == (0, f"sent {ANN} (250 2.0.0 queued as 4F2)\n")
    assert twice[0] == 2
    assert "nothing goes twice" in twice[2]
    assert len(post.accepted) == 2
    assert post.accepted[0] == post.accepted[1]


def test_a_pdf_that_cannot_be_made_is_no_mail_without_it(
    desk: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.errors import RenderError

    def fail(*_: object) -> bytes:
        raise RenderError("Pango was not found")

    monkeypatch.setattr("briefing.pipeline.render", fail)
    code, _, err = send(configure(desk, "eml:mail", attach=("pdf",)))

    assert code == 5
    assert err == "briefing: pdf: Pango was not found; nothing was sent, `--attach md` sends without it\n"
    assert not (desk / "mail").exists()


def test_a_full_disk_is_one_line_and_sends_nothing(desk: Path) -> None:
    post = Post()

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}", attach=("html", "json"))
        done = subprocess.run(
            [sys.executable, "-m", "briefing", "send", config],
            capture_output=True,
            text=True,
            preexec_fn=small_files,
            check=False,
        )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert f"{desk}/data/briefing/archive.db: " in done.stderr
    assert post.accepted == []


@pytest.mark.needs("unshare")
def test_a_disk_without_room_is_one_line_and_sends_nothing(desk: Path) -> None:
    (desk / "data").mkdir()
    post = Post()
    script = 'mount -t tmpfs -o size=120k none "$1" && shift && exec "$@"'

    with serving(post) as port:
        config = configure(desk, f"smtp://127.0.0.1:{port}", attach=("html", "json", "md"))
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(desk / "data")]
        done = subprocess.run(
            [*command, sys.executable, "-m", "briefing", "send", config], capture_output=True, text=True, check=False
        )

    if "unshare" in done.stderr or "mount:" in done.stderr:
        # Not a skip: no package mends what a kernel forbids, as in a chroot and in most containers.
        pytest.xfail(f"no file system of one's own here: {done.stderr.strip()}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"briefing: {desk}/data/briefing/archive.db: the disk is full; ")
    assert done.stderr.count("\n") == 1
    assert post.accepted == []


@pytest.mark.slow
def test_a_pdf_of_forty_megabytes_arrives_whole_or_is_refused_in_a_line(
    desk: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = b"%PDF-1.7\n" + os.urandom(40_000_000)
    monkeypatch.setattr("briefing.pipeline.render", lambda *_: pdf)
    small, large = Post(), Post()

    with serving(small) as port:
        refused = send(configure(desk, f"smtp://127.0.0.1:{port}", attach=("pdf",)))
    with serving(large, data_size_limit=0) as port:
        sent = send(configure(desk, f"smtp://127.0.0.1:{port}"), "--retry", "1")

    assert refused[0] == 5
    assert "takes messages of 33.6 MB, and this one has 54." in refused[2]
    assert (sent[0], small.accepted) == (0, [])
    attached = [part.get_payload(decode=True) for part in parsed(large.accepted[0].data).iter_attachments()]
    assert attached[-1] == pdf
