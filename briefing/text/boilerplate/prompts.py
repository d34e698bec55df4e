"""Prompts told by their words: what no phrase knows is weighed word by word.

Phrases know the wordings that they list; this knows the vocabulary. A prompt turns to its reader ("you", "our", an
imperative) and speaks of mail, subscriptions, articles and buttons, and of little else; a report about the same things
names somebody who does them. The weights are those of a logistic regression on 1,000 lines of furniture and 27,000
sentences of news; benchmarks/_tune_boilerplate.py learns them, and prints which share of lines from outlets that it did
not learn from has which weight: .55 of the furniture weighs what 1 in 1,000 sentences of news weighs, .84 what 1 in 100
does. So much is enough at the end of a text, where the last paragraph of an article seldom weighs anything.
"""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

from msgspec import Struct

from briefing.text.boilerplate.phrases import Phrases

# Longer lines have words enough of their own, inside a text and at its end.
LONGEST_PROMPT, LONGEST_END = 160, 300
# The weight from which a line is furniture by itself, beside furniture, and at the end of a text; inside a text more is
# asked of a line without a cue, which may be a heading or a row of a table.
_ALONE, _IN_COMPANY = 2.25, 1.0
# At the end of a text such a fragment need not be in words that prompts use.
_END_ANYWAY = 2.0
# At the end of a text: of a fragment, of a sentence, and of one that may be a speaker's, who says "we" and "you" too.
_END_FRAGMENT, _END_SENTENCE, _END_SPEECH = -0.25, 0.25, 0.75
_WITHOUT_CUE = 1.75
# A heading inside an article has no full stop either, and may have one word of a prompt's.
_ALONE_FRAGMENT = 3.0
_LONGEST_LABEL = 8
_CUES, _WEIGHT = "cue-", "weight"
WORD = re.compile(r"\w+(?:['-]\w+)*")
_QUOTES = ('"', "“", "”", "''", "``")
_SPEECH = frozenset({"%we", "%you", "%first"})
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
    is_speech: bool
    is_label: bool

    @property
    def alone(self) -> bool:
        """Whether the words settle the matter by themselves."""
        return self.weight >= (_ALONE_FRAGMENT if self.is_fragment else _ALONE) + self._doubt

    @property
    def at_end(self) -> bool:
        """Whether they do at the end of the text."""
        if self.is_fragment:
            return self.weight >= (_END_FRAGMENT if self.kind or self.is_label else _END_ANYWAY)
        return self.weight >= (_END_SPEECH if self.is_speech else _END_SENTENCE)

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
    lists = {
        "we": we,
        "you": you,
        "first": first,
        "silent": silent,
        "news": words["news-word"],
    }
    return Vocabulary(cues, runs, lists, weights)


def cues_among(words: Set[str], phrases: Phrases) -> Sequence[str]:
    """Return parts of words one of which every line with a cue has, in a text that has these words."""
    known = vocabulary(phrases)
    return list(known.runs & words) if known.weights else ()


def weigh(text: str, phrases: Phrases) -> Weighed | None:
    """Return what a line's words weigh; None for a line that is no sentence from its start on, or without words."""
    known = vocabulary(phrases)
    text = text.replace("’", "'")
    words = WORD.findall(text)
    if not words or text[0].islower() or not known.weights:
        return None
    votes = list(filter(None, map(known.cues.get, map(str.lower, words))))
    weights = known.weights
    found = features(text, words, known)
    weight = sum([weights[feature] for feature in found if feature in weights])
    is_speech = not _SPEECH.isdisjoint(found)
    is_fragment = text[-1] not in ".!?"
    is_label = is_fragment and may_be_label(text, phrases)
    return Weighed(max(votes, key=votes.count, default=""), weight, is_fragment, is_speech, is_label)


def may_be_label(text: str, phrases: Phrases) -> bool:
    """Return whether a line without a cue is short, no sentence, and of known words: a headline has its own."""
    if text[-1] in ".!?":
        return False
    words = WORD.findall(text)
    if not 0 < len(words) <= _LONGEST_LABEL:
        return False
    known = vocabulary(phrases)
    told = [word for word in map(str.lower, words) if word in known.lists["silent"] or word in known.cues]
    return 2 * len(told) >= len(words)


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
