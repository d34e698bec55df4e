"""The archive page: every issue of a folder by date, with its headlines and files; a small script filters them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

import briefing as program
from briefing.models import Section, Story
from briefing.renderers import _dates, _labels
from briefing.renderers._escape import flat
from briefing.renderers._links import relative_url
from briefing.renderers._sources import foreign
from briefing.renderers._stories import lines_of, story_anchor
from briefing.renderers._templates import Template

FILE = "index.html"
TEMPLATE = Template("archive", Path(__file__).parent / "archive")  # with the style of `daily`
USUAL = "briefing"  # the name of issues that were given none
# What tells a page of ours from one that somebody else keeps in the same folder.
OURS = '<meta name="generator" content="briefing '

FIRST = 7  # headlines that stand open; more than seven are no longer read at a glance, and stand folded


class Spoken(Struct, frozen=True):
    """An article by its language."""

    language: str


class Head(Struct, frozen=True):
    """What the page needs of a briefing: of its JSON the rest, such as the articles' texts, is passed over."""

    title: str
    date: str
    language: str
    minutes: int
    articles: dict[str, Spoken]
    sections: tuple[Section, ...]


class Stored(Struct, frozen=True):
    """An issue in a folder: its name (`briefing`, `foreign`), its content, its files (the best to read first)."""

    name: str
    briefing: Head
    files: tuple[str, ...]


class Headline(Struct, frozen=True):
    """A story's headline; `href` leads to the story in its issue, `language` is None where it is the page's own."""

    text: str
    href: str
    language: str | None
    direction: str


class Issue(Struct, frozen=True, kw_only=True):
    """One issue of the list; `href` leads to the best file to read, `first` and `more` are its headlines."""

    date: str
    iso_date: str
    href: str
    facts: tuple[str, ...]
    files: tuple["File", ...]
    first: tuple[Headline, ...]
    more: tuple[Headline, ...]


class File(Struct, frozen=True):
    """A file of an issue and the name of its format."""

    kind: str
    href: str


class Series(Struct, frozen=True):
    """The issues of one name, newest first; `title` is empty for those without a name of their own."""

    title: str
    anchor: str
    issues: tuple[Issue, ...]


def render(stored: Sequence[Stored]) -> bytes:
    """Return the page in UTF-8: in the words of the newest issue, each name's issues together, newest first."""
    from briefing.renderers._jinja import fill_html  # Jinja2 starts slowly: nobody else needs it

    newest = max(stored, key=lambda each: (each.briefing.date, each.name == USUAL, each.name)).briefing
    labels = _labels.load(newest.language)
    page = {
        "title": flat(newest.title),
        "language": labels.language,
        "direction": _labels.direction(labels.language),
        "program": f"briefing {program.__version__}",
        "series": _series(stored, labels),
    }
    return fill_html(TEMPLATE, FILE, page=page, labels=labels).encode()


def _series(stored: Iterable[Stored], labels: _labels.Labels) -> list[Series]:
    """Return the issues by name; those of the usual name come first and need no title."""
    by_name: dict[str, list[Stored]] = {}
    for each in stored:
        by_name.setdefault(each.name, []).append(each)
    return [
        Series(
            "" if name == USUAL else flat(name),
            f"name-{number}",
            tuple(_issue(each, labels) for each in sorted(by_name[name], key=_date, reverse=True)),
        )
        for number, name in enumerate(sorted(by_name, key=lambda name: (name != USUAL, name)), 1)
    ]


def _date(stored: Stored) -> str:
    """Return the day of an issue."""
    return stored.briefing.date


def _issue(stored: Stored, labels: _labels.Labels) -> Issue:
    """Return one issue of the list."""
    briefing = stored.briefing
    files = tuple(File(name.rpartition(".")[2], relative_url(name)) for name in stored.files)
    stories = [story for section in briefing.sections for story in section.stories]
    headlines = [_headline(story, place, files[0].href, briefing, labels) for place, story in enumerate(stories, 1)]
    counts = {"stories": len(stories), "minutes": briefing.minutes}
    return Issue(
        date=_dates.full(flat(briefing.date), labels),
        iso_date=flat(briefing.date),
        href=files[0].href,
        facts=tuple(labels.count(noun, number) for noun, number in counts.items() if number),
        files=files,
        first=tuple(headlines[:FIRST]),
        more=tuple(headlines[FIRST:]),
    )


def _headline(story: Story, place: int, href: str, briefing: Head, labels: _labels.Labels) -> Headline:
    """Return a story's headline; only a page has places to lead to."""
    line = next((line for line in lines_of(story) if line.role == "headline"), None)
    article = line.article if line else next(iter(story.articles), "")
    language = foreign(briefing.articles[article].language, labels) if article in briefing.articles else None
    return Headline(
        text=flat(line.text if line else story.title),
        href=f"{href}#{story_anchor(story, place)}" if href.endswith(".html") else href,
        language=language,
        direction=_labels.direction(language or labels.language),
    )
