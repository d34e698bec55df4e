"""Regular expressions that users write: compiled without regard to case, and refused when they could run for minutes.

Python's engine tries one way after another. How many ways a pattern has is bounded here before it runs: a repetition
that may end at several places, because what follows it can begin with the same characters, has as many ways as places,
and repetitions multiply. `\\w+:` has one way to match, `(\\w+ ?)+:` more than there are atoms. What is searched comes
in pieces of REACH characters, so the bound is one of time, too: some milliseconds a sentence.
"""

import importlib
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

REACH = 300
# Two open repetitions may get in each other's way (tax.*cut.*rich): 20 ms for 300 characters of the worst text, where
# three take 400.
MOST_WAYS = (REACH + 1.0) ** 2
LONGEST = 500

# What stands for all characters: each class of `re` has some of these, and lacks some.
_SAMPLE = frozenset(map(chr, range(128))) | frozenset("éßжΩ中あ한٣\u00a0\u2009’—")
_CLASSES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}

Node = tuple[Any, Any]  # what the parser of `re` gives: an operation and its operands
Nodes = Sequence[Node]
Characters = frozenset[str]


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern ready for use; raise re.error where it is none."""
    return re.compile(pattern, re.IGNORECASE)


def pieces(text: str) -> Iterator[str]:
    """Yield a text as patterns are searched in it: whole, or when it is long in pieces that overlap by half."""
    if len(text) <= REACH:
        yield text
        return
    for start in range(0, len(text) - REACH // 2, REACH // 2):
        yield text[start : start + REACH]


def check_pattern(pattern: str) -> None:
    """Raise ValueError for what is no regular expression, and for one that could take too long."""
    if len(pattern) > LONGEST:
        raise ValueError(f"/{pattern[:40]}…/ is longer than {LONGEST} characters; write several rules")
    try:
        compiled(pattern)
        ways = _Ways(pattern).of_all()
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(
            f"/{pattern}/ is no regular expression ({error}); mend it, or quote what it stands for"
        ) from error
    if ways > MOST_WAYS:
        raise ValueError(
            f"/{pattern}/ could take minutes for one sentence: its repetitions can share a text in too many ways; "
            "give them an upper bound, such as .{0,40} for .*, and put none inside another"
        )


class _Ways:
    """How many ways a pattern has to match one text, at the most; all that is known of a character is its classes."""

    def __init__(self, pattern: str) -> None:
        """Parse a pattern with the parser of `re`."""
        self._nodes: Nodes = list(importlib.import_module("re._parser").parse(pattern, re.IGNORECASE))
        own = frozenset(pattern)
        self._alphabet = _SAMPLE | own | {each for one in own for each in (one.lower(), one.upper())}

    def of_all(self) -> float:
        """Return the ways of the whole pattern."""
        return self._of(self._nodes, frozenset())

    def _of(self, nodes: Nodes, after: Characters) -> float:
        """Return the ways of a sequence before what can come after it; none comes where the match is complete."""
        following = [self._first(nodes[place + 1 :], after) for place in range(len(nodes))]
        return math.prod(self._of_node(node, then) for node, then in zip(nodes, following, strict=True))

    def _of_node(self, node: Node, after: Characters) -> float:
        match str(node[0]), node[1]:
            case "SUBPATTERN", (*_, inner):
                return self._of(list(inner), after)
            case "ATOMIC_GROUP", inner:
                return self._of(list(inner), after)
            case "ASSERT" | "ASSERT_NOT", (_, inner):
                return self._of(list(inner), frozenset())
            case "BRANCH", (_, inners):
                return self._of_branch([list(inner) for inner in inners], after)
            case "GROUPREF_EXISTS", (_, yes, no):
                return self._of_branch([list(yes), list(no or [])], after)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT", (least, most, inner):
                return self._of_repeat(int(least), min(int(most), REACH), list(inner), after)
        return 1.0

    def _of_branch(self, branches: Sequence[Nodes], after: Characters) -> float:
        """Return the ways of alternatives: the sum where two begin alike, else those of the one with most."""
        firsts = [self._first(branch, after) for branch in branches]
        ways = [self._of(branch, after) for branch in branches]
        is_clear = sum(map(len, firsts)) == len(frozenset().union(*firsts)) and all(firsts)
        return max(ways) if is_clear else sum(ways)

    def _of_repeat(self, least: int, most: int, inner: Nodes, after: Characters) -> float:
        """Return the ways of a repetition: each of its pieces has its own, and where it ends may be open."""
        again, may_be_empty = self._beginning_of([inner])
        each = self._of(inner, (again | after) if most > 1 else after)
        is_open = may_be_empty or again & after
        try:
            return (each**most if each > 1 else 1.0) * (most - least + 1 if is_open else 1)
        except OverflowError:
            return math.inf

    def _first(self, nodes: Nodes, after: Characters) -> Characters:
        """Return the characters with which a sequence can begin, and those after it where it can be empty."""
        found: Characters = frozenset()
        for node in nodes:
            begins, may_be_empty = self._beginning(node)
            found |= begins
            if not may_be_empty:
                return found
        return found | after

    def _beginning(self, node: Node) -> tuple[Characters, bool]:
        """Return the characters with which a part can begin, and whether it can be empty."""
        match str(node[0]), node[1]:
            case "AT" | "ASSERT" | "ASSERT_NOT", _:
                return frozenset(), True
            case "SUBPATTERN", (*_, inner):
                return self._beginning_of([list(inner)])
            case "ATOMIC_GROUP", inner:
                return self._beginning_of([list(inner)])
            case "BRANCH", (_, inners):
                return self._beginning_of([list(inner) for inner in inners])
            case "GROUPREF_EXISTS", (_, yes, no):
                return self._beginning_of([list(yes), list(no or [])])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT", (least, _, inner):
                begins, may_be_empty = self._beginning_of([list(inner)])
                return begins, may_be_empty or not least
            case "GROUPREF", _:
                return self._alphabet, True
        return self._characters(node), False

    def _beginning_of(self, branches: Sequence[Nodes]) -> tuple[Characters, bool]:
        """Return with which characters one of several sequences can begin, and whether one can be empty."""
        end = frozenset({""})
        firsts: Characters = frozenset().union(*(self._first(branch, end) for branch in branches))
        return firsts - end, bool(firsts & end)

    def _characters(self, node: Node) -> Characters:
        """Return the characters of the alphabet that one place of a pattern takes."""
        match str(node[0]), node[1]:
            case "LITERAL", code:
                return self._alphabet & {chr(code), chr(code).lower(), chr(code).upper()}
            case "NOT_LITERAL", code:
                return self._alphabet - {chr(code)}
            case "RANGE", (first, last):
                codes = range(first, last + 1)
                return frozenset(
                    each for each in self._alphabet if {ord(each.lower()[0]), ord(each.upper()[0])} & {*codes}
                )
            case "CATEGORY", name:
                return _class(str(name), self._alphabet)
            case "IN", parts:
                is_negated = str(parts[0][0]) == "NEGATE"
                taken: Characters = frozenset().union(*map(self._characters, parts[is_negated:]))
                return self._alphabet - taken if is_negated else taken
        return self._alphabet  # ANY, and what a later Python may add


def _is_between(character: str, first: str, last: str) -> bool:
    """Tell whether a character, in any case, lies in a range."""
    return any(first <= each <= last for each in (character, character.lower()[0], character.upper()[0]))


@lru_cache(maxsize=64)
def _class(name: str, alphabet: Characters) -> Characters:
    """Return the characters of a class such as CATEGORY_DIGIT."""
    members = re.compile(_CLASSES[name.removeprefix("CATEGORY_").removeprefix("UNI_")])
    return frozenset(filter(members.fullmatch, alphabet))
