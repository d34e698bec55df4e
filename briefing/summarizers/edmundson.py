"""Words of the title, first and last places (Edmundson 1969); the sentences of sumy's Edmundson with those cues."""

from itertools import chain, groupby

from briefing.models import Sentence, Text


def score(sentences: Text, wanted: int) -> list[float]:
    """Return the number of the title's words and good places; sumy gives equal sentences the last one's."""
    bonus = set(chain.from_iterable(sentences.titles.values()))
    ratings: dict[str, float] = {}
    for sentence, place in zip(sentences, _places(sentences), strict=True):
        ratings[sentence.text] = float(sum(word in bonus for word in sentence.words) + place)
    return [ratings[sentence.text] for sentence in sentences]


def _places(sentences: Text) -> list[int]:
    """Return one for the first and last paragraph, and one for the first and last sentence of a paragraph."""
    paragraphs = [len(list(group)) for _, group in groupby(sentences, key=_paragraph)]
    return [
        (number in (0, len(paragraphs) - 1)) + (place in (0, size - 1))
        for number, size in enumerate(paragraphs)
        for place in range(size)
    ]


def _paragraph(sentence: Sentence) -> tuple[str, int]:
    """Return what the sentences of a paragraph have in common."""
    return sentence.article, sentence.paragraph
