"""Choosing: how many, in which order, nothing twice, and nothing that cannot be understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import UsageError
from briefing.models import Length, Text
from briefing.summarizers import _select, choose, choose_all, parse_length
from briefing.vectors import count_words
from tests.summarizers.texts import articles, text_of

LINES = ["One two three four.", "Five six seven eight nine ten.", "Eleven.", "Twelve thirteen fourteen fifteen."]


@pytest.mark.parametrize(
    ("value", "length"),
    [("5", Length(5)), ("20%", Length(20, "percent")), ("120w", Length(120, "words")), (" 3 ", Length(3))],
)
def test_a_length_is_read(value: str, length: Length) -> None:
    assert parse_length(value) == length


@pytest.mark.parametrize("value", ["", "0", "-1", "0%", "0w", "3.5", "w", "%", "5 words", "1e3", "٣", "9999999999"])
def test_what_is_no_length_is_refused_with_its_forms(value: str) -> None:
    with pytest.raises(UsageError, match=r"sentences \(5\), percent .* \(20%\) or words \(120w\)"):
        parse_length(value)


@given(lines=articles, amount=st.integers(1, 30))
def test_as_many_sentences_as_asked_are_given(lines: list[str], amount: int) -> None:
    text = text_of(lines)

    for method in ("lead", "luhn"):
        assert len(choose(text, Length(amount), method)) == min(amount, len(text))
    assert len(choose(text, Length(amount))) == min(amount, len({each.text for each in text}))


@given(line=st.sampled_from(LINES), count=st.integers(1, 40), unit=st.sampled_from(["sentences", "percent", "words"]))
def test_a_text_of_one_sentence_is_summarized_by_it_once(line: str, count: int, unit: str) -> None:
    choices = choose(text_of([line] * count), Length(50, unit))  # type: ignore[arg-type]  # one of the three units

    assert [(each.text, each.index) for each in choices] == [(line, 0)]


@given(lines=articles, more=articles, amount=st.integers(1, 60))
def test_a_summary_says_no_sentence_twice(lines: list[str], more: list[str], amount: int) -> None:
    for text in (text_of(lines), text_of(lines, more)):
        for length in (Length(amount), Length(amount, "words")):
            chosen = [each.text for each in choose(text, length)]
            assert len(set(chosen)) == len(chosen)


@given(lines=articles, amount=st.integers(1, 60))
def test_words_are_never_more_than_asked_unless_the_first_sentence_is(lines: list[str], amount: int) -> None:
    text = text_of(lines)

    for method in ("briefing", "lead", "lex-rank"):
        choices = choose(text, Length(amount, "words"), method)
        assert bool(choices) == bool(text)
        assert len(choices) == 1 or sum(count_words(each.text) for each in choices) <= amount


@pytest.mark.parametrize(("percent", "count"), [(1, 1), (25, 1), (26, 2), (50, 2), (51, 3), (100, 4), (300, 4)])
def test_percent_rounds_up(percent: int, count: int) -> None:
    assert len(choose(text_of(LINES), Length(percent, "percent"), "lead")) == count


def test_words_pass_over_what_no_longer_fits() -> None:
    choices = choose(text_of(LINES), Length(6, "words"), "lead")

    assert [each.index for each in choices] == [0, 2]


def test_a_scrap_does_not_fill_what_a_better_sentence_left() -> None:
    short, longer = ["Rain falls on the old bridge.", "Ships:"], "The mayor closed the road to the harbor at noon."

    picks = _select.careful(text_of([*short, longer]), [3.0, 1.0, 2.0], Length(12, "words"), [False] * 3)
    enough = _select.careful(text_of([*short, longer]), [3.0, 1.0, 2.0], Length(30, "words"), [False] * 3)

    assert (picks, enough) == ([0], [0, 2, 1])


def test_the_first_choice_stands_however_long_it_is() -> None:
    choices = choose(text_of(LINES), Length(2, "words"), "lead")

    assert [each.index for each in choices] == [0]


def test_of_equal_scores_the_earlier_sentence_wins() -> None:
    assert _select.ranking([0.5, 0.7, 0.5 + 1e-14, 0.7 - 1e-14]) == [1, 3, 0, 2]


@given(lines=articles, more=articles, amount=st.integers(1, 9))
def test_ranks_count_from_one_and_the_article_of_the_first_leads(
    lines: list[str], more: list[str], amount: int
) -> None:
    choices = choose(text_of(lines, more), Length(amount))

    assert sorted(each.rank or 0 for each in choices) == list(range(1, len(choices) + 1))
    first = next((each.article for each in choices if each.rank == 1), None)
    places = [(each.article != first, each.index) for each in choices]
    assert places == sorted(places)


@given(lines=articles, amount=st.integers(1, 9))
def test_all_sentences_are_listed_with_the_ranks_of_the_chosen(lines: list[str], amount: int) -> None:
    text = text_of(lines)

    everything = choose_all(text, Length(amount), why=True)

    assert [each.text for each in everything] == [each.text for each in text]
    assert {each.index for each in everything if each.rank} == {each.index for each in choose(text, Length(amount))}
    assert [sum(each.parts.values()) for each in everything if each.parts] == pytest.approx(
        [e.score for e in everything]
    )


def test_a_story_of_one_article_names_it_when_asked_together() -> None:
    assert [each.article for each in choose(text_of(LINES), Length(2), together=True)] == ["0", "0"]


def test_nothing_to_choose_from_gives_nothing() -> None:
    assert choose(Text(()), Length(3)) == choose_all(Text(()), Length(3)) == []


def test_a_sentence_that_says_a_chosen_one_again_is_passed_over() -> None:
    text = text_of(["The old bridge fell in the night.", "The old bridge fell, they said.", "Rain goes on."])

    picks = _select.careful(text, [3.0, 2.0, 1.0], Length(2), [False] * 3)

    assert picks == [0, 2]


def test_half_of_a_quotation_is_passed_over_while_there_is_another_sentence() -> None:
    text = text_of(['"We are tired.', 'The mayor said, "It rains.', 'We go home," he said.', "The bridge holds."])
    scores, dependent = [3.0, 2.0, 1.0, 0.5], [False, False, True, False]

    picks = [_select.careful(text, scores, Length(count), dependent) for count in (1, 2, 3, 4)]

    assert picks == [[3], [1, 2], [1, 2, 3], [1, 2, 3, 0]]


def test_a_dependent_sentence_brings_the_one_before_it_along() -> None:
    picks = _select.careful(text_of(LINES), [0.0, 1.0, 2.0, 0.5], Length(3), [False, False, True, False])

    assert picks == [1, 2, 3]


def test_a_dependent_sentence_is_content_with_the_one_before_the_last() -> None:
    picks = _select.careful(text_of(LINES), [3.0, 1.0, 2.0, 0.5], Length(2), [False, False, True, False])

    assert picks == [0, 2]


def test_one_sentence_alone_is_never_a_dependent_one() -> None:
    picks = _select.careful(text_of(LINES), [0.0, 1.0, 2.0, 0.5], Length(1), [False, False, True, False])

    assert picks == [1]


def test_a_companion_counts_towards_the_words() -> None:
    picks = _select.careful(text_of(LINES), [0.0, 0.5, 2.0, 1.0], Length(6, "words"), [False, False, True, False])

    assert picks == [3]


def test_what_was_passed_over_fills_a_summary_that_is_too_short() -> None:
    text = text_of(["The old bridge fell.", "The old bridge fell again.", "It fell."])

    assert _select.careful(text, [1.0, 2.0, 3.0], Length(3), [False, True, True]) == [0, 1, 2]


def test_a_companion_that_was_said_elsewhere_is_not_said_again() -> None:
    text = text_of(["Rain.", "A bridge fell.", "Rain.", "It went on."])

    assert _select.careful(text, [3.0, 2.0, 0.0, 2.5], Length(4), [False, False, False, True]) == [0, 1, 3]
