"""A story over several days: the key sentence of each article that the issues printed, in the order of time."""

from collections.abc import Mapping
from typing import NamedTuple

from briefing.models import Briefing, Facts, Line, Story
from briefing.stories._dates import NEVER, span
from briefing.stories.selection import word_pattern


class Moment(NamedTuple):
    """A printed sentence with the day that it tells of: its article's, or the issue's where the article has none."""

    date: str
    id: str
    text: str
    article: str
    facts: Facts


def timeline(issues: Mapping[str, Briefing], query: str) -> list[Moment]:
    """Return the moments of the stories that a query means, earliest first, one an article.

    An issue's key is the first part of its lines' ids, such as `2026-11-22` in `2026-11-22/3.2`.
    A query is a story's id or words that all stand in what was printed of the story. A story that is found in one issue
    is followed by its id through the others. The best printed sentence stands for its article.
    """
    ordered = sorted(issues.items(), key=lambda item: (item[1].date, item[0]))
    told = [(name, issue, story) for name, issue in ordered for each in issue.sections for story in each.stories]
    wanted = {story.id for _, _, story in told if query == story.id or _has_words(story, query)}
    moments: dict[str, Moment] = {}
    for name, issue, story in told:
        for line in _sentences(story) if story.id in wanted else ():
            facts = issue.articles[line.article]
            date = facts.published or issue.date
            moments.setdefault(line.article, Moment(date, f"{name}/{line.id}", line.text, line.article, facts))
    return sorted(moments.values(), key=lambda moment: ((span(moment.date) or (NEVER,))[0], moment.id))


def _sentences(story: Story) -> list[Line]:
    """Return the lines of a story that are sentences, the lead first."""
    return [line for line in story.lines or () if line.start is not None]


def _has_words(story: Story, query: str) -> bool:
    """Tell whether every word of the query stands in what was printed of the story."""
    printed = " ".join([story.title, *(line.text for line in story.lines or ())])
    words = query.split()
    return bool(words) and all(word_pattern(word).search(printed) for word in words)
