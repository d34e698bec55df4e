"""Texts for the tests of summarizers: made from plain lines, or by hypothesis."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from briefing.models import Sentence, Text

STOP = ["the", "a", "of", "and", "in", "to", "it", "was", "is", "he", "she", "they", "said", "on", "for", "but", "not"]
CONTENT = ["river", "flood", "town", "mayor", "bridge", "night", "rain", "water", "crew", "boat", "vote", "report"]
WORD = re.compile(r"\w+")


def text_of(*articles: Sequence[str], titles: Sequence[str] = ()) -> Text:
    """Return articles of one sentence a line as a text; an empty line begins a paragraph."""
    sentences: list[Sentence] = []
    for number, lines in enumerate(articles):
        sentences.extend(article(str(number), lines))
    return Text(sentences, {str(number): words(title)[1] for number, title in enumerate(titles)})


def article(id: str, lines: Sequence[str]) -> list[Sentence]:
    """Return the sentences of one article."""
    sentences: list[Sentence] = []
    paragraph = position = 0
    for line in lines:
        if line:
            tokens, content = words(line)
            end = position + len(line)
            sentences.append(Sentence(id, len(sentences), paragraph, position, end, line, tokens, content))
        else:
            paragraph += 1
        position += len(line) + 1
    return sentences


def words(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all words of a line and those that are no stop words, without stems."""
    tokens = tuple(WORD.findall(line.lower()))
    return tokens, tuple(token for token in tokens if token not in STOP)


def _lines(word: st.SearchStrategy[str], at_most: int) -> st.SearchStrategy[list[str]]:
    sentence = st.lists(word, min_size=1, max_size=12).map(lambda each: " ".join(each).capitalize() + ".")
    return st.lists(st.one_of(sentence, st.just("")), max_size=at_most)


# Few words, so that sentences share some and repeat each other.
articles = _lines(st.sampled_from(STOP + CONTENT), 24)
# Any letters, marks, emoji and scripts.
wild_articles = _lines(st.text(min_size=1, max_size=8).filter(str.strip), 8)
