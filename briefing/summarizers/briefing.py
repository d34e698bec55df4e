"""Place, likeness to the whole and what lies ahead, cues; for several articles, what they share (the default)."""

from operator import mul

from briefing.models import Text
from briefing.summarizers import _article, _cues, _story
from briefing.summarizers._weights import ARTICLE

_ARTICLE_WEIGHTS = [ARTICLE[name] for name in _article.NAMES]


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the weighted sum of what speaks for each sentence; in a story less what was said before it was chosen."""
    if _several(sentences):
        return [sum(each.values()) for each in _story.parts(sentences, wanted)]
    return [sum(map(mul, _ARTICLE_WEIGHTS, row)) for row in _article.features(sentences)]


def parts(sentences: Text) -> list[dict[str, float]]:
    """Return what each part adds to the score of each sentence."""
    if _several(sentences):
        return _story.parts(sentences, len(sentences))
    return [
        dict(zip(_article.NAMES, map(mul, _ARTICLE_WEIGHTS, row), strict=True)) for row in _article.features(sentences)
    ]


def dependent(sentences: Text) -> list[bool]:
    """Return which sentences cannot be understood without the one before them."""
    return _cues.dependent_in_each(sentences)


def _several(sentences: Text) -> bool:
    """Tell whether these are the sentences of a story of several articles."""
    return bool(sentences) and sentences[0].article != sentences[-1].article
