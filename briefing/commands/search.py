"""`briefing search`: full-text search over the archive."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from briefing.commands import _inputs, _options, _print

if TYPE_CHECKING:
    from briefing.archive.searching import Hit, Span

# A sentence that is longer is cut around its words: three lines of a terminal.
LONGEST = 260

# Marks around what was found, while lines are broken: they take no column, and no text has them.
_START, _STOP = "\x02", "\x03"

# A minus and more than a letter, or a quoted phrase; `-n5` is an option.
_EXCLUDED = re.compile(r'-(?!n\d+$)[^-\s][^\s]|-"')
_HIDDEN = "\x1f"


class Snippet(NamedTuple):
    """The sentence that shows best why an article was found, and the places of the words in its text."""

    start: int
    end: int
    spans: tuple["Span", ...]


class Searching(click.Command):
    """A command to which `-bank` is a word to leave out, and not the options -b, -a, -n and -k."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide such words from click."""
        return super().parse_args(ctx, [_HIDDEN + each if _EXCLUDED.match(each) else each for each in args])


@click.command(cls=Searching)
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help="Only what outlets or feeds of this name brought; a part will do.")
@click.option("--since", metavar="24h|7d|DATE", help="Only what appeared since then.")
@click.option(
    "-n",
    "--number",
    type=click.IntRange(min=1),
    metavar="N",
    default=10,
    show_default=True,
    help="At the most so many.",
)
@_options.config
@_options.as_json
@_options.quiet
def command(
    query: tuple[str, ...],
    source: str | None,
    since: str | None,
    number: int,
    config_file: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Find articles in the archive.

    QUERY is words that must all be there, "a phrase" (in quotes of its own, for the shell takes one pair), -word for
    what must not be there, and beginn* for how a word begins. What is new, and words that stand together, count more.
    Where an issue printed the article, its day and lines are named. Exits with 4 when nothing is found.

    \b
    Example: briefing search ferry '"old harbour"' -repair --since 30d
    """
    from briefing.archive._database import open_archive
    from briefing.archive.searching import search
    from briefing.commands._since import since as instant_of

    config = _inputs.load_config(config_file, quiet=True)
    now = _inputs.instant(None, config.edition.timezone)
    first = instant_of(since, now) if since else None
    with open_archive() as connection:
        hits = search(connection, _query(query), now, source=source, since=first, limit=number + 1)
    for at, hit in enumerate(hits[:number]):
        _show(hit, as_json=as_json, is_first=at == 0)
    if not hits:
        if not quiet:
            click.echo("briefing: nothing found in the archive", err=True)
        _inputs.leave(4)
    elif len(hits) > number and not quiet and not as_json:
        click.echo(f"briefing: there is more; `-n {number * 2}` shows it", err=True)


def _query(words: Sequence[str]) -> str:
    """Return the arguments as one query; of several, one with blanks in it had quotes, which the shell has taken."""
    typed = [word.removeprefix(_HIDDEN) for word in words]
    if len(typed) == 1:
        return typed[0]
    return " ".join(f'"{word}"' if re.search(r"\s", word) and '"' not in word else word for word in typed)


def _show(hit: "Hit", *, as_json: bool, is_first: bool) -> None:
    """Print one hit."""
    snippet = best_sentence(hit)
    if as_json:
        _print.record(_record(hit, snippet))
        return
    if not is_first:
        click.echo()
    click.echo(_print.styled(_print.paragraph(hit.title or hit.id), bold=True))
    click.echo(_print.styled(_print.paragraph(" · ".join(_facts(hit))), dim=True))
    if shown := _marked(hit.text, snippet):
        click.echo(_emphasized(_print.fitted(shown, "  ")))


def _facts(hit: "Hit") -> Iterator[str]:
    """Yield what is known of an article: its outlet, its day, where it is, and where it was printed."""
    yield from filter(None, [hit.source, (hit.published or hit.received_at)[:10], hit.url or hit.path])
    for printing in hit.printed[:3]:
        profile = f" for {printing.profile}" if printing.profile else ""
        yield f"printed {printing.date}{profile} ({', '.join(printing.lines)})"


def best_sentence(hit: "Hit") -> Snippet:
    """Return the sentence with the most different words that were looked for; without any the first one."""
    from briefing.text.sentences import split_sentences

    best, most = Snippet(0, 0, ()), (-1, 0)
    for start, end in split_sentences(hit.text, hit.language or "en"):
        inside = tuple(span for span in hit.spans if start <= span[0] < end)
        counts = len({hit.text[at:to].casefold() for at, to in inside}), len(inside)
        if counts > most:
            best, most = Snippet(start, end, inside), counts
    return best


def _marked(text: str, snippet: Snippet) -> str:
    """Return the sentence ready to print, cut around its words where it is long, with marks around them."""
    start, end = _window(snippet)
    pieces, at = [], start
    for begin, stop in snippet.spans:
        if begin >= at and stop <= end:
            pieces += [_print.printable(text[at:begin]), _START, _print.printable(text[begin:stop]), _STOP]
            at = stop
    pieces.append(_print.printable(text[at:end]))
    before, after = "…" if start > snippet.start else "", "…" if end < snippet.end else ""
    return f"{before}{''.join(pieces)}{after}"


def _window(snippet: Snippet) -> tuple[int, int]:
    """Return what is shown of a sentence: all of it, or as much as there is room for from shortly before a word."""
    start, end, spans = snippet
    if end - start <= LONGEST:
        return start, end
    first = spans[0][0] if spans else start
    start = max(start, min(first - LONGEST // 3, end - LONGEST))
    return start, min(end, start + LONGEST)


def _emphasized(text: str) -> str:
    """Return printed lines with what is between marks in bold, on a terminal; else without the marks."""
    if not _print.colored():
        return text.replace(_START, "").replace(_STOP, "")
    is_inside, lines = False, []
    for line in text.split("\n"):
        pieces = []
        for piece in re.split(f"([{_START}{_STOP}])", line):
            if piece in (_START, _STOP):
                is_inside = piece == _START
            elif piece:
                pieces.append(_print.styled(piece, bold=True) if is_inside else piece)
        lines.append("".join(pieces))
    return "\n".join(lines)


def _record(hit: "Hit", snippet: Snippet) -> dict[str, Any]:
    """Return a hit as its JSON form; offsets count in Document.text, and a pruned text has none."""
    names = ("id", "title", "source", "url", "path", "published", "received_at", "language")
    return {
        **{name: getattr(hit, name) for name in names},
        "score": float(f"{hit.score:.4g}"),
        "sentence": {
            "text": hit.text[snippet.start : snippet.end],
            "start": snippet.start if hit.is_whole else None,
            "end": snippet.end if hit.is_whole else None,
        },
        "hits": [list(span) for span in hit.spans] if hit.is_whole else [],
        "printed": [printing._asdict() for printing in hit.printed],
    }
