"""Lines made of the marks and words that furniture is told by, in any order: nothing may fail on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.boilerplate import find_furniture

MARKS = [
    *":|/—–-.!?,;()[]“”\"'’«»…►•©#@_*$%=",
    "...",
    "(c)",
    "ⓒ",
    "{*",
    "*}",
    "\u200b",
    "\u00a0",
    "\u0301",
    "。",
    "\U0001f600",
]
WORDS = [
    *["3", "12:30", "3.4.2031", "$5", "1.", "March", "Monday", "Updated", "Published", "by", "By", "BY", "von", "par"],
    *[
        "Ada",
        "Quill",
        "“Ada”",
        "the",
        "a",
        "is",
        "we",
        "you",
        "our",
        "today",
        "and",
        "for the",
        "Courier",
        "é",
        "Ё",
        "й",
    ],
    *["Photo:", "Credit", "Courtesy", "AP", "Reuters", "Getty Images", "Associated Press", "covers", "can be reached"],
    *["Read more:", "Subscribe", "to our newsletter", "Sign up", "Share", "RT", "@ada", "http://x.y", "www.a.b"],
    *["pic.twitter.com/x", "LONDON (Reuters) -", "中文", "Следите"],
]
ODD_LINES = st.builds(str.join, st.sampled_from([" ", "", "  "]), st.lists(st.sampled_from(MARKS + WORDS), max_size=12))


@given(
    st.lists(ODD_LINES, max_size=4),
    st.sampled_from(["en", "de", "ru", "fr", "zh", "xx"]),
    st.one_of(st.none(), ODD_LINES),
    st.one_of(st.none(), ODD_LINES),
)
def test_odd_lines_are_judged_like_others(lines, language, source, title):
    text = "\n\n".join(lines)

    removed = find_furniture(text, language=language, source=source, title=title)

    assert all(text[each.start : each.end] == each.text == each.text.strip() != "" for each in removed)


@pytest.mark.parametrize("line", [": Ada 3", ": Quill 3 March 2031", " : 12:30 Ada", ":  3 Ada"])
def test_a_colon_without_a_label_before_a_date_is_read(line):
    text = f"The bridge opened on Monday after two years.\n\n{line}\n\nTraffic was light until noon."

    assert all(each.text == line.strip() for each in find_furniture(text))
