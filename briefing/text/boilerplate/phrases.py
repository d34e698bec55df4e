"""Phrases that furniture is made of: one file a language, one phrase a line, read once and compiled when first needed.

A phrase is words with a blank between: `a|b` is either, `a?` may be missing, `abonn*` has any ending, `9` is a number,
`..` stands for up to four words and `...` for up to twelve, `^` is the start of the line and `$` its end, `:` what
parts a label from its text (a colon, a bar, a bracket, a dash).
Upper and lower case are the same. `[share]` opens a class: its phrases count in a line that does not sound like news;
those of `[share!]` settle the matter by themselves, those of `[share?]` need company or the end of the text, those of
`[share~]` need company.
`[opener]` opens an appeal; `[we-word]` and its like are lists of words.

Compiling the English ones takes 176 ms, sixteen starts of Python. So each waits under the first letters of a word that
it cannot do without, and is compiled when a line has all such words.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter

# Letters of a word that find its phrases: enough to tell words apart, few enough for the stems of inflected languages.
KEY = 5

_FOLDER = os.path.dirname(__file__)
_STARTS = re.compile(rf"(\w{{1,{KEY}}})\w*+")
_NUMBER_OF = attrgetter("number")
_GAPS = {"..": 4, "...": 12}
_MARKS = {"$": r"\W*+$", ":": r"(?:\s*+[:：|\]]|\s++[-–—]++\s)", ";": r"\s*+;"}
_NUMBER_REST = r"\d*+(?:[.,:]\d++)*+"
# A line that opens with a quotation mark is somebody's words, not an address to the reader.
_START = re.compile(r"[^\w\"“”„«‘]*+")


class Phrase:
    """A phrase of one class; `is_in` compiles it on its first use."""

    __slots__ = ("_find", "_needs", "kind", "mark", "number", "source")

    def __init__(self, number: int, source: str, kind: str, mark: str) -> None:
        """Keep the phrase as it is written, its number in the order of the files, and its section's mark."""
        self.number = number
        self.source = source
        self.kind = kind
        self.mark = mark
        self._needs: tuple[frozenset[str], ...] | None = None
        self._find: Callable[[str, int], re.Match[str] | None] | None = None

    def is_in(self, line: str, starts: frozenset[str]) -> bool:
        """Return whether a line in lower case, whose words have these starts, has this phrase."""
        if self._needs is None:
            self._needs = tuple(frozenset(keys) for keys in map(_keys, self.source.split()) if keys)
        for known in self._needs:
            if known.isdisjoint(starts):
                return False
        if self._find is None:
            if not _may_hold(line, self.source.split()):
                return False
            pattern = re.compile(expression(self.source))
            # A search would try an anchored pattern at every letter.
            self._find = pattern.match if self.source[0] == "^" else pattern.search
        start = _START.match(line).end() if self.source[0] == "^" else 0  # type: ignore[union-attr]  # matches always
        return self._find(line, start) is not None


class Phrases:
    """All phrases of some languages by the key of a word in them, and the lists of words by name."""

    def __init__(self, sections: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Index the phrases: those that begin a line by its first word, the others by a rare one."""
        self.words: dict[str, frozenset[str]] = {}
        self._first: dict[str, list[Phrase]] = {}
        self._inner: dict[str, list[Phrase]] = {}
        classes = []
        for name, lines in sections:
            if name.endswith("-word"):
                self.words[name] = self.words.get(name, frozenset()).union(*map(str.split, lines))
            else:
                classes.append((name.rstrip("!?~"), name, lines))
        # A phrase waits under a word that is not in every tenth line of the news, where it has one.
        self._frequent = self.words.get("frequent-word", frozenset())
        every = ((source, kind, name[len(kind) :]) for kind, name, lines in classes for source in lines)
        for number, (source, kind, mark) in enumerate(every):
            self._add(Phrase(number, source, kind, mark))

    def _add(self, phrase: Phrase) -> None:
        tokens = phrase.source.split()
        keys, index = _first_keys(tokens), self._first
        if not keys or not self._frequent.isdisjoint(keys):
            rare = self._rare(tokens)
            if not keys or (rare and self._frequent.isdisjoint(rare)):
                keys, index = rare, self._inner
        for key in dict.fromkeys(keys):
            index.setdefault(key, []).append(phrase)

    def _rare(self, tokens: Iterable[str]) -> list[str]:
        """Return the keys of the first token without a frequent word, else of the first that has keys.

        To look for the rarest takes twice the time of all else here, and lines are judged no faster.
        """
        first: list[str] = []
        for token in tokens:
            keys = _keys(token)
            if keys and self._frequent.isdisjoint(keys):
                return keys
            first = first or keys
        return first

    def candidates(self, first: str, starts: frozenset[str]) -> list[Phrase]:
        """Return the phrases that a line with this first word and these words may have, in the order of the files."""
        found = list(self._first.get("9" if first[0].isdigit() else first, ()))
        for key in starts & self._inner.keys():
            found += self._inner[key]
        # A phrase may wait under two keys of the line; the order of the keys is not stable, that of the files is.
        return sorted(dict.fromkeys(found), key=_NUMBER_OF) if len(found) > 1 else found

    def keys(self) -> set[str]:
        """Return the starts of words under which phrases wait."""
        return self._first.keys() | self._inner.keys()

    def opens(self, word: str) -> bool:
        """Return whether a phrase waits for a line that begins with this word, given by its start."""
        return word in self._first and word not in self._frequent


def word_starts(line: str) -> list[str]:
    """Return the first letters of each word of a line that is in lower case."""
    return _STARTS.findall(line)


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


def _first_keys(tokens: Sequence[str]) -> list[str]:
    """Return the keys of the word that a line begins with; empty for a phrase that may begin elsewhere."""
    if tokens[0] != "^" or len(tokens) < 2:
        return []
    return ["9"] if tokens[1] == "9" else _keys(tokens[1])


def _keys(token: str) -> list[str]:
    """Return the starts of the words one of which a line needs for this token; empty when it cannot be told."""
    if token[-1] == "?" or not token[0].isalpha():
        return []
    words = token.split("|")
    if "".join(words).isalpha():  # most are: all phrases are indexed at the start of a run
        return [word[:KEY] for word in words]
    if any(not word[0].isalpha() or (word[-1] == "*" and len(word) <= KEY) for word in words):
        return []
    return [word[:KEY] if word.isalpha() else _STARTS.findall(word)[0] for word in words]


def _may_hold(line: str, tokens: Iterable[str]) -> bool:
    """Return whether a line has a word of each token, in their order: a look that spares half of the compilations."""
    at = 0
    for token in tokens:
        words = token.split("|")
        if token[-1] == "?" or not all(word[0].isalpha() for word in words):
            continue
        found = [place for word in words if (place := line.find(word.rstrip("*"), at)) >= 0]
        if not found:
            return False
        at = min(found) + 1
    return True


def expression(source: str) -> str:
    """Return the regular expression of a phrase from its first word on; its repetitions are possessive or bounded."""
    return "".join(_parts(source.split()))


def _parts(tokens: Sequence[str]) -> Iterator[str]:
    first, is_anchored = True, tokens[0] == "^"
    for token in tokens:
        if token == "^":
            continue
        if token in _GAPS:
            yield rf"(?:\w++\W++){{0,{_GAPS[token]}}}?" if first else rf"(?:\W++\w++){{0,{_GAPS[token]}}}?"
        elif token in _MARKS:
            yield _MARKS[token]
        else:
            yield _word(token, "" if first else r"\W++", is_search=first and not is_anchored)
            first = False


def _word(token: str, before: str, is_search: bool) -> str:
    choices = token.rstrip("?").split("|")
    words = "|".join(_choice(word, is_search) for word in choices if word not in _MARKS)
    either = "|".join((rf"{before}(?:{words})(?!\w)", *(_MARKS[word] for word in choices if word in _MARKS)))
    return rf"(?:{either})?+" if token[-1] == "?" else rf"(?:{either})"


def _choice(word: str, is_search: bool) -> str:
    if word == "9":
        return (r"\d(?<!\w\d)" if is_search else r"\d") + _NUMBER_REST
    rest = re.escape(word[1:-1]) + r"\w*+" if word[-1] == "*" else re.escape(word[1:])
    # The word boundary stands behind the first letter, so that the search can leap from one such letter to the next:
    # 2.1 µs for 3.8 with a boundary in front, on a line of news without the phrase.
    return rf"{word[0]}(?<!\w{word[0]}){rest}" if is_search else word[0] + rest
