"""Markdown: readable as it is, and the same text when it is rendered."""

import html
import re

import markdown as python_markdown
import pytest

from briefing import renderers
from briefing.models import Briefing
from briefing.renderers._escape import flat
from briefing.renderers._templates import template_names
from tests.renderers.conftest import load


def shown(text: str) -> str:
    page = python_markdown.markdown(text, extensions=["tables", "sane_lists"])
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("template", ["daily", "brief", "weekly"])
def test_markdown_has_no_trailing_blank_and_no_two_empty_lines(briefing: Briefing, template: str) -> None:
    made = renderers.render(briefing, "md", template).decode()

    assert not re.search(r"[ \t]\n|\n\n\n|^\n", made)
    assert made.endswith("\n")


def test_every_line_is_shown_whole(briefing: Briefing) -> None:
    made = shown(renderers.render(briefing, "md").decode())

    for section in briefing.sections:
        for story in section.stories:
            for line in story.lines or ():
                assert " ".join(flat(line.text).split()) in made


@pytest.mark.parametrize("template", template_names())
def test_rendered_links_lead_to_the_web_or_to_a_place_of_the_page(briefing: Briefing, template: str) -> None:
    page = python_markdown.markdown(renderers.render(briefing, "md", template).decode())

    for link in re.findall(r'href="([^"]*)"', page):
        assert re.match(r"https?://|mailto:", html.unescape(link)) or f'id="{link[1:]}"' in page


def test_a_line_is_a_reference_to_its_sentence() -> None:
    made = renderers.render(load("day"), "md").decode()

    assert "Two thousand homes have no electricity. [³][1.6]" in made
    assert "\n[1.6]: https://northwire.example/a/991#:~:text=Two%20thousand%20homes" in made


def test_no_tag_of_an_article_reaches_the_page() -> None:
    page = python_markdown.markdown(renderers.render(load("hostile"), "md").decode())

    assert not re.search(r"<(script|img|b)\b", page)


def test_the_mark_of_a_list_stands_where_its_line_begins() -> None:
    html = renderers.render(load("arabic"), "html", "minimal").decode()

    assert '<li dir="auto">' in html
    assert "<li>" not in html
