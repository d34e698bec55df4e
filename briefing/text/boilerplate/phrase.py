"""One phrase of furniture: its words as they are written, the words that a line needs for it, and its pattern."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

# Letters by which the words are known that have any ending (`abonn*`), and the frequent ones.
STEM = 5

_RUN = re.compile(r"\w+")
# A choice that is no word, or a stem that is too short.
_UNTOLD = re.compile(rf"\|(?![^\W\d_])|\b\w{{1,{STEM - 1}}}\*")
_GAPS = {"..": 4, "...": 12}
_MARKS = {"$": r"\W*+$", ":": r"(?:\s*+[:：|\]]|\s++[-–—/]++\s)", ";": r"\s*+;"}
_NUMBER_REST = r"\d*+(?:[.,:]\d++)*+"
# A line that opens with a quotation mark is somebody's words, not an address to the reader.
_START = re.compile(r"[^\w\"“”„«‘]*+")
# A phrase of so many words from start to end of a line is in no line of more letters; German words are long.
_LETTERS_A_WORD = 20

# So often it is looked for a phrase's words in the line before its pattern, which is quicker, is compiled for good.
_PATIENCE = 4


class Phrase:
    """A phrase of one class; `is_in` compiles it on its first use."""

    __slots__ = ("_longest", "_looks", "_match", "_starts", "kind", "mark", "needs", "number", "source")

    def __init__(self, number: int, source: str, kind: str, mark: str) -> None:
        """Keep the phrase as it is written, its number in the order of the files, and its section's mark."""
        self.number = number
        self.source = source
        self.kind = kind
        self.mark = mark
        tokens = source.split()
        # The last ones first: rare words seldom open a phrase.
        self.needs = tuple([frozenset(words) for words in map(needed, reversed(tokens)) if words])
        self._longest = _longest(tokens)
        self._starts: Sequence[str] = ()
        self._looks = 0
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def is_in(self, line: str) -> bool:
        """Return whether a line in lower case has this phrase."""
        if self._longest and len(line) > self._longest:
            return False
        if self._match is None:
            tokens = self.source.split()
            self._looks += 1
            if self._looks <= _PATIENCE and not _may_hold(line, tokens):
                return False
            self._match = re.compile(expression(self.source)).match
            self._starts = _written(tokens[0])
        if self.source[0] == "^":
            return self._match(line, _START.match(line).end()) is not None  # type: ignore[union-attr]  # matches always
        return self._is_inside(line, self._match)

    def _is_inside(self, line: str, match: Callable[[str, int], re.Match[str] | None]) -> bool:
        """Return whether the phrase stands anywhere; to look for its first words takes a tenth of a search for it."""
        for word in self._starts:
            at = line.find(word)
            while at >= 0:
                if match(line, at):
                    return True
                at = line.find(word, at + 1)
        return False


def needed(token: str) -> Sequence[str]:
    """Return the words one of which a line needs for this token; none when it cannot be told.

    Of a word that is several (tax-deductible) that is the longest; `stem*` stands for any word that begins so.
    """
    return _told(token, lambda word: max(_RUN.findall(word), key=len))


def begun(token: str) -> Sequence[str]:
    """Return the same by what such a word begins with (tax of tax-deductible)."""
    return _told(token, lambda word: _RUN.findall(word)[0])


def _told(token: str, part: Callable[[str], str]) -> Sequence[str]:
    if token.replace("|", "").isalpha():  # most are
        return token.split("|")
    if token[-1] == "?" or not token[0].isalpha() or _UNTOLD.search(token):
        return ()
    return [word[:STEM] + "*" if word[-1] == "*" else part(word) for word in token.split("|")]


def _longest(tokens: Sequence[str]) -> int:
    """Return of how many letters a line can be that is this phrase from start to end; 0 when more may follow."""
    if tokens[0] != "^" or tokens[-1] != "$":
        return 0
    return _LETTERS_A_WORD * sum([_GAPS.get(token, 1) for token in tokens])


def _may_hold(line: str, tokens: Iterable[str]) -> bool:
    """Return whether a line has a word of each token, in their order: a look that spares half of the compilations."""
    at = 0
    for token in tokens:
        if _is_told(token):
            found = [place for word in _written(token) if (place := line.find(word, at)) >= 0]
            if not found:
                return False
            at = min(found) + 1
    return True


def _is_told(token: str) -> bool:
    """Return whether a line needs one of the token's words as they are written."""
    return token[-1] != "?" and all(word != "9" and word[0].isalnum() for word in token.split("|"))


def _written(token: str) -> Sequence[str]:
    return [word.rstrip("*") for word in token.split("|")]


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
