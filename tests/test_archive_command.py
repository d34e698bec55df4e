"""`briefing archive`: adding, interrupted at any moment; pruning, export and back, the check and its advice."""

import gzip
import json
import os
import pty
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.archive import articles, upkeep
from briefing.archive._database import open_archive, transaction
from briefing.cli import cli
from briefing.commands._archive_add import batches
from briefing.errors import UsageError
from briefing.models import Document
from tests.archive.test_articles import DOCUMENTS

# Imports everything once; for each line "SECONDS FILE" it lets a child add the file and kills it after that time.
NURSERY = """
import os, signal, sys, time
from briefing.commands.archive import command
import briefing.archive.articles, briefing.commands._archive_add, briefing.intake._reading, briefing.intake.jsonl
import gzip, platformdirs, zoneinfo
for line in sys.stdin:
    seconds, file = line.split()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(command.main(["add", file], standalone_mode=False) or 0)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with an archive of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def archive(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["archive", *arguments], catch_exceptions=False)


def process(*arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "briefing", "archive", *arguments], **options)  # type: ignore[call-overload, no-any-return]


def write_lines(name: str, count: int, first: int = 0) -> None:
    """Write a packed file of short articles."""
    lines = (
        {"id": f"wire-{n}", "title": f"Item {n}", "text": f"The kestrel {n} flew over {n * n}.", "source": "Wire"}
        for n in range(first, first + count)
    )
    Path(name).write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))


def stored() -> tuple[int, int, int, int]:
    """Return the number of articles, of their ids, of their texts, and of hits in the index."""
    with open_archive() as connection:
        assert not list(upkeep.check(connection))
        counts = connection.execute("SELECT count(*), count(DISTINCT id), count(bytes) FROM articles").fetchone()
        hits = connection.execute("SELECT count(*) FROM article_index WHERE article_index MATCH 'kestrel'").fetchone()
    return (*counts, *hits)


def test_all_that_can_be_read_is_added_and_is_no_news(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 3)
    (folder / "letters.mbox").write_bytes(
        b"From a@example.org Mon Nov 16 07:00:00 2026\nSubject: Kestrels\nDate: Mon, 16 Nov 2026 07:00:00 +0000\n\n"
        b"The kestrel was seen over the harbour on Monday.\n"
    )
    (folder / "old").mkdir()
    (folder / "old" / "a.txt").write_text("A kestrel in a folder.\n")

    result = archive("add", "wire.jsonl.gz", "letters.mbox", "old")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "5 new\n", "")
    assert stored() == (5, 5, 5, 5)
    with open_archive() as connection:
        assert list(articles.arrived(connection, 0)) == []
        origins = {row[0] for row in connection.execute("SELECT DISTINCT origin FROM articles")}
    assert origins == {"wire.jsonl.gz", "letters.mbox", "old"}


def test_what_is_there_is_skipped_and_changed_texts_are_told(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 1200)
    archive("add", "wire.jsonl.gz")
    (folder / "more.jsonl").write_text('{"id": "wire-3", "text": "The kestrel again."}\n{"text": "A new kestrel."}\n')

    again, more = archive("add", "wire.jsonl.gz"), archive("add", "more.jsonl")

    assert (again.exit_code, again.stdout) == (4, "0 new, 1,200 known\n")
    assert (more.exit_code, more.stdout) == (0, "1 new, 1 updated\n")
    assert archive("add", "wire.jsonl.gz", "--lenient", "-q").exit_code == 0
    assert stored() == (1201, 1201, 1201, 1201)


def test_what_cannot_be_read_is_named_and_costs_nothing_else(folder: Path) -> None:
    (folder / "wire.jsonl").write_text('{"text": "A kestrel."}\nnonsense\n{"text": "Another kestrel."}\n')

    some, none = archive("add", "wire.jsonl", "missing.txt"), archive("add", "missing.txt")

    assert (some.exit_code, some.stdout) == (3, "2 new\n")
    assert [line.split(":")[0] for line in some.stderr.splitlines()] == ["wire.jsonl#2", "missing.txt"]
    assert (none.exit_code, none.stderr) == (1, "missing.txt: no such file\n")
    assert none.stdout == ""
    with pytest.raises(UsageError, match="no PATH given"):
        archive("add")


def test_standard_input_is_added() -> None:
    result = CliRunner().invoke(cli, ["archive", "add", "-", "--from", "jsonl"], input='{"text": "A kestrel."}\n')

    assert result.stdout == "1 new\n"


def test_batches_are_bounded_in_number_and_length() -> None:
    short = [Document(id=str(n), text="x") for n in range(1001)]
    long = [Document(id=str(n), text="x" * 3_000_000) for n in range(3)]

    assert [len(batch) for batch in batches(short)] == [500, 500, 1]
    assert [len(batch) for batch in batches(long)] == [2, 1]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_moment_the_archive_is_sound_and_the_rest_is_added(seed: int, folder: Path) -> None:
    parts = [f"{part}.jsonl.gz" for part in range(40)]
    for part, name in enumerate(parts):
        write_lines(name, 1500, first=part * 1000)
    chance, killed, counts, reach = random.Random(seed), 0, [0], 0.06  # seconds; more where the machine is busy

    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for time in range(1, 101):
            nursery.stdin.write(f"{chance.random() * reach} {chance.choice(parts)}\n")
            killed += nursery.stdout.readline() == f"{-signal.SIGKILL}\n"
            if time % 20 == 0:
                number, *others = stored()
                assert others == [number] * 3
                counts.append(number)
                reach *= 1 if number else 4
        nursery.stdin.close()

    assert killed > 20
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert archive("add", *parts).exit_code == 0
    assert stored() == (40_500,) * 4


@pytest.mark.slow
def test_two_processes_add_and_one_searches_at_once(folder: Path) -> None:
    write_lines("a.jsonl.gz", 6000)
    write_lines("b.jsonl.gz", 6000, first=3000)

    adding = [process("add", name, stdout=subprocess.PIPE) for name in ("a.jsonl.gz", "b.jsonl.gz")]
    while any(each.poll() is None for each in adding):
        search = subprocess.run([sys.executable, "-m", "briefing", "search", "kestrel", "-q"], capture_output=True)
        assert search.returncode in (0, 4), search.stderr
    told = [each.communicate()[0].decode() for each in adding]
    new = sum(int(re.match(r"([\d,]+) new", each)[1].replace(",", "")) for each in told)  # type: ignore[index]

    assert [each.returncode for each in adding] == [0, 0]
    assert new == 9000
    assert stored() == (9000,) * 4


def test_a_disk_that_ends_leaves_what_was_added(folder: Path) -> None:
    """The limit on the size of a file is a disk that is full."""
    write_lines("wire.jsonl.gz", 30_000)
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))\n"
        "from briefing.cli import main; main(['archive', 'add', 'wire.jsonl.gz'])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r"briefing: .*archive\.db: .*is the disk full.*\n", done.stderr), done.stderr
    number, *others = stored()
    assert number >= 500
    assert others == [number] * 3


def test_who_waits_too_long_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines("wire.jsonl.gz", 3)
    monkeypatch.setattr("briefing.archive._database.BUSY_SECONDS", 0.1)
    with open_archive() as holder, transaction(holder):
        result = CliRunner().invoke(cli, ["archive", "add", "wire.jsonl.gz"])

    assert "archive.db: another process has been writing" in str(result.exception)


def test_a_terminal_sees_how_far_it_is_and_keeps_only_the_verdict(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 15_000)
    master, slave = pty.openpty()
    with process("add", "wire.jsonl.gz", stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm"}) as adding:
        os.close(slave)
        shown = b""
        while piece := _read(master):
            shown += piece
        assert adding.wait() == 0
    os.close(master)

    lines = shown.decode().split("\r")
    assert any(re.fullmatch(r"[\d,]+ new, \d+%, \d+:\d\d left *", line) for line in lines), lines
    assert shown.decode().endswith("\r15,000 new\r\n")


def _read(terminal: int) -> bytes:
    """Return what a terminal shows next, nothing at its end."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=st.lists(DOCUMENTS, max_size=6, unique_by=lambda each: each.id))
def test_an_export_is_taken_back_to_the_letter(
    documents: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = [each for each in documents if any(map(str.isalnum, each.text))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("one")))
        with open_archive() as connection, transaction(connection):
            articles.add_articles(connection, documents, origin="feed", now=NOW)
        exported = archive("export")
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("other")))
        Path("export.jsonl").write_text(exported.stdout)
        if documents:
            assert archive("add", "export.jsonl").stdout == f"{len(documents)} new\n"
        with open_archive() as connection:
            back = list(upkeep.everything(connection))

    assert exported.exit_code == (0 if documents else 4)
    assert [(each.id, each.text, each.title, each.source, each.section) for each in back] == [
        (each.id, each.text, each.title, each.source, each.section) for each in documents
    ]


def test_an_export_keeps_every_fact(folder: Path) -> None:
    document = Document(
        id="https://example.org/a", url="https://example.org/a", text="One.\n\nTwo lines\nof verse.", title="A title",
        source="Herald", published="2026-11-20T07:00:00+01:00", language="de", authors=("Ann", "Ben"), section="World",
    )  # fmt: skip
    with open_archive() as connection, transaction(connection):
        articles.add_articles(connection, [document], origin="feed", now=NOW)

    exported = archive("export").stdout
    with open_archive() as connection, transaction(connection):
        for table in ("texts", "documents", "names"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO article_index (article_index) VALUES ('delete-all')")
    (folder / "export.jsonl").write_text(exported)
    archive("add", "export.jsonl")

    with open_archive() as connection:
        assert list(upkeep.everything(connection)) == [replace(document, path="export.jsonl")]


def test_info_tells_what_is_there(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 1200)
    archive("add", "wire.jsonl.gz")

    shown, record = archive("info").stdout, json.loads(archive("info", "--json").stdout)

    assert re.search(r"^file +\S+archive\.db\nsize +\d{3} KB$", shown, re.MULTILINE)
    assert re.search(r"^articles +1,200, with \d\d KB of text; 1,200 of them backlog", shown, re.MULTILINE)
    assert (record["articles"], record["backlog"], record["issues"], record["last_issue"]) == (1200, 1200, 0, None)
    assert record["file"].endswith("archive.db")


def test_pruning_is_shown_first_and_then_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines("wire.jsonl.gz", 700)
    archive("add", "wire.jsonl.gz")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp()) + 400 * 86_400))
    write_lines("new.jsonl.gz", 5, first=700)
    archive("add", "new.jsonl.gz")

    rehearsed, done, again = (archive("prune", "--older", "52w", *more) for more in (["--dry-run"], [], []))

    assert (rehearsed.exit_code, rehearsed.stdout) == (0, "700 texts would go, 23 KB\n")
    assert (done.exit_code, done.stdout) == (0, "700 texts dropped, 23 KB\n")
    assert (again.exit_code, again.stdout) == (4, "0 texts dropped, 0 B\n")
    assert stored() == (705, 705, 5, 5)
    assert archive("add", "wire.jsonl.gz").stdout == "0 new, 700 known\n"


@pytest.mark.slow
def test_pruning_that_is_killed_leaves_a_sound_archive_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(4)
    write_lines("wire.jsonl.gz", 15_000)
    archive("add", "wire.jsonl.gz")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp()) + 400 * 86_400))

    left = [15_000]
    for _ in range(6):
        pruning = process("prune", "--older", "365d", "-q")
        time.sleep(0.15 + chance.random() * 0.4)
        pruning.kill()
        pruning.wait()
        number, ids, texts, hits = stored()
        assert (number, ids, hits) == (15_000, 15_000, texts)
        left.append(texts)
    archive("prune", "--older", "365d")

    assert left == sorted(left, reverse=True)
    assert stored() == (15_000, 15_000, 0, 0)


@pytest.mark.parametrize("age", ["soon", "365", "-3d", "2025-01-01"])
def test_an_age_that_is_none_is_refused(age: str) -> None:
    result = CliRunner().invoke(cli, ["archive", "prune", "--older", age])

    assert str(result.exception) == f"--older {age!r}: give hours, days or weeks, such as 24h, 365d or 52w"


def test_the_check_says_what_is_wrong_and_mends_it(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 3)
    archive("add", "wire.jsonl.gz")
    sound = archive("check")
    with open_archive() as connection:
        connection.execute("UPDATE texts SET data = x'00' WHERE number = 2")

    damaged, repaired, again = archive("check"), archive("check", "--repair"), archive("check", "-q")

    assert (sound.exit_code, sound.stdout) == (0, "the archive is sound\n")
    assert (damaged.exit_code, damaged.stdout) == (1, "the text of wire-1 is damaged\n")
    assert damaged.stderr == "briefing: `briefing archive check --repair` mends this\n"
    assert (repaired.exit_code, repaired.stdout) == (0, "1 fault found and repaired\nthe archive is sound\n")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")


def test_a_file_of_which_pages_are_lost_is_told_with_the_way_out(folder: Path) -> None:
    write_lines("wire.jsonl.gz", 3000)
    archive("add", "wire.jsonl.gz")
    (file,) = folder.parent.glob("data/briefing/archive.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'texts'").fetchone()
    data = bytearray(file.read_bytes())
    data[(root - 1) * 16_384 + 8 : (root - 1) * 16_384 + 60] = bytes(52)
    file.write_bytes(data)

    done = subprocess.run(
        [sys.executable, "-m", "briefing", "archive", "check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "archive export > FILE" in done.stderr
    assert "Traceback" not in done.stderr
