"""Hold the printed lines of a briefing against the texts of its articles."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from briefing.models import Briefing, Facts, Line, Story, fingerprint

State = Literal["right", "wrong", "changed", "missing"]


class Finding(NamedTuple):
    """What was found of one line.

    `right`: its source prints it, to the letter; `wrong`: it does not; `changed`: the source is no longer the text that
    the briefing was made from; `missing`: there is no source to look at.
    """

    line: Line
    state: State


def check_lines(briefing: Briefing, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for each line; `texts` maps a fingerprint, or an article's id, to the text that was found."""
    for story in stories_of(briefing):
        for line in story.lines if isinstance(story.lines, tuple) else ():
            yield Finding(line, _state(line, briefing.articles[line.article], texts))


def stories_of(briefing: Briefing) -> Iterator[Story]:
    """Yield the printed stories in their order."""
    for section in briefing.sections:
        yield from section.stories


def source_text(facts: Facts, id: str, texts: Mapping[str, str]) -> str | None:
    """Return the text of an article: the one that the briefing carries, else the one that was found."""
    return facts.text if isinstance(facts.text, str) else texts.get(facts.sha256, texts.get(id))


def _state(line: Line, facts: Facts, texts: Mapping[str, str]) -> State:
    """Return what is to be said of a line."""
    if line.start is None or line.end is None:
        return "right" if _is_title(line.text, facts.title) else "wrong"
    text = source_text(facts, line.article, texts)
    if text is None:
        return "missing"
    if fingerprint(text) != facts.sha256:
        return "changed"
    return "right" if text[line.start : line.end] == line.text else "wrong"


def _is_title(headline: str, title: str | None) -> bool:
    """Tell whether a headline is its article's title, the outlet's name at either end left out."""
    return headline in " ".join((title or "").split())
