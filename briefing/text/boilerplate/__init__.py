"""Furniture inside a text: appeals, sign-ups, prompts, credits and the like, found and named; nothing is changed here.

Lines are judged by what they say (phrases), how they look (shapes) and how they sound (voice); then with their
neighbors and their place (blocks).
"""

import re
from collections.abc import Sequence, Set

from briefing.errors import ConfigError
from briefing.models import LONGEST_REPEATED, Removed, folded
from briefing.text.boilerplate.blocks import judge
from briefing.text.boilerplate.datelines import dateline_end
from briefing.text.boilerplate.lines import Line, Outlet, read_lines
from briefing.text.boilerplate.pieces import split_pieces

__all__ = ["dateline_end", "find_furniture"]

REPEATED = "repeated"


def find_furniture(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    language: str = "en",
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
    repeated: Set[str] = frozenset(),
) -> tuple[Removed, ...]:
    """Return the spans of a text that are not the article, in order, each a line or a part of one.

    `source` is the outlet's name: appeals and bylines have it. `drop` and `keep` are the user's regular expressions for
    this source, searched in each line; `keep` wins; a faulty one raises ConfigError. `repeated` are the lines, folded,
    that the archive has seen in article after article of the source. An article is never emptied: one that would lose
    every line keeps what is repeated, else its title, and without a title keeps everything.
    """
    outlet = Outlet(text, language, (source or "").strip().lower())
    lines = read_lines(text, outlet)
    if not lines:
        return ()
    judge(lines, title)
    split_pieces(lines, outlet)
    _recognize(lines, repeated)
    _obey(lines, drop, keep)
    if all(line.kind for line in lines):
        _restore(lines)
    found = [line for line in lines if line.kind or line.pieces]
    return tuple(
        Removed(span.start, span.end, text[span.start : span.end], span.kind) for line in found for span in line.spans()
    )


def _recognize(lines: Sequence[Line], repeated: Set[str]) -> None:
    """Mark what is known from the source's other articles."""
    for line in lines if repeated else ():
        if not line.kind and len(line.text) <= LONGEST_REPEATED and folded(line.text) in repeated:
            line.kind = REPEATED


def _obey(lines: Sequence[Line], drop: Sequence[str], keep: Sequence[str]) -> None:
    """Mark what the user wants dropped and clear what is to be kept."""
    dropped, kept = [_compiled(each) for each in drop], [_compiled(each) for each in keep]
    for line in lines if dropped or kept else ():
        if any(pattern.search(line.text) for pattern in kept):
            line.clear()
        elif any(pattern.search(line.text) for pattern in dropped):
            line.kind = "source-rule"


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the user's pattern ready for use."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"drop or keep: {pattern!r} is no regular expression ({error}); mend or quote it") from error


def _restore(lines: Sequence[Line]) -> None:
    """Give back what only repeats itself, else the title where there is one, else everything."""
    titles = [line for line in lines if line.kind == "title"][:1]
    for line in [line for line in lines if line.kind == REPEATED] or titles or lines:
        line.clear()
