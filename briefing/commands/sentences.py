"""`briefing sentences`: where the sentences stand."""

from typing import Any

import click
from msgspec.structs import replace

from briefing.commands import _inputs, _options, _print
from briefing.models import Article


@click.command()
@_options.inputs
@click.option("--splitter", default="rules", show_default=True, metavar="NAME", help="rules (ours) or punkt (NLTK's).")
@click.option("--raw", is_flag=True, help="Remove and normalize nothing: offsets are into the input as decoded.")
@_options.as_json
def command(splitter: str, raw: bool, as_json: bool, **options: Any) -> None:
    """Show where the sentences stand.

    Prints one sentence a line; with --json each with its offsets in code points and its paragraph.

    \b
    Example: printf 'Dr. Smith left at 5 p.m. on Monday. He is back.' | briefing sentences -
    """
    from briefing import pipeline

    inputs = _inputs.Inputs.given(options)
    outcome = _inputs.Outcome(lenient=inputs.lenient, quiet=inputs.quiet)
    config = _inputs.load_config(inputs.config_file, quiet=inputs.quiet)
    cleaning = _inputs.cleaning(inputs, config, splitter)
    if raw:
        cleaning = replace(cleaning, clean=False)
    found = pipeline.articles(_inputs.documents(inputs, config, raw=raw), cleaning)
    for article in outcome.watch(found):
        if as_json:
            _print.record(_record(article))
        else:
            for sentence in article.sentences:
                click.echo(_print.printable(" ".join(sentence.text.split())))
    outcome.leave()


def _record(article: Article) -> dict[str, object]:
    """Return the JSON form of an article's sentences."""
    return {
        "id": article.id,
        "text": article.document.text,
        "sentences": [
            {"text": each.text, "start": each.start, "end": each.end, "paragraph": each.paragraph}
            for each in article.sentences
        ],
    }
