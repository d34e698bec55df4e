"""Escaping: what is shown is what was written."""

import html
import re

import markdown as python_markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.renderers._escape import clean, flat, markdown

SPECIALS = st.text(alphabet="ab1 \\`*_{}[]()#+-.!<>&;:~|=\"'/$%^\t\n", max_size=30)
ANYTHING = st.one_of(st.text(max_size=40), SPECIALS)


def shown(source: str) -> str:
    """Return the text that a reader of rendered Markdown sees."""
    page = python_markdown.markdown(source, extensions=["tables", "sane_lists"])
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@given(text=ANYTHING)
@example("1. first")
@example("+ plus")
@example("---")
@example("===")
@example("# no heading #")
@example("    no code")
@example("<b>&copy; &amp;copy; &#60;")
@example("[a]: https://b.example 'c'")
@example("![alt](src) [text](javascript:alert(1)) <https://a.example>")
@example("\\*a\\* \\\\")
@example("a | b\n--|--")
@pytest.mark.parametrize("place", ["{}", "- {}", "## {}", "**{}** end", "start {} end"])
def test_escaped_markdown_shows_the_same_text(place: str, text: str) -> None:
    line = flat(text).replace("\u00a0", " ").strip()
    if not line:
        return

    assert shown(place.format(markdown(line))) == shown(place.format("X")).replace("X", " ".join(line.split()))


@given(text=st.text(st.characters()))
def test_clean_text_holds_nothing_that_steers_a_terminal_or_turns_writing_around(text: str) -> None:
    cleaned = clean(text)

    assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_clean_keeps_what_scripts_and_emoji_need() -> None:
    text = "می‌خواهم\u200f 👩‍🚒 1\u00a0200 naïve"

    assert clean(text) == text


def test_a_lone_surrogate_is_shown_as_unknown() -> None:
    assert clean("a\ud800b") == "a\ufffdb"


def test_plain_sentences_stay_readable() -> None:
    sentence = "Ledger & Co. paid $4.1 million (18% more) on 3/4 – “not bad”, said its chair; it's a well-known firm!"

    assert markdown(sentence) == sentence
