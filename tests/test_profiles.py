"""Several readers of the same articles: each gets what is asked for, under a name of its own."""

import json
from pathlib import Path

import pytest

from tests.test_cli import run

ARTICLES = {
    "ferry": "Divers found the ferry that sank off Quarnby in a storm last week. Nobody was on board, the port said.",
    "school": "Teachers from Delmar will open a school of their own in May. The council gave them a building.",
    "tram": "A tram hit the town hall of Ostrey on Friday morning. The driver had fallen asleep, police said.",
}
CONFIG = """
mute = ["ferry"]

[edition]
title = "The Paper"
formats = ["json"]

[output]
directory = "all"

[profiles.ann]
mute = []
follow = ["+school => Schools"]
to = ["ann@example.org"]
edition = { title = "Ann's", length = "1", method = "lead", formats = ["json", "txt"], labels = "de" }

[profiles.ben]
output = { directory = "ben" }
edition = { max_stories = 1 }
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, text in ARTICLES.items():
        (tmp_path / f"{name}.txt").write_text(f"Title: {name.title()}\nDate: 2026-11-22\nSource: {name}\n\n{text}\n")
    (tmp_path / "briefing.toml").write_text(CONFIG)
    return tmp_path


def issue(desk: Path, *options: str, day: str = "2026-11-22") -> tuple[list[str], str]:
    """Build an issue and return its files and what stands on stderr."""
    texts = [f"{name}.txt" for name in ARTICLES]
    code, out, err = run("build", *texts, "--date", day, *options, cwd=desk)
    assert code == 0, err
    return out.splitlines(), err


def stories(desk: Path, file: str) -> dict[str, list[str]]:
    briefing = json.loads((desk / file).read_text())
    return {
        section["title"]: sorted(story["title"] for story in section["stories"]) for section in briefing["sections"]
    }


def lines_of(desk: Path, file: str, role: str) -> list[dict[str, str]]:
    briefing = json.loads((desk / file).read_text())
    stories = [story for section in briefing["sections"] for story in section["stories"]]
    return [line for story in stories for line in story["lines"] if line["role"] == role]


def test_each_reader_gets_an_issue_of_its_own(desk: Path) -> None:
    everybody, ann, ben = (issue(desk, *options)[0] for options in ((), ("--profile", "ann"), ("--profile", "ben")))

    assert everybody == ["all/briefing-2026-11-22.json"]
    assert sorted(ann) == ["all/ann-2026-11-22.json", "all/ann-2026-11-22.txt"]
    assert ben == ["ben/ben-2026-11-22.json"]
    assert stories(desk, everybody[0]) == {"": ["School", "Tram"]}
    assert stories(desk, "all/ann-2026-11-22.json") == {"": ["Ferry", "Tram"], "Schools": ["School"]}
    assert len(*stories(desk, ben[0]).values()) == 1
    assert (desk / "all" / "ann-latest.json").exists()
    assert "22. November 2026" in (desk / "all" / "ann-2026-11-22.txt").read_text()


def test_length_and_method_of_a_profile_hold_unless_they_are_given(desk: Path) -> None:
    issue(desk, "--profile", "ann", "-o", "own.json")
    issue(desk, "--profile", "ann", "-o", "given.json", "-n", "2")

    own, given = (json.loads((desk / f"{name}.json").read_text())["sections"] for name in ("own", "given"))

    assert {len(story["lines"]) for section in own for story in section["stories"]} == {2}
    assert {len(story["lines"]) for section in given for story in section["stories"]} == {3}


def test_a_name_that_is_given_wins_over_the_profile_s(desk: Path) -> None:
    files, _ = issue(desk, "--profile", "ben", "--name", "mine")

    assert files == ["ben/mine-2026-11-22.json"]


def test_what_is_new_is_told_by_the_reader_s_own_issues(desk: Path) -> None:
    """Ann has had the ferry, everybody else has not: it was muted there."""
    issue(desk, day="2026-11-22")
    issue(desk, "--profile", "ann", day="2026-11-22")

    issue(desk, "--profile", "ann", "--previous", "all", "-o", "ann.json", day="2026-11-23")
    (desk / "briefing.toml").write_text(CONFIG.replace('["ferry"]', "[]"))
    issue(desk, "--previous", "all", "-o", "all.json", day="2026-11-23")

    marks = [
        {
            story["title"]: story["mark"]
            for section in json.loads((desk / file).read_text())["sections"]
            for story in section["stories"]
        }
        for file in ("ann.json", "all.json")
    ]
    assert marks == [
        {"Ferry": "continuing", "Tram": "continuing", "School": "continuing"},
        {"Ferry": "new", "Tram": "continuing", "School": "continuing"},
    ]


def test_a_reader_s_first_issue_is_all_new(desk: Path) -> None:
    issue(desk)

    issue(desk, "--profile", "ann", "--previous", "all", "-o", "ann.json", day="2026-11-23")
    issue(desk, "--previous", "all", "-o", "all.json", day="2026-11-23")

    told = [
        {story["mark"] for section in json.loads((desk / file).read_text())["sections"] for story in section["stories"]}
        for file in ("ann.json", "all.json")
    ]
    assert told == [{None}, {"continuing"}]


def test_a_profile_that_does_not_exist_is_refused(desk: Path) -> None:
    code, out, err = run("build", "tram.txt", "--profile", "bob", cwd=desk)

    assert (code, out) == (2, "")
    assert "no profile called 'bob'; there are: ann, ben" in err


def test_a_malformed_rule_ends_the_command_with_its_place(desk: Path) -> None:
    (desk / "briefing.toml").write_text('[profiles.ann]\nmute = ["golf", "/(/"]\n')

    code, out, err = run("build", "tram.txt", cwd=desk)

    assert (code, out) == (2, "")
    assert "briefing.toml: profiles.ann.mute.1: /(/ is no regular expression" in err


def test_the_configuration_is_shown_as_a_profile_sees_it(desk: Path) -> None:
    code, out, _ = run("config", "show", "--profile", "ann", cwd=desk)
    (desk / "shown.toml").write_text(out)
    again = run("config", "show", "-c", "shown.toml", cwd=desk)

    assert code == 0
    assert 'title = "Ann\'s"' in out
    assert 'follow = ["+school => Schools"]' in out
    assert 'to = ["ann@example.org"]' in out
    assert "[profiles." not in out
    assert again == (0, out, "")


def test_the_issue_of_a_reader_can_be_checked_by_its_name(desk: Path) -> None:
    issue(desk)
    issue(desk, "--profile", "ben")
    (line,) = lines_of(desk, "ben/ben-latest.json", "lead")

    code, _, err = run("verify", "--profile", "ben", cwd=desk)
    why, traced = (run(*command, "--profile", "ben", cwd=desk) for command in (("why", "1"), ("trace", line["id"])))
    missing = run("verify", "--profile", "ann", cwd=desk)

    assert (code, err) == (0, "3 of 3 lines stand in their sources to the letter\n")
    assert why[1].splitlines()[1].startswith("Story 1 of 1, ")
    assert f"**{line['text']}**" in traced[1]
    assert (missing[0], missing[2][:27]) == (1, "briefing: no issue of ann i")


def test_what_a_timeline_prints_of_a_reader_s_issue_is_found_by_trace(desk: Path) -> None:
    """The ferry is muted for everybody else, and the line of the same number is another one there."""
    issue(desk)
    issue(desk, "--profile", "ann")
    issue(desk, "--name", "foreign")

    _, found, _ = run("timeline", "ferry", "--json", cwd=desk)
    (moment,) = map(json.loads, found.splitlines())
    traced = run("trace", moment["id"], cwd=desk)
    foreign = run("trace", "foreign/2026-11-22/1.2", cwd=desk)

    assert moment["id"].startswith("ann/2026-11-22/")
    assert (traced[0], f"**{moment['text']}**" in traced[1]) == (0, True)
    assert foreign[0] == 0
    assert run("trace", "bob/2026-11-22/1.2", cwd=desk)[2].startswith("briefing: no issue 2026-11-22 of bob in all/; ")
