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

    judged: list[tuple[list[float], Sequence[float]]] = []
    for text, scores in zip(texts, _batch_likeness.scores(texts, ARTICLE), strict=True):
        columns = _article.cues(text)
        judged.append((_add(scores, columns), columns["dependent"]))
    return judged


def _judged(columns: Mapping[str, _article.Column]) -> tuple[list[float], Sequence[float]]:
    """Return the weighted sums of the columns, and which sentences are dependent."""
    dependent = columns["dependent"]
    return _add([0.0] * len(dependent), columns), dependent


def _add(scores: list[float], columns: Mapping[str, _article.Column]) -> list[float]:
    """Return the scores with the weighted columns added; half of these are often empty."""
    told = {name: column for name, column in columns.items() if any(column)}
    weights = [1.0, *[ARTICLE[name] for name in told]]
    return [sum(map(mul, weights, row)) for row in zip(scores, *told.values(), strict=True)]


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
