"""The one form of all text, for every text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake._normalize import line, normalize

# Every code point, lone surrogates too, and the troublesome ones often.
texts = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from(" \t\n\r\x00\x0b\x85\u2028\u2029\u202e\ud800e\u0301\xa0"))
)


@given(texts)
def test_normalizing_twice_changes_nothing(text):
    once = normalize(text)

    assert normalize(once) == once


@given(texts)
def test_nothing_foreign_is_left(text):
    clean = normalize(text)

    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in clean if letter != "\n")
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\xad\u200b")
    clean.encode("utf-8")


@given(texts)
def test_white_space_is_tidy(text):
    clean = normalize(text)

    assert "\n\n\n" not in clean
    assert "  " not in clean
    assert all(part == part.strip(" ") for part in clean.split("\n"))
    assert clean == clean.strip("\n")


@given(st.text(st.characters(categories=("L", "N", "P"))))
def test_letters_digits_and_marks_of_punctuation_stay(text):
    assert normalize(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\n\nfive"),
        ("e\u0301", "é"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("\u202egnihton\u202c and \x1b[31mred", "gnihton and [31mred"),
        ("ein\u00adge\u00adklebt", "eingeklebt"),
        ("5\xa0p.m.\u3000now", "5 p.m. now"),
    ],
)
def test_known_cases(text, expected):
    assert normalize(text) == expected


def test_a_fact_is_one_line_or_nothing():
    assert line("  A\n title\x00 ") == "A title"
    assert line("\u202e \n") is None
    assert line(None) is None


@pytest.mark.parametrize(
    "text", ["word " * 1_000_000, "\n" * 100_000, " " * 5_000_000, " \n" * 1_000_000, "\xa0" * 1_000_000]
)
def test_a_long_text_keeps_its_words(text):
    assert normalize(text).split() == text.split()
