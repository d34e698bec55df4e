"""sumy as its users run it: its own parser, tokenizer, stemmer and stop words, for the tables of time."""

from collections.abc import Callable, Sequence
from typing import Any

from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.utils import get_stop_words

from briefing.summarizers._sumy import SUMMARIZERS

LANGUAGE = "english"
WORDLESS = frozenset(["significant"])  # Edmundson's method wants words to prefer; without any it refuses to run


def job(texts: Sequence[str], method: str, wanted: int) -> Callable[[], object] | None:
    """Return what summarizes the texts; None where NLTK's Punkt data, which sumy's tokenizer reads, is not there."""
    try:
        tokenizer = Tokenizer(LANGUAGE)
    except LookupError:
        return None
    summarizer = _summarizer(method)
    return lambda: [summarizer(PlaintextParser.from_string(text, tokenizer).document, wanted) for text in texts]


def _summarizer(method: str) -> Any:
    """Return sumy's object with the words that its README gives it."""
    summarizer = SUMMARIZERS[method](Stemmer(LANGUAGE))
    if method == "edmundson":
        summarizer.bonus_words = summarizer.stigma_words = WORDLESS
        summarizer.null_words = get_stop_words(LANGUAGE)
    else:
        summarizer.stop_words = get_stop_words(LANGUAGE)
    return summarizer
