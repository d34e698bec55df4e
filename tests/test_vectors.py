"""Words counted and vectors compared."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.vectors import centroid, count_words, document_frequencies, dot, normalized, tf_idf

texts = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=6)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two  three\nfour", 4),
        ("It cost $3.5 million - or so.", 6),
        ("— … !", 0),
        ("“Quoted”, she said.", 3),
        ("洪水が町を襲った", 4),
        ("洪水", 1),
        ("洪", 1),
        ("GDP 増加", 2),
        ("наводнение в городе", 3),
        ("U.S.-led 24/7", 2),
    ],
)
def test_words_are_what_a_reader_reads(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text(), st.text())
def test_words_of_two_texts_add_up(one: str, other: str) -> None:
    together = count_words(f"{one} {other}")

    # A pair of characters may be completed across the border.
    assert count_words(one) + count_words(other) - 1 <= together <= count_words(one) + count_words(other)


def test_a_term_counts_once_for_each_text() -> None:
    assert document_frequencies([["a", "a", "b"], ["b"], []]) == {"a": 1, "b": 2}


@given(texts)
def test_weighted_texts_have_length_one_or_are_empty(lists: list[list[str]]) -> None:
    frequencies = document_frequencies(lists)

    for terms in lists:
        vector = tf_idf(terms, frequencies, len(lists))
        assert set(vector) == set(terms)
        assert dot(vector, vector) == pytest.approx(1.0 if terms else 0.0)


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    vector = tf_idf(["rare", "common"], {"rare": 1, "common": 9}, 10)

    assert vector["rare"] / vector["common"] == pytest.approx((math.log(11 / 2) + 1) / (math.log(11 / 10) + 1))


@given(texts)
def test_the_inner_product_is_a_cosine_and_does_not_care_for_order(lists: list[list[str]]) -> None:
    vectors = [normalized(dict.fromkeys(terms, 1.0)) for terms in lists]

    for one in vectors:
        for other in vectors:
            assert dot(one, other) == pytest.approx(dot(other, one))
            assert -1e-9 <= dot(one, other) <= 1 + 1e-9


def test_the_centroid_lies_between_its_vectors() -> None:
    middle = centroid([{"a": 1.0}, {"b": 1.0}])

    assert middle == pytest.approx({"a": math.sqrt(0.5), "b": math.sqrt(0.5)})
    assert centroid([]) == centroid([{}]) == {}
