"""Files of an issue: whole or not there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.deliver.files import tidy, write_issue
from briefing.errors import BriefingError


def test_write_issue_says_what_it_replaced(tmp_path: Path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "deep" / "b.md"
    old.write_bytes(b"old")

    written = write_issue({old: b"one", new: b"two"})

    assert {each.path: each.replaced for each in written} == {old: True, new: False}
    assert (old.read_bytes(), new.read_bytes()) == (b"one", b"two")


def test_write_issue_puts_the_json_last(tmp_path: Path) -> None:
    written = write_issue({tmp_path / "a.json": b"{}", tmp_path / "a.pdf": b"%PDF"})

    assert [each.path.suffix for each in written] == [".pdf", ".json"]


def test_tidy_removes_what_a_killed_writer_left_and_nothing_else(tmp_path: Path) -> None:
    kept = [".hidden", "latest.json", ".latest.json.bak", "briefing-2026-11-22.md"]
    for name in [*kept, ".latest.json.ab_12cd9", ".briefing-2026-11-22.html.zzzzzzzz"]:
        (tmp_path / name).write_bytes(b"")

    tidy(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_write_issue_that_fails_leaves_the_old_files_alone(tmp_path: Path) -> None:
    good = tmp_path / "a.md"
    good.write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BriefingError, match=r"cannot write .*file"):
        write_issue({good: b"new", tmp_path / "file" / "b.md": b"new"})

    assert good.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "file"]


def test_written_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")

    write_issue({tmp_path / "a.md": b"x"})

    assert (tmp_path / "a.md").stat().st_mode == plain.stat().st_mode


@pytest.mark.slow
def test_killed_writer_leaves_every_file_whole(tmp_path: Path) -> None:
    """A process that rewrites two files without end is killed at many moments; neither file is ever cut."""
    code = (
        "import sys; from pathlib import Path; from briefing.deliver.files import tidy, write_issue\n"
        "folder, n = Path(sys.argv[1]), 0\n"
        "while True:\n"
        "    n += 1; data = bytes([65 + n % 26]) * 400_000\n"
        "    write_issue({folder / 'a.md': data, folder / 'a.json': data})\n"
    )
    for moment in range(12):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
        while not (tmp_path / "a.json").exists():
            time.sleep(0.01)
        time.sleep(0.003 * moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        for name in ("a.md", "a.json"):
            data = (tmp_path / name).read_bytes()
            assert len(data) == 400_000
            assert len(set(data)) == 1
