"""Long texts, which numpy ranks, get the scores that plain Python gives them."""

from random import Random

import pytest

from briefing.models import Text
from briefing.summarizers import _overlap, lex_rank, load
from tests.summarizers.texts import CONTENT, STOP, text_of


def long_text(sentences: int = 400) -> Text:
    random = Random(5)
    names = [f"name{number}" for number in range(300)]
    lines = [" ".join(random.choices(CONTENT + STOP + names, k=random.randint(1, 14))) for _ in range(sentences)]
    return text_of([*lines, *lines[:20], "It was the.", "Bridge", "Bridge"])


@pytest.mark.parametrize("name", ["lex-rank", "text-rank", "reduction"])
def test_numpy_gives_the_same_scores(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = long_text()
    plain = load(name).score(text, 5)

    monkeypatch.setattr(lex_rank, "LARGE", 10)
    monkeypatch.setattr(_overlap, "LARGE", 10)

    assert load(name).score(text, 5) == pytest.approx(plain, abs=1e-12)


def test_too_many_pairs_are_left_to_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.summarizers import _large

    monkeypatch.setattr(_large, "MOST_PAIRS", 10)

    assert _large.joined([{"a": 1.0}] * 6, 0.1) is None
