"""Near-copies: the same text again, with another title or dateline, cut, with a paragraph more, or with words
changed.

Two texts are compared by their 3-word shingles (Broder 1997). A sample finds whom to compare: of every text the
shingles that begin with those of its words whose hashes are smallest, so that two texts which share most of their
words, or of which one is a part of the other, share most of their sample. The comparison itself is exact: it costs
less than 128 permutations.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from zlib import crc32

from briefing.models import Article
from briefing.stories._dates import order

Tokens = tuple[str, ...]
Shingle = tuple[str, str, str]

SAMPLED_WORDS = 16  # 12 and 24 find the same
LOW = 1 << 30  # a quarter of all hashes
CROWD = 64  # texts that share a sampled shingle; one that more share is a formula ("all rights reserved"), not a trace
SHORT = 30  # tokens; below this the title belongs to the text, for two teasers "Read more here" are not one article
RESEMBLANCE = 0.5  # shingles in common of all: a text with 5 % of its words changed keeps about .75
CONTAINMENT = 0.75  # shingles of the shorter that stand in the longer
SAME_LENGTH = 0.8  # of the longest: the earliest of these stands; anything shorter is an excerpt


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Return, for each article that prints another one's text again, the id of the one that stands."""
    texts = {article.id: _tokens(article) for article in articles}
    by_id = {article.id: article for article in articles}
    heads = _fold(texts, sorted(by_id, key=lambda each: (-len(texts[each]), order(by_id[each]))))
    return _elect(heads, texts, by_id)


def _tokens(article: Article) -> Tokens:
    """Return all words of the text in order, those of the title first when the text is short."""
    tokens = tuple(chain.from_iterable([sentence.tokens for sentence in article.sentences]))
    return tokens if len(tokens) >= SHORT else (*(article.document.title or "").casefold().split(), *tokens)


def _fold(texts: Mapping[str, Tokens], ids: Sequence[str]) -> dict[str, str]:
    """Return the longest text that each one repeats; `ids` are longest first, and nobody is compared with a copy."""
    heads: dict[str, str] = {}
    same: dict[Tokens, str] = {}
    held = _Sample()
    shingles: dict[str, set[Shingle]] = {}
    for each in ids:
        text = texts[each]
        if not text:
            continue
        if (first := same.setdefault(text, each)) != each:
            heads[each] = heads.get(first, first)
            continue
        near = held.meet(each, text)
        if near:
            for one in (each, *near):
                if one not in shingles:
                    shingles[one] = _shingles(texts[one])
            likeness, original = min((-_likeness(shingles[each], shingles[one]), one) for one in near)
            if likeness < 0:
                heads[each] = original
                held.drop(each)
    return heads


def _shingles(text: Tokens) -> set[Shingle]:
    """Return the runs of three words."""
    return set(zip(text, text[1:], text[2:], strict=False))


class _Sample:
    """Which texts hold a sampled shingle: one that begins with a word whose hash is among the text's smallest."""

    def __init__(self) -> None:
        """Start without texts."""
        self._hashes = _Hashes()
        # Most shingles have one holder, who stands for himself: lists of one weigh more than the texts.
        self._holders: dict[int, str | list[str]] = {}
        self._last: list[int] = []

    def meet(self, name: str, text: Tokens) -> list[str]:
        """Return the texts met before that share a part of the sample, by name; then keep this one."""
        self._last = self._shingles(text)
        near: set[str] = set()
        for shingle in self._last:
            held = self._holders.setdefault(shingle, name)
            if held == name:
                continue
            if isinstance(held, str):
                held = self._holders[shingle] = [held]
            if len(held) < CROWD:
                near.update(held)
                held.append(name)
        return sorted(near)

    def _shingles(self, text: Tokens) -> list[int]:
        """Return the hashes of the runs of three words that begin with one of the words whose hashes are smallest."""
        hashes = list(map(self._hashes.__getitem__, text[:-2]))
        low = {each for each in hashes if each < LOW}  # the same choice, from a quarter of the words
        smallest = sorted(low if len(low) >= SAMPLED_WORDS else set(hashes))[:SAMPLED_WORDS]
        most = max(smallest, default=0)
        starts = [place for place, each in enumerate(hashes) if each <= most]
        return list({hash(text[place : place + 3]) for place in starts})

    def drop(self, name: str) -> None:
        """Forget the text that was kept last."""
        for shingle in self._last:
            held = self._holders[shingle]
            if isinstance(held, list) and held[-1] == name:
                held.pop()
            elif held == name:
                del self._holders[shingle]


class _Hashes(dict[str, int]):
    """The hash of each word that was asked for: CRC-32, which is the same in every run, as `hash` is not."""

    def __missing__(self, word: str) -> int:
        """Keep and return the hash of a word."""
        value = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return value


def _likeness(own: set[Shingle], longer: set[Shingle]) -> float:
    """Return the share of this text that stands in the longer one; 0 when it is no copy of it."""
    common = len(own & longer)
    contained = common / len(own)
    resembles = common / (len(own) + len(longer) - common) >= RESEMBLANCE
    return contained if resembles or contained >= CONTAINMENT else 0.0


def _elect(heads: Mapping[str, str], texts: Mapping[str, Tokens], articles: Mapping[str, Article]) -> dict[str, str]:
    """Return the copies of each set with the one that stands: the earliest of those about as long as the longest."""
    members: dict[str, list[str]] = {}
    for each, head in heads.items():
        members.setdefault(head, [head]).append(each)
    copies: dict[str, str] = {}
    for head, ids in members.items():
        whole = [each for each in ids if len(texts[each]) >= SAME_LENGTH * len(texts[head])]
        stands = min(whole, key=lambda each: order(articles[each]))
        copies.update((each, stands) for each in sorted(ids) if each != stands)
    return copies
