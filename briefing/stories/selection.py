"""What a reader asked for or against: topics with their words, and words that mute an article.

A word matches whole, in any case, and with a plural or possessive ending ("bank" finds "Banks" and "bank's", not
"banker"); a phrase matches word for word. The plural does not find the singular: muting "Times" must not mute "time".
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefing.models import Article

TITLE = 3  # a topic's word in a title counts as often as so many texts that merely mention it

# Scripts without spaces: a word there has no edges to match.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def muted(article: Article, words: Sequence[str]) -> bool:
    """Tell whether a muted word or phrase stands in the article's title or in what is kept of its text."""
    return mentions(article, words)


def mentions(article: Article, words: Sequence[str]) -> bool:
    """Tell whether one of the words or phrases stands in the article's title or in what is kept of its text."""
    patterns = [word_pattern(word) for word in words if any(map(str.isalnum, word))]
    return bool(patterns) and any(pattern.search(part) for part in _parts(article) for pattern in patterns)


def topic(articles: Sequence[Article], topics: Mapping[str, Sequence[str]]) -> str | None:
    """Return the label whose words the articles use most, the first of those in a tie; None when none is used.

    Each word counts once an article, so that one long text does not outvote three short ones.
    """
    parts = [_parts(article) for article in articles]
    best, most = None, 0
    for label, words in topics.items():
        patterns = [word_pattern(word) for word in words if any(map(str.isalnum, word))]
        hits = sum(
            TITLE * bool(pattern.search(title)) + bool(pattern.search(text))
            for title, text in parts
            for pattern in patterns
        )
        if hits > most:
            best, most = label, hits
    return best


def _parts(article: Article) -> tuple[str, str]:
    """Return the title and the kept text."""
    return article.document.title or "", " ".join(sentence.text for sentence in article.sentences)


@lru_cache(maxsize=4096)
def word_pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of a word or phrase."""
    phrase = r"[\s-]+".join(map(re.escape, words.split()))
    if _UNSPACED.search(words):
        return re.compile(phrase, re.IGNORECASE)
    return re.compile(rf"(?<!\w){phrase}(?:['’]?s|(?<=[shoxz])es|['’])?(?!\w)", re.IGNORECASE)
