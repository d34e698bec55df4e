"""Where the printed lines stand in the articles that a briefing carries whole."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET, Struct

from briefing.models import Briefing, Facts, Line


class Quotation(Struct, frozen=True, order=True):
    """A span of an article, and the id of the line that prints it."""

    start: int
    end: int
    line: str


Quotations = Mapping[str, Sequence[Quotation]]


def quotations(briefing: Briefing) -> Quotations:
    """Return, for each article with its text, the printed spans in order; of two that overlap, the first."""
    lines = [line for section in briefing.sections for story in section.stories for line in story.lines or ()]
    spans: dict[str, list[Quotation]] = {}
    for line in lines:
        facts = briefing.articles.get(line.article)
        if facts is not None and (quotation := _quotation(line, facts)) is not None:
            spans.setdefault(line.article, []).append(quotation)
    return {article: _apart(sorted(each)) for article, each in spans.items()}


def _quotation(line: Line, facts: Facts) -> Quotation | None:
    """Return where a line stands, if that is within a paragraph that is appended."""
    if line.start is None or line.end is None or facts.text is UNSET or facts.kept is UNSET:
        return None
    inside = any(start <= line.start < line.end <= end for start, end in facts.kept)
    return Quotation(line.start, line.end, line.id) if inside else None


def _apart(spans: Sequence[Quotation]) -> list[Quotation]:
    """Return the sorted spans without those that begin before the one before has ended."""
    kept: list[Quotation] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
