"""Plain text and the terminal."""

import re

import pytest

from briefing import renderers
from briefing.models import Briefing
from briefing.renderers._columns import width
from briefing.renderers._escape import flat
from briefing.renderers._templates import Options
from briefing.renderers._terminal import styled
from tests.renderers.conftest import load

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_lines_keep_the_measure_but_for_what_cannot_be_broken(briefing: Briefing, columns: int) -> None:
    made = renderers.render(briefing, "txt", options=Options(width=columns)).decode()

    for line in made.splitlines():
        assert width(line) <= min(columns, 88) or " " not in re.sub(r"^ *(–|\[?\d+\]?)? *", "", line)


def test_plain_text_is_clean(briefing: Briefing) -> None:
    made = renderers.render(briefing, "txt").decode()

    assert not re.search(r"[ \t]\n|\n\n\n|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made)


def test_plain_text_has_every_line_and_every_address() -> None:
    briefing = load("day")
    made = " ".join(renderers.render(briefing, "txt").decode().split())

    for section in briefing.sections:
        for story in section.stories:
            for line in story.lines or ():
                assert flat(line.text) in made
                assert (briefing.articles[line.article].url or "") in made


def test_a_terminal_gets_bold_headlines_and_links_to_sentences() -> None:
    made = styled(load("day"), 80, color=True, hyperlinks=True)

    assert "\x1b[1m 1 Dam at Orrin Vale holds" in made
    assert "\x1b]8;;https://northwire.example/a/991#:~:text=Two%20thousand%20homes" in made
    assert made.count("\x1b]8;;h") == made.count("\x1b]8;;\x1b\\")


@pytest.mark.parametrize("hyperlinks", [True, False])
@pytest.mark.parametrize("color", [True, False])
def test_styles_and_links_change_no_letter_and_are_closed(briefing: Briefing, color: bool, hyperlinks: bool) -> None:
    made = styled(briefing, 72, color, hyperlinks)
    bare = ESCAPES.sub("", made)

    assert "\x1b" not in bare
    assert ("\x1b[" in made) == color
    assert all(line.count("\x1b[0m") == len(re.findall(r"\x1b\[[1-9]", line)) for line in made.splitlines())
    if not hyperlinks:
        assert bare == renderers.render(briefing, "txt", options=Options(width=72)).decode()


def test_a_narrow_terminal_is_not_overrun() -> None:
    made = ESCAPES.sub("", styled(load("mixed"), 40, color=True, hyperlinks=True))

    assert max(width(line) for line in made.splitlines()) <= 40


@pytest.mark.parametrize("name", ["day", "mixed"])
@pytest.mark.parametrize("columns", range(40, 89, 4))
def test_the_number_of_a_source_stays_with_its_sentence(name: str, columns: int) -> None:
    made = ESCAPES.sub("", styled(load(name), columns, color=False, hyperlinks=True))

    assert not re.search(r"^ *\[\d+\]$", made, re.MULTILINE)
    assert "[1]" in made
