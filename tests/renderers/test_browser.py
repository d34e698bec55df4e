"""The page in a browser: accessible by axe-core in both color schemes, no wider than the screen, alone on the wire."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from briefing import renderers
from briefing.models import Briefing
from tests.renderers.browsing import load_axe, mistakes
from tests.renderers.conftest import NAMES, load

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]

TEMPLATES = ["daily", "brief", "minimal", "weekly"]
SAME = ("chinese", "german")  # other words in the elements of day
WIDTHS = [320, 400, 1280]  # CSS pixels; WCAG 2.2, 1.4.10: nothing scrolls sideways from 320 on


def opened(tab: Page, briefing: Briefing, template: str, folder: Path) -> str:
    """Open a briefing's page from disk and return its address."""
    file = folder / "page.html"
    file.write_bytes(renderers.render(briefing, "html", template))
    tab.goto(file.as_uri())
    return file.as_uri()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SAME])
@pytest.mark.parametrize("template", [*TEMPLATES, "email"])
def test_axe_finds_nothing_in_either_scheme(tab: Page, tmp_path: Path, template: str, name: str) -> None:
    opened(tab, load(name), template, tmp_path)
    load_axe(tab)

    assert mistakes(tab, "light") == []
    assert mistakes(tab, "dark", ["color-contrast"]) == []  # a scheme changes colors alone


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", [*TEMPLATES, "email"])
def test_the_page_never_scrolls_sideways(tab: Page, tmp_path: Path, template: str, name: str) -> None:
    opened(tab, load(name), template, tmp_path)

    needed = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        needed[width] = tab.evaluate("document.documentElement.scrollWidth")

    assert needed == {width: width for width in WIDTHS}


def test_the_number_of_a_source_never_stands_alone_on_a_line(tab: Page, tmp_path: Path) -> None:
    """Its line is shared with the end of the sentence: a range over the last letter lies beside it."""
    alone = """() => [...document.querySelectorAll(".reference")].filter(number => {
        const before = number.previousSibling, range = document.createRange();
        const last = before.data.trimEnd().replace(/\\u2060/g, "").length;
        range.setStart(before, last - 1); range.setEnd(before, last);
        return range.getBoundingClientRect().bottom < number.getBoundingClientRect().top;
    }).length"""
    opened(tab, load("mixed"), "daily", tmp_path)
    widths = range(320, 640, 8)

    found = {}
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 800})
        found[width] = tab.evaluate(alone)

    assert found == dict.fromkeys(widths, 0)


def test_the_name_of_a_section_leaves_room_for_the_mark_of_its_first_story(tab: Page, tmp_path: Path) -> None:
    touching = """() => [...document.querySelectorAll(".part-title span")].filter(name => {
        const mark = name.closest(".part").querySelector(".story .mark");
        return mark && mark.getBoundingClientRect().top < name.getBoundingClientRect().bottom;
    }).map(name => name.textContent)"""
    day = load("day")
    names = ["World", "Towns and villages", "Local news from the northern counties and the isles"]
    sections = tuple(replace(day.sections[0], title=name) for name in names)
    tab.set_viewport_size({"width": 1280, "height": 800})

    opened(tab, replace(day, sections=sections), "daily", tmp_path)

    assert tab.locator(".part-title + .story .mark").count() == len(names)
    assert tab.evaluate(touching) == []


def test_no_sentence_ends_with_a_lone_word(tab: Page, tmp_path: Path) -> None:
    """`text-wrap: pretty` sees to it, unless something in the paragraph makes the browser give it up."""
    lone = """() => [...document.querySelectorAll(".lead, .points li")].filter(line => {
        const text = line.firstChild, range = document.createRange();
        const last = text.data.trimEnd().replace(/\\u2060/g, "").lastIndexOf(" ");
        range.setStart(text, last - 1); range.setEnd(text, last);
        const before = range.getBoundingClientRect();
        range.setStart(text, last + 1); range.setEnd(text, last + 2);
        return range.getBoundingClientRect().top >= before.bottom - 2;
    }).length"""
    opened(tab, load("day"), "daily", tmp_path)
    widths = range(480, 1280, 8)

    found = {}
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 800})
        found[width] = tab.evaluate(lone)

    assert found == dict.fromkeys(widths, 0)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_page_asks_for_nothing_but_itself(browser: Browser, tmp_path: Path, template: str) -> None:
    requests: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: requests.append(request.url))

    address = opened(tab, load("hostile"), template, tmp_path)
    tab.wait_for_load_state("networkidle")

    assert requests == [address]


def test_axe_is_heard(tab: Page) -> None:
    """A check of the check: gray on gray is found in the scheme that has it."""
    style = "<style>@media (prefers-color-scheme: dark) { p { color: #222; background: #333 } }</style>"
    tab.set_content(f"<html lang=en><title>x</title>{style}<main><h1>x</h1><p>Gray</p></main>")
    load_axe(tab)

    assert mistakes(tab, "light") == []
    assert [each.partition(":")[0] for each in mistakes(tab, "dark", ["color-contrast"])] == ["color-contrast"]
