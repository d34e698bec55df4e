"""Which line ends of a plain text mean something."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake._paragraphs import join_lines, split_paragraphs

PROSE = (
    "The harbor board decided on Friday to buy two new cranes for the northern quay. The old ones were built in 1961 "
    "and will be taken down before the winter storms begin. Three members voted against it, because the price had "
    "risen by a fifth since the spring and nobody could tell them why that was so."
)


def wrapped(text: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_hard_wrapped_paragraphs_are_joined(width):
    text = wrapped(PROSE, width) + "\n\n" + wrapped(PROSE[::-1].swapcase()[:200], width)

    assert split_paragraphs(text).split("\n\n")[0] == PROSE


def test_wrapped_paragraphs_without_blank_lines_are_parted_by_indentation_or_a_short_last_line():
    indented = "\n".join("   " + wrapped(part, 70) for part in (PROSE, PROSE))
    short = wrapped(PROSE, 70) + "\n" + wrapped(PROSE, 70)

    assert split_paragraphs(indented).split("\n\n") == [PROSE, PROSE]
    assert split_paragraphs(short).split("\n\n") == [PROSE, PROSE]


def test_one_long_line_in_a_wrapped_letter_changes_nothing():
    link = "The whole report: https://post.example/" + "a" * 150
    text = "\n\n".join([wrapped(PROSE, 50)] * 4 + [link])

    assert split_paragraphs(text).split("\n\n") == [PROSE] * 4 + [link]


def test_lines_that_are_paragraphs_are_parted():
    sentences = PROSE.split(". ")

    assert (
        split_paragraphs(".\n".join(sentences)).split("\n\n")
        == [f"{each}." for each in sentences[:-1]] + sentences[-1:]
    )


def test_a_word_cut_by_wrapping_is_whole_again_only_when_the_text_has_it_whole():
    text = "\n".join(
        [
            "The cooperative owns nine boats, and everybody on the island knows",
            "every one of them. They were bought by the council and the co-",
            "operative in a year that was good for both, as a part of the long-",
            "term plan that the council of the island had made for itself.",
        ]
    )

    joined = split_paragraphs(text)

    assert "the cooperative in" in joined
    assert "long-term plan" in joined


def test_chinese_lines_are_joined_without_a_blank():
    line = "市政府周五决定购买两台新的起重机旧的起重机建于上个世纪六十年代将在冬季风暴来临之前拆除"

    assert split_paragraphs("\n".join([line, line, line])) == line * 3


def test_printed_lines_of_different_widths_are_joined():
    lines = [
        "The board decided on Friday to buy two",
        "new cranes for 3.1 million crowns; the",
        "old ones go.",
        "It meets again in",
    ]

    assert join_lines(lines) == f"{' '.join(lines[:3])}\n\n{lines[3]}"


@given(st.lists(st.text(st.characters(categories=("L", "P", "Zs"))), max_size=12))
def test_no_letter_is_lost_or_doubled(lines):
    def letters(text: str) -> str:
        return re.sub(r"[\s-]", "", text)

    assert letters(split_paragraphs("\n".join(lines))) == letters("".join(lines))


@pytest.mark.parametrize("text", ["word " * 1_000_000, "\n" * 100_000, "a line of words\n" * 100_000, "-\n" * 300_000])
def test_a_long_text_keeps_its_letters(text):
    assert re.sub(r"[\s-]", "", split_paragraphs(text)) == re.sub(r"[\s-]", "", text)
