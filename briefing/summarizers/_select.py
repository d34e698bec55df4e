"""Choosing, length and redundancy, once for all methods: from one number a sentence to the sentences of the summary."""

from collections.abc import Container, Iterable, Sequence
from operator import sub

from msgspec import UNSET

from briefing.models import Choice, Length, Sentence, Text
from briefing.summarizers import _cues
from briefing.vectors import count_words

# sumy leaves ties to the last bits of floating point; to twelve digits they are ties, and the earlier sentence wins.
DIGITS = 12
_NO_TIE = 2 * 10**-DIGITS

# Share of its runs of three words that a sentence may have in common with chosen ones. In one article none (Paulus et
# al. 2018): a fifth costs 0.2 ROUGE-1 on CNN and 0.7 on the Daily Mail. Articles on one event do share names and
# phrases: there none costs 0.6 ROUGE-1 and 0.5 ROUGE-2 against a fifth.
REPEATED_IN_ARTICLE = 0.0
REPEATED_IN_STORY = 0.2

# Words that a sentence must have to be taken where a better one found no room: "Walk." or "Ships:" only fill. On news
# it costs 0.5 words of 100 and no ROUGE.
SCRAP = 6

Words = tuple[str, ...]


def wanted(text: Text, length: Length) -> int:
    """Return how many sentences a summary of that length can have at the most."""
    if length.unit == "percent":
        return min(len(text), max(1, -(-len(text) * length.amount // 100)))
    return min(len(text), length.amount)


def ranking(scores: Sequence[float]) -> list[int]:
    """Return the positions of the sentences, best first; of equal ones the earlier first."""
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    ranked = list(map(scores.__getitem__, order))
    if min(map(sub, ranked, ranked[1:]), default=1.0) > _NO_TIE:  # in most articles
        return order
    keys = [-round(score, DIGITS) for score in scores]
    return sorted(range(len(keys)), key=keys.__getitem__)


def plain(text: Text, scores: Sequence[float], length: Length) -> list[int]:
    """Return the positions chosen by the ranking alone, best first; equal sentences repeated, as by sumy."""
    order = ranking(scores)
    if length.unit != "words":
        return order[: wanted(text, length)]
    room = _Room(text, length, twice=True)
    return [position for position in order if room.take((position,))]


def careful(text: Text, scores: Sequence[float], length: Length, dependent: Sequence[float]) -> list[int]:
    """Return the positions chosen, best first, so that each can be understood and says something new.

    A dependent sentence brings the one before it along, which counts towards the length; where there is no room for
    both it is passed over. So is a sentence that says a chosen one again or leaves a quotation open.
    What was passed over fills a summary that is still too short, dependent sentences only one that counts sentences;
    but nothing is said twice in the same words: a text that repeats itself has a shorter summary.
    """
    order = ranking(scores)
    room = _Room(text, length)
    tolerated = REPEATED_IN_STORY if text and text[0].article != text[-1].article else REPEATED_IN_ARTICLE
    chosen: dict[int, None] = {}  # in the order of choice
    said: set[Words] = set()
    for position in order:
        if room.full:
            break
        group = _with_companion(position, dependent, chosen)
        if group and not _better_not(text[position], said, tolerated) and room.take(group):
            chosen.update(dict.fromkeys(group))
            if not room.full:
                said.update(*[_trigrams(text[each]) for each in group])
    if not room.full:
        for position in order:
            if _with_companion(position, dependent, chosen) == (position,) and room.take((position,)):
                chosen[position] = None
        if length.unit != "words":
            chosen.update(dict.fromkeys(each for each in order if each not in chosen and room.take((each,))))
    return list(chosen)


def choice(
    sentence: Sentence, score: float, rank: int | None, *, named: bool, parts: dict[str, float] | None = None
) -> Choice:
    """Return the value that describes a sentence of a summary; `named` adds its article."""
    return Choice(
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        index=sentence.index,
        score=round(score, DIGITS),  # a batch may differ in the bits behind these
        rank=rank,
        article=sentence.article if named else UNSET,
        parts=UNSET if parts is None else parts,
    )


class _Room:
    """What is left of a length while sentences are chosen, and what stands there: nothing fits in twice."""

    def __init__(self, text: Text, length: Length, *, twice: bool = False) -> None:
        self._words = length.unit == "words"
        self._left = length.amount if self._words else wanted(text, length)
        self._text = text
        self._taken: set[str] = set()
        self._twice = twice
        self._scrap = 0 if twice or not self._words else SCRAP
        self._least = 0

    @property
    def full(self) -> bool:
        """Whether not even a word fits any more."""
        return self._left <= 0

    def take(self, group: Sequence[int]) -> bool:
        """Take room for all of these sentences and return True, or for none; the first one always fits its words."""
        if self._left <= 0:
            return False
        texts = [self._text[each].text for each in group]
        cost = sum(map(count_words, texts)) if self._words else len(group)
        first = self._words and not self._taken and len(group) == 1
        if cost > self._left:
            self._least = self._scrap
        if not first and not self._least <= cost <= self._left:
            return False
        if not self._twice and (texts[0] in self._taken or texts[-1] in self._taken or texts[1:] == texts[:1]):
            return False
        self._taken.update(texts)
        self._left -= cost
        return True


def _with_companion(position: int, dependent: Sequence[float], chosen: Container[int]) -> tuple[int, ...]:
    """Return the sentence with the one before it if it needs that; nothing if it is chosen or needs yet another.

    A pronoun's noun stands in one of the two sentences before: either of them will do when it is chosen already.
    """
    if position in chosen:
        return ()
    if not dependent[position] or position - 1 in chosen or position - 2 in chosen:
        return (position,)
    return () if dependent[position - 1] else (position - 1, position)


def _better_not(sentence: Sentence, said: set[Words], tolerated: float) -> bool:
    """Tell whether the sentence is half of a quotation or says again what was said."""
    return _cues.left_open(sentence.text) or bool(said and _repeats(sentence, said, tolerated))


def _repeats(sentence: Sentence, said: set[Words], tolerated: float) -> bool:
    """Tell whether more than the tolerated share of the sentence's runs of three words was said."""
    if not tolerated:
        return not said.isdisjoint(_trigrams(sentence))
    trigrams = list(_trigrams(sentence))
    return len(said.intersection(trigrams)) > tolerated * len(trigrams)


def _trigrams(sentence: Sentence) -> Iterable[Words]:
    """Return the runs of three words."""
    tokens = sentence.tokens
    return zip(tokens, tokens[1:], tokens[2:], strict=False)
