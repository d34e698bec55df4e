"""sumy itself, the reference that our own methods are held against; fed with our sentences and words, no NLTK data.

Each sentence brings a tokenizer that answers with words already found, so sumy sees what our methods see: stems of
content words. Luhn's method counts gaps: it gets all words, and as stop words the stems that are nowhere content words.
"""

import math
import warnings
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefing.models import Text

SUMMARIZERS = {
    "edmundson": EdmundsonSummarizer,
    "kl": KLSummarizer,
    "lex-rank": LexRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "reduction": ReductionSummarizer,
    "sum-basic": SumBasicSummarizer,
    "text-rank": TextRankSummarizer,
}
NO_WORDS = frozenset({"\0"})  # Edmundson's method refuses an empty set; no text of ours holds this character


class Engine:
    """One of sumy's summarizers as a method of ours."""

    def __init__(self, name: str) -> None:
        """Take the method's name without the prefix."""
        self._name = name
        self.__doc__ = f"sumy's own {name}, as the reference for ours (slow)."

    def score(self, sentences: Text, wanted: int) -> list[float]:
        """Return sumy's rating of each sentence; what it cannot rate (no words at all) is 0."""
        if not sentences:
            return []
        summarizer = _summarizer(self._name, sentences)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy divides by zero where no word is shared; LSA doubts short texts
            ratings = summarizer(_document(sentences, all_words=self._name == "luhn"), len(sentences))
        return [float(each) if math.isfinite(each) else 0.0 for each in ratings] or [0.0] * len(sentences)


class _Words:
    """The tokenizer of one sentence: its words are known."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def to_words(self, _text: str) -> tuple[str, ...]:
        """Return the words that were found before."""
        return self._words


def _summarizer(name: str, sentences: Text) -> Any:
    """Return sumy's object, which answers with the ratings instead of the best sentences."""
    summarizer = SUMMARIZERS[name]()
    summarizer._get_best_sentences = _ratings
    if name == "edmundson":
        summarizer.bonus_words = {word for title in sentences.titles.values() for word in title} or NO_WORDS
        summarizer.stigma_words = summarizer.null_words = NO_WORDS
    if name == "luhn":
        summarizer.stop_words = {word for each in sentences for word in each.tokens}.difference(
            *(each.words for each in sentences)
        )
    return summarizer


def _ratings(sentences: Iterable[Any], _count: int, rating: Any, *arguments: Any) -> list[float]:
    """Return the rating of every sentence: sumy gives it as a mapping or as a function."""
    return [rating[each] if isinstance(rating, dict) else rating(each, *arguments) for each in sentences]


def _document(sentences: Sequence[Any], *, all_words: bool) -> Any:
    """Return the sentences as sumy's document, paragraph by paragraph."""
    return ObjectDocumentModel(
        Paragraph(SumySentence(each.text, _Words(each.tokens if all_words else each.words)) for each in paragraph)
        for _, paragraph in groupby(sentences, key=lambda each: (each.article, each.paragraph))
    )
