"""`briefing summarize`: single articles in a few sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import click

from briefing.commands import _inputs, _options, _print
from briefing.models import Article, Choice, Summary
from briefing.vectors import count_words


@click.command()
@_options.inputs
@_options.method
@_options.length
@click.option("--together", is_flag=True, help="Make one summary of all inputs as one story.")
@click.option("--all", "every", is_flag=True, help="Give every sentence with its score.")
@click.option("--why", is_flag=True, help="Show the parts of each score.")
@click.option("--highlight", is_flag=True, help="Print the whole article with the chosen sentences marked.")
@_options.as_json
def command(
    method: str, length: str, together: bool, every: bool, why: bool, highlight: bool, as_json: bool, **options: Any
) -> None:
    """Summarize single articles.

    Prints the sentences that tell most, in the article's order and to the letter.

    \b
    Example: briefing summarize article.txt --length 5
    """
    from briefing import drafting, pipeline
    from briefing.summarizers import parse_length

    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, quiet=inputs.quiet)
    choosing = drafting.Choosing(parse_length(length), method)
    documents = _inputs.documents(inputs, config)
    if together:  # one by one, each keeps the id that it was given
        documents = pipeline.told_apart(documents)
    found = pipeline.articles(documents, _inputs.cleaning(inputs, config))
    listed = every or why or highlight
    watched = outcome.watch(found)
    summaries: Iterable[tuple[Sequence[Article], Summary]]
    if together or listed:
        summarize = partial(pipeline.summarize_articles, choosing=choosing, together=together, every=listed, why=why)
        summaries = ((members, summarize(members)) for members in _grouped(watched, together))
    else:
        summaries = (([article], summary) for article, summary in pipeline.summarize_each(watched, choosing))
    for number, (members, summary) in enumerate(summaries):
        if as_json:
            _print.record(summary)
            continue
        if number:
            click.echo()
        _print_summary(summary, members, highlight=highlight, listed=every or why, quiet=inputs.quiet)
    outcome.leave()


def _grouped(articles: Iterator[Article], together: bool) -> Iterator[Sequence[Article]]:
    """Yield the articles one by one as they come, or all of them at once."""
    if not together:
        yield from ([article] for article in articles)
    elif members := list(articles):
        yield members


def _print_summary(summary: Summary, members: Sequence[Article], *, highlight: bool, listed: bool, quiet: bool) -> None:
    """Print title, origin and sentences; on stderr, how much shorter it got."""
    if summary.title:
        click.echo(_print.styled(_print.paragraph(summary.title), bold=True))
    origin = _origin(members)
    if origin:
        click.echo(_print.styled(_print.paragraph(origin), dim=True))
    if summary.title or origin:
        click.echo()
    if highlight:
        _print_highlighted(summary.sentences, {article.id: article for article in members}, members[0].id)
    else:
        _print_choices(summary.sentences, listed=listed)
    if not quiet:
        click.echo(_print.styled(_shorter(summary, members), dim=True), err=True)


def _print_choices(choices: Sequence[Choice], *, listed: bool) -> None:
    """Print the sentences as paragraphs; `listed` with rank, score and the parts of the score."""
    for choice in choices:
        if not listed:
            click.echo(_print.paragraph(choice.text))
            continue
        rank = f"{choice.rank}." if choice.rank else "-"
        click.echo(f"{rank:<4}{choice.score:8.4f}  {_print.shortened(choice.text, max(_print.width() - 14, 40))}")
        if isinstance(choice.parts, dict):
            click.echo("".ljust(14) + " ".join(f"{part} {value:+.3f}" for part, value in choice.parts.items()))


def _print_highlighted(choices: Sequence[Choice], articles: Mapping[str, Article], only: str) -> None:
    """Print every sentence in its paragraph, the chosen ones marked: bold on a terminal, between ** in a pipe."""

    def place(choice: Choice) -> tuple[str, int]:
        article = articles[choice.article if isinstance(choice.article, str) else only]
        return article.id, article.sentences[choice.index].paragraph

    for number, (_, paragraph) in enumerate(groupby(choices, key=place)):
        if number:
            click.echo()
        click.echo(" ".join(_marked(choice) for choice in paragraph))


def _marked(choice: Choice) -> str:
    """Return a sentence on one line, marked when it was chosen."""
    text = " ".join(_print.printable(choice.text).split())
    if not choice.rank:
        return _print.styled(text, dim=True)
    return _print.styled(text, bold=True) if _print.colored() else f"**{text}**"


def _origin(members: Sequence[Article]) -> str:
    """Return outlets and date of the articles, as far as they are known."""
    sources = dict.fromkeys(each.document.source for each in members if each.document.source)
    dates = sorted(each.document.published[:10] for each in members if each.document.published)
    period = dates[0] if dates and dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}" if dates else ""
    return " · ".join(filter(None, [", ".join(sources), period]))


def _shorter(summary: Summary, members: Sequence[Article]) -> str:
    """Say how many of the sentences and words were chosen."""
    chosen = [each for each in summary.sentences if each.rank]
    sentences = sum(len(article.sentences) for article in members)
    words = sum(count_words(each.text) for article in members for each in article.sentences)
    kept = sum(count_words(each.text) for each in chosen)
    share = round(100 * kept / words) if words else 0
    return f"{len(chosen)} of {sentences} sentences, {kept} of {words} words ({share} %)"
