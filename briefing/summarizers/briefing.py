"""Place, likeness to the whole and what lies ahead, cues; for several articles, what they share (the default)."""

from collections.abc import Mapping, Sequence
from operator import mul

from briefing.models import Text
from briefing.summarizers import _article
from briefing.summarizers._weights import ARTICLE


def judge(sentences: Text, wanted: int) -> tuple[list[float], Sequence[float]]:
    """Return the scores, and which sentences cannot be understood without the one before them."""
    if _several(sentences):
        from briefing.summarizers import _cues, _story  # not for the summary of one article

        pieces = _story.parts(sentences, wanted)
        return [sum(each.values()) for each in pieces], _cues.dependent_in_each(sentences)
    return _judged(_article.features(sentences))


def judge_batch(texts: Sequence[Text], wanted: Sequence[int]) -> list[tuple[list[float], Sequence[float]]]:
    """Return what `judge` returns for each of many short articles."""
    from briefing.summarizers import _batch_likeness  # numpy

    alike = _batch_likeness.likeness(texts)
    return [_judged(_article.features(text, each)) for text, each in zip(texts, alike, strict=True)]


def _judged(columns: Mapping[str, _article.Column]) -> tuple[list[float], Sequence[float]]:
    """Return the weighted sums of the columns, and which sentences are dependent."""
    weights = [ARTICLE[name] for name in columns]
    return [sum(map(mul, weights, row)) for row in zip(*columns.values(), strict=True)], columns["dependent"]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the weighted sum of what speaks for each sentence; in a story less what was said before it was chosen."""
    return judge(sentences, wanted)[0]


def parts(sentences: Text) -> list[dict[str, float]]:
    """Return what each part adds to the score of each sentence."""
    if _several(sentences):
        from briefing.summarizers import _story

        return _story.parts(sentences, len(sentences))
    columns = _article.features(sentences)
    return [
        {name: ARTICLE[name] * value for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


def _several(sentences: Text) -> bool:
    """Tell whether these are the sentences of a story of several articles."""
    return bool(sentences) and sentences[0].article != sentences[-1].article
