"""Furniture inside a text: appeals, sign-ups, prompts, credits and the like, found and named; nothing is changed here.

Lines are judged by what they say (phrases), how they look (shapes) and how they sound (voice); then with their
neighbors and their place (blocks).
"""

import re
from collections.abc import Sequence

from briefing.models import Removed
from briefing.text.boilerplate.blocks import judge
from briefing.text.boilerplate.datelines import dateline_end
from briefing.text.boilerplate.lines import Line, read_lines
from briefing.text.boilerplate.phrases import load
from briefing.text.boilerplate.pieces import split_pieces

__all__ = ["dateline_end", "find_furniture"]


def find_furniture(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    language: str = "en",
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> tuple[Removed, ...]:
    """Return the spans of a text that are not the article, in order, each a line or a part of one.

    `drop` and `keep` are the user's regular expressions for this source, searched in each line; `keep` wins. An article
    is never emptied: what would be left without a line keeps its title, and without a title keeps everything.
    """
    phrases = load(language)
    lines = read_lines(text, phrases)
    judge(lines, title)
    split_pieces(lines, phrases)
    _obey(lines, drop, keep)
    if lines and all(line.kind for line in lines):
        _restore(lines)
    return tuple(
        Removed(span.start, span.end, text[span.start : span.end], span.kind) for line in lines for span in line.spans()
    )


def _obey(lines: Sequence[Line], drop: Sequence[str], keep: Sequence[str]) -> None:
    """Mark what the user wants dropped and clear what is to be kept."""
    dropped, kept = [re.compile(each) for each in drop], [re.compile(each) for each in keep]
    for line in lines if dropped or kept else ():
        if any(pattern.search(line.text) for pattern in kept):
            line.clear()
        elif any(pattern.search(line.text) for pattern in dropped):
            line.kind = "source-rule"


def _restore(lines: Sequence[Line]) -> None:
    """Give back the title where there is one, else everything."""
    titles = [line for line in lines if line.kind == "title"]
    for line in titles[:1] or lines:
        line.clear()
