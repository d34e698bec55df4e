"""From a Briefing to the Page that templates fill in: whatever is worded, linked or counted is so here."""

from collections.abc import Mapping, Sequence

import briefing as program
from briefing.models import Briefing
from briefing.renderers import _dates, _labels
from briefing.renderers._clippings import clippings
from briefing.renderers._escape import flat
from briefing.renderers._ledger import ledger_entries, period, removed_entries
from briefing.renderers._sources import Sources
from briefing.renderers._stories import lines_of, print_story
from briefing.renderers._view import Page, PrintedSection, PrintedStory, Trouble
from briefing.vectors import count_words

# Five to seven headlines are read at a glance; a list of two says nothing that the stories under it do not.
BRIEF_AT_LEAST, BRIEF_AT_MOST = 3, 7


def lay_out(briefing: Briefing) -> Page:
    """Return the page of a briefing."""
    labels = _labels.load(briefing.language)
    sources = Sources(briefing, labels)
    sections = _sections(briefing, sources)
    stories = [story for section in sections for story in section.stories]
    coverage = _coverage(briefing, sources, labels) if stories else ()
    return Page(
        title=flat(briefing.title),
        date=_dates.full(flat(briefing.date), labels),
        iso_date=flat(briefing.date),
        language=labels.language,
        direction=_labels.direction(labels.language),
        facts=(*coverage, *_extent(briefing, labels)) if stories else (),
        coverage=coverage,
        brief=_brief(stories),
        sections=sections,
        also=sources.references(briefing.also),
        clippings=clippings(briefing, sources),
        period=period(briefing, sources),
        ledger=ledger_entries(briefing.ledger, labels),
        removed=removed_entries(briefing.ledger, labels),
        problems=tuple(Trouble(flat(each.input), flat(each.reason)) for each in briefing.problems),
        program=f"briefing {program.__version__}",
        labels=labels,
    )


def _sections(briefing: Briefing, sources: Sources) -> tuple[PrintedSection, ...]:
    """Return the sections that have stories; stories are counted through, and ranked by their scores."""
    scores = [story.score for section in briefing.sections for story in section.stories]
    best_first = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    rank = {place: rank for rank, place in enumerate(best_first, 1)}
    sections: list[PrintedSection] = []
    first = 0
    for number, section in enumerate(briefing.sections, 1):
        stories = tuple(print_story(each, n + 1, rank[n], sources) for n, each in enumerate(section.stories, first))
        first += len(stories)
        if stories:
            sections.append(PrintedSection(flat(section.title), f"section-{number}", stories))
    return tuple(sections)


def _coverage(briefing: Briefing, sources: Sources, labels: _labels.Labels) -> tuple[str, ...]:
    """Return what the masthead tells first: since when, if that is not yesterday; then stories and sources."""
    stories = [story for section in briefing.sections for story in section.stories]
    names = {sources.name(id) for story in stories for id in story.articles if id in briefing.articles}
    since = _dates.since(briefing.ledger.window.since, briefing.date, sources.offset, labels)
    return (*filter(None, [since]), *_counted({"stories": len(stories), "sources": len(names)}, labels))


def _extent(briefing: Briefing, labels: _labels.Labels) -> tuple[str, ...]:
    """Return how long the whole issue is: words and minutes."""
    lines = (line for section in briefing.sections for story in section.stories for line in lines_of(story))
    words = sum(count_words(line.text) for line in lines)
    return _counted({"words": words, "minutes": briefing.minutes}, labels)


def _counted(counts: Mapping[str, int], labels: _labels.Labels) -> tuple[str, ...]:
    """Return numbers with their nouns; what is none is not told."""
    return tuple(labels.count(noun, number) for noun, number in counts.items() if number)


def _brief(stories: Sequence[PrintedStory]) -> tuple[PrintedStory, ...]:
    """Return the best stories in the order in which they are printed."""
    return tuple(each for each in stories if each.rank <= BRIEF_AT_MOST) if len(stories) >= BRIEF_AT_LEAST else ()
