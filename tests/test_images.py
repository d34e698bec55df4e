"""`build --images`: the pictures of articles in every form that has any, the same each time."""

import json
from pathlib import Path

import pytest

from tests.intake.test_pictures import PARAGRAPHS, drawing, page, photo, saved
from tests.test_cli import run

PICTURES = ('<figure><img src="page_files/a.jpg" alt="A bridge"><figcaption>Sunday</figcaption></figure>', "")
DAY = ("--date", "2026-11-22")


@pytest.fixture
def news(tmp_path: Path) -> str:
    """A saved page with a photo and a chart."""
    return saved(tmp_path, page(*PICTURES, '<img src="page_files/b.png">'), a_jpg=photo(), b_png=drawing())


def test_pictures_are_appended_with_the_articles_and_rendered_again_from_the_json(news: str, tmp_path: Path) -> None:
    out = tmp_path / "out"

    code, _, err = run("build", news, *DAY, "--images", "-f", "html,json,epub", "-o", f"{out}/")
    stored = json.loads((out / "latest.json").read_text())
    _, again, _ = run("render", str(out / "latest.json"), "-f", "html", "-o", "-")

    assert (code, err.count("picture")) == (0, 0)
    (facts,) = stored["articles"].values()
    assert [(each["type"], each["alt"], each["caption"]) for each in facts["pictures"]] == [
        ("image/jpeg", "A bridge", "Sunday"),
        ("image/png", "", ""),
    ]
    assert facts["text"][facts["pictures"][1]["place"] :] == PARAGRAPHS[-1]
    html = (out / "latest.html").read_text()
    assert html.count('<img src="data:image/') == 2
    assert again == html


def test_the_same_pages_give_the_same_bytes(news: str, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        run("build", news, *DAY, "--images", "-f", "html,json,epub,md", "-o", f"{tmp_path / name}/")
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})

    assert made[0] == made[1]


def test_a_missing_picture_is_named_in_the_issue_and_on_stderr(news: str, tmp_path: Path) -> None:
    (tmp_path / "page_files" / "a.jpg").unlink()

    code, out, err = run("build", news, *DAY, "--images", "-f", "json", "-o", "-")

    assert code == 3
    assert err.startswith("page_files/a.jpg: a picture of page.html: no such file\n")
    assert json.loads(out)["problems"] == [
        {"input": "page_files/a.jpg", "reason": "a picture of page.html: no such file"}
    ]
    assert len(next(iter(json.loads(out)["articles"].values()))["pictures"]) == 1


def test_without_the_option_a_page_is_as_it_was(news: str) -> None:
    _, out, _ = run("build", news, *DAY, "--full", "-f", "json", "-o", "-")

    assert "pictures" not in next(iter(json.loads(out)["articles"].values()))


def test_the_archive_has_no_pages_to_take_pictures_from() -> None:
    code, _, err = run("build", *DAY, "--images")

    assert code == 2
    assert "--images goes with PATH" in err
