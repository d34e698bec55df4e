"""Phrases that furniture is made of: one file a language, one phrase a line, read once and compiled when first needed.

A phrase is words with a blank between: `a|b` is either, `a?` may be missing, `abon*` has any ending, `9` is a number,
`..` stands for up to four words and `...` for up to twelve, `^` is the start of the line and `$` its end, `:` itself.
Upper and lower case are the same. `[share]` opens a class; in `[share!]` a phrase settles the matter by itself, in
`[share]` the line must not sound like news. `[opener]` opens an appeal; `[we-word]` and its like are lists of words.

Compiling every phrase would cost two starts of Python. So each waits under the first letters of a word that it cannot
do without, and is compiled when a line has that word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

# Letters of a word that find its phrases: enough to tell words apart, few enough for the stems of inflected languages.
KEY = 5

_FOLDER = Path(__file__).parent
_STARTS = re.compile(rf"\b\w{{1,{KEY}}}")
_GAPS = {"..": 4, "...": 12}
_NUMBER = r"\d++(?:[.,:]\d++)*+"
# A line that opens with a quotation mark is somebody's words, not an address to the reader.
_START = r"^[^\w\"“”„«‘]*+"


class Phrase:
    """A phrase of one class; `search` compiles it on its first use."""

    __slots__ = ("_pattern", "certain", "kind", "source")

    def __init__(self, source: str, kind: str, certain: bool) -> None:
        """Keep the phrase as it is written."""
        self.source = source
        self.kind = kind
        self.certain = certain
        self._pattern: re.Pattern[str] | None = None

    def search(self, line: str) -> bool:
        """Return whether the line, in lower case, has this phrase."""
        if self._pattern is None:
            self._pattern = re.compile(expression(self.source))
        return self._pattern.search(line) is not None


class Phrases:
    """All phrases of some languages by the key of a word in them, and the lists of words by name."""

    def __init__(self, sections: Iterable[tuple[str, list[str]]]) -> None:
        """Index the phrases of the sections; `opener` and the classes are phrases, `…-word` are lists."""
        self.words: dict[str, frozenset[str]] = {}
        self._found: dict[str, list[tuple[int, Phrase]]] = {}
        number = 0
        for name, lines in sections:
            if name.endswith("-word"):
                self.words[name] = self.words.get(name, frozenset()).union(*map(str.split, lines))
                continue
            for source in lines:
                number += 1
                phrase = (number, Phrase(source, name.rstrip("!"), name.endswith("!")))
                for key in dict.fromkeys(keys(source)):
                    self._found.setdefault(key, []).append(phrase)

    def candidates(self, starts: Iterable[str]) -> list[Phrase]:
        """Return the phrases that a line with these word starts can have, in the order of their files."""
        found = {number: phrase for key in starts if key in self._found for number, phrase in self._found[key]}
        return [found[number] for number in sorted(found)]

    def touches(self, starts: Iterable[str]) -> bool:
        """Return whether any phrase could be in a line with these word starts."""
        return not self._found.keys().isdisjoint(starts)


def word_starts(line: str) -> list[str]:
    """Return the first letters of each word of a line that is in lower case."""
    return _STARTS.findall(line)


@cache
def load(language: str) -> Phrases:
    """Return the phrases of a language and of English, which pages in every language use."""
    names = dict.fromkeys(("en", language))
    return Phrases(section for name in names for section in _sections(name).items())


def languages() -> list[str]:
    """Return the codes of the languages that have phrases."""
    return sorted(path.stem for path in _FOLDER.glob("*.txt"))


def _sections(language: str) -> Mapping[str, list[str]]:
    """Return the lines of a language's file by section; nothing for a language without one."""
    path = _FOLDER / f"{language}.txt" if language.isalpha() else _FOLDER / "none"
    sections: dict[str, list[str]] = {}
    lines = sections.setdefault("", [])
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("["):
            lines = sections.setdefault(line[1:-1], [])
        elif line and line[0] != "#":
            lines.append(line)
    del sections[""]
    return sections


def keys(source: str) -> list[str]:
    """Return the keys under which a phrase waits: those of its least common word, a key for each alternative."""
    best: list[str] = []
    for token in source.split():
        if token[-1] == "?" or not token[0].isalpha():
            continue
        words = [re.split(r"\W", word, maxsplit=1)[0][:KEY] for word in token.split("|")]
        # Long words are rarer than short ones, and one word is rarer than one of many.
        if not best or (min(map(len, words)), -len(words)) > (min(map(len, best)), -len(best)):
            best = words
    return best


def expression(source: str) -> str:
    """Return the regular expression of a phrase; every repetition in it is possessive or bounded."""
    return "".join(_parts(source.split()))


def _parts(tokens: list[str]) -> Iterator[str]:
    first = True
    for token in tokens:
        if token == "^":
            yield _START
        elif token == "$":
            yield r"\W*+$"
        elif token in _GAPS:
            yield rf"(?:\w++\W++){{0,{_GAPS[token]}}}?" if first else rf"(?:\W++\w++){{0,{_GAPS[token]}}}?"
        elif token in ":;":
            yield rf"\s*+{token}"
        else:
            yield _word(token, first)
            first = False


def _word(token: str, first: bool) -> str:
    before = r"(?<!\w)" if first else r"\W++"
    optional = token[-1] == "?"
    choices = "|".join(_choice(word) for word in token.rstrip("?").split("|"))
    return rf"(?:{before}(?:{choices})(?!\w))?+" if optional else rf"{before}(?:{choices})(?!\w)"


def _choice(word: str) -> str:
    if word == "9":
        return _NUMBER
    return re.escape(word[:-1]) + r"\w*+" if word[-1] == "*" else re.escape(word)
