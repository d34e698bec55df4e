"""`briefing init`: five questions or options, and files that say everything and hide nothing."""

import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from briefing import subscriptions
from briefing.commands import _init
from briefing.config import parse_config, read_config
from briefing.errors import UsageError
from briefing.settings import Config
from tests.web.server import serving

Run = Callable[..., subprocess.CompletedProcess[str]]

# What is no default of a key but a switch for another program, or stands in the file to be refused.
NOT_SHOWN = {"mail.password"}


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `briefing init` without a terminal, in a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "briefing", "init", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def uncommented(text: str) -> str:
    """Return the file with every key in force: "# " taken from what is a key or a table."""
    return re.sub(r"^# (?=\w+ = |\[)", "", text, flags=re.MULTILINE)


def keys_of(table: dict[str, object], kind: type, place: str = "") -> set[str]:
    """Return the paths of all keys that a table may have and has not."""
    missing = set()
    for field in msgspec.structs.fields(kind):
        path = f"{place}{field.encode_name}"
        if field.encode_name not in table:
            missing.add(path)
            continue
        value = table[field.encode_name]
        below = next((each for each in _tables(field.type)), None)
        for entry in _entries(value, field.encode_name) if below else ():
            missing |= keys_of(entry, below, f"{path}.") if below else set()
    return missing


def _tables(kind: object) -> list[type]:
    """Return the structs in a type such as `tuple[Topic, ...]`."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [found for each in getattr(kind, "__args__", ()) for found in _tables(each)]


def _entries(value: object, key: str) -> list[dict[str, object]]:
    """Return the tables of a value: itself, the entries of a list, or those that users name."""
    if isinstance(value, list):
        return value
    assert isinstance(value, dict)
    return list(value.values()) if key == "profiles" else [value]


def test_the_file_shows_every_key_and_each_can_be_taken() -> None:
    text = Path(_init.__file__).with_name("_init.toml").read_text(encoding="utf-8")
    table = tomllib.loads(uncommented(text))

    config = parse_config(table, "briefing.toml")

    assert keys_of(table, Config) - NOT_SHOWN == set()
    assert config.profiles["ann"].to == ("ann@example.org",)
    assert parse_config(tomllib.loads(text), "briefing.toml") == Config()


def test_without_a_terminal_nothing_is_asked(init: Run, tmp_path: Path) -> None:
    done = init("--feed", "https://isle.invalid/feed.xml", "--feed", "https://other.invalid/")

    config = read_config(tmp_path / "config" / "briefing" / "briefing.toml")
    assert done.returncode == 0
    assert all(line.endswith("; kept as it is") for line in done.stderr.splitlines())
    assert config.edition.title is None
    assert config.edition.timezone == "Europe/Berlin"
    assert config.edition.minutes == 5
    assert config.output.directory == str(tmp_path / "briefing")
    assert config.mail.to == ()
    feeds = subscriptions.load(tmp_path / "config" / "briefing" / "feeds")
    assert [each.address for each in feeds] == ["https://isle.invalid/feed.xml", "https://other.invalid/"]
    assert "briefing run" in done.stdout
    assert "feeds: 2 feeds" in done.stdout


def test_options_answer_the_questions(init: Run, tmp_path: Path) -> None:
    done = init(
        *("--title", 'The "Morning"', "--timezone", "Asia/Tokyo", "--minutes", "3"),
        *("--topic", "Climate: climate, drought; Sport: football", "--topic", "Harbor"),
        *("--to", "ann@example.org", "--smtp", "smtps://mail.example.org", "-o", "/srv/issues"),
    )

    config = read_config(tmp_path / "config" / "briefing" / "briefing.toml")
    assert done.returncode == 0
    assert (config.edition.title, config.edition.timezone, config.edition.minutes) == ('The "Morning"', "Asia/Tokyo", 3)
    assert [(topic.label, topic.words) for topic in config.topics] == [
        ("Climate", ("climate", "drought")),
        ("Sport", ("football",)),
        ("Harbor", ("Harbor",)),
    ]
    assert (config.mail.to, config.mail.sender) == (("ann@example.org",), "ann@example.org")
    assert config.mail.smtp == "smtps://mail.example.org"
    assert config.output.directory == "/srv/issues"


def test_mail_without_a_way_out_waits_as_a_comment(init: Run, tmp_path: Path) -> None:
    done = init("--to", "ann@example.org", "--yes")

    text = (tmp_path / "config" / "briefing" / "briefing.toml").read_text(encoding="utf-8")
    assert read_config(tmp_path / "config" / "briefing" / "briefing.toml").mail.to == ()
    assert '# to = ["ann@example.org"]' in text
    assert "mail to ann@example.org waits for a way out" in done.stdout


def test_nothing_that_is_there_is_overwritten_without_being_told(init: Run, tmp_path: Path) -> None:
    init("--title", "Mine", "--feed", "https://isle.invalid/feed.xml")

    refused = init("--title", "Another", "--feed", "https://other.invalid/feed.xml")
    forced = init("--title", "Another", "--feed", "https://other.invalid/feed.xml", "--force")

    place = tmp_path / "config" / "briefing"
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"briefing: {place / 'briefing.toml'} is there already; --force replaces it")
    assert forced.returncode == 0
    assert read_config(place / "briefing.toml").edition.title == "Another"
    assert [each.address for each in subscriptions.load(place / "feeds")] == [
        "https://isle.invalid/feed.xml",
        "https://other.invalid/feed.xml",
    ]


def test_the_configuration_can_stand_elsewhere(init: Run, tmp_path: Path) -> None:
    here, named = init("--here"), init("-c", "own/my.toml", "--feed", "https://isle.invalid/feed.xml")

    assert (here.returncode, named.returncode) == (0, 0)
    assert read_config(tmp_path / "briefing.toml").output.directory == "out"
    assert read_config(tmp_path / "own" / "my.toml").output.directory == str(tmp_path / "own" / "out")
    assert (tmp_path / "own" / "feeds").exists()
    assert "briefing run -c own/my.toml" in named.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--timezone", "Mars/Olympus"), "no time zone called 'Mars/Olympus'; use a name such as Europe/Berlin"),
        (("--to", "ann"), "mail: 'ann' is no mail address; one looks like ann@example.org"),
        (("--to", "a@example.org", "--smtp", "carrier:pigeon"), "no way out called 'carrier'"),
        (("--feed", "exec:ls"), "exec: lines run commands"),
        (("--topic", ": words"), "topic ': words' has no label"),
        (("--here", "-c", "x.toml"), "--here and --config name two places; give one"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(
    init: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = init(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"briefing: {said}")
    assert done.stderr.count("\n") == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_on_a_terminal_five_questions_are_asked_and_a_slip_is_asked_again(init: Run, tmp_path: Path) -> None:
    said = [
        "Our Morning",
        "Nowhere",
        "Europe/Paris",
        "https://isle.invalid/feed.xml, https://other.invalid/f",
        "",
        "",
        "",
    ]

    shown = on_a_terminal([sys.executable, "-m", "briefing", "init"], said)

    config = read_config(tmp_path / "config" / "briefing" / "briefing.toml")
    assert (config.edition.title, config.edition.timezone) == ("Our Morning", "Europe/Paris")
    assert len(subscriptions.load(tmp_path / "config" / "briefing" / "feeds")) == 2
    assert "no time zone called 'Nowhere'" in shown
    assert re.findall(r"([A-Z][a-z ]+)\?", shown) == [
        "What is it called",
        "Time zone",
        "Time zone",
        "Feeds",
        "Sections by topic",
        "Mail it to",
    ]


def on_a_terminal(command: list[str], answers: list[str]) -> str:
    """Run a command on a terminal of its own, type the answers, and return what it showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(command[0], command)
    os.write(terminal, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown.decode()


def test_topics_are_read_from_a_line() -> None:
    assert _init.parse_topics("") == ()
    assert _init.parse_topics("Climate: climate,  drought ;; Sport") == (
        ("Climate", ("climate", "drought")),
        ("Sport", ("Sport",)),
    )
    with pytest.raises(UsageError):
        _init.parse_topics(": climate")


def test_the_feed_of_a_page_is_found_and_what_has_none_now_is_kept(init: Run, tmp_path: Path) -> None:
    item = "<item><title>One</title><link>https://example.org/1</link><description>One.</description></item>"
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Isle</body></html>'
    with serving({"/": page, "/feed": f"<rss version='2.0'><channel>{item}</channel></rss>"}) as server:
        login = server.url("/none").replace("//", "//ann:secret@")
        done = init("--feed", server.url("/"), "--feed", login, "--yes")

    assert done.returncode == 0
    feeds = subscriptions.load(tmp_path / "config" / "briefing" / "feeds")
    assert [each.address for each in feeds] == [server.url("/feed"), login]
    assert f"{server.url('/')}: its feed is {server.url('/feed')}\n" in done.stdout
    assert done.stderr == f"{server.url('/none')}: the server answers 404 Not Found; kept as it is\n"


def test_a_host_is_an_address_of_the_web_and_a_path_is_kept_whole(init: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()

    assert init("--feed", "nowhere.invalid", "--feed", "letters", "--yes").returncode == 0

    feeds = subscriptions.load(tmp_path / "config" / "briefing" / "feeds")
    assert [each.address for each in feeds] == ["https://nowhere.invalid", str(tmp_path / "letters")]
