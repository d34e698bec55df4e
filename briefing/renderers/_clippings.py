"""The appendix of `--full`: the cleaned articles, each printed sentence marked where it stands."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from briefing.models import Briefing, Facts
from briefing.renderers._escape import flat
from briefing.renderers._quotations import Quotation
from briefing.renderers._sources import Sources
from briefing.renderers._view import Clipping, Piece


def clippings(briefing: Briefing, sources: Sources) -> tuple[Clipping, ...]:
    """Return the articles whose text the briefing carries, in its order."""
    stories = _stories(briefing)
    return tuple(
        Clipping(
            anchor=anchor,
            source=source,
            paragraphs=tuple(_paragraphs(briefing.articles[id], anchor, sources.quotations.get(id, ()))),
            back=f"#s{stories[id]}" if id in stories else "#top",
        )
        for id, anchor in sources.anchors.items()
        if (source := sources.reference(id)) is not None
    )


def _stories(briefing: Briefing) -> dict[str, str]:
    """Return the number of the story that each article belongs to."""
    numbers: dict[str, str] = {}
    for section in briefing.sections:
        for story in section.stories:
            number = story.lines[0].id.partition(".")[0] if story.lines else ""
            for article in (*story.articles, *(copy.id for copy in story.copies)):
                if number:
                    numbers.setdefault(article, number)
    return numbers


def _paragraphs(facts: Facts, anchor: str, quotations: Sequence[Quotation]) -> Iterator[tuple[Piece, ...]]:
    """Yield the paragraphs that were kept, cut where a printed sentence begins and ends."""
    if facts.text is UNSET or facts.kept is UNSET:
        return
    for start, end in facts.kept:
        inside = [each for each in quotations if start <= each.start and each.end <= end]
        pieces = tuple(piece for piece in _pieces(facts.text, start, end, anchor, inside) if piece.text)
        if any(piece.text.strip() for piece in pieces):
            yield pieces


def _pieces(text: str, start: int, end: int, anchor: str, quotations: Sequence[Quotation]) -> Iterator[Piece]:
    """Yield one paragraph in pieces."""
    place = start
    for each in quotations:
        yield Piece(_one_line(text[place : each.start]), None, None)
        yield Piece(_one_line(text[each.start : each.end]), f"{anchor}.{each.start}", f"#s{each.line}")
        place = each.end
    yield Piece(_one_line(text[place:end]), None, None)


def _one_line(text: str) -> str:
    """Return the text on one line, a space kept where the text begins or ends with one."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    body = flat(text)
    return f"{' ' * before}{body}{' ' * after}" if body else " " * before
