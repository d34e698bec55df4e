"""The ways out that need no server, and where a password comes from."""

import stat
import sys
from pathlib import Path

import pytest

from briefing.deliver import ways
from briefing.deliver._password import find_password
from briefing.deliver.ways import Receipt
from briefing.errors import DeliveryError, UsageError
from briefing.settings import Mail

MESSAGE = b"Message-ID: <briefing.1@example.org>\r\nTo: ann@example.org\r\n\r\nHello.\r\n"


def send(way: str, message: bytes = MESSAGE, claim: bool = True) -> Receipt | None:
    with ways.connect(Mail(smtp=way), lambda: "") as deliver:
        return deliver("me@example.org", "ann@example.org", message, lambda: claim)


@pytest.fixture
def sendmail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program called sendmail into the path: it keeps what it gets and ends as a file beside it says."""
    program = tmp_path / "bin" / "sendmail"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, sys\n"
        "folder = pathlib.Path(__file__).parent\n"
        "(folder / 'arguments').write_text(' '.join(sys.argv[1:]))\n"
        "(folder / 'message').write_bytes(sys.stdin.buffer.read())\n"
        "end = folder / 'end'\n"
        "exec(end.read_text() if end.exists() else '')\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def test_sendmail_gets_the_message_and_who_it_is_for(sendmail: Path) -> None:
    assert send("sendmail:") == Receipt("sent", f"taken by {sendmail}")
    assert (sendmail.parent / "arguments").read_text() == "-i -f me@example.org -- ann@example.org"
    assert (sendmail.parent / "message").read_bytes() == MESSAGE.replace(b"\r\n", b"\n")
    assert ways.check(Mail(smtp="sendmail:"), lambda: "") == f"{sendmail} is there"


@pytest.mark.parametrize(
    ("end", "state", "told"),
    [
        ("sys.stderr.write('no\\nroom'); sys.exit(75)", "retry", "ended with exit code 75: no room"),
        ("sys.exit(67)", "failed", "ended with exit code 67: it said nothing"),
        ("os.kill(os.getpid(), 9)", "unknown", "was ended by signal 9"),
    ],
)
def test_the_end_of_sendmail_decides(sendmail: Path, end: str, state: str, told: str) -> None:
    (sendmail.parent / "end").write_text(end)

    receipt = send("sendmail:")

    assert receipt == Receipt(state, f"{sendmail} {told}")  # type: ignore[arg-type]


def test_a_machine_without_sendmail_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("briefing.deliver.ways.sendmail._FOLDERS", ())

    with pytest.raises(DeliveryError, match="there is no sendmail on this machine"):
        send("sendmail:")


def test_a_maildir_is_made_and_has_each_message_once(tmp_path: Path) -> None:
    folder = tmp_path / "Mail"

    first, second = send(f"maildir:{folder}"), send(f"maildir:{folder}")
    (file,) = (folder / "new").iterdir()
    file.rename(folder / "cur" / f"{file.name}:2,S")
    third = send(f"maildir:{folder}")

    assert first == Receipt("sent", f"in {folder}")
    assert second == third == Receipt("sent", f"was in {folder} already")
    assert [each.name for each in folder.rglob("*") if each.is_file()] == [f"{file.name}:2,S"]
    assert (folder / "cur" / f"{file.name}:2,S").read_bytes() == MESSAGE.replace(b"\r\n", b"\n")
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o700


def test_a_maildir_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DeliveryError, match="is no maildir and cannot be made one"):
        send(f"maildir:{tmp_path}/file")


def test_a_message_becomes_a_file(tmp_path: Path) -> None:
    receipt = send(f"eml:{tmp_path}")

    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == MESSAGE
    assert file.name.startswith("ann-example.org-")
    assert file.suffix == ".eml"
    assert receipt == Receipt("sent", f"in {file}")


@pytest.mark.parametrize("way", ["sendmail:", "maildir:", "eml:"])
def test_nothing_goes_without_the_claim(way: str, tmp_path: Path, sendmail: Path) -> None:
    address = way if way == "sendmail:" else f"{way}{tmp_path / 'there'}"

    assert send(address, claim=False) is None
    assert not (sendmail.parent / "message").exists()
    assert not [each for each in (tmp_path / "there").rglob("*") if each.is_file()]


@pytest.mark.parametrize("way", ["maildir:", "eml:"])
def test_a_folder_has_to_be_named(way: str) -> None:
    with pytest.raises(UsageError, match="needs a folder"):
        send(way)


@pytest.mark.parametrize("way", ways.names())
def test_each_way_can_be_looked_at_without_sending(way: str, tmp_path: Path, sendmail: Path) -> None:
    if way == "smtp":
        pytest.importorskip("aiosmtpd")
        from tests.deliver.server import Post, serving

        with serving(post := Post()) as port:
            assert "answers, without encryption, no login" in ways.check(Mail(smtp=f"smtp://127.0.0.1:{port}"), str)
        assert post.log == []
    else:
        assert ways.check(Mail(smtp=f"{way}:{'' if way == 'sendmail' else tmp_path / 'there'}"), str)
        assert not (tmp_path / "there").exists()


def test_a_password_comes_from_the_environment_then_the_file_then_the_command(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from the file\nsecond line\n", encoding="utf-8")
    command = (sys.executable, "-c", "print('from the cömmand')")
    mail = Mail(user="ann", password_file=str(tmp_path / "password"), password_command=command)

    assert find_password(mail, {"BRIEFING_MAIL_PASSWORD": "from the environment"}) == "from the environment"
    assert find_password(mail, {}) == "from the file"
    assert find_password(Mail(user="ann", password_command=command), {}) == "from the cömmand"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"password_file": "/no/such/file"}, r"mail\.password_file: /no/such/file: No such file or directory"),
        ({"password_file": "/dev/null"}, "gives no password"),
        ({"password_command": ("/no/such/program",)}, r"mail\.password_command: /no/such/program: No such file"),
        ({"password_command": (sys.executable, "-c", "print('s3cret'); exit(3)")}, "ended with exit code 3"),
        ({"password_command": (sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'\\xff')")}, "no text"),
        ({}, r"no password for ann: set BRIEFING_MAIL_PASSWORD, mail\.password_file or mail\.password_command"),
    ],
)
def test_a_password_that_cannot_be_had_is_said_and_never_shown(keys: dict[str, object], told: str) -> None:
    with pytest.raises((DeliveryError, UsageError), match=told) as caught:
        find_password(Mail(user="ann", **keys), {})  # type: ignore[arg-type]

    assert "s3cret" not in str(caught.value)
