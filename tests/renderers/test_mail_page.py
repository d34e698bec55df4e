"""The page of a mail: small enough for many stories, and right where it is read from right to left."""

from msgspec.structs import replace

from briefing.models import Briefing
from briefing.renderers._mail import mail_readings
from briefing.renderers._templates import find_template
from tests.renderers.conftest import load
from tests.renderers.pages import Page

STORY = 2300  # bytes; 30 stories fit into what mail programs show


def html_of(briefing: Briefing) -> str:
    return mail_readings(briefing, find_template("email"), None).html


def test_a_story_takes_little_room() -> None:
    day = load("day")
    more = replace(day, sections=tuple(replace(each, stories=each.stories * 5) for each in day.sections))
    further = sum(len(section.stories) for section in more.sections) - sum(len(each.stories) for each in day.sections)

    assert (len(html_of(more).encode()) - len(html_of(day).encode())) / further <= STORY


def test_points_are_a_list_and_numbers_that_differ_stand_side_by_side() -> None:
    page = Page(html_of(load("day")).replace("<!--[if mso]>", "<!--"))

    assert sum(tag == "li" for tag, _ in page.elements) == 9
    assert "14Harbor Post" in "".join(page.text.split("\n"))


def test_an_arabic_mail_runs_from_right_to_left() -> None:
    elements = Page(html_of(load("arabic")).replace("<!--[if mso]>", "<!--")).elements

    assert ("html", {"lang": "ar", "dir": "rtl"}) in elements
    assert any(tag == "td" and each.get("align") == "right" for tag, each in elements)
    assert any(tag == "li" and each.get("dir") == "ltr" for tag, each in elements)


def test_a_story_that_runs_the_other_way_stands_at_its_own_side() -> None:
    elements = Page(html_of(load("arabic")).replace("<!--[if mso]>", "<!--")).elements
    foreign = [(tag, each) for tag, each in elements if each.get("dir") == "ltr"]

    assert {tag for tag, _ in foreign} >= {"h3", "p", "li"}
    assert all("left" in (each.get("align") or each.get("style") or "") for _, each in foreign)


def test_headings_go_down_one_step_at_a_time() -> None:
    day = load("day")
    flat = replace(day, sections=tuple(replace(each, title="") for each in day.sections))

    for briefing, headings in [(day, {"h1", "h2", "h3"}), (flat, {"h1", "h2"})]:
        tags = Page(html_of(briefing).replace("<!--[if mso]>", "<!--")).tags
        assert {tag for tag in tags if tag in {"h1", "h2", "h3", "h4"}} == headings
