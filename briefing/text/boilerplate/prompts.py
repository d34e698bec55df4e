"""Prompts told by their words: what no phrase knows is weighed word by word.

Phrases know the wordings that they list; this knows the vocabulary. A prompt turns to its reader ("you", "our", an
imperative) and speaks of mail, subscriptions, articles and buttons, and of little else; a report about the same things
names somebody who does them. The weights are those of a logistic regression on 900 lines of furniture and 19,000
sentences of news, in quarters; only those over .3 are kept. On lines of outlets that it did not learn from it finds .5
of the furniture at 1 in 1,000 sentences of news, and .9 at 1 in 50: enough by itself, and enough at the end of a text.
"""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

from msgspec import Struct

from briefing.text.boilerplate.phrases import Phrases

# Longer lines have words enough of their own.
LONGEST_PROMPT = 160
# The weight from which a line is furniture by itself, beside furniture, and at the first or last lines of a text; more
# is asked of a line without a cue, which may be a heading or a row of a table.
_ALONE, _IN_COMPANY, _AT_EDGE = 2.0, 1.5, 1.25
_WITHOUT_CUE = 1.0
# A heading inside an article has no full stop either, and may have one word of a prompt's.
_ALONE_FRAGMENT = 4.0
_LONGEST_LABEL = 8
_CUES, _WEIGHT = "cue-", "weight"
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_QUOTES = ('"', "“", "”", "''", "``")
# How many words the lines of each bucket of lengths have at most.
_LENGTHS = (2, 4, 7, 12, 20)


class Vocabulary(Struct, frozen=True):
    """What words say: the class that each cue speaks for, who turns to whom, and the weight of words and features.

    `runs` are the longest parts of the cues (deductible of tax-deductible), by which it is known that there is none.
    """

    cues: Mapping[str, str]
    runs: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]


class Weighed(Struct, frozen=True):
    """The weight of a line, and the class that most of its words speak for ('' when none does)."""

    kind: str
    weight: float
    is_fragment: bool

    @property
    def alone(self) -> bool:
        """Whether the words settle the matter by themselves."""
        return self.weight >= (_ALONE_FRAGMENT if self.is_fragment else _ALONE) + self._doubt

    @property
    def at_edge(self) -> bool:
        """Whether they do at the first or the last lines of the text."""
        return self.weight >= _AT_EDGE + self._doubt

    @property
    def in_company(self) -> bool:
        """Whether they do beside furniture."""
        return self.weight >= _IN_COMPANY + self._doubt

    @property
    def _doubt(self) -> float:
        return 0.0 if self.kind else _WITHOUT_CUE


@cache
def vocabulary(phrases: Phrases) -> Vocabulary:
    """Return the vocabulary of prompts in the phrases' languages; without weights when they have none."""
    words = phrases.words
    cues: dict[str, str] = {}
    weights: dict[str, float] = {}
    for name, members in words.items():
        kind = name.removesuffix("-word")
        if kind.startswith(_CUES):
            cues.update(dict.fromkeys(members, kind.removeprefix(_CUES)))
        elif kind.startswith(_WEIGHT):
            weights.update(dict.fromkeys(members, float(kind.removeprefix(_WEIGHT))))
    we, you, first = (
        words["we-word"].union(words.get("me-word", ())),
        words["you-word"],
        words.get("imperative-word", frozenset()),
    )
    silent = (we | you | first | words.get("plain-word", frozenset()) | {"9"}).difference(cues)
    runs = frozenset([max(cue.split("-"), key=len) for cue in cues])
    return Vocabulary(
        cues, runs, {"we": we, "you": you, "first": first, "silent": silent, "news": words["news-word"]}, weights
    )


def cues_among(words: Set[str], phrases: Phrases) -> Sequence[str]:
    """Return parts of words one of which every line with a cue has, in a text that has these words."""
    known = vocabulary(phrases)
    return list(known.runs & words) if known.weights else ()


def weigh(text: str, phrases: Phrases) -> Weighed | None:
    """Return what a line's words weigh; None for a line that cannot be a prompt."""
    known = vocabulary(phrases)
    text = text.replace("’", "'")
    words = _WORD.findall(text)
    if not words or text[0].islower() or not known.weights:
        return None
    votes = list(filter(None, map(known.cues.get, map(str.lower, words))))
    if not votes and not _may_be_label(text, words, known):
        return None
    weights = known.weights
    weight = sum([weights[feature] for feature in features(text, words, known) if feature in weights])
    return Weighed(max(votes, key=votes.count, default=""), weight, text[-1] not in ".!?")


def _may_be_label(text: str, words: list[str], known: Vocabulary) -> bool:
    """Return whether a line without a cue is short, no sentence, and of known words: a headline has its own."""
    if text[-1] in ".!?" or len(words) > _LONGEST_LABEL:
        return False
    return 2 * sum(word.lower() in known.weights for word in words) >= len(words)


def features(text: str, words: list[str], known: Vocabulary) -> list[str]:
    """Return what is weighed of a line: its words, the first again with '^', and how it looks and sounds with '%'."""
    low = [word.lower() if word[0].isalpha() else "9" for word in words]
    distinct = dict.fromkeys(low)
    cues = sum(map(known.cues.__contains__, low))
    others = len(low) - cues - sum(map(known.lists["silent"].__contains__, low))
    capitals = 0 if text.isupper() else len([word for word in words[1:] if word[0].isupper()])
    found = [*distinct, "^" + low[0], f"%n{sum(len(words) > length for length in _LENGTHS)}", f"%k{min(cues, 4)}"]
    found.append(f"%o{min(4, others * 2 // cues)}" if cues else "%o9")
    found.append("%e" + (text[-1] if text[-1] in '.?!:)"' else "a" if text[-1].isalnum() else "o"))
    found.extend(f"%{name}" for name in ("we", "you", "news") if not known.lists[name].isdisjoint(distinct))
    if capitals:
        found.append(f"%c{min(3, 4 * capitals // len(words))}")
    if low[0] in known.lists["first"]:
        found.append("%first")
    if any(mark in text for mark in _QUOTES):
        found.append("%quote")
    return found + [f"%{mark}" for mark in ":|" if mark in text]
