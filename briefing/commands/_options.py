"""The options that mean the same everywhere, as decorators."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator for several options, shown in the order given."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


paths = click.argument("paths", metavar="[PATH]...", nargs=-1)
config = click.option("-c", "--config", "config_file", metavar="FILE", help="Read this configuration file.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print nothing when all is well or nothing was found.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Say on stderr what each stage does.")
lenient = click.option("--lenient", is_flag=True, help="Exit 0 where something is missing or nothing was found.")
profile = click.option("--profile", metavar="NAME", help="An issue of this reader.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
language = click.option("--language", metavar="CODE", help="The articles' language; detected when not given.")
no_clean = click.option("--no-clean", is_flag=True, help="Keep the furniture: appeals, prompts, credits, bylines.")
method = click.option(
    "-m", "--method", default="briefing", show_default=True, metavar="NAME", help="How sentences are chosen."
)
length = click.option(
    "-n", "--length", default="3", show_default=True, metavar="N|P%|Nw", help="Sentences, percent of them, or words."
)
output = click.option(
    "-o",
    "--output",
    metavar="FILE|DIR|-",
    help="Where to: a file (its suffix is the format), a folder/, or - (stdout).",
)
formats = click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT", help="md, html, pdf, epub, json, txt; repeatable."
)
template = click.option("-t", "--template", metavar="NAME|DIR", help="The template; `briefing templates` lists them.")
page = click.option(
    "--page", metavar="SIZE", help="The PDF's page: a4, letter, a5, remarkable2, paper-pro, kobo, kindle."
)

date = click.option("--date", metavar="DATE", help="The issue's day; with it the same input gives the same bytes.")

# What goes into an issue: of given articles, and of what is new.
_contents = (
    click.option("--title", metavar="TEXT", help="The issue's name."),
    date,
    method,
    length,
    click.option(
        "--minutes", type=click.IntRange(min=1), metavar="N", help="Print what can be read in so many minutes."
    ),
    click.option("--max-stories", type=click.IntRange(min=1), metavar="N", help="Print so many stories at the most."),
)
_full = click.option("--full", is_flag=True, help="Append the cleaned articles; each line links to its sentence there.")
issue = together(
    *_contents,
    click.option(
        "--previous", multiple=True, metavar="FILE|DIR", help="Mark what is new since these issues; repeatable."
    ),
    _full,
    click.option("--images", is_flag=True, help="Append the articles with their own pictures, fetched where needed."),
)
todays_issue = together(*_contents, _full)

# Where an issue goes and how it looks.
_look = (output, formats, template, page)
target = together(
    *_look, click.option("--name", default="briefing", show_default=True, help="The files' name before their date.")
)
todays_target = together(*_look)

# What every command that reads articles understands.
inputs = together(
    paths,
    click.option("--from", "kind", metavar="KIND", help="What the inputs are: text, markdown, html, mail, jsonl."),
    click.option("--files-from", metavar="FILE|-", help="Read the paths from a file, one a line."),
    click.option("-0", "nul", is_flag=True, help="Paths of --files-from end with NUL."),
    language,
    no_clean,
    config,
    lenient,
    quiet,
    verbose,
)
