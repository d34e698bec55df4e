"""Selection: whole words, any case, plural and possessive endings."""

import pytest

from briefing.stories.selection import muted, topic
from tests.stories.made import made

ARTICLE = made("a", "Banks raise rates", "The Fed's decision moved Wall Street. 股市上涨。 Café owners shrug.")


@pytest.mark.parametrize("word", ["bank", "BANKS", "fed", "wall street", "股市", "café", "shrug"])
def test_a_word_is_found_whole_in_any_case_with_its_endings(word):
    assert muted(ARTICLE, [word])


@pytest.mark.parametrize("word", ["ban", "banker", "street wall", "rat", "", "  ", "own", "."])
def test_a_part_of_a_word_is_not_found(word):
    assert not muted(ARTICLE, [word])


def test_nothing_is_muted_by_no_words():
    assert not muted(ARTICLE, [])


def test_the_topic_is_the_one_whose_words_are_used_most():
    topics = {"Science": ["decision"], "Money": ["bank", "rate"]}

    assert topic([ARTICLE], topics) == "Money"
    assert topic([ARTICLE], {"Sports": ["goal"]}) is None
    assert topic([ARTICLE], {"One": ["bank"], "Two": ["rate"]}) == "One"
