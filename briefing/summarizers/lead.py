"""The first sentences of the article, in their order: what a reader gets who reads no further."""

from briefing.models import Text


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the places counted down; of several articles, every first sentence comes before every second."""
    places = [sentence.index for sentence in sentences]
    return [float(-place) for place in places]
