"""NLTK's Punkt as a second engine (`--splitter punkt`): Kiss & Strunk 2006, with our abbreviation lists.

Nothing is downloaded: the parameters are made in memory. NLTK is imported when the first text is split.
"""

import re
from functools import cache
from typing import Any

from briefing.text._rules import read_abbreviations
from briefing.text.words import stop_words

_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return where each sentence starts and ends, as Punkt sees it; a blank line ends a sentence here too."""
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        for first, last in _tokenizer(language).span_tokenize(text[start:end]):
            spans += _trimmed(text, start + first, start + last)
    return spans


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return the stretches between blank lines."""
    spans, start = [], 0
    for match in _BLANK_LINE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return [(start, end)] if start < end else []


@cache
def _tokenizer(language: str) -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    for entries in read_abbreviations(language).values():
        parameters.abbrev_types.update(entry.lower() for entry in entries)
    parameters.sent_starters.update(stop_words(language))
    return PunktSentenceTokenizer(parameters)
