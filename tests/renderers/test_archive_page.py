"""The archive page: every issue of a folder, safe from what it lists, and filtered by its script."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page as Tab

from briefing.cli import cli
from briefing.renderers import _archive_page
from briefing.renderers._archive_page import Stored
from tests.renderers.browsing import load_axe, mistakes
from tests.renderers.conftest import NAMES, load
from tests.renderers.pages import Page

ARTICLE = "The ferry sank on Sunday. Fifteen people were killed. An inquiry began.\n"


def stored(name: str, date: str, series: str = "briefing", suffixes: tuple[str, ...] = ("html", "json")) -> Stored:
    """Return a stored briefing as the issue of a day."""
    briefing = msgspec.structs.replace(load(name), date=date)
    return Stored(series, briefing, tuple(f"{series}-{date}.{suffix}" for suffix in suffixes))


def page_of(*issues: Stored) -> Page:
    return Page(_archive_page.render(issues).decode())


def build(folder: Path, *options: str) -> str:
    """Build an issue of one article into the folder and return what was said on stderr."""
    article = folder.parent / "article.txt"
    article.write_text(ARTICLE)
    where = [] if "-o" in options else ["-o", f"{folder}/", "-f", "html,json"]
    command = ["build", str(article), *where, *options]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stderr


def test_the_newest_issue_comes_first_and_links_to_its_stories() -> None:
    page = page_of(stored("day", "2026-11-20"), stored("day", "2026-11-22"))

    assert page.text.index("Sunday, 22 November 2026") < page.text.index("Friday, 20 November 2026")
    assert page.links[:2] == ["./briefing-2026-11-22.html", "./briefing-2026-11-22.html#s1"]
    assert "./briefing-2026-11-20.json" in page.links


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_of_a_stored_issue_makes_the_page_of_all_of_it(name: str) -> None:
    whole = stored(name, "2026-11-22")
    head = msgspec.json.decode(msgspec.json.encode(whole.briefing), type=_archive_page.Head)

    assert _archive_page.render([msgspec.structs.replace(whole, briefing=head)]) == _archive_page.render([whole])


def test_issues_of_another_name_stand_under_it() -> None:
    page = page_of(stored("day", "2026-11-22", "foreign"), stored("day", "2026-11-22"))

    assert page.links[0] == "./briefing-2026-11-22.html"
    assert page.texts["name-2"] == "foreign"


def test_an_issue_without_a_page_links_to_what_there_is() -> None:
    page = page_of(stored("day", "2026-11-22", suffixes=("pdf", "json")))

    assert set(page.links) == {"./briefing-2026-11-22.pdf", "./briefing-2026-11-22.json"}


def test_the_page_speaks_the_language_of_the_newest_issue() -> None:
    page = page_of(stored("german", "2026-11-22"), stored("day", "2026-11-20"))

    assert "Alle Ausgaben" in page.text
    assert "Freitag, 20. November 2026" in page.text
    assert ("li", {"lang": "en", "dir": "ltr"}) in page.elements


def test_a_hostile_issue_is_text_alone() -> None:
    html = _archive_page.render([stored("hostile", "2026-11-22", 'a"><script>')]).decode()
    page = Page(html)

    assert [tag for tag, _ in page.elements].count("script") == 1
    assert not any(name.startswith("on") for _, each in page.elements for name in each)
    assert all(link.startswith("./") for link in page.links)


def test_the_same_issues_give_the_same_bytes_in_any_order() -> None:
    issues = [stored(name, f"2026-11-{day}") for day, name in enumerate(NAMES, 10)]

    assert _archive_page.render(issues) == _archive_page.render(issues[::-1])


def test_build_lists_the_issues_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    build(folder, "--date", "2026-11-21")
    (folder / "briefing-2026-11-01.json").write_text("{broken")
    build(folder, "--date", "2026-11-22", "--name", "foreign")

    page = Page((folder / "index.html").read_text())

    assert list(dict.fromkeys(link for link in page.links if link.endswith(".html"))) == [
        "./briefing-2026-11-21.html",
        "./foreign-2026-11-22.html",
    ]


def test_build_of_one_file_writes_no_list(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    build(folder, "-o", str(folder / "issue.json"))

    assert [path.name for path in folder.iterdir()] == ["issue.json"]


def test_a_page_of_somebody_else_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "index.html").write_text("my own page")

    said = build(folder, "--date", "2026-11-22")

    assert "index.html is not a page of ours and stays" in said
    assert (folder / "index.html").read_text() == "my own page"


@pytest.fixture
def archive(tab: Tab, tmp_path: Path) -> Tab:
    """The archive page of three issues, open in the browser."""
    issues = [stored("day", "2026-11-22"), stored("german", "2026-11-21"), stored("hostile", "2026-11-20", "foreign")]
    file = tmp_path / "index.html"
    file.write_bytes(_archive_page.render(issues))
    tab.goto(file.as_uri())
    return tab


def shown(tab: Tab) -> list[str]:
    """Return the headlines that can be seen."""
    return [row.inner_text() for row in tab.locator(".issue li").all() if row.is_visible()]


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_the_script_shows_the_headlines_that_hold_every_word(archive: Tab) -> None:
    archive.fill("#find", "NIGHT  tram")

    assert shown(archive) == ["Night trams return to the whole city after eleven years"]
    assert archive.locator(".issue:visible").count() == 1


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_the_script_finds_an_issue_by_its_date_and_gives_all_back(archive: Tab) -> None:
    every = shown(archive)
    archive.fill("#find", "21 november")
    of_the_day = archive.locator(".issue:visible").count()
    archive.fill("#find", "")

    assert of_the_day == 1
    assert shown(archive) == every


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_the_script_says_when_nothing_is_found(archive: Tab) -> None:
    archive.fill("#find", "xyzzy")

    assert shown(archive) == []
    assert archive.get_by_role("status").inner_text() == "Nothing found."


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_axe_finds_nothing_in_the_archive_page(archive: Tab) -> None:
    load_axe(archive)

    assert mistakes(archive, "light") == []
    assert mistakes(archive, "dark", ["color-contrast"]) == []


@pytest.mark.slow
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [320, 400, 1280])
def test_the_archive_page_never_scrolls_sideways(archive: Tab, width: int) -> None:
    archive.set_viewport_size({"width": width, "height": 800})

    assert archive.evaluate("document.documentElement.scrollWidth") == width
