"""Which phrases a line may have: what the words of the whole text rule out is not looked for in any line."""

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from briefing.text.boilerplate.phrase import STEM, Phrase
from briefing.text.boilerplate.phrases import Openers, Phrases

_WORD = re.compile(r"\w+")
# The first word of a line that does not begin with somebody's words, and the next three.
_FIRST = re.compile(r"[^\w\"“”„«‘]*+(\w++)")
_NEXT = re.compile(r"(?:\W++(\w++))?+" * 3)
# ASCII without letters, digits and the underscore.
_SPACES = bytes(code if code > 127 or chr(code).isalnum() or chr(code) == "_" else 32 for code in range(256))
_QUOTES = "“”‘’„«»–—…\u00a0"
_NUMBER_OF = attrgetter("number")


def read_words(text: str, *, stems: bool = False) -> set[str]:
    """Return the words of a text in lower case, and with `stems` the first letters of long ones with a `*`."""
    text = text.lower()
    if not text.isascii():
        for mark in _QUOTES:
            text = text.replace(mark, " ")
    # Twice as quick as to find the words in the text itself.
    words = set(text.encode(errors="replace").translate(_SPACES).decode().split())
    if not text.isascii():
        odd = [word for word in words if not word.isascii()]
        words = words.difference(odd).union(_WORD.findall(" ".join(odd)))
    if stems:
        words |= {word[:STEM] + "*" for word in words if len(word) >= STEM}
    return words


class Finder:
    """The phrases that a text may have, for each of its lines."""

    __slots__ = ("_marks", "_others", "_phrases", "words")

    def __init__(self, phrases: Phrases, text: str) -> None:
        """Rule out what needs a word that the text does not have."""
        self._phrases = phrases
        self.words = read_words(text, stems=phrases.has_stems)
        self._marks = phrases.among(self.words)
        self._others: dict[str, list[Phrase]] = {}

    def candidates(self, line: str) -> list[Phrase]:
        """Return the phrases that a line of the text, in lower case, may have, in the order of the files."""
        found = [phrase for mark, phrase in self._marks if mark in line]
        opening = _FIRST.match(line)
        if opening and (openers := self._phrases.openers[opening[1]]):
            found += self._opening(openers, opening[1], line, opening.end())
        return sorted(dict.fromkeys(found), key=_NUMBER_OF) if len(found) > 1 else found

    def _opening(self, openers: Openers, first: str, line: str, end: int) -> list[Phrase]:
        """Return the phrases that a line with this first word, which ends there, may have from its start on."""
        if first not in self._others:
            self._others[first] = self._possible(openers.others)
        found = self._others[first]
        if not openers.seconds:
            return found
        others: Sequence[str] = _NEXT.match(line, end).groups("")  # type: ignore[union-attr]  # matches always
        if self._phrases.has_stems:
            others = (*others, *[word[:STEM] + "*" for word in others])
        for word in others:
            if word in openers.seconds:
                found = found + self._possible(openers.seconds[word])
        return found

    def _possible(self, phrases: Iterable[Phrase]) -> list[Phrase]:
        """Return the phrases of which the text has a word of each token."""
        lacking = self.words.isdisjoint
        return [phrase for phrase in phrases if not any(map(lacking, phrase.needs))]
