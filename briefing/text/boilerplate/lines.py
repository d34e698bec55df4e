"""The lines of a text with the verdict on each."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.text.boilerplate.phrases import Phrases, word_starts
from briefing.text.boilerplate.shapes import shape
from briefing.text.boilerplate.voice import Voice, listen

_LINE = re.compile(r"[^\n]+")
# Appeals and cookie notices are long, but not longer than this; a whole article on one line is.
LONGEST = 1500
SHORT = 100


class Span(NamedTuple):
    """A piece of furniture: where it is and of which class."""

    start: int
    end: int
    kind: str


class Line:
    """One line of a text: its place, and the class of furniture that it is ('' for the article)."""

    __slots__ = ("_phrases", "_voice", "end", "hint", "kind", "opener", "pieces", "start", "text", "touched")

    def __init__(self, start: int, text: str, phrases: Phrases) -> None:
        """Take a stripped line and judge it by itself."""
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.kind = ""
        self.hint = ""
        self.opener = False
        self.pieces: list[Span] = []
        self._phrases = phrases
        self._voice: Voice | None = None
        self.touched = False
        self._judge()

    @property
    def voice(self) -> Voice:
        """How the line sounds; found out when it is asked for."""
        if self._voice is None:
            self._voice = listen(self.text[:LONGEST], self._phrases)
        return self._voice

    def spans(self) -> Iterator[Span]:
        """Give what is to go: the whole line, or pieces of it."""
        if self.kind:
            yield Span(self.start, self.end, self.kind)
        else:
            yield from self.pieces

    def clear(self) -> None:
        """Keep the line whole."""
        self.kind = ""
        self.pieces = []

    def _judge(self) -> None:
        text = self.text
        low = text[:LONGEST].lower().replace("’", "'")
        starts = set(word_starts(low))
        self.touched = self._phrases.touches(starts)
        if len(text) > LONGEST:
            return
        look = shape(text, self._phrases.words)
        if look and look[1]:
            self.kind = look[0]
            return
        if look:
            self.hint = look[0]
        if self.touched:
            self._match(low, starts)

    def _match(self, low: str, starts: set[str]) -> None:
        for phrase in self._phrases.candidates(starts):
            if not phrase.search(low):
                continue
            if phrase.kind == "opener":
                self.opener = len(low) <= 2 * SHORT
            elif self._is_heard(phrase.certain):
                self.kind = phrase.kind
                return

    def _is_heard(self, certain: bool) -> bool:
        """Return whether a phrase counts in this line, or is part of the news."""
        voice = self.voice
        if certain:
            return voice.words <= 25 or not voice.is_news
        return not voice.is_news


def read_lines(text: str, phrases: Phrases) -> list[Line]:
    """Return the lines of a text that have anything on them, each judged by itself."""
    lines = []
    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if stripped:
            lines.append(Line(found.start() + line.index(stripped[0]), stripped, phrases))
    return lines
