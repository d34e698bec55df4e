"""The methods that choose sentences: one public file each, found by its name; sumy's engines; other packages' methods.

A method is a module (or any object) with `score(sentences, wanted)`: one number for each sentence, higher is better. It
may also have `parts(sentences)`, one dict for each sentence whose values sum to its score, and
`judge(sentences, wanted)`, which returns the scores and, for each sentence, whether it needs the one before it: then
nothing dependent and nothing twice is chosen. `score_batch(texts, wanted)`, or `judge_batch` beside `judge`, return the
same for many short articles at once, with a number wanted for each. Choosing, order, length and redundancy live in
`_select`.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

from briefing import parts
from briefing.errors import UsageError
from briefing.models import Choice, Length, Text
from briefing.summarizers import _select

PREFIX = "sumy:"  # before the name of a method that sumy itself runs
SUMY = ("lex-rank", "text-rank", "lsa", "luhn", "edmundson", "sum-basic", "kl", "reduction")
ENTRY_POINTS = "briefing.summarizers"

# A batch pays from some 16 articles on, once numpy is there; the graph of a longer text would outweigh the others'.
MANY = 16
SHORT = 100  # sentences

_LENGTH = re.compile(r"([0-9]{1,9})(%|w|)")
_UNITS = {"": "sentences", "%": "percent", "w": "words"}


class Summarizer(Protocol):
    """What every method has; `parts` and `judge` are optional."""

    def score(self, sentences: Text, wanted: int) -> list[float]:
        """Return one number for each sentence, higher is better; beyond `wanted` there may be ties."""


def names() -> list[str]:
    """Return the names of all methods: ours, those that sumy runs, those of other packages."""
    return [*parts.names(__name__), *(PREFIX + name for name in SUMY), *_foreign()]


@lru_cache
def load(name: str) -> Summarizer:
    """Return a method by its name; raise UsageError that names the nearest when there is none."""
    if name in parts.names(__name__):
        return cast(Summarizer, parts.load(__name__, name, "summarizer"))
    if name.startswith(PREFIX) and name[len(PREFIX) :] in SUMY:
        from briefing.summarizers import _sumy  # sumy and numpy: 39 starts of Python

        return _sumy.Engine(name[len(PREFIX) :])
    foreign = _foreign()
    if name not in foreign:
        raise parts.unknown("summarizer", name, names())
    return foreign[name]()


def describe(name: str) -> str:
    """Return the first line of a method's documentation: what it prefers, and the paper."""
    return (load(name).__doc__ or name).strip().splitlines()[0]


def parse_length(value: str) -> Length:
    """Read `5` (sentences), `20%` (of the sentences) or `120w` (words)."""
    match = _LENGTH.fullmatch(value.strip())
    if not match or not int(match[1]):
        raise UsageError(f"no length: {value!r}; give sentences (5), percent of the sentences (20%) or words (120w)")
    return Length(int(match[1]), _UNITS[match[2]])  # type: ignore[arg-type]  # the table holds the three literals


def choose(text: Text, length: Length, method: str = "briefing", *, together: bool = False) -> list[Choice]:
    """Return the chosen sentences, each with the rank of its choice.

    They stand in the article's order; those of several articles (or `together`) name their article, and the article of
    the first choice leads. Nothing to choose from gives an empty list.
    """
    return _in_order(text, *_picks(text, length, method), together=together)


def choose_many(texts: Sequence[Text], length: Length, method: str = "briefing") -> list[list[Choice]]:
    """Return what `choose` returns for each text; of many, short articles are scored together, which is quicker."""
    summarizer = load(method)
    short = [number for number, text in enumerate(texts) if 0 < len(text) <= SHORT and not _several(text)]
    if len(short) < MANY or not (hasattr(summarizer, "score_batch") or hasattr(summarizer, "judge_batch")):
        return [choose(text, length, method) for text in texts]
    together = [texts[number] for number in short]
    picked = dict(zip(short, _picks_in_batch(together, length, summarizer), strict=True))
    return [
        _in_order(text, *(picked.get(number) or _picks(text, length, method)), together=False)
        for number, text in enumerate(texts)
    ]


def _in_order(text: Text, picks: Sequence[int], scores: Sequence[float], *, together: bool) -> list[Choice]:
    """Return the picks in the article's order; of several articles that of the first choice leads.

    The first choice alone would stand before what its own article says first.
    """
    rank = {position: number for number, position in enumerate(picks, 1)}
    order = sorted(picks, key=lambda position: (text[position].article != text[picks[0]].article, position))
    named = together or _several(text)
    return [_select.choice(text[each], scores[each], rank[each], named=named) for each in order]


def choose_all(
    text: Text, length: Length, method: str = "briefing", *, together: bool = False, why: bool = False
) -> list[Choice]:
    """Return every sentence in its order with its score, those chosen with their rank; `why` adds the score's parts."""
    picks, scores = _picks(text, length, method)
    rank = {position: number for number, position in enumerate(picks, 1)}
    named = together or _several(text)
    explain = getattr(load(method), "parts", None) if why else None
    explained = explain(text) if explain else [None] * len(text)
    return [
        _select.choice(text[each], scores[each], rank.get(each), named=named, parts=explained[each])
        for each in range(len(text))
    ]


def _picks(text: Text, length: Length, method: str) -> tuple[list[int], list[float]]:
    """Return the positions chosen, best first, and every sentence's score."""
    summarizer = load(method)
    wanted = _select.wanted(text, length)
    judge = getattr(summarizer, "judge", None)
    if judge:
        scores, dependent = judge(text, wanted)
        return _select.careful(text, scores, length, dependent), scores
    scores = summarizer.score(text, wanted)
    return _select.plain(text, scores, length), scores


def _picks_in_batch(texts: Sequence[Text], length: Length, summarizer: Any) -> list[tuple[list[int], list[float]]]:
    """Return the same for each of many short articles."""
    wanted = [_select.wanted(text, length) for text in texts]
    if hasattr(summarizer, "judge_batch"):
        judged = zip(texts, summarizer.judge_batch(texts, wanted), strict=True)
        return [(_select.careful(text, scores, length, needs), scores) for text, (scores, needs) in judged]
    scored = zip(texts, summarizer.score_batch(texts, wanted), strict=True)
    return [(_select.plain(text, scores, length), scores) for text, scores in scored]


def _several(text: Text) -> bool:
    """Tell whether the sentences come from several articles, which follow each other."""
    return bool(text) and text[0].article != text[-1].article


def _foreign() -> dict[str, Callable[[], Summarizer]]:
    """Return the loaders of the methods that other packages bring, by name."""
    from importlib.metadata import entry_points  # as costly as a start of Python: only for an unknown name and the list

    return {entry.name: entry.load for entry in entry_points(group=ENTRY_POINTS)}
