"""`briefing send` refuses what would go wrong or abroad, in one line, before anything goes."""

import json
from pathlib import Path

import pytest

from tests.deliver.server import Post, serving
from tests.send.desk import ANN, CASES, Send, configure, parsed


@pytest.mark.parametrize("line", ["password = 'hunter2'", "password = 5"])
def test_a_password_in_the_file_is_refused_with_a_hint(desk: Path, send: Send, line: str) -> None:
    code, out, err = send(configure(desk, "smtp://localhost", line))

    assert (code, out) == (2, "")
    assert "a password does not belong in this file" in err
    assert "password_command" in err
    assert "hunter2" not in err


def test_a_password_in_the_address_is_refused_and_not_repeated(desk: Path, send: Send) -> None:
    code, _, err = send(configure(desk, "smtps://me:hunter2@mail.example.org"))

    assert code == 2
    assert "hunter2" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "a@example.org\r\nBcc: b@example.org"),
        ("--to", "a@example.org\u2028"),
        ("--to", "=?utf-8?q?x=0D=0ABcc:b?= <a@example.org>"),
        ("--to", "a@example.org, b@example.org"),
        ("--attach", "../../etc/passwd"),
        ("--pending", "--test", ANN),
        ("--retry", "7"),
        ("yesterday", "--pending"),
    ],
)
def test_wrong_usage_is_one_line_and_sends_nothing(desk: Path, send: Send, arguments: tuple[str, ...]) -> None:
    post = Post()

    with serving(post) as port:
        code, out, err = send(configure(desk, f"smtp://127.0.0.1:{port}"), *arguments)

    assert (code, out) == (2, "")
    assert err.startswith("briefing: ")
    assert err.count("\n") == 1
    assert post.accepted == []


@pytest.mark.parametrize("title", ["Day\r\nBcc: b@example.org", "Day\u2028x", "=?utf-8?q?x=0D=0ABcc:c?="])
def test_an_issue_whose_title_would_be_a_header_is_refused(desk: Path, send: Send, title: str) -> None:
    issue = json.loads((CASES / "day.json").read_bytes())
    (desk / "evil.json").write_text(json.dumps({**issue, "title": title}))

    code, out, err = send(configure(desk, "eml:mail"), "evil.json")

    assert (code, out) == (2, "")
    assert err.startswith("briefing: title: ")
    assert err.count("\n") == 1


def test_an_issue_dated_by_a_path_gets_a_harmless_file_name(desk: Path, send: Send) -> None:
    issue = json.loads((CASES / "day.json").read_bytes())
    (desk / "evil.json").write_text(json.dumps({**issue, "date": "../../../../tmp/x"}))

    code, _, _ = send(configure(desk, "eml:mail", attach=("json",)), "evil.json")

    (file,) = (desk / "mail").iterdir()
    (name,) = [part.get_filename() for part in parsed(file.read_bytes()).iter_attachments() if part.get_filename()]
    assert code == 0
    assert name == "briefing-tmp-x.json"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "no way out: set smtp in [mail]"),
        (["smtp = 'eml:mail'"], "nobody to send from: set from in [mail]"),
        (["smtp = 'eml:mail'", "from = 'me@example.org'"], "nobody to send to: give --to ADDRESS, or set to in [mail]"),
    ],
)
def test_what_is_missing_is_named_by_its_key(desk: Path, send: Send, lines: list[str], told: str) -> None:
    (desk / "own.toml").write_text("\n".join(["[mail]", *lines]))

    options = ["--to", ANN] if not lines else []
    if not lines:
        (desk / "own.toml").write_text("[mail]\nfrom = 'me@example.org'\nattach = []")
    code, out, err = send("-c", str(desk / "own.toml"), *options)

    assert (code, out) == (2, "")
    assert told in err
