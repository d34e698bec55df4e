"""From a printed line back to its source: verify and trace."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import ARTICLE, run


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """A folder with an article and the issue made of it."""
    (tmp_path / "bridge.txt").write_text(f"Title: The bridge closes\n\n{ARTICLE}", encoding="utf-8")
    code, _, err = run("build", "bridge.txt", "--date", "2026-11-22", "-f", "json", cwd=tmp_path)
    assert code == 0, err
    return tmp_path


def lines_of(briefing: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for section in briefing["sections"] for story in section["stories"] for line in story["lines"]]


def change(issue: Path, number: int, text: str) -> None:
    """Make one line of the stored issue say something else."""
    file = issue / "out" / "latest.json"
    briefing = json.loads(file.read_text(encoding="utf-8"))
    lines_of(briefing)[number]["text"] = text
    file.write_text(json.dumps(briefing), encoding="utf-8")


def test_verify_finds_every_line_in_its_source(issue: Path) -> None:
    code, out, err = run("verify", cwd=issue)

    assert (code, out) == (0, "")
    assert err == "4 of 4 lines stand in their sources to the letter\n"


def test_verify_names_a_line_that_its_source_does_not_print(issue: Path) -> None:
    change(issue, 1, "The city parliament voted.")

    code, out, _ = run("verify", "-q", cwd=issue)

    assert code == 1
    assert out.startswith("1.2: is not what its source prints: The city parliament voted.")


def test_verify_names_a_headline_that_is_no_title(issue: Path) -> None:
    change(issue, 0, "The bridge falls")

    code, out, _ = run("verify", "-q", cwd=issue)

    assert (code, out) == (1, "1.1: is not what its source prints: The bridge falls\n")


def test_verify_tells_a_changed_source_from_a_missing_one(issue: Path) -> None:
    text = (issue / "bridge.txt").read_text(encoding="utf-8")
    (issue / "bridge.txt").write_text(text.replace("9 to 4", "8 to 5"), encoding="utf-8")
    changed = run("verify", "-q", cwd=issue)
    (issue / "bridge.txt").unlink()
    missing = run("verify", "-q", cwd=issue)

    assert (changed[0], missing[0]) == (3, 3)
    assert "its source has changed since" in changed[1]
    assert "its source is not here" in missing[1]


def test_verify_of_an_issue_with_full_texts_needs_no_source(issue: Path) -> None:
    run("build", "bridge.txt", "--date", "2026-11-22", "-f", "json", "--full", cwd=issue)
    (issue / "bridge.txt").unlink()

    code, out, _ = run("verify", cwd=issue)

    assert (code, out) == (0, "")


def test_verify_reads_the_sources_from_another_place(issue: Path) -> None:
    (issue / "moved").mkdir()
    (issue / "bridge.txt").rename(issue / "moved" / "bridge.txt")

    code, _, _ = run("verify", "latest", "moved", cwd=issue)

    assert code == 0


def test_verify_names_a_place_that_is_not_there(issue: Path) -> None:
    code, _, err = run("verify", "latest", "nowhere/", cwd=issue)

    assert code == 3
    assert "nowhere/: no such file" in err


def test_trace_shows_the_paragraph_with_the_line_marked(issue: Path) -> None:
    line = next(
        line
        for line in lines_of(json.loads((issue / "out/latest.json").read_text()))
        if line["text"].startswith("The city council")
    )

    code, out, _ = run("trace", f"2026-11-22/{line['id']}", cwd=issue)

    assert code == 0
    assert out.startswith("The bridge closes\nbridge.txt\n\n**The city council")
    assert "** The vote was 9 to 4." in out
    assert f"characters {line['start']} to {line['end']}" in out


def test_trace_of_a_line_that_was_not_printed_is_refused(issue: Path) -> None:
    code, _, err = run("trace", "9.9", cwd=issue)

    assert code == 2
    assert "no line '9.9' in the issue of 2026-11-22; its last is 1.4" in err
