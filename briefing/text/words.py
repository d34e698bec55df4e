"""Words of a sentence: lower case, Snowball stems, stop words apart; scripts without spaces by pairs of characters.

A `Vocabulary` lives as long as a run. News repeats itself: each white-space chunk is taken apart once for a language
and costs one lookup afterwards.
"""

import re
from collections.abc import Callable
from functools import cache
from sys import intern

from briefing.text._lists import read_list

# Snowball's algorithms by ISO 639-1 code, as PyStemmer has them; other languages keep their lower-cased words.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Marks that belong to the letter before them (`\w` has letters and digits only): Hindi and Thai would fall to pieces.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0970-\u0dff\u0e30-\u0e4e\u200c\u200d"
)
# Scripts without spaces, and Korean, whose particles stick to the noun: Han, Kana, Hangul, Thai, Lao, Khmer, Burmese.
_SOLID = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)

_NUMBER = r"\d+(?:[.,:]\d+)+"
_ASCII_WORD = re.compile(rf"{_NUMBER}|\w+(?:'\w+)*")
_WORD = rf"{_NUMBER}|[\w{_MARKS}]+(?:['’][\w{_MARKS}]+)*"
# Where an apostrophe ends an article or a pronoun that is a word of its own: l'homme, dell'arte.
_ELIDED = rf"{_NUMBER}|[\w{_MARKS}]+"
_ELIDING = frozenset(["fr", "it", "ca"])
_SAME = str.maketrans({"’": "'", "ʼ": "'", "_": " "})  # one apostrophe for all; an underscore is no letter
_FIRST_SOLID = "\u0e00"
_EDGES = ".,;:!?…\"'“”‘’()"  # belong to no word where they stand around one

# A full memo holds about 36 MB; a week of English news has some 100,000 different chunks.
_MEMO = 1 << 17
_LONG = 64  # longer chunks (URLs, text without spaces) do not come back: not kept


_Stems = tuple[tuple[str, ...], tuple[str, ...]]  # of a chunk: those of all its words, and of its content words


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language in lower case; of one without a list, nothing."""
    return frozenset((read_list("stopwords", language) or "").split())


class Vocabulary:
    """The words met in a run, by language; bounded, and the same text always gives the same words."""

    def __init__(self) -> None:
        """Start empty; a language's stemmer is loaded at its first word."""
        self._languages: dict[str, _Memo] = {}

    def words(self, text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the stems of all words of the text in order, and those of its content words only."""
        memo = self._languages.get(language)
        if memo is None:
            memo = self._languages[language] = _memo(language)
        tokens: list[str] = []
        words: list[str] = []
        for its_tokens, its_words in map(memo.__getitem__, text.split()):
            tokens += its_tokens
            words += its_words
        return tuple(tokens), tuple(words)


class _Memo(dict[str, _Stems]):
    """A dict that makes what it lacks and empties itself when it is full."""

    def __init__(self, make: Callable[[str], _Stems]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, chunk: str) -> _Stems:
        made = self._make(chunk)
        if len(chunk) <= _LONG:
            if len(self) >= _MEMO:
                self.clear()
            self[chunk] = made
        return made


def _memo(language: str) -> _Memo:
    stop = stop_words(language)
    stem = _stemmer(language)
    split = _splitter(language in _ELIDING)
    pairs = language in ("zh", "ja")  # their stop lists hold characters: a pair of such is no content

    def take_apart(chunk: str) -> _Stems:
        bare = chunk.strip(_EDGES)
        if bare.isascii() and bare.isalpha() and not pairs:  # most are a word and a comma: no need for a pattern
            word = bare.lower()
            stems = (intern(stem([word])[0]),)
            return stems, () if word in stop else stems
        found = split(chunk)
        tokens = tuple(map(intern, stem(found)))
        content = [word for word in found if word not in stop and not (pairs and stop.issuperset(word))]
        return tokens, tokens if len(content) == len(found) else tuple(map(intern, stem(content)))

    return _Memo(take_apart)


def _splitter(elides: bool) -> Callable[[str], list[str]]:
    """Return the function that takes a chunk apart into lower-case words."""

    def split(chunk: str) -> list[str]:
        low = chunk.lower().translate(_SAME)
        if low.isascii() and not elides:
            return _ASCII_WORD.findall(low)
        found = _words(elides).findall(low)
        if not found or max(map(max, found)) < _FIRST_SOLID:
            return found
        return [piece for word in found for run in _runs().finditer(word) for piece in _pairs(run)]

    return split


@cache
def _words(elides: bool) -> re.Pattern[str]:
    """Return the pattern of words; most English texts need only that of words in ASCII."""
    return re.compile(_ELIDED if elides else _WORD)


@cache
def _runs() -> re.Pattern[str]:
    """Return the pattern of runs without spaces (group 1) or of others; 10 ms to compile, so only when one is met."""
    return re.compile(f"([{_SOLID}]+)|[^{_SOLID}]+")


def _pairs(run: re.Match[str]) -> list[str]:
    """Return the pairs of neighbors in a run of a script without spaces; any other run is one word."""
    text = run.group()
    if len(text) < 3 or not run.group(1):
        return [text]
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _stemmer(language: str) -> Callable[[list[str]], list[str]]:
    """Return the function that stems a list of words."""
    name = _SNOWBALL.get(language)
    if name is None:
        return list
    from Stemmer import Stemmer  # 1 ms: languages without stems and commands without words do not pay it

    stem: Callable[[list[str]], list[str]] = Stemmer(name, 0).stemWords  # no cache: the memo is one
    return stem
