"""How a line sounds: an outlet that speaks to its reader, or a reporter who tells what others did and said."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

# Compiled when the first line is listened to; most articles need none.
_compiled = cache(re.compile)
_WORD = r"\w+(?:['’-]\w+)*"
# Somebody else's words, unless they are so few that they are a name or a scare quote.
_QUOTE = r"[\"“”„«]([^\"“”„«»]{25,600})[\"“”»]|``([^`']{25,600})''"
_OPENING_MARKS = ('"', "“", "”", "„", "«", "``")
_DIGIT = re.compile(r"\d")
# A line may have one half of a quotation.
_MARKS = ('"', "“", "”", "„", "«", "»", "``", "''")
# The name of a paper in its address is no word of a report (tips@spokesman.example).
_ADDRESS = r"\S+@\S+|(?:https?://|www\.)\S+"
# Before such a word, as behind the reader's "you", a word of reports is none.
_UNTOLD = frozenset({"otherwise", "successfully"})
_MONEY = r"(?i:[$€£₽₴]\s?\d|\b\d+\s?(?:[$€£₽₴]|USD|EUR|euros?|dollars?|руб|грн|reais))"


# In fewer words than this nobody both reports and asks.
_SHORT = 25


class Voice(Struct, frozen=True):
    """What a line has outside quotations: how many words, and which kinds of them."""

    words: int
    we: bool
    you: bool
    appeal: bool
    press: bool
    money: bool
    news: bool
    quoted: bool

    @property
    def asking(self) -> int:
        """How many of the five marks of an appeal the line has."""
        return self.we + self.you + self.appeal + self.press + self.money

    @property
    def is_news(self) -> bool:
        """Whether somebody's words or deeds are reported; a long appeal may tell some too."""
        return self.quoted or (self.news and not (self.we and self.you and self.words > _SHORT))


def listen(line: str, lists: Mapping[str, frozenset[str]], outlet: str) -> Voice:
    """Return how a line sounds; an outlet that names itself speaks of the press."""
    spoken = _compiled(_QUOTE).sub(" ", line) if any(mark in line for mark in _OPENING_MARKS) else line
    quoted = len(spoken) < 0.7 * len(line) or line.startswith(_MARKS) or line.endswith(_MARKS)
    if "@" in spoken or "://" in spoken or "www." in spoken:
        spoken = _compiled(_ADDRESS).sub(" ", spoken)
    words = [word.lower() for word in _compiled(_WORD).findall(spoken.replace("’", "'")) if word != "US"]
    known = frozenset(words)

    def has(kind: str) -> bool:
        return not known.isdisjoint(lists.get(kind, ()))

    return Voice(
        words=len(words),
        we=has("we-word"),
        you=has("you-word"),
        appeal=has("appeal-word"),
        press=has("press-word") or (outlet != "" and outlet in line.lower()),
        money=_DIGIT.search(spoken) is not None and _compiled(_MONEY).search(spoken) is not None,
        news=has("news-word") and _reports(words, lists),
        quoted=quoted,
    )


def _reports(words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a word of reports is one: what "you found" or is "unless otherwise noted" tells of nobody."""
    news, untold = lists["news-word"], lists.get("you-word", frozenset()) | _UNTOLD
    return any(word in news and before not in untold for before, word in pairwise(("", *words)))
