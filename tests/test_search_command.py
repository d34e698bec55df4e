"""`briefing search`: what is printed where, and what a program gets."""

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.archive import articles
from briefing.archive._database import open_archive, transaction
from briefing.cli import cli
from briefing.commands.search import LONGEST
from briefing.models import Document
from tests.archive.test_searching import print_lines

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
FERRY = Document(
    id="https://example.org/ferry",
    url="https://example.org/ferry",
    title="Ferry sinks off Calder",
    text="Rain fell all night.\n\nThe ferry Alda sank off Calder on Saturday. A ferry is slow.",
    source="The Herald",
    published="2026-11-21T20:00:00Z",
)
RATES = Document(
    id="notes/rates.txt", path="notes/rates.txt", text="The bank cut its rates.\x1b[2J The ferry bank stays."
)


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.chdir(tmp_path)
    with open_archive() as connection:
        with transaction(connection):
            articles.add_articles(connection, [FERRY, RATES], origin="feed", now=NOW)
        print_lines(connection, 1, "2026-11-22", [("1.1", FERRY.id, "The ferry Alda sank off Calder on Saturday.", 22)])


def search(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["search", *arguments], catch_exceptions=False)


def test_a_pipe_gets_plain_text() -> None:
    result = search("ferry", "calder")

    assert result.stdout == (
        "Ferry sinks off Calder\n"
        "The Herald · 2026-11-21 · https://example.org/ferry · printed 2026-11-22 (1.1)\n"
        "  The ferry Alda sank off Calder on Saturday.\n"
    )
    assert result.exit_code == 0


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    result = search("bank rates")

    assert (
        result.stdout
        == "notes/rates.txt\n2026-11-22 · notes/rates.txt\n  The bank cut its rates.\ufffd[2J The ferry bank stays.\n"
    )


def test_a_program_gets_offsets_into_the_text() -> None:
    (record,) = map(json.loads, search("--json", "ferry", "sank").stdout.splitlines())

    assert record.pop("score") > 0
    sentence = record.pop("sentence")
    assert (
        FERRY.text[sentence["start"] : sentence["end"]]
        == sentence["text"]
        == "The ferry Alda sank off Calder on Saturday."
    )
    assert [FERRY.text[start:end] for start, end in record.pop("hits")] == ["ferry", "sank", "ferry"]
    assert record == {
        "id": FERRY.id, "title": FERRY.title, "source": FERRY.source, "url": FERRY.url, "path": None,
        "published": FERRY.published, "received_at": "2026-11-22T07:00:00Z", "language": None,
        "printed": [{"date": "2026-11-22", "profile": "", "lines": ["1.1"]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["submarine"], ["ferry", "--source", "post"], ["ferry", "--since", "2026-11-23"]]
)
def test_nothing_found_is_said_and_is_exit_code_4(arguments: list[str]) -> None:
    result = search(*arguments)

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "briefing: nothing found in the archive\n"
    assert search(*arguments, "-q").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["ferry", "-bank"], ["Ferry sinks off Calder"]),
        (["ferry", '-"bank cut"', "-n1"], ["Ferry sinks off Calder"]),
        (["ferry bank"], ["notes/rates.txt"]),
        (["ferry", "sank off"], ["Ferry sinks off Calder"]),
        (['"bank cut"'], ["notes/rates.txt"]),
        (["fer*", "--since", "8h"], ["notes/rates.txt"]),
        (["ferry", "--since", "1d", "--source", "herald"], ["Ferry sinks off Calder"]),
    ],
)
def test_words_options_and_phrases_narrow_what_is_found(arguments: list[str], titles: list[str]) -> None:
    result = search(*arguments)

    assert [block.split("\n")[0] for block in result.stdout.split("\n\n")] == titles


def test_more_hits_than_asked_for_are_told() -> None:
    result = search("ferry", "-n", "1")

    assert result.stdout.count("·") == 3
    assert result.stderr == "briefing: there is more; `-n 2` shows it\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-bank"], "nothing to look for in '-bank'; give a word or a \"phrase\" that shall be found"),
        (
            ["ferry", "--since", "soon"],
            "--since 'soon': give hours, days or weeks (24h, 7d, 2w) or a date (2026-11-22)",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(arguments: list[str], message: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "search", *arguments], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"briefing: {message}\n")


def test_long_sentences_are_cut_around_their_words() -> None:
    text = "so it was " * 100 + "that the kestrel " + "came to be " * 100 + "."
    with open_archive() as connection, transaction(connection):
        articles.add_articles(connection, [Document(id="long", text=text)], origin=None, now=NOW)

    line = search("kestrel").stdout.splitlines()[-1].strip()

    assert "the kestrel came" in line
    assert line.startswith("…")
    assert line.endswith("…")
    assert len(line) == LONGEST + 2


def test_a_terminal_gets_bold_titles_and_words_and_lines_that_fit(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "40", "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", "search", "calder on"], stdout=slave, env=environment, close_fds=True
    ) as process:
        os.close(slave)
        assert process.wait() == 0
        shown = os.read(master, 10_000).decode().replace("\r\n", "\n")
    os.close(master)

    assert shown.startswith("\x1b[1mFerry sinks off Calder\x1b[0m\n\x1b[2mThe Herald")
    assert shown.endswith("  The ferry Alda sank off \x1b[1mCalder\x1b[0m \x1b[1mon\x1b[0m\n  Saturday.\n")
