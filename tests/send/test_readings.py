"""The two readings of a mail: text for the terminal, and HTML that mail programs show whole, in light and dark."""

import re

import msgspec
import pytest

from briefing.models import Briefing, Problem
from briefing.renderers._mail import HTML_BYTES, TEXT_COLUMNS, Readings, mail_readings
from briefing.renderers._templates import find_template
from tests.renderers.conftest import NAMES, load
from tests.renderers.pages import Page


def readings(briefing: Briefing, attached: str | None = "pdf") -> Readings:
    return mail_readings(briefing, find_template("email"), attached)


def many(briefing: Briefing, times: int) -> Briefing:
    """Return the briefing with its stories many times."""
    sections = [msgspec.structs.replace(each, stories=each.stories * times) for each in briefing.sections]
    return msgspec.structs.replace(briefing, sections=tuple(sections))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_sound_and_fetches_nothing(name: str) -> None:
    html = readings(load(name)).html
    page = Page(html.replace("<!--[if mso]>", "<!--").replace("<![endif]-->", "-->"))

    assert page.unclosed == []
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form", "video", "svg", "base"}
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import", style)
    assert not any(name.startswith("on") or name in {"src", "srcset"} for _, each in page.elements for name in each)
    assert not any("url(" in (each.get("style") or "") for _, each in page.elements)
    assert all(re.match("https?:|mailto:", link) for link in page.links)
    assert len(html.encode()) <= HTML_BYTES


def test_the_page_is_one_narrow_column_with_inline_styles_and_a_dark_side() -> None:
    html = readings(load("day")).html
    page = Page(html)

    assert "max-width:600px" in html
    assert "prefers-color-scheme: dark" in html
    body = html.partition("<body")[2]
    assert all(each.get("style") for tag, each in page.elements if tag in {"body", "h1", "h2", "h3", "p"})
    assert all(int(pixels) <= 600 for pixels in re.findall(r"(\d+)px", body))


def test_every_story_of_a_day_stands_in_both_readings() -> None:
    briefing = load("day")
    made = readings(briefing)
    text = " ".join(made.text.split())

    for section in briefing.sections:
        for story in section.stories:
            assert Page(made.html).text.count(story.title) >= 1
            assert story.title in text
    assert all(len(line) <= TEXT_COLUMNS for line in made.text.splitlines() if "://" not in line)
    assert "2026" in made.date


@pytest.mark.parametrize("times", [20, 100])
def test_a_long_issue_ends_before_mail_programs_cut_it_and_says_where_the_rest_is(times: int) -> None:
    briefing = many(load("day"), times)
    made = readings(briefing)

    assert HTML_BYTES * 0.9 < len(made.html.encode()) <= HTML_BYTES
    assert "The rest is in the PDF." in Page(made.html).text
    assert made.text.count(briefing.sections[0].stories[0].title) >= times
    assert "The rest is in the Markdown." in readings(briefing, "md").html
    assert len(readings(briefing, None).html.encode()) > HTML_BYTES


def test_what_follows_the_stories_is_cut_first() -> None:
    briefing = msgspec.structs.replace(load("day"), problems=(Problem("x" * 90, "y" * 300),) * 1000)
    page = Page(readings(briefing).html)

    assert all(story.title in page.text for section in briefing.sections for story in section.stories)
    assert "The rest is in the PDF." in page.text


def test_the_rest_is_named_in_the_language_of_the_issue() -> None:
    assert "Der Rest steht im Anhang (PDF)." in readings(many(load("german"), 100)).html


def test_appended_articles_are_left_to_the_attachment() -> None:
    briefing = load("clippings")
    made = readings(briefing)

    assert any(isinstance(facts.text, str) for facts in briefing.articles.values())
    assert "The articles in full" not in made.text + made.html
    assert not any(link.startswith("#") for link in Page(made.html).links)
