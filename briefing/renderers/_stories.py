"""One story as it is printed: its lines bound to numbered sources, who else has it, where the sources disagree."""

import re
from collections.abc import Sequence

from msgspec import UNSET

from briefing.models import Line, Note, Story
from briefing.renderers import _dates
from briefing.renderers._escape import flat
from briefing.renderers._figures import disagreement
from briefing.renderers._sources import Sources
from briefing.renderers._view import Correction, Moment, PrintedLine, PrintedStory, Source

DAY_NAMES = 3  # outlets named of a day; one more is named, too, since "+ 1" says less in the same room
DAYS_TO_DRAW = 3  # yesterday evening and this morning are one night's news, not a course of events

_NO_NAME = re.compile(r"[^\w.-]")

Cited = dict[str, Source]  # the sources of a story's lines, by article


def lines_of(story: Story) -> tuple[Line, ...]:
    """Return the printed lines of a story; a story that was only ranked has none."""
    return () if story.lines is UNSET else story.lines


def story_anchor(story: Story, place: int) -> str:
    """Return the id of a story's element in a page."""
    return f"s{_anchor(_number(story, place))}"


def print_story(story: Story, place: int, rank: int, sources: Sources) -> PrintedStory:
    """Return one story; `place` numbers it where it has no lines that do."""
    lines, number = lines_of(story), _number(story, place)
    cited = _cited(lines, sources)
    named = tuple(cited.values()) or sources.references(story.articles[:1])
    also_in = _others(sources.references(id for id in story.articles if id not in cited), named)
    printed = [_line(line, cited, sources) for line in lines]
    headline = next((line for line in printed if line.role == "headline"), None) or _title(story, number, sources)
    points = tuple(line for line in printed if line.role == "point")
    return PrintedStory(
        rank=rank,
        number=flat(number),
        anchor=story_anchor(story, place),
        headline=headline,
        lead=next((line for line in printed if line.role == "lead"), None),
        points=points,
        mark=story.mark,
        mark_label=getattr(sources.labels.marks, story.mark) if story.mark else "",
        sources=named,
        also_in=also_in,
        reprints=_others(sources.references(copy.id for copy in story.copies), (*named, *also_in)),
        independent=len({sources.name(id) for id in story.articles if id in sources.facts}),
        figures=tuple(disagreement(figure, cited, sources) for figure in story.figures),
        moments=_moments(story, sources),
        corrections=tuple(_correction(note, cited, sources) for note in story.notes),
        is_nib=not points,
        language=headline.language,
        direction=headline.direction,
    )


def _cited(lines: Sequence[Line], sources: Sources) -> Cited:
    """Return the articles that lines were taken from, numbered as they come."""
    known = [id for id in dict.fromkeys(line.article for line in lines) if id in sources.facts]
    return dict(zip(known, sources.references(known), strict=True))


def _number(story: Story, place: int) -> str:
    """Return the number that a story's lines bear, or its place where it has none."""
    lines = lines_of(story)
    return lines[0].id.partition(".")[0] if lines else str(place)


def _anchor(name: str) -> str:
    """Return a name as the end of an id: letters, digits, dots and hyphens, as XML wants it."""
    return _NO_NAME.sub("", name)


def _line(line: Line, cited: Cited, sources: Sources) -> PrintedLine:
    """Return one printed line."""
    return PrintedLine(
        id=flat(line.id),
        anchor=f"s{_anchor(line.id)}",
        role=line.role,
        text=flat(line.text),
        href=sources.link(line.article, line.start, line.end, line.text),
        source=cited.get(line.article),
        language=sources.language(line.article),
        direction=sources.direction(line.article),
    )


def _title(story: Story, number: str, sources: Sources) -> PrintedLine:
    """Return the headline of a story that has none among its lines: its title, under a number that no line has."""
    article = story.articles[0] if story.articles else ""
    return _line(Line(f"{number}.0", "headline", story.title, article, None, None), {}, sources)


def _others(references: Sequence[Source], named: Sequence[Source]) -> tuple[Source, ...]:
    """Return the references whose outlets are not named yet, each outlet once."""
    by_name = {source.name: source for source in reversed(references)}
    names = dict.fromkeys(source.name for source in references)
    taken = {source.name for source in named}
    return tuple(by_name[name] for name in names if name not in taken)


def _correction(note: Note, cited: Cited, sources: Sources) -> Correction:
    """Return one correction with its source."""
    text, label = flat(note.text), sources.labels.correction
    return Correction(
        label="" if text.casefold().startswith(label.casefold()) else label,
        text=text,
        source=cited.get(note.article) or sources.reference(note.article),
        href=sources.link(note.article, note.start, note.end, note.text),
        language=sources.language(note.article),
        direction=sources.direction(note.article),
    )


def _moments(story: Story, sources: Sources) -> tuple[Moment, ...]:
    """Return the days of a story along one line; nothing for a story that does not run for days."""
    names: dict[str, list[str]] = {}
    for article in story.articles:
        facts = sources.facts.get(article)
        if facts and facts.published and _dates.parse(day := facts.published[:10]):
            names.setdefault(day, []).append(sources.name(article))
    if len(names) < DAYS_TO_DRAW:
        return ()
    first, last = _dates.ordinal(min(names)), _dates.ordinal(max(names))
    return tuple(
        Moment(
            place=round(100 * (_dates.ordinal(day) - first) / (last - first)),
            when=_dates.moment(day, sources.issue, None, sources.labels),
            name=_some(tuple(dict.fromkeys(names[day])), sources),
        )
        for day in sorted(names)
    )


def _some(names: Sequence[str], sources: Sources) -> str:
    """Return the outlets of a day; of many the first ones, and how many more."""
    if len(names) <= DAY_NAMES + 1:
        return sources.labels.comma.join(names)
    return f"{sources.labels.comma.join(names[:DAY_NAMES])} + {len(names) - DAY_NAMES}"
