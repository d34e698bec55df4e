"""Patterns of users: what is accepted runs in bounded time, and what could run for minutes is refused."""

import pytest

from briefing.patterns import REACH, check_pattern, compiled, pieces

ACCEPTED = [
    r"tax.*cut.*rich",
    r"^(Re|Fwd):\s+.*\s+digest\s*$",
    r"^\s*(?:live|watch)\s*[:|]\s*.*$",
    r"(?:\w+\s)+x",
    r"\w+@\w+\.com",
    r"(foo|bar)+",
    r"(ab|a)*c",
    r"covid(-19)?",
    r"\b\d{1,3}(?:,\d{3})*\b",
    r"[^,]*,[^,]*,[^,]*x",
    r"(?P<q>['\"]).*?(?P=q)",
    r"(?<!not )guilty(?! plea)",
    r"(a)?b(?(1)c|d)",
    r"气候|天气",
    r"a{1000}",
]
REFUSED = [
    r"(a+)+$",
    r"(a|a)*b",
    r"(a|aa)+$",
    r"(\w+\s?)*x",
    r"(.*)*x",
    r"((a*)*)*",
    r"(x+x+)+y",
    r"([a-z]+)*\d",
    r"a*a*a*a*b",
    r".*.*.*=",
    r"(.*a){12}",
    r"(a?){50}a{50}",
    r"(a{1,3}){60}b",
    r"(?=(a+)+)b",
    r"(?:(?:(?:)?(?=.)[^a])*)?$",
    r"([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}",
    r"(é+É?)+$",
]
TEXTS = ["a" * REACH, "ab" * (REACH // 2), "tax cut " * 37, "word " * 60, "1," * 150, "'" * REACH, "气" * REACH]


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_a_pattern_that_ends_soon_is_accepted(pattern):
    """That each search comes to its end is the test: with 300 characters the refused ones would not live to see it."""
    check_pattern(pattern)

    for text in TEXTS:
        compiled(pattern).search(text)


@pytest.mark.parametrize("pattern", REFUSED)
def test_a_pattern_with_too_many_ways_is_refused(pattern):
    with pytest.raises(ValueError, match="could take minutes for one sentence"):
        check_pattern(pattern)


def test_case_does_not_count():
    assert compiled("École").search("une ÉCOLE")


@pytest.mark.parametrize("length", [0, 1, REACH, REACH + 1, 2 * REACH, 1000])
def test_a_long_text_is_searched_in_pieces_that_overlap(length):
    text = "".join(chr(0x4E00 + place) for place in range(length))
    found = list(pieces(text))

    assert all(len(piece) <= REACH for piece in found)
    assert all(any(text[i : i + REACH // 2] in piece for piece in found) for i in range(length))
    assert len(found) <= 1 + length // (REACH // 2)
