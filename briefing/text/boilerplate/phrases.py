"""Phrases that furniture is made of: one file a language, one phrase a line, read once and compiled when first needed.

A phrase is words with a blank between: `a|b` is either, `a?` may be missing, `abonn*` has any ending, `9` is a number,
`..` stands for up to four words and `...` for up to twelve, `^` is the start of the line and `$` its end, `:` what
parts a label from its text (a colon, a bar, a bracket, a dash, a slash).
Upper and lower case are the same. `[share]` opens a class: its phrases count in a line that does not sound like news;
those of `[share!]` settle the matter by themselves, those of `[share?]` need company or the end of the text, those of
`[share~]` need company.
`[opener]` opens an appeal; `[we-word]` and its like are lists of words.

Compiling the English ones takes 176 ms, sixteen starts of Python. So a phrase waits until a text has all words that it
cannot do without, and is compiled when a line of it may have them in their order.
"""

import os
import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import accumulate, chain
from typing import TypeVar

from briefing.text.boilerplate.phrase import STEM, Phrase, begun, needed

_FOLDER = os.path.dirname(__file__)
_RUN = re.compile(r"\w+")
# First words of lines that are kept with what may follow them.
_MEMO = 1 << 14

Answer = TypeVar("Answer")


class Openers:
    """The phrases that begin with one word: by their second word those that have one, and the others."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Sort the phrases."""
        self.others: list[Phrase] = []
        self.seconds: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            tokens = phrase.source.split()
            words = begun(tokens[2]) if len(tokens) > 2 else ()
            if not words:
                self.others.append(phrase)
            for word in words:
                self.seconds.setdefault(word, []).append(phrase)


class _Known(dict[str, Answer]):
    """What is asked again and again, answered once."""

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> Answer:
        if len(self) >= _MEMO:
            self.clear()
        answer = self[word] = self._answer(word)
        return answer


class Phrases:
    """All phrases of some languages by a word of each, and the lists of words by name.

    Only what is met is taken apart: of 650 phrases that begin a line the first words stand in one text, in which a word
    is found in 2 µs; the others wait under a word each.
    """

    def __init__(self, sections: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Index the phrases: those that begin a line by its first word, the others by a rare one."""
        self.words: dict[str, frozenset[str]] = {}
        self._written: list[tuple[int, str, str, str]] = []
        for name, lines in sections:
            if name.endswith("-word"):
                self.words[name] = self.words.get(name, frozenset()).union(*map(str.split, lines))
            else:
                kind, count = name.rstrip("!?~"), len(self._written)
                mark = name[len(kind) :]
                self._written += [(number, line, kind, mark) for number, line in enumerate(lines, count)]
        # Words that open too many sentences of the news to tell that a phrase may follow.
        self._vague = self.words.get("vague-word", frozenset())
        # The phrases that a line with a first word may begin with; None when there are none.
        self.openers = _Known(self._openers)
        # Whether one of them tells more than nothing.
        self.opens = _Known(self._opens)
        self._made: dict[int, Phrase] = {}
        firsts = [_first(source) for _, source, _, _ in self._written]
        self._firsts = "".join([f"|{first}\n" for first in firsts])
        self._ends = list(accumulate([len(first) + 2 for first in firsts]))
        self._inner: dict[str, list[int]] = {}
        for number, source, _, _ in self._written:
            for word in () if firsts[number] else _rarest(source.split()):
                self._inner.setdefault(word, []).append(number)
        self._marks = frozenset(self._inner)
        self._waiting = _Known(self._waiting_for)
        self.has_stems = any("*" in source for _, source, _, _ in self._written)

    def _phrase(self, number: int) -> Phrase:
        if number not in self._made:
            self._made[number] = Phrase(*self._written[number])
        return self._made[number]

    def among(self, words: Set[str]) -> list[tuple[str, Phrase]]:
        """Return the phrases that a text with these words may have anywhere, each with a word that its line has."""
        lacking = words.isdisjoint
        waiting = chain.from_iterable(map(self._waiting.__getitem__, words & self._marks))
        return [each for each in waiting if not any(map(lacking, each[1].needs))]

    def _waiting_for(self, word: str) -> list[tuple[str, Phrase]]:
        mark = word.rstrip("*")
        return [(mark, self._phrase(number)) for number in self._inner[word]]

    def _openers(self, word: str) -> Openers | None:
        found = sorted(set(self._beginning("9" if word[0].isdigit() else word)))
        return Openers(map(self._phrase, found)) if found else None

    def _beginning(self, word: str) -> Iterator[int]:
        """Yield the numbers of the phrases whose first word this may be."""
        firsts = self._firsts
        for start, is_stem in (("|" + word, False), ("|" + word[:STEM], True))[: 1 + self.has_stems]:
            at = firsts.find(start)
            while at >= 0:
                end = at + len(start)
                rest = _RUN.match(firsts, end)
                if not rest or (is_stem and firsts[rest.end()] == "*") or firsts[end] == "*":
                    yield bisect(self._ends, at)
                at = firsts.find(start, end)

    def _opens(self, word: str) -> bool:
        return word.isalpha() and word[:STEM] not in self._vague and self.openers[word] is not None


@cache
def load(language: str) -> Phrases:
    """Return the phrases of a language and of English, which pages in every language use."""
    names = dict.fromkeys((language, "en"))
    return Phrases(section for name in names for section in sections(name).items())


@cache
def languages() -> list[str]:
    """Return the codes of the languages that have phrases."""
    return sorted(name.removesuffix(".txt") for name in os.listdir(_FOLDER) if name.endswith(".txt"))


def sections(language: str) -> Mapping[str, list[str]]:
    """Return the lines of a language's file by section; nothing for a language without one."""
    sections: dict[str, list[str]] = {}
    path = os.path.join(_FOLDER, f"{language}.txt")
    if not (language.isalpha() and os.path.isfile(path)):
        return sections
    with open(path, encoding="utf-8") as file:
        written = file.read().splitlines()
    lines: list[str] = []
    for line in written:
        if line.startswith("["):
            lines = sections.setdefault(line[1:-1], [])
        elif line and line[0] != "#":
            lines.append(line)
    return sections


def _first(source: str) -> str:
    """Return the words that a line begins with, as they are written; "" for a phrase that may begin elsewhere."""
    if source[0] != "^":
        return ""
    token = source.split(" ", 2)[1]
    return token if token == "9" or begun(token) else ""


def _rarest(tokens: Iterable[str]) -> Sequence[str]:
    """Return the words of the token that is probably in the fewest lines: long words are rare."""
    best: Sequence[str] = ()
    length = 0
    for token in tokens:
        shortest = min(map(len, token.split("|")))
        if shortest > length and (words := needed(token)):
            best, length = words, shortest
    return best
