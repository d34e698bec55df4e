"""Why a story stands where it stands, why two articles are together, and what a story said day by day."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from briefing.archive._database import open_archive
from briefing.archive.issues import Made, commit, prepare
from briefing.models import Briefing
from tests.test_cli import run

FIRE = "A fire destroyed the paper mill at Quarnby on Friday night. No one was hurt, the Quarnby fire brigade said."
AGAIN = (
    "The paper mill at Quarnby burned down on Friday night, and 80 workers have lost their jobs. "
    "The fire brigade said that nobody was hurt."
)
ARREST = (
    "The fire that destroyed the paper mill at Quarnby was set on purpose, police said on Saturday. "
    "Detectives arrested a former night watchman, 43, who is due in court next week."
)
VOTE = "Voters in the valley of Ostrey elected their first mayor in a decade. Turnout reached 71 percent."


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    """A folder with articles and two issues made of them."""
    articles = {
        "gazette.txt": ("Gazette", "2026-11-20T22:10:00Z", "Fire destroys paper mill at Quarnby", FIRE),
        "mirror.txt": ("Mirror", "2026-11-20T23:00:00Z", "Paper mill at Quarnby burns down", AGAIN),
        "copy.txt": ("Echo", "2026-11-20T23:30:00Z", "Quarnby fire", FIRE),
        "vote.txt": ("Gazette", "2026-11-20T20:00:00Z", "Ostrey elects a mayor", VOTE),
    }
    for name, (source, date, title, text) in articles.items():
        (tmp_path / name).write_text(f"Title: {title}\nSource: {source}\nDate: {date}\n\n{text}\n")
    run("build", *articles, "--date", "2026-11-20", "-f", "json", cwd=tmp_path)
    (tmp_path / "arrest.txt").write_text(
        f"Title: Quarnby mill fire was set on purpose, police say\nSource: Mirror\nDate: 2026-11-21\n\n{ARREST}\n"
    )
    run("build", *articles, "arrest.txt", "--date", "2026-11-21", "-f", "json", "--previous", "out", cwd=tmp_path)
    return tmp_path


def test_why_says_what_speaks_for_a_story(issues: Path) -> None:
    code, out, _ = run("why", "1", cwd=issues)

    assert code == 0
    assert "Story 1 of 2, score " in out
    assert "for its independent outlets" in out
    assert (
        "3 articles, 2 independent, 1 reprint; first seen 2026-11-20 22:10, last 2026-11-21, 1 new since yesterday"
        in out
    )
    assert "An update: it goes on from an earlier issue" in out
    assert "Echo: Quarnby fire prints Gazette: Fire destroys paper mill at Quarnby again" in out


def test_why_finds_the_story_of_an_article(issues: Path) -> None:
    by_article, by_number = run("why", "mirror.txt", cwd=issues), run("why", "1", cwd=issues)

    assert by_article == by_number


def test_why_says_that_an_article_had_no_room(issues: Path) -> None:
    run("build", ".", "--date", "2026-11-22", "--max-stories", "1", "-f", "json", "-o", "small.json", cwd=issues)

    code, out, _ = run("why", "vote.txt", "--issue", "small.json", cwd=issues)

    assert code == 0
    assert out.startswith("Received, but there was no room")


def test_why_names_the_rule_that_raised_or_muted_an_article(issues: Path) -> None:
    (issues / "rules.toml").write_text(
        'mute = ["+Ostrey !fire"]\n[[sources]]\nname = "Mirror"\nfollow = ["+mill /set on purpose/ => Crime"]\n'
    )
    run("build", ".", "--date", "2026-11-22", "-c", "rules.toml", "-f", "json", "-o", "ruled.json", cwd=issues)

    _, followed, _ = run("why", "1", "--issue", "ruled.json", cwd=issues)
    _, muted, _ = run("why", "vote.txt", "--issue", "ruled.json", cwd=issues)

    assert "1.00 for what you follow (your rule “+mill /set on purpose/ => Crime”)" in followed
    assert muted == "Muted by your rule “+Ostrey !fire”: it is counted, and nothing of it is printed.\n"


def test_why_says_that_a_story_was_below_the_floor_or_its_section_full(issues: Path) -> None:
    (issues / "floor.toml").write_text("edition.floor = 1.4\n")
    (issues / "full.toml").write_text(
        '[[topics]]\nlabel = "Valley"\nwords = ["mill", "valley"]\nmax_stories = 1\n[edition]\nfloor = 0\n'
    )
    for name in ("floor", "full"):
        run("build", ".", "--date", "2026-11-22", "-c", f"{name}.toml", "-f", "json", "-o", f"{name}.json", cwd=issues)

    _, low, _ = run("why", "vote.txt", "--issue", "floor.json", cwd=issues)
    _, full, _ = run("why", "vote.txt", "--issue", "full.json", cwd=issues)

    assert low.startswith("Received, but its story has a score of 1.")
    assert "edition.floor" in low
    assert full.startswith("Received, but the section “Valley” was full")


def test_why_of_something_unknown_says_so_and_exits_with_4(issues: Path) -> None:
    code, out, err = run("why", "nothing.txt", cwd=issues)

    assert (code, out) == (4, "")
    assert err == "briefing: 'nothing.txt': not among the articles of the issue of 2026-11-21\n"


def test_why_of_two_articles_says_what_they_share(issues: Path) -> None:
    _, together, err = run("why", "gazette.txt", "mirror.txt", cwd=issues)
    assert err == ""
    _, apart, _ = run("why", "gazette.txt", "vote.txt", cwd=issues)
    _, copy, _ = run("why", "gazette.txt", "copy.txt", cwd=issues)

    assert "One story." in together
    assert "Quarnby (" in together
    assert "Two stories." in apart
    assert "One prints the text of the other again." in copy


def test_why_of_a_story_number_that_does_not_exist_is_refused(issues: Path) -> None:
    code, out, err = run("why", "99", cwd=issues)

    assert (code, out, err) == (2, "", "briefing: no story 99 in the issue of 2026-11-21\n")


def test_why_of_two_articles_knows_the_corrections_of_the_grouping(issues: Path) -> None:
    (issues / "briefing.toml").write_text('[stories]\nsplit = [["mirror.txt", "gazette.txt"]]\n')

    _, out, _ = run("why", "gazette.txt", "mirror.txt", cwd=issues)

    assert "Two stories.\nThe configuration says so" in out


def test_why_of_two_articles_that_are_gone_is_refused(issues: Path) -> None:
    for file in issues.glob("*.txt"):
        file.unlink()

    code, _, err = run("why", "1", "2", cwd=issues)

    assert code == 2
    assert "name their folder with --in PATH" in err


def test_timeline_tells_a_story_day_by_day(issues: Path) -> None:
    code, out, _ = run("timeline", "paper mill", "--json", cwd=issues)
    moments = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert [moment["date"][:10] for moment in moments] == sorted(moment["date"][:10] for moment in moments)
    assert {moment["article"] for moment in moments} == {"gazette.txt", "mirror.txt", "arrest.txt"}
    assert moments[-1]["text"].startswith("The fire that destroyed the paper mill")


def test_timeline_finds_issues_of_which_only_the_archive_knows(
    issues: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with open_archive() as connection:
        for file in sorted(issues.glob("out/briefing-*.json")):
            made = Made("", msgspec.json.decode(file.read_bytes(), type=Briefing), 0, 9, ())
            commit(connection, prepare(connection, made), datetime(2026, 11, 22, tzinfo=UTC))
    before = run("timeline", "paper mill", cwd=issues)

    for file in issues.glob("out/*"):
        file.unlink()
    after = run("timeline", "paper mill", cwd=issues)

    assert before == after
    assert after[0] == 0
    assert after[1].count("[2026-11-2") == 3
    assert run("timeline", "paper mill", "--in", "out", cwd=issues)[0] == 4


def test_timeline_looks_for_whole_words(issues: Path) -> None:
    code, _, _ = run("timeline", "pap", cwd=issues)

    assert code == 4


def test_timeline_that_finds_nothing_exits_with_4(issues: Path) -> None:
    code, out, err = run("timeline", "volcano", cwd=issues)

    assert (code, out) == (4, "")
    assert err == "briefing: nothing found in 2 issues\n"
