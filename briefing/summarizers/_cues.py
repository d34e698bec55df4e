"""What a sentence shows about itself: whether it needs the one before, quotes, asks, or speaks of "us" and "you".

Word lists stand in openings/, one file a language. In a language without a file only the punctuation speaks.
"""

import os.path
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain, groupby

from msgspec import Struct

from briefing.models import Sentence, Text

# Frequent words, as stems, that tell the languages of openings/ apart; a wrong answer costs a few penalties.
MARKS = {
    "the": "en", "and": "en", "of": "en", "to": "en", "der": "de", "die": "de", "und": "de", "den": "de",
    "le": "fr", "et": "fr", "du": "fr", "au": "fr", "el": "es", "los": "es", "y": "es", "del": "es",
    "o": "pt", "os": "pt", "em": "pt", "da": "pt", "il": "it", "di": "it", "che": "it", "dell": "it",
    "и": "ru", "в": "ru", "на": "ru", "с": "ru",
}  # fmt: skip
VOTERS = 6  # sentences of an article that vote

_ASCII_QUOTATION = ('"', "``", "''")
_QUOTATION = (*_ASCII_QUOTATION, "“", "”", "„", "«", "»")
_BEFORE_OPENING = " \n\t\u00a0\u202f([—–-"
_AFTER_CLOSING = ".,;:!?…)]"  # the end of the text as well
_EDGES = "\"“”„«»‘’'`()[]—–-.,;:…!?"
OPENING = tuple("\"“„«»‘`'")
ASKING = ("?", "？", "؟", '?"', "?”", "?'", "?’", "?''", "?)")


class Openings(Struct, frozen=True):
    """A language's words: what opens a sentence that needs the one before it, and `voice`, stems of I, we and you."""

    pronoun: frozenset[str] = frozenset()
    connective: frozenset[str] = frozenset()
    voice: frozenset[str] = frozenset()
    time: frozenset[str] = frozenset()


@cache
def openings(language: str) -> Openings:
    """Return the word lists of a language; empty ones when it has no file."""
    path = os.path.join(os.path.dirname(__file__), "openings", f"{language}.txt")
    if not os.path.isfile(path):
        return Openings()
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return Openings(**{name: frozenset(words) for name, *words in lines})


def language_of(sentences: Sequence[Sentence]) -> str:
    """Return the language of an article among those of openings/, by a vote of frequent words; "" without a vote."""
    tokens = chain.from_iterable([sentence.tokens for sentence in sentences[:VOTERS]])
    votes = Counter([MARKS[token] for token in tokens if token in MARKS])
    return max(votes, key=votes.__getitem__) if votes else ""


def dependent(article: Sequence[Sentence], words: Openings) -> list[bool]:
    """Return which sentences of an article cannot be understood without the one before them.

    They open with a pronoun or a connective, or stand in a quotation that an earlier sentence of the paragraph opened.
    """
    result = []
    quoting, paragraph, text = False, -1, ""
    for place, sentence in enumerate(article):
        # The last sentence of a paragraph need not be searched for quotations: none goes on after it.
        quoting = sentence.paragraph == paragraph and _quoting_after(text, quoting)
        paragraph, text = sentence.paragraph, sentence.text
        result.append(place > 0 and (quoting or _points_back(text, words)))
    return result


def dependent_in_each(sentences: Text) -> list[bool]:
    """Return the same for the sentences of several articles, each in its language."""
    articles = [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.article)]
    known = sentences.language
    return [needs for article in articles for needs in dependent(article, openings(known or language_of(article)))]


def quotes(text: str) -> bool:
    """Tell whether there is a quotation in the sentence."""
    return any(mark in text for mark in _QUOTATION)


def left_open(text: str) -> bool:
    """Tell whether the sentence opens a quotation that goes on after it."""
    return _quoting_after(text, False)


def _points_back(text: str, words: Openings) -> bool:
    """Tell whether the first word needs the sentence before; "this week" does not."""
    first, _, rest = text.partition(" ")
    first = first.strip(_EDGES).lower().replace("’", "'")
    if first in words.connective:
        return True
    return first in words.pronoun and rest.partition(" ")[0].strip(_EDGES).lower() not in words.time


def _quoting_after(text: str, quoting: bool) -> bool:
    """Tell whether a quotation is open at the end of the sentence: whether the last mark opens one.

    A mark behind a space, or first, and before a letter opens; any other closes (German ends with the mark that English
    begins with). French keeps a space on both sides.
    """
    if text.isascii():
        # Most sentences quote nothing: three looks for it cost half of one search from the end.
        if '"' not in text and "''" not in text and "``" not in text:
            return quoting
        last = max(map(text.rfind, _ASCII_QUOTATION))
    else:
        last = max(map(text.rfind, _QUOTATION))
    if last < 0:
        return quoting
    following = text[last + 1 : last + 2]
    if following.isspace():
        return text[last] == "«"
    return (last == 0 or text[last - 1] in _BEFORE_OPENING) and following not in _AFTER_CLOSING
