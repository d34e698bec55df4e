"""Markdown without its marks, and in linear time."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake import read
from briefing.intake.markdown import plain
from briefing.models import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **bold**, *slanted* and ~~struck~~ word", "a bold, slanted and struck word"),
        ("***both*** and **bold with *slant* inside**", "both and bold with slant inside"),
        ("__bold__ but not snake_case_names or 2 * 3 * 4", "bold but not snake_case_names or 2 * 3 * 4"),
        ("a [link](https://x.example/a_(b) 'title') and [another][ref]", "a link and another"),
        ("![a picture](x.png)seen", "seen"),
        ("[![linked picture](x.png)](https://x.example)", ""),
        ("`*code*` and ``__init__``", "*code* and __init__"),
        (r"5\\* and \\[not a link\\](x)".replace("\\\\", "\\"), "5* and [not a link](x)"),
        ("<https://x.example/> and <b>tags</b> &amp; entities", "https://x.example/ and tags & entities"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
    ],
)
def test_marks_go_and_words_stay(text, expected):
    assert plain(text) == expected


@given(st.text(st.characters(categories=("L", "N", "Zs"))))
def test_a_text_without_marks_is_not_changed(text):
    assert plain(text) == text.strip()


@pytest.mark.parametrize(
    "piece", ["[a](", "**a ", "_a_ ", "<a ", "`", "![[", "> ", "- ", "(((", "|a", "# ", "```\n", "\\"]
)
def test_a_mark_repeated_without_end_is_read_through(piece):
    data = piece.encode() * 100_000 + b"\n\nThe end."

    (found,) = read(["-"], kind="markdown", stdin=io.BytesIO(data))

    assert isinstance(found, Document)
    assert found.text.endswith("The end.")


def test_a_heading_that_is_not_the_title_of_the_front_matter_stays_in_the_text():
    data = b"---\ntitle: One\n---\n\n# Two\n\nThree.\n"

    (found,) = read(["-"], kind="markdown", stdin=io.BytesIO(data))

    assert isinstance(found, Document)
    assert (found.title, found.text) == ("One", "Two\n\nThree.")
