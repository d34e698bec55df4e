"""How a line sounds: an outlet that speaks to its reader, or a reporter who tells what others did and said."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Somebody else's words, unless they are so few that they are a name or a scare quote.
_QUOTE = re.compile(r"[\"“”„«]([^\"“”„«»]{25,600})[\"“”»]|``([^`']{25,600})''")
# A line may have one half of a quotation.
_MARKS = ('"', "“", "”", "„", "«", "»", "``", "''")
_MONEY = re.compile(r"[$€£₽₴]\s?\d|\b\d+\s?(?:[$€£₽₴]|USD|EUR|euros?|dollars?|руб|грн|reais)", re.IGNORECASE)


# In fewer words than this nobody both reports and asks.
_SHORT = 25


class Voice(NamedTuple):
    """The parts of a line's tone: counts of its words, outside quotations."""

    words: int
    we: int
    you: int
    appeal: int
    press: int
    money: int
    news: int
    quoted: bool

    @property
    def asking(self) -> int:
        """How many of the five marks of an appeal the line has."""
        return (self.we > 0) + (self.you > 0) + (self.appeal > 0) + (self.press > 0) + (self.money > 0)

    @property
    def is_news(self) -> bool:
        """Whether somebody's words or deeds are reported; a long appeal may tell some too."""
        return self.quoted or (self.news > 0 and not (self.we and self.you and self.words > _SHORT))


def listen(line: str, lists: Mapping[str, frozenset[str]], outlet: str) -> Voice:
    """Return how a line sounds; an outlet that names itself speaks of the press."""
    spoken = _QUOTE.sub(" ", line)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(spoken) if word != "US"]
    none: frozenset[str] = frozenset()

    def count(name: str) -> int:
        known = lists.get(name, none)
        return sum(word in known for word in words)

    return Voice(
        words=len(words),
        we=count("we-word"),
        you=count("you-word"),
        appeal=count("appeal-word"),
        press=count("press-word") + (outlet != "" and outlet in line.lower()),
        money=int(_MONEY.search(spoken) is not None),
        news=count("news-word"),
        quoted=len(spoken) < 0.7 * len(line) or line.startswith(_MARKS) or line.endswith(_MARKS),
    )
