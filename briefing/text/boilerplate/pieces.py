"""Furniture inside a line: "Scroll down for video", a prompt behind the last sentence, the head of a page."""

import re
from collections.abc import Sequence

from briefing.text.boilerplate.lines import Line, Outlet, Span, classify

# Sentences as far as furniture needs them: it begins behind a stop, and stops may stand apart (" . "). An initial and a
# stop are no end. The group is the start of the next sentence's first word.
_BREAK = re.compile(r"[.!?…](?<![\s.][A-Z].)[\"”’)\]]*\s+(?=\W{0,3}(\w+))")
_OPENING = re.compile(r"\w{5,}")
# The longest piece that a phrase settles: nine of ten glued to news articles are under 110 letters.
_LONGEST_PIECE = 240
# So short a sentence is looked at whatever its first word is: rare in the news, common in what is glued to it.
_SHORT_PIECE = 30
# A line longer than this may be a prompt with the article behind it; what a phrase says of its start is not the whole.
_GLUED = 200
_WHOLE = frozenset({"donation", "newsletter", "account", "contact", "photo-credit"})
_PROMPTS = frozenset(
    {"advertisement", "share", "read-more", "byline", "account", "live-blog", "contact", "contributor"}
)


def split_pieces(lines: Sequence[Line], outlet: Outlet) -> None:
    """Mark the pieces of lines that are furniture, where the line as a whole is not.

    A sentence is looked at when it is short, its first word opens a phrase, or furniture or nothing follows it.
    """
    following = [*(bool(line.kind) for line in lines[1:]), True]
    for line, at_end in zip(lines, following, strict=True):
        if not line.kind:
            line.pieces = _pieces(line, outlet, at_end)
            # "Stand with us. Subscribe today." is a prompt as a whole, and a credit has its caption before it.
            if line.pieces and line.pieces[-1].kind in _WHOLE and len(line.text) <= _GLUED / 2:
                line.kind = line.pieces[-1].kind
        elif line.verdict.certain and line.kind in _PROMPTS and len(line.text) > _GLUED:
            # The date in a page's head glued to a report says nothing of the sentences behind it.
            pieces = _pieces(line, outlet, at_end, "" if line.kind == "byline" else line.kind)
            if sum(piece.end - piece.start for piece in pieces) < len(line.text) / 2:
                line.kind, line.pieces = "", pieces


def _pieces(line: Line, outlet: Outlet, at_end: bool, company: str = "") -> list[Span]:
    """Return the sentences of a line that are furniture; those side by side and of one class as one span.

    All have company where the line as a whole is of a class already.
    """
    text = line.text
    breaks = list(_BREAK.finditer(text))
    found: list[Span] = []
    if not breaks:
        return found
    opens = outlet.phrases.opens
    opening = _OPENING.match(text)  # short words open too much: "Need help? The county has ..."
    word = opening.group() if opening else ""
    start, previous = 0, ""
    for stop in (*breaks, None):
        end = stop.end() if stop else len(text)
        is_last = at_end and not stop
        if previous or company or end - start <= _SHORT_PIECE or is_last or opens[word.lower()]:
            piece = text[start:end].rstrip()
            previous = _kind(piece, outlet, previous)
            if previous:
                _join(found, Span(line.start + start, line.start + start + len(piece), previous))
            previous = previous or (company if found else "")
        start, word = end, stop.group(1) if stop else ""
    return found


def _kind(piece: str, outlet: Outlet, previous: str) -> str:
    """Return the class of a piece that is settled, or of a name or date that follows furniture."""
    if len(piece) > _LONGEST_PIECE or piece[0].islower():
        return ""
    verdict = classify(piece.rstrip(" .|"), outlet)
    if verdict.hint == "byline":  # "Am 1." is no date line, but the date behind "Updated:" is
        return verdict.hint if previous else ""
    return verdict.kind if verdict.certain else verdict.kind or verdict.hint if previous else ""


def _join(found: list[Span], span: Span) -> None:
    """Add a span; what touches the last one (only white space between) lengthens it."""
    if found and found[-1].kind == span.kind and span.start - found[-1].end <= 2:
        span = Span(found.pop().start, span.end, span.kind)
    found.append(span)
