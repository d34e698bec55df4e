"""What every summarizer promises, ours and sumy's: names come from the folder, so a new file is tested by itself."""

import math
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings

from briefing import summarizers
from briefing.models import Text
from tests.summarizers.texts import articles, text_of, wild_articles

OURS = [name for name in summarizers.names() if ":" not in name]
LINES = [
    "The river rose in the night and the town lost a bridge.",
    "The mayor said the crew of a boat was safe.",
    "",
    "Rain fell on the river for a night.",
    "But it was not the rain, she said.",
    "The minister asked for a report on the bridge and the flood.",
]


@pytest.mark.parametrize("name", summarizers.names())
@settings(max_examples=25)
@given(lines=articles, more=articles)
def test_each_sentence_gets_one_finite_score(name: str, lines: list[str], more: list[str]) -> None:
    text = text_of(lines, more, titles=["Flood in the town", ""])

    scores = summarizers.load(name).score(text, 3)

    assert len(scores) == len(text)
    assert all(isinstance(score, float) and math.isfinite(score) for score in scores)


@pytest.mark.parametrize("name", OURS)
@settings(max_examples=25)
@given(lines=wild_articles)
def test_any_characters_are_scored_twice_the_same(name: str, lines: list[str]) -> None:
    text = text_of(lines, titles=["😀 мост 橋"])

    first = summarizers.load(name).score(text, 2)

    assert first == summarizers.load(name).score(text, 2)


@pytest.mark.parametrize("name", [name for name in OURS if hasattr(summarizers.load(name), "parts")])
@settings(max_examples=25)
@given(lines=articles, more=articles)
def test_the_parts_add_up_to_the_score(name: str, lines: list[str], more: list[str]) -> None:
    text = text_of(lines, more, titles=["Flood in the town", ""])
    summarizer = summarizers.load(name)

    parts = summarizer.parts(text)  # type: ignore[attr-defined]  # the list above holds those that have it

    assert [sum(each.values()) for each in parts] == pytest.approx(summarizer.score(text, len(text)), abs=1e-9)


@pytest.mark.parametrize("name", summarizers.names())
@pytest.mark.parametrize(
    "lines", [[], ["A bridge."], ["It was the."], ["It was.", "He said."], ["😀 😀"], ["...", "—"]], ids=repr
)
def test_a_text_with_little_in_it_is_scored(name: str, lines: list[str]) -> None:
    text = text_of(lines)

    assert len(summarizers.load(name).score(text, 1)) == len(text)


@pytest.mark.parametrize("name", OURS)
def test_ten_thousand_equal_sentences_are_no_burden(name: str) -> None:
    text = text_of(["The river rose in the night and the town lost a bridge."] * 10_000)

    scores = summarizers.load(name).score(text, 5)

    assert len(scores) == 10_000


@pytest.mark.parametrize("name", summarizers.names())
def test_the_order_of_sentences_in_memory_is_kept(name: str) -> None:
    text = text_of(LINES)
    before = tuple(text)

    summarizers.load(name).score(text, 2)

    assert tuple(text) == before


def test_scores_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.summarizers import test_contract as t\n"
        "text = t.text_of(t.LINES, t.LINES[::-1], titles=['Flood in the town'])\n"
        "print([t.summarizers.load(name).score(text, 4) for name in t.OURS])"
    )

    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (0, 1)
    }

    assert len(outputs) == 1


@pytest.mark.parametrize("name", summarizers.names())
def test_every_method_describes_itself_in_a_line(name: str) -> None:
    line = summarizers.describe(name)

    assert 20 < len(line) < 130
    assert "\n" not in line


def test_an_empty_text_is_scored_by_every_method() -> None:
    assert {tuple(summarizers.load(name).score(Text(()), 3)) for name in summarizers.names()} == {()}
