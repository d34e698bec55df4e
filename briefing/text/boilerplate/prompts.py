"""Prompts told by their words: a short line with hardly a word but those of sign-ups, appeals, links and notices.

Phrases know the wordings that they list; this knows the vocabulary. A prompt turns to its reader ("you", "our", an
imperative) and speaks of mail, subscriptions, articles and buttons, and of nothing else; a report about the same things
names somebody who does them.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from briefing.text.boilerplate.phrases import Phrases

# Longer lines have words enough of their own.
LONGEST_PROMPT = 160
# How much the other words may weigh against each word that is a prompt's: in a line by itself, at the edges of the
# text, and beside furniture.
_ALONE, _AT_EDGE, _IN_COMPANY = 0.34, 0.67, 1.0
# A name may be that of a newsletter or of the outlet; it counts for half a word.
_NAME = 0.5
_CUES = "cue-"
_WORD = re.compile(r"\w+(?:['-]\w+)*")


class Vocabulary(NamedTuple):
    """The class of furniture that each cue speaks for, the words that turn to the reader, and those that say little."""

    cues: Mapping[str, str]
    speaker: frozenset[str]
    reader: frozenset[str]
    imperatives: frozenset[str]
    silent: frozenset[str]


class Weight(NamedTuple):
    """How a line's words weigh: the class most of them speak for, how many do or do not; who speaks.

    "You" alone is the reader of an essay or of advice as well; an imperative first, "us" or "my" is a prompt's.
    """

    kind: str
    cues: int
    others: float
    outlet_speaks: bool

    @property
    def alone(self) -> bool:
        """Whether the words settle the matter by themselves."""
        return self.outlet_speaks and self.cues >= 2 and self.others <= _ALONE * self.cues

    @property
    def at_edge(self) -> bool:
        """Whether they do at the end of the text."""
        return self.others <= (_AT_EDGE * self.cues if self.cues >= 2 else 0)

    @property
    def in_company(self) -> bool:
        """Whether they do beside furniture."""
        return self.others <= _IN_COMPANY * self.cues


@cache
def vocabulary(phrases: Phrases) -> Vocabulary:
    """Return the vocabulary of prompts in the phrases' languages; without cues when they have none."""
    words = phrases.words
    cues = {
        word: name.removeprefix(_CUES).removesuffix("-word")
        for name in words
        if name.startswith(_CUES)
        for word in words[name]
    }
    speaker, reader = words["we-word"].union(words.get("me-word", ())), words["you-word"]
    imperatives = words.get("imperative-word", frozenset())
    silent = speaker | reader | imperatives | words.get("plain-word", frozenset())
    return Vocabulary(cues, speaker, reader, imperatives, silent)


def weigh(text: str, phrases: Phrases) -> Weight | None:
    """Return how a line's words weigh; None when it has no prompt's word, or turns to nobody."""
    known = vocabulary(phrases)
    words = _WORD.findall(text)
    low = [word.lower() for word in words]
    if known.cues.keys().isdisjoint(low):
        return None
    outlet_speaks = low[0] in known.imperatives or not known.speaker.isdisjoint(low)
    if not outlet_speaks and known.reader.isdisjoint(low):
        return None
    votes: dict[str, int] = {}
    others = 0.0
    for place, word in enumerate(low):
        if word in known.cues:
            votes[known.cues[word]] = votes.get(known.cues[word], 0) + 1
        elif word not in known.silent and not word[0].isdigit():
            others += _NAME if place and words[place][0].isupper() else 1
    return Weight(max(votes, key=votes.__getitem__), sum(votes.values()), others, outlet_speaks)
