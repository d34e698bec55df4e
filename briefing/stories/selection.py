"""What a reader asked for or against: topics with their words, and the rules of what is followed and muted.

A word matches whole, in any case, and with a plural or possessive ending ("bank" finds "Banks" and "bank's", not
"banker"); a phrase matches word for word, with hyphens or spaces between. The plural does not find the singular: muting
"Times" must not mute "time". A pattern is searched in the title and in each sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.errors import UsageError
from briefing.models import Article
from briefing.rules import Rule, Term, read_rule

TITLE = 3  # a topic's word in a title counts as often as so many texts that merely mention it

# Scripts without spaces: a word there has no edges to match. In Korean particles follow a word without one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_KOREAN = re.compile("[\uac00-\ud7a3]$")
_BETWEEN = "[\\s\u2010-\u2013-]+"  # white space, hyphens, and the en dash of compounds of compounds


class Wishes(NamedTuple):
    """Rules for all articles, and by the folded name of a source those for its articles alone."""

    everywhere: tuple[Rule, ...] = ()
    by_source: Mapping[str, tuple[Rule, ...]] = {}


def read_wishes(rules: Iterable[str], by_source: Iterable[tuple[str, Sequence[str]]] = ()) -> Wishes:
    """Return rules ready for use; raise UsageError for a malformed one."""
    own: dict[str, tuple[Rule, ...]] = {}
    for source, its in by_source:
        own[_folded(source)] = (*own.get(_folded(source), ()), *map(_read, its))
    return Wishes(tuple(map(_read, rules)), {source: its for source, its in own.items() if its})


def _read(text: str) -> Rule:
    """Return a rule that the configuration has checked, or a program has made up."""
    try:
        return read_rule(text)
    except ValueError as error:
        raise UsageError(f"the rule {text!r}: {error}") from error


def fulfilled(article: Article, wishes: Wishes) -> tuple[Rule, ...]:
    """Return the rules that an article fulfils, in the order in which they were written, those for its source last."""
    rules = (*wishes.everywhere, *wishes.by_source.get(_folded(article.document.source or ""), ()))
    if not rules:
        return ()
    reading = _Reading(article)
    return tuple(rule for rule in rules if reading.fulfils(rule))


def labels(wishes: Wishes) -> list[str]:
    """Return the sections that rules lead to, each once, in the order in which they were written."""
    rules = (*wishes.everywhere, *(rule for its in wishes.by_source.values() for rule in its))
    return list(dict.fromkeys(rule.label for rule in rules if rule.label))


def label(told: Iterable[Sequence[Rule]], wishes: Wishes) -> str | None:
    """Return the section to which rules lead most of a story's articles, given by the rules that each fulfils."""
    counts = Counter(one for rules in told for one in {rule.label for rule in rules if rule.label})
    return max(labels(wishes), key=counts.__getitem__) if counts else None


def _folded(source: str) -> str:
    """Return the name of a source as it is compared."""
    return source.strip().casefold()


def topic(articles: Sequence[Article], topics: Mapping[str, Sequence[str]]) -> str | None:
    """Return the label whose words the articles use most, the first of those in a tie; None when none is used.

    Each word counts once an article, so that one long text does not outvote three short ones.
    """
    readings = [_Reading(article) for article in articles]
    best, most = None, 0
    for label, words in topics.items():
        found = [reading.has(word) for reading in readings for word in words]
        hits = sum(TITLE * in_title + in_text for in_title, in_text in found)
        if hits > most:
            best, most = label, hits
    return best


def is_word(text: str) -> bool:
    """Tell whether there is anything in a word or phrase that can be looked for."""
    return any(map(str.isalnum, text))


class _Reading:
    """An article as rules look at it: its title, and what is kept of its text."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._title = article.document.title or ""
        self._text = " ".join(sentence.text for sentence in article.sentences)
        self._low = _lowered(f"{self._title}\n{self._text}")

    def fulfils(self, rule: Rule) -> bool:
        """Tell whether the article says all that it must, something of what it may, and nothing that it must not."""
        return (
            (not rule.any or any(map(self._has, rule.any)))
            and all(map(self._has, rule.must))
            and not any(map(self._has, rule.without))
        )

    def _has(self, term: Term) -> bool:
        if term.is_pattern:
            return self._has_pattern(term.text)
        return any(self.has(term.text))

    def has(self, word: str) -> tuple[bool, bool]:
        """Return whether a word or phrase stands in the title, and in the text."""
        if not is_word(word) or _longest(word) not in self._low:  # which most do not: a plain search is faster
            return False, False
        search = word_pattern(word).search
        return bool(search(self._title)), bool(search(self._text))

    def _has_pattern(self, pattern: str) -> bool:
        from briefing.patterns import compiled, pieces  # few rules have one

        search = compiled(pattern).search
        texts = (self._title, *(sentence.text for sentence in self._article.sentences))
        return any(search(piece) for text in texts for piece in pieces(text))


# What `re` takes for a letter of ASCII without regard to case: the long s, and the Turkish i with and without its dot.
_FORMS = str.maketrans({"\u017f": "s", "\u0130": "i", "\u0131": "i"})


def _lowered(text: str) -> str:
    """Return a text in which what `_longest` gives stands wherever the word may be found without regard to case."""
    return text.lower() if text.isascii() else text.translate(_FORMS).lower()


@lru_cache(maxsize=4096)
def _longest(words: str) -> str:
    """Return the longest word of a phrase as it stands in a lowered text; "" where letters have more than two forms."""
    longest = max(re.split(f"{_BETWEEN}|['’]", words), key=len)
    return longest.lower() if longest.isascii() else ""


@lru_cache(maxsize=4096)
def word_pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of a word or phrase."""
    phrase = _BETWEEN.join(map(_escaped, filter(None, re.split(_BETWEEN, words)))) or re.escape(words)
    if _UNSPACED.search(words):
        return re.compile(phrase, re.IGNORECASE)
    if _KOREAN.search(words.rstrip()):
        return re.compile(rf"(?<!\w){phrase}", re.IGNORECASE)
    return re.compile(rf"(?<!\w){phrase}(?:['’]?s|(?<=[shoxz])es|['’])?(?!\w)", re.IGNORECASE)


def _escaped(word: str) -> str:
    """Return the pattern of one word; an apostrophe is one in any form."""
    return re.sub("['’]", "['’]", re.escape(word))
