"""Commands of the user's own, run once the files of an issue are on disk."""

from pathlib import Path

import pytest

from tests.test_cli import ARTICLE, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def built(folder: Path, hooks: str, *options: str) -> tuple[int, str, str]:
    (folder / "my.toml").write_text(f"[hooks]\nafter = {hooks}\n", encoding="utf-8")
    return run("build", "bridge.txt", "--date", "2026-11-22", "-f", "md", "-c", "my.toml", *options, cwd=folder)


def test_hook_gets_the_file_that_was_written(folder: Path) -> None:
    code, out, err = built(folder, '[["cp", "{md}", "copied to {me}.md"]]')

    assert code == 0, err
    assert (folder / "copied to {me}.md").read_bytes() == (folder / "out/briefing-2026-11-22.md").read_bytes()
    assert out == "out/briefing-2026-11-22.md\n"


def test_hook_runs_no_shell(folder: Path) -> None:
    built(folder, '[["echo", "$(touch owned)", ";", "touch", "owned"]]')

    assert not (folder / "owned").exists()


def test_hook_prints_to_stderr(folder: Path) -> None:
    _, out, err = built(folder, '[["echo", "uploaded"]]')

    assert "uploaded" not in out
    assert "uploaded\n" in err


@pytest.mark.parametrize(
    ("hook", "reason"),
    [
        ('["false"]', "hook false: ended with exit code 1"),
        ('["no-such-command"]', "hook no-such-command: did not start: No such file or directory"),
        ('["cp", "{pdf}", "x"]', "hook cp: no file for {pdf} was written"),
    ],
)
def test_hook_that_fails_is_named_and_the_next_one_runs(folder: Path, hook: str, reason: str) -> None:
    code, _, err = built(folder, f'[{hook}, ["touch", "ran"]]')

    assert code == 3
    assert reason in err
    assert (folder / "ran").exists()


def test_hook_in_the_working_directory_does_not_run(folder: Path) -> None:
    (folder / "briefing.toml").write_text('[hooks]\nafter = [["touch", "owned"]]\n')

    code, _, err = run("build", "bridge.txt", "--date", "2026-11-22", "-f", "md", cwd=folder)

    assert code == 0
    assert "hooks.after is ignored here" in err
    assert not (folder / "owned").exists()
