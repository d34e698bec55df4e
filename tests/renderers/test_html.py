"""The page: self-contained, sound, and safe from what it prints."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from briefing import renderers
from briefing.models import Briefing
from briefing.renderers._escape import flat
from briefing.renderers._templates import Options
from tests.renderers.conftest import load
from tests.renderers.pages import Page

TEMPLATES = ["daily", "brief", "minimal", "weekly"]


def page_of(briefing: Briefing, template: str = "daily") -> Page:
    return Page(renderers.render(briefing, "html", template).decode())


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_page_needs_nothing_from_outside(briefing: Briefing, template: str) -> None:
    html = renderers.render(briefing, "html", template).decode()
    page = Page(html)

    assert not page.tags & {
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "video",
        "audio",
        "use",
    }
    assert not any(name.startswith("on") or name in {"srcset", "style"} for _, each in page.elements for name in each)
    sources = [(tag, each["src"] or "") for tag, each in page.elements if "src" in each]
    assert all(tag == "img" and re.match("data:image/(jpeg|png);base64,", src) for tag, src in sources)
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_page_is_sound(briefing: Briefing, template: str) -> None:
    page = page_of(briefing, template)

    assert page.unclosed == []
    assert len(page.ids) == len(set(page.ids))
    assert not any(" " in id for id in page.ids)


@pytest.mark.parametrize("template", TEMPLATES)
def test_links_lead_to_the_web_or_to_a_place_of_the_page(briefing: Briefing, template: str) -> None:
    page = page_of(briefing, template)

    for link in page.links:
        assert re.match(r"https?://|mailto:", link) or link[1:] in page.ids


def test_every_line_is_found_whole_at_its_anchor(briefing: Briefing) -> None:
    page = page_of(briefing)

    for section in briefing.sections:
        for story in section.stories:
            for line in story.lines or ():
                anchor = "s" + "".join(line.id.split())
                assert page.texts[anchor].startswith(flat(line.text))


def test_a_line_links_to_its_sentence_on_the_web() -> None:
    page = page_of(load("day"))

    assert "https://northwire.example/a/991#:~:text=Two%20thousand%20homes%20have%20no%20electricity." in page.links


def test_with_full_texts_a_line_links_to_its_sentence_in_the_appendix() -> None:
    briefing = load("clippings")
    page = page_of(briefing)

    for story in briefing.sections[0].stories:
        for line in story.lines or ():
            if line.start is not None:
                anchor = next(id for id in page.ids if id.endswith(f".{line.start}") and page.texts[id] == line.text)
                assert f"#{anchor}" in page.links
                assert f"#s{line.id}" in page.links


def test_pictures_stand_between_the_paragraphs_with_their_sizes_and_with_words_for_who_cannot_see_them() -> None:
    page = page_of(load("pictures"))
    texts = [
        "caption: The dam at Orrin Vale on",
        "The earth dam above",
        "River level at the Orrin",
        "The railway to Harrow",
    ]

    images = [each for tag, each in page.elements if tag == "img"]

    assert [(each["width"], each["height"]) for each in images] == [("320", "200"), ("300", "180"), ("200", "300")]
    assert [(each["alt"] or "")[:20] for each in images] == [
        "Brown water stands a",
        "Columns that grow fr",
        "Picture from the art",
    ]
    appendix = page.text.partition("The articles in full")[2]
    places = [appendix.index(text.removeprefix("caption: ")) for text in texts]
    assert places == sorted(places)
    assert "<last five days>" in page.text


def test_neighbouring_sentences_of_an_appended_article_keep_the_blank_between_them() -> None:
    page = page_of(load("clippings"))

    assert "every twenty minutes. The city pays 4.1 million" in page.text


def test_headings_go_down_one_step_at_a_time(briefing: Briefing) -> None:
    levels = [int(tag[1]) for tag, _ in page_of(briefing).elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_a_title_pretends_to_be_is_shown_as_text() -> None:
    page = page_of(load("hostile"))

    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert "<img src=x onerror=alert(1)>" in page.text


def test_other_languages_and_directions_are_marked() -> None:
    elements = page_of(load("mixed")).elements
    lines = {each["id"]: (each.get("lang"), each.get("dir")) for _, each in elements if each.get("id", "")}

    assert lines["s1.2"] == ("zh", "ltr")
    assert lines["s2.2"] == ("ar", "rtl")
    assert lines["s4.2"] == (None, None)


def test_disagreeing_numbers_stand_side_by_side_with_a_text_for_the_drawing() -> None:
    briefing = load("day")
    html = renderers.render(briefing, "html").decode()

    assert html.count("<svg") == html.count("<title>") - 1 == html.count('role="img"') - 1
    assert "14" in page_of(briefing).text
    assert "11" in page_of(briefing).text


def test_values_begin_alike_wherever_they_stood_in_their_sentences() -> None:
    day = load("day")
    section = day.sections[0]
    story = section.stories[0]
    first, *others = story.figures[0].values
    figure = replace(story.figures[0], values=(replace(first, value="nine"), *others))
    small = replace(section, stories=(replace(story, figures=(figure,)),))

    assert "Nine" in page_of(replace(day, sections=(small,))).text


def test_reasons_are_marked_as_english_where_the_page_is_not() -> None:
    def marks(name: str) -> list[dict[str, str | None]]:
        problems = load("day").problems
        page = page_of(replace(load(name), problems=problems))
        start = next(n for n, (_, each) in enumerate(page.elements) if each.get("class") == "problems")
        return [each for tag, each in page.elements[start:] if tag == "li"][: len(problems)]

    assert marks("day") == [{}]
    assert marks("arabic") == [{"lang": "en", "dir": "ltr"}]


def test_a_day_in_many_outlets_names_the_first_ones_and_counts_the_others() -> None:
    day = load("day")
    section = day.sections[0]
    story = section.stories[0]
    facts = day.articles[story.articles[0]]
    dates = ["2026-11-20"] * 5 + ["2026-11-21"] * 4 + ["2026-11-22"]
    more = {f"m{n}": replace(facts, source=f"Outlet {n}", published=date) for n, date in enumerate(dates)}
    long = replace(section, stories=(replace(story, articles=tuple(more)),))

    page = page_of(replace(day, sections=(long,), articles={**day.articles, **more}))

    assert "20 November Outlet 0, Outlet 1, Outlet 2 + 2 " in page.text
    assert "21 November Outlet 5, Outlet 6, Outlet 7, Outlet 8 " in page.text


def test_a_headline_as_long_as_a_paragraph_is_set_smaller() -> None:
    day = load("day")
    story = day.sections[0].stories[0]
    title, *lines = story.lines or ()

    def classes(text: str) -> set[str | None]:
        lone = replace(day.sections[0], stories=(replace(story, lines=(replace(title, text=text), *lines)),))
        return {each.get("class") for _, each in page_of(replace(day, sections=(lone,))).elements}

    assert "headline long" in classes("Council " * 20)
    assert "headline long" not in classes("Council " * 9)


@pytest.mark.parametrize(
    ("page", "size"), [(None, "210mm 297mm"), ("letter", "215.9mm 279.4mm"), ("A5", "148mm 210mm")]
)
def test_the_page_prints_on_the_paper_asked_for(page: str | None, size: str) -> None:
    html = renderers.render(load("day"), "html", options=Options(page=page)).decode()

    assert f"@page {{ size: {size};" in html


def luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2.2)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_color_of_text_is_readable_on_its_paper_by_day_and_by_night() -> None:
    html = renderers.render(load("day"), "html").decode()
    day = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", html.partition("@media")[0]))
    night = day | dict(
        re.findall(r"--(\w+): (#[0-9a-f]{6})", html.partition("prefers-color-scheme")[2].partition("}")[0])
    )

    for colors in (day, night):
        for ground in ("paper", "tint"):
            for ink in ("ink", "quiet", "accent"):
                light, dark = sorted([luminance(colors[ink]), luminance(colors[ground])], reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
