"""`briefing stories`: which articles tell one story."""

from typing import Any

import click

from briefing.commands import _inputs, _options, _print
from briefing.models import Article, Story


@click.command()
@_options.inputs
@_options.date
@_options.method
@_options.length
@click.option("--lines", is_flag=True, help="Choose and show the lines of each story too.")
@_options.as_json
def command(date: str | None, method: str, length: str, lines: bool, as_json: bool, **options: Any) -> None:
    """Show which articles tell one story.

    Lists the stories best first, each with its articles, its copies and the numbers on which the sources disagree.

    \b
    Example: briefing stories seeds/
    """
    from briefing import drafting, pipeline
    from briefing.compose import make_story

    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, quiet=inputs.quiet)
    documents = pipeline.told_apart(_inputs.documents(inputs, config))
    found = pipeline.articles(documents, _inputs.cleaning(inputs, config))
    gathered = drafting.gather(outcome.watch(found))
    until = _inputs.instant(date, config.edition.timezone)
    choosing = _inputs.choosing(config, length, method)
    drafts = drafting.draft_stories(gathered, until, choosing, lines=lines)
    for number, draft in enumerate(drafts, 1):
        story = make_story(draft, number, lines=lines)
        if as_json:
            _print.record(story)
        else:
            _print_story(number, story, gathered.articles)
    outcome.leave()


def _print_story(number: int, story: Story, articles: dict[str, Article]) -> None:
    """Print a story as a numbered headline with its articles indented under it."""
    if number > 1:
        click.echo()
    click.echo(_print.styled(_print.paragraph(story.title, f"{number}. "), bold=True))
    for line in story.lines if isinstance(story.lines, tuple) else ():
        if line.role != "headline":
            click.echo(_print.paragraph(line.text, "   "))
    for id in story.articles:
        click.echo(_print.styled(_print.paragraph(_named(articles[id]), "   - "), dim=True))
    for copy in story.copies:
        click.echo(_print.styled(_print.paragraph(f"{_named(articles[copy.id])} (copy)", "   - "), dim=True))
    for figure in story.figures:
        values = " · ".join(f"{each.value} ({_outlet(articles[each.article])})" for each in figure.values)
        click.echo(_print.paragraph(f"{figure.what}: {values}", "   ≠ "))


def _named(article: Article) -> str:
    """Return outlet, day and title of an article, as far as they are known."""
    document = article.document
    day = document.published[:10] if document.published else None
    return ", ".join(filter(None, [_outlet(article), day, document.title and f"“{document.title}”"]))


def _outlet(article: Article) -> str:
    """Return the outlet's name, else where the article was read."""
    return article.document.source or article.document.path or article.id
