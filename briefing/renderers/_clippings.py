"""The appendix of `--full`: the cleaned articles, each printed sentence marked where it stands."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import UNSET

from briefing.models import Briefing, Facts, Picture
from briefing.renderers._escape import flat
from briefing.renderers._labels import Labels
from briefing.renderers._quotations import Quotation
from briefing.renderers._sources import Sources
from briefing.renderers._view import Clipping, Illustration, Piece, Source


def clippings(briefing: Briefing, sources: Sources) -> tuple[Clipping, ...]:
    """Return the articles whose text the briefing carries, in its order."""
    stories = _stories(briefing)
    return tuple(
        _clipping(id, anchor, source, f"#s{stories[id]}" if id in stories else "#top", sources)
        for id, anchor in sources.anchors.items()
        if (source := sources.reference(id)) is not None
    )


def _clipping(id: str, anchor: str, source: Source, back: str, sources: Sources) -> Clipping:
    """Return one article."""
    facts = sources.facts[id]
    paragraphs = list(_paragraphs(facts, anchor, sources.quotations.get(id, ())))
    starts = [start for start, _ in paragraphs]
    pictures = () if facts.pictures is UNSET else facts.pictures
    return Clipping(
        anchor=anchor,
        source=source,
        paragraphs=tuple(pieces for _, pieces in paragraphs),
        pictures=tuple(_illustration(each, bisect_left(starts, each.place), sources.labels) for each in pictures),
        back=back,
    )


def _illustration(picture: Picture, before: int, labels: Labels) -> Illustration:
    """Return a picture; one without a word about it is said to be one."""
    caption = flat(picture.caption)
    return Illustration(
        data=picture.data,
        type=picture.type,
        width=picture.width,
        height=picture.height,
        alt=flat(picture.alt) or caption or labels.picture,
        caption=caption,
        before=before,
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


def _paragraphs(facts: Facts, anchor: str, quotations: Sequence[Quotation]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Yield the paragraphs that were kept, each with where it begins, cut where a printed sentence begins and ends."""
    if facts.text is UNSET or facts.kept is UNSET:
        return
    for start, end in facts.kept:
        inside = [each for each in quotations if start <= each.start and each.end <= end]
        pieces = tuple(piece for piece in _pieces(facts.text, start, end, anchor, inside) if piece.text)
        if any(piece.text.strip() for piece in pieces):
            yield start, pieces


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
