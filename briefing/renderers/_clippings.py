"""The appendix of `--full`: the cleaned articles, each printed sentence marked where it stands."""

from collections.abc import Iterator

from msgspec import UNSET

from briefing.models import Briefing, Facts, Line
from briefing.renderers._escape import flat
from briefing.renderers._sources import Sources
from briefing.renderers._view import Clipping, Piece

Quotation = tuple[int, int, str]  # where a printed line stands in its article, and the line's id


def clippings(briefing: Briefing, sources: Sources) -> tuple[Clipping, ...]:
    """Return the articles whose text the briefing carries, in its order."""
    quotations, stories = _quotations(briefing)
    return tuple(
        Clipping(
            anchor=anchor,
            source=source,
            paragraphs=tuple(_paragraphs(briefing.articles[id], anchor, quotations.get(id, []))),
            back=f"#s{stories[id]}" if id in stories else "#top",
        )
        for id, anchor in sources.anchors.items()
        if (source := sources.reference(id)) is not None
    )


def _quotations(briefing: Briefing) -> tuple[dict[str, list[Quotation]], dict[str, str]]:
    """Return, for each article, the places that were printed, and the number of its story."""
    places: dict[str, list[Quotation]] = {}
    stories: dict[str, str] = {}
    for section in briefing.sections:
        for story in section.stories:
            lines: tuple[Line, ...] = () if story.lines is UNSET else story.lines
            for line in lines:
                if line.start is not None and line.end is not None:
                    places.setdefault(line.article, []).append((line.start, line.end, line.id))
            number = lines[0].id.partition(".")[0] if lines else ""
            for article in (*story.articles, *(copy.id for copy in story.copies)):
                if number:
                    stories.setdefault(article, number)
    return places, stories


def _paragraphs(facts: Facts, anchor: str, quotations: list[Quotation]) -> Iterator[tuple[Piece, ...]]:
    """Yield the paragraphs that were kept, cut where a printed sentence begins and ends."""
    if facts.text is UNSET or facts.kept is UNSET:
        return
    for start, end in facts.kept:
        inside = sorted(each for each in quotations if start <= each[0] and each[1] <= end)
        pieces = tuple(piece for piece in _pieces(facts.text, start, end, anchor, inside) if piece.text)
        if any(piece.text.strip() for piece in pieces):
            yield pieces


def _pieces(text: str, start: int, end: int, anchor: str, quotations: list[Quotation]) -> Iterator[Piece]:
    """Yield one paragraph in pieces; of two printed lines that overlap, the first is marked."""
    place = start
    for first, last, line in quotations:
        if first < place:
            continue
        yield Piece(_one_line(text[place:first]), None, None)
        yield Piece(_one_line(text[first:last]), f"{anchor}.{first}", f"#s{line}")
        place = last
    yield Piece(_one_line(text[place:end]), None, None)


def _one_line(text: str) -> str:
    """Return the text on one line, a space kept where the text begins or ends with one."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    body = flat(text)
    return f"{' ' * before}{body}{' ' * after}" if body else " " * before
