"""`briefing extract`: the article without its furniture."""

from typing import Any

import click

from briefing.commands import _inputs, _options, _print
from briefing.models import Article


@click.command()
@_options.inputs
@_options.as_json
def command(as_json: bool, **options: Any) -> None:
    """Show the article without its furniture.

    Prints the text that is left, and on stderr what was removed and why; with --json both in one record.

    \b
    Example: briefing extract page.html
    """
    from briefing import pipeline

    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, quiet=inputs.quiet)
    found = pipeline.articles(_inputs.documents(inputs, config), _inputs.cleaning(inputs, config))
    for number, article in enumerate(outcome.watch(found)):
        if as_json:
            _print.record(_record(article))
        else:
            _print_article(article, first=not number, quiet=inputs.quiet)
    outcome.leave()


def _record(article: Article) -> dict[str, object]:
    """Return the JSON form: the facts, the text that is left, and each removed piece with its reason."""
    from briefing.text.article import kept_text

    document = article.document
    return {
        "id": document.id,
        "title": document.title,
        "text": kept_text(document.text, article.removed),
        "language": article.language,
        "published": document.published,
        "source": document.source,
        "url": document.url,
        "path": document.path,
        "authors": document.authors,
        "removed": article.removed,
    }


def _print_article(article: Article, *, first: bool, quiet: bool) -> None:
    """Print title and text to stdout, the removed pieces to stderr."""
    from briefing.text.article import kept_text

    if not first:
        click.echo()
    if article.document.title:
        click.echo(f"{_print.printable(article.document.title)}\n")
    click.echo(_print.printable(kept_text(article.document.text, article.removed)))
    for piece in () if quiet else article.removed:
        click.echo(f"removed ({piece.reason}): {_print.printable(_print.shortened(piece.text))}", err=True)
