"""Near-copies: the same text again, with another title or dateline, cut, with a paragraph more, or with words
changed.

Two texts are compared by their 3-word shingles (Broder 1997). A sample finds whom to compare: of every text the
shingles that begin with those of its words whose hashes are smallest, so that two texts which share most of their
words, or of which one is a part of the other, share most of their sample. The comparison itself is exact: it costs
less than 128 permutations.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

from briefing.models import Article
from briefing.stories._dates import order

Shingle = tuple[str, str, str]

SAMPLED_WORDS = 24
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


def _tokens(article: Article) -> tuple[str, ...]:
    """Return all words of the text in order, those of the title first when the text is short."""
    tokens = tuple(token for sentence in article.sentences for token in sentence.tokens)
    return tokens if len(tokens) >= SHORT else (*(article.document.title or "").casefold().split(), *tokens)


def _fold(texts: Mapping[str, tuple[str, ...]], ids: Sequence[str]) -> dict[str, str]:
    """Return the longest text that each one repeats; `ids` are longest first, and copies are compared with nobody."""
    heads: dict[str, str] = {}
    same: dict[tuple[str, ...], str] = {}
    holders: dict[Shingle, list[str]] = {}
    shingles: dict[str, set[Shingle]] = {}
    hashes: dict[str, int] = {}
    for each in ids:
        if not texts[each]:
            continue
        if (head := same.setdefault(texts[each], each)) != each:
            heads[each] = heads.get(head, head)
            continue
        own = set(zip(texts[each], texts[each][1:], texts[each][2:], strict=False))
        sample = _sample(own, hashes)
        original = _original(own, sample, holders, shingles)
        if original:
            heads[each] = original
            continue
        shingles[each] = own
        for shingle in sample:
            held = holders.setdefault(shingle, [])
            if len(held) <= CROWD:
                held.append(each)
    return heads


def _sample(own: set[Shingle], hashes: dict[str, int]) -> list[Shingle]:
    """Return the shingles whose first words have the smallest hashes (CRC-32: the same in every run)."""
    words = {shingle[0] for shingle in own}
    for word in words:
        if word not in hashes:
            hashes[word] = crc32(word.encode("utf-8", "surrogatepass"))
    chosen = set(sorted(words, key=hashes.__getitem__)[:SAMPLED_WORDS])
    return [shingle for shingle in own if shingle[0] in chosen]


def _original(
    own: set[Shingle],
    sample: Sequence[Shingle],
    holders: Mapping[Shingle, Sequence[str]],
    shingles: Mapping[str, set[Shingle]],
) -> str | None:
    """Return the text that resembles this one most, if one does: the first by id where several do equally."""
    shared = {each for shingle in sample if len(held := holders.get(shingle, ())) <= CROWD for each in held}
    likeness, original = min(((-_likeness(own, shingles[each]), each) for each in shared), default=(0.0, ""))
    return original if likeness < 0 else None


def _likeness(own: set[Shingle], longer: set[Shingle]) -> float:
    """Return the share of this text that stands in the longer one; 0 when it is no copy of it."""
    common = len(own & longer)
    contained = common / len(own)
    resembles = common / (len(own) + len(longer) - common) >= RESEMBLANCE
    return contained if resembles or contained >= CONTAINMENT else 0.0


def _elect(
    heads: Mapping[str, str], texts: Mapping[str, tuple[str, ...]], articles: Mapping[str, Article]
) -> dict[str, str]:
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
