"""`briefing why`: why a story stands where it stands, is not in, or two articles are together."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from briefing.commands import _inputs, _issue, _options, _print
from briefing.errors import UsageError
from briefing.models import Article, Briefing, Document, Group, Story

if TYPE_CHECKING:
    from briefing.settings import Config


@click.command()
@click.argument("names", metavar="ID [ID]", nargs=-1, required=True)
@click.option(
    "--issue", metavar="DATE|FILE", default="latest", show_default=True, help="The issue that is asked about."
)
@click.option("--in", "places", multiple=True, metavar="PATH", help="Where its articles are, if not where they were.")
@_options.profile
@_options.config
def command(
    names: tuple[str, ...], issue: str, places: tuple[str, ...], profile: str | None, config_file: str | None
) -> None:
    """Say why a story stands where it stands.

    ID is a story's number in the issue, its id, or an article's. With two of them: why the articles (of stories, the
    first ones) are one story or two. Exits with 4 when the issue knows none of that name.

    \b
    Example: briefing why 3 && briefing why 1 2
    """
    if len(names) > 2:
        raise UsageError("one or two names, not more: briefing why 3, or briefing why a.txt b.txt")
    briefing = _issue.named(issue, config_file, profile)
    if len(names) == 2:
        config = _inputs.load_config(config_file, quiet=True)
        said: Iterator[str] = _pair(briefing, names[0], names[1], places, config)
    else:
        said = _one(briefing, names[0])
    for sentence in said:
        click.echo(_print.paragraph(sentence))


def _one(briefing: Briefing, name: str) -> Iterator[str]:
    """Yield why a story stands where it stands, or why an article is in none; end with 4 for what is unknown."""
    from briefing.checks.standing import absence, find_story, is_known, reasons

    found = find_story(briefing, name)
    if found is None and name.isdigit() and name not in briefing.articles:
        raise UsageError(f"no story {name} in the issue of {briefing.date}")
    if found is None and not is_known(briefing, name):
        click.echo(f"briefing: {name!r}: {absence(briefing, name)}", err=True)
        _inputs.leave(4)
    if found is None:
        yield absence(briefing, name)
        return
    number, story = found
    yield story.title
    yield from reasons(briefing, number, story, _independent(briefing, story))
    for copy in story.copies:
        yield f"{_named(briefing, copy.id)} prints {_named(briefing, copy.of)} again; it adds nothing to the score"


def _independent(briefing: Briefing, story: Story) -> int:
    """Return by how many outlets the story is told, copies left out."""
    from briefing.stories._outlets import count_outlets

    facts = [briefing.articles[id] for id in story.articles]
    return count_outlets(Document(id="", text="", source=each.source, url=each.url) for each in facts)


def _pair(briefing: Briefing, one: str, other: str, places: tuple[str, ...], config: "Config") -> Iterator[str]:
    """Yield why two articles are together or apart, computed anew from their sources."""
    from briefing.stories.copies import find_copies
    from briefing.stories.explanation import explain_pair, group_of
    from briefing.stories.grouping import group_articles

    articles = _articles(briefing, places)
    first, second = (articles[_article(briefing, name, articles)] for name in (one, other))
    copies = find_copies(list(articles.values()))
    corrections = config.stories
    groups = group_articles(list(articles.values()), copies=copies, split=corrections.split, join=corrections.join)
    together = group_of(first.id, groups) is group_of(second.id, groups)
    yield _named(briefing, first.id)
    yield _named(briefing, second.id)
    yield "One story." if together else "Two stories."
    if any({first.id, second.id} == set(pair) for pair in (*corrections.split, *corrections.join)):
        yield "The configuration says so: [stories] split or join."
    if copies.get(first.id) == second.id or copies.get(second.id) == first.id:
        yield "One prints the text of the other again."
        return
    reasons = explain_pair(first, second, list(articles.values()))
    yield f"Likeness beyond the crowd: {reasons.likeness:.2f}; a story needs {reasons.needed:.2f} on average."
    if reasons.days_apart > reasons.window_days:
        yield f"{reasons.days_apart:.0f} days lie between them, more than the {reasons.window_days:.0f} of a story."
    if reasons.shared:
        yield "Shared words: " + ", ".join(_words(reasons.shared, first))
    if together and reasons.likeness < reasons.needed:
        yield "Other articles of the story hold them together: " + _links(first, second, group_of(first.id, groups))


def _links(first: Article, second: Article, group: Group) -> str:
    """Return the other members of the story."""
    return ", ".join(id for id in group.articles if id not in (first.id, second.id)) or "none"


def _words(shared: tuple[tuple[str, float], ...], article: Article) -> Iterator[str]:
    """Yield the stems as words of the article, each with its part of the likeness."""
    from briefing.text.words import Vocabulary

    vocabulary = Vocabulary()
    surface: dict[str, str] = {}
    for chunk in f"{article.document.title or ''} {article.document.text}".split():
        for stem in vocabulary.words(chunk, article.language)[1]:
            surface.setdefault(stem, chunk.strip(".,;:!?\"'()[]“”‘’").removesuffix("'s").removesuffix("’s"))
    yield from (f"{surface.get(stem, stem)} ({weight:.2f})" for stem, weight in shared)


def _articles(briefing: Briefing, places: tuple[str, ...]) -> dict[str, Article]:
    """Read the issue's articles again; raise UsageError when none is found."""
    from briefing import pipeline

    found = pipeline.articles(_issue.sources(briefing, places))
    known = {each.id: each for each in found if isinstance(each, Article) and each.id in briefing.articles}
    if not known:
        raise UsageError("the issue's articles are not where they were; name their folder with --in PATH")
    return known


def _article(briefing: Briefing, name: str, articles: dict[str, Article]) -> str:
    """Return the id of the article that a name means: its own, or the first of a story."""
    from briefing.checks.standing import article_id, find_story

    found = find_story(briefing, name)
    id = article_id(briefing, name) or (found[1].articles[0] if found else "")
    if id not in articles:
        raise UsageError(f"no article or story {name!r} in the issue of {briefing.date}, or its source is gone")
    return id


def _named(briefing: Briefing, id: str) -> str:
    """Return an article's outlet and title, as far as they are known."""
    facts = briefing.articles[id]
    return ": ".join(filter(None, [facts.source or facts.path, facts.title])) or id
