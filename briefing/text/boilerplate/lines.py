"""The lines of a text with the verdict on each by itself."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from briefing.text.boilerplate.finder import Finder
from briefing.text.boilerplate.phrase import Phrase
from briefing.text.boilerplate.phrases import languages, load
from briefing.text.boilerplate.prompts import LONGEST_END, LONGEST_PROMPT, Weighed, cues_among, may_be_label, weigh
from briefing.text.boilerplate.shapes import WRITER, shape
from briefing.text.boilerplate.voice import Voice, listen
from briefing.text.language import detect_language, own_words

_WORD = re.compile(r"\w")
# Appeals and cookie notices are long, but not longer than this; a whole article on one line is.
LONGEST = 1500
# The longest line that can open an appeal, and the words of the longest that a phrase settles against a news voice.
_LONGEST_OPENER = 200
_SETTLED_WORDS = 25
# Fewer words than this, in plain letters, do not tell their language.
_TELLING = 3
# Own words of the language that are looked for before the line is split.
_LOOKS = 4
# From so many of the five marks of an appeal on, a prompt is one.
_ASKING = 3
# Notices may be long and tell what was said; prompts speak to somebody.
_LEGAL = frozenset({"correction", "republication"})
_ADDRESSED = frozenset({"donation", "newsletter", "account", "cookie", "advertisement"})


class Span(Struct, frozen=True):
    """A piece of furniture: where it is and of which class."""

    start: int
    end: int
    kind: str


class Verdict(Struct, frozen=True):
    """What a line is by itself: its class or ''; the class that it has in company, or at the end of the text."""

    kind: str = ""
    hint: str = ""
    opener: bool = False
    certain: bool = False
    edge: str = ""


NOTHING = Verdict()


class Outlet:
    """What the lines of a text are judged by: the phrases of its language, and the name of who printed it."""

    __slots__ = ("_cues", "_others", "_text", "finder", "language", "name", "phrases")

    def __init__(self, text: str, language: str = "en", name: str = "") -> None:
        """Take a text; the name of its outlet is in lower case, "" when it is not known."""
        self.language = language
        self.name = name
        self.phrases = load(language)
        self.finder = Finder(self.phrases, text)
        self._text = text
        self._others: dict[str, Outlet] = {}
        self._cues: Sequence[str] | None = None

    @property
    def cues(self) -> Sequence[str]:
        """Parts of words one of which every line with a cue of a prompt has; looked up at the first short line."""
        if self._cues is None:
            self._cues = cues_among(self.finder.words, self.phrases)
        return self._cues

    def speaking(self, language: str) -> "Outlet":
        """Return the same for lines of the text that are in another language."""
        if language not in self._others:
            self._others[language] = Outlet(self._text, language, self.name)
        return self._others[language]


class Line:
    """One line of a text: its place, the verdict on it, and the class of furniture that it is ('' for the article)."""

    __slots__ = ("_outlet", "_voice", "end", "kind", "pieces", "start", "text", "verdict")

    def __init__(self, start: int, text: str, outlet: Outlet) -> None:
        """Take a stripped line and judge it by itself."""
        self.start = start
        self.end = start + len(text)
        self.text = text
        self._outlet = outlet
        self._voice: Voice | None = None
        self.verdict = _weighed(classify(text, outlet), text, outlet)
        self.kind = self.verdict.kind
        self.pieces: Sequence[Span] = ()

    @property
    def voice(self) -> Voice:
        """How the line sounds; found out when it is asked for."""
        if self._voice is None:
            self._voice = listen(self.text[:LONGEST], self._outlet.phrases.words, self._outlet.name)
        return self._voice

    @property
    def may_address(self) -> bool:
        """Whether the line may have a word for its reader: a look that spares most a hearing."""
        low = self.text.lower()
        return any(word in low for word in self._outlet.finder.words & self._outlet.phrases.words["you-word"])

    @property
    def kind_at_end(self) -> str:
        """The class that the line's words give it at the end of an English text, "" when they give it none."""
        if len(self.text) > LONGEST_END or self._outlet.language != "en" or self.verdict.hint == "byline":
            return ""
        weighed = weigh(self.text, self._outlet.phrases)
        if not weighed or not weighed.at_end or self.voice.is_news:
            return ""
        return _kind_of(weighed, self.voice, self.verdict)

    def spans(self) -> Iterator[Span]:
        """Give what is to go: the whole line, or pieces of it."""
        if self.kind:
            yield Span(self.start, self.end, self.kind)
        else:
            yield from self.pieces

    def clear(self) -> None:
        """Keep the line whole."""
        self.kind = ""
        self.pieces = ()


def read_lines(text: str, outlet: Outlet) -> list[Line]:
    """Return the lines of a text that have anything on them, each judged by itself and in its own language."""
    lines = []
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            before = 0 if line[0] == stripped[0] else line.index(stripped[0])
            lines.append(_read_line(start + before, stripped, outlet))
        start += len(line) + 1
    return lines


def _read_line(start: int, text: str, outlet: Outlet) -> Line:
    """Return a line judged by the article's language, or where that finds nothing by its own."""
    line = Line(start, text, outlet)
    other = outlet if line.verdict is not NOTHING else _speaking(text, outlet)
    return line if other is outlet else Line(start, text, other)


def _speaking(line: str, outlet: Outlet) -> Outlet:
    """Return by what a line is judged: a page in one language may ask in another, and a record may be wrong of its own.

    A line that has a function word of the article's language alone is in that language; few words tell nothing.
    """
    low = line[:LONGEST].lower()
    for mark in _own_marks(outlet.language):
        if mark in low:
            return outlet
    own, words = own_words(outlet.language), low.split()
    if not own or not own.keys().isdisjoint(words) or (len(words) < _TELLING and line.isascii()):
        return outlet
    language = detect_language(line, outlet.language)
    if language == outlet.language or language not in languages():
        return outlet
    return outlet.speaking(language)


@cache
def _own_marks(language: str) -> tuple[str, ...]:
    """Return some of the language's own words, frequent ones first, between blanks: one look each spares the rest."""
    return tuple([f" {word} " for word in own_words(language)][:_LOOKS])


def classify(text: str, outlet: Outlet) -> Verdict:
    """Return what a line, or a sentence of one, is by its shape and by its phrases."""
    if not text or len(text) > LONGEST:
        return NOTHING
    look = shape(text, outlet.phrases.words, outlet.name)
    if look and look[1]:
        return Verdict(look[0], look[0], certain=True)
    low = text.lower().replace("’", "'")
    hint, opener = look[0] if look else "", False
    edge = WRITER if hint == WRITER else ""
    found = outlet.finder.candidates(low)
    if not found and not _WORD.search(low):
        return Verdict(hint="separator")
    if found:
        voice = None
        for phrase in found:
            if not phrase.is_in(low):
                continue
            if phrase.kind == "opener":
                opener = len(text) <= _LONGEST_OPENER and not listen(text, outlet.phrases.words, "").is_news
                continue
            voice = voice or listen(text, outlet.phrases.words, outlet.name)
            if not _counts(phrase, voice):
                continue
            if phrase.mark in ("", "!"):
                return Verdict(phrase.kind, hint, opener, phrase.mark == "!")
            hint = hint or phrase.kind
            edge = edge or (phrase.kind if phrase.mark == "?" else "")
    return Verdict(hint=hint, opener=opener, edge=edge) if hint or opener or edge else NOTHING


def _weighed(verdict: Verdict, text: str, outlet: Outlet) -> Verdict:
    """Return the verdict on a line that no phrase gives away by the weight of its words; names weigh nothing."""
    if verdict.kind or len(text) > LONGEST_PROMPT:
        return verdict
    low = text.lower()
    if not any(map(low.__contains__, outlet.cues)) and not may_be_label(text, outlet.phrases):  # most lines of news
        return verdict
    weighed = weigh(text, outlet.phrases)
    if not weighed or not weighed.in_company or (verdict.hint == "byline" and not (weighed.kind and weighed.alone)):
        return verdict
    voice = listen(text, outlet.phrases.words, "")
    if voice.is_news:
        return verdict
    kind = _kind_of(weighed, voice, verdict)
    return Verdict(kind if weighed.alone else "", verdict.hint or kind, verdict.opener, edge=verdict.edge)


def _kind_of(weighed: Weighed, voice: Voice, verdict: Verdict) -> str:
    """Return the class of a line that its words give away."""
    return "donation" if verdict.opener or voice.asking >= _ASKING else weighed.kind or "account"


def _counts(phrase: Phrase, voice: Voice) -> bool:
    """Return whether a phrase counts in a line that sounds so, or is part of the news."""
    is_prompt = phrase.kind in _ADDRESSED
    if phrase.mark == "!" and not ((is_prompt or phrase.kind == "copyright") and voice.is_news):
        return voice.words <= _SETTLED_WORDS or phrase.kind in _LEGAL or not voice.is_news
    if phrase.mark == "?" and phrase.kind == "contributor":
        return voice.words <= _SETTLED_WORDS and not voice.quoted
    if phrase.mark == "" and is_prompt and not (voice.we or voice.you):
        return False
    is_asking = voice.asking >= 2 and (voice.we or voice.press)
    return not voice.is_news and (is_asking or phrase.kind != "donation" or phrase.mark != "")
