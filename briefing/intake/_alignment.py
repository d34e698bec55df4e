"""Which blocks of a page an extractor's paragraphs are: the same letters, a part of them, or several blocks in one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.intake._blocks import Block

# Letters by which the beginning or the end of a long paragraph is known when words inside it are missing.
_KNOWN_BY = 20
# A block whose letters were chosen to this share is taken whole.
_WHOLE_SHARE = 0.5
# Paragraphs are looked for so far ahead of the last one found: a page cannot make the search quadratic.
_AHEAD = 400


def found_again(page: Sequence[Block], keys: Sequence[str]) -> set[int]:
    """Return the numbers of the blocks that the paragraphs with these letters are; of doubles the next one."""
    places = defaultdict[str, list[int]](list)
    for number, block in enumerate(page):
        places[block.key].append(number)
    covered = Counter[int]()
    at = 0
    for key in keys:
        same = places.get(key)
        if same:
            spans = [(next((number for number in same if number >= at and not covered[number]), same[0]), len(key))]
        else:
            spans = _parts(page, key, at)
        covered.update(dict(spans))
        at = spans[-1][0] if spans else at
    return {number for number, amount in covered.items() if amount >= _WHOLE_SHARE * len(page[number].key)}


def _parts(page: Sequence[Block], key: str, at: int) -> list[tuple[int, int]]:
    """Return the blocks that a paragraph is made of or lies in, and how many of their letters it has."""
    for number in range(at, min(len(page), at + _AHEAD)):
        block = page[number].key
        if key.startswith(block) and (spans := _several(page, key, number)):
            return spans
        if key in block or _is_shortened(key, block):
            return [(number, len(key))]
    return []


def _several(page: Sequence[Block], key: str, number: int) -> list[tuple[int, int]]:
    """Return the blocks from this one on that together have the paragraph's letters."""
    spans: list[tuple[int, int]] = []
    length = 0
    while number < len(page) and length < len(key) and key.startswith(page[number].key, length):
        spans.append((number, len(page[number].key)))
        length += len(page[number].key)
        number += 1
    return spans if length == len(key) else []


def _is_shortened(key: str, block: str) -> bool:
    """Tell whether a paragraph is this block without some words inside it, by a beginning or an end in common."""
    long_enough = min(len(key), len(block)) > 2 * _KNOWN_BY
    return long_enough and (key[:_KNOWN_BY] == block[:_KNOWN_BY] or key[-_KNOWN_BY:] == block[-_KNOWN_BY:])
