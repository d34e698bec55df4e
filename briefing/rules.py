"""Rules of what a reader follows or mutes: `+must !not /regex/ => label` as values; who looks for them is elsewhere.

A rule is terms parted by white space: words, "quoted phrases" and /patterns/, of which one must be found; with `+` in
front each must be, with `!` none may be. `=> label` names the section that it leads to. An entry without any of these
marks is one word or phrase as it stands.
"""

import re
from typing import NamedTuple

from msgspec import Struct

_OPENING = {'"': '"', "“": "”"}
_SIGNS = "+!"
_ARROW = "=>"


class Term(NamedTuple):
    """A word or phrase, or a regular expression, that is looked for."""

    text: str
    is_pattern: bool = False


class Rule(Struct, frozen=True):
    """What an article must and must not say; `text` is the rule as the user wrote it."""

    text: str
    any: tuple[Term, ...] = ()
    must: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    label: str | None = None


def read_rule(text: str) -> Rule:
    """Return a rule; raise ValueError that says what is wrong with it."""
    text = text.strip()
    if not any(_is_marked(token) for token in text.split()):
        return Rule(text, any=(Term(text),))
    terms: dict[str, list[Term]] = {"": [], "+": [], "!": []}
    place, label = 0, None
    while place < len(text) and label is None:
        if text[place:].split(None, 1)[0] == _ARROW:
            label = text[place + len(_ARROW) :].strip()
        else:
            sign, term, place = _next(text, place)
            terms[sign].append(term)
    if not any(terms.values()):
        raise ValueError(f"nothing stands before {_ARROW}; name a word to look for")
    if label == "":
        raise ValueError(f"no section is named behind {_ARROW}")
    return Rule(text, tuple(terms[""]), tuple(terms["+"]), tuple(terms["!"]), label)


def _is_marked(token: str) -> bool:
    """Tell whether a piece between white space makes its entry a rule."""
    return token[0] in _SIGNS or token[0] in _OPENING or token[0] == "/" or token == _ARROW


def _next(text: str, place: int) -> tuple[str, Term, int]:
    """Return the sign and the term that begin at a place, and where the one behind them begins."""
    start = place
    sign = text[place] if text[place] in _SIGNS else ""
    place += len(sign)
    if place == len(text) or text[place].isspace():
        raise ValueError(f"{sign!r} stands alone; write it before a word, or quote it to look for the sign itself")
    opening = text[place]
    if opening in _OPENING or opening == "/":
        end = _closing(text, place, _OPENING.get(opening, "/"))
        term = Term(text[place + 1 : end], opening == "/")
        end += 1
    else:
        end = place + len(text[place:].split(None, 1)[0])
        term = Term(text[place:end])
    _check(term, text[start:end])
    return sign, term, end + len(text[end:]) - len(text[end:].lstrip())


def _closing(text: str, opening: int, mark: str) -> int:
    """Return where a quotation or a pattern ends: at a mark before white space or the end of the rule."""
    found = re.compile(rf"(?<!\\){re.escape(mark)}(?!\S)" if mark == "/" else rf"[{mark}\"](?!\S)")
    closing = found.search(text, opening + 1)
    if closing is None:
        raise ValueError(
            f"{text[opening:]!r} is opened by {text[opening]} and not closed before a space; "
            "quote it to look for the sign itself"
        )
    return closing.start()


def _check(term: Term, written: str) -> None:
    """Raise ValueError for what could never be found, and for a pattern that is wrong or would take too long."""
    if term.is_pattern:
        from briefing.patterns import check_pattern, compiled  # most rules have none

        check_pattern(term.text)
        if compiled(term.text).search(""):
            raise ValueError(f"{written} is found by everything; name what must be there")
    elif not any(map(str.isalnum, term.text)):
        raise ValueError(f"{written!r} has no letter or digit; a sign is found by a pattern, such as /\\$/")
