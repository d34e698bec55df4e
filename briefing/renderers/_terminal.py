"""A briefing set in columns: plain for a pipe, with bold, dim and links for a terminal.

Text from outside holds no control characters any more, so a few of them mark bold, dim and links while lines are
broken; `plain` and `styled` turn them into nothing or into escape codes at the very end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from briefing.models import Briefing
from briefing.renderers._columns import MEASURE, TIE, width, wrap
from briefing.renderers._escape import flat
from briefing.renderers._page import lay_out
from briefing.renderers._view import Page, PrintedLine, PrintedStory, Source

BOLD, DIM, ACCENT, END, LINK, LINK_END = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_MARK = re.compile("[\x01-\x06]")
_STYLE = {BOLD: "\x1b[1m", DIM: "\x1b[2m", ACCENT: "\x1b[1;31m", END: "\x1b[0m"}  # SGR, ECMA-48
_HYPERLINK = "\x1b]8;;{}\x1b\\"  # OSC 8

INDENT = "   "


class Setting:
    """How one rendering is set: its columns, whether addresses are printed, and its links in order."""

    def __init__(self, columns: int, addresses: bool) -> None:
        """Start without links; a terminal of any width is used up to the measure."""
        self.columns = max(20, min(columns, MEASURE))
        self.addresses = addresses
        self.links: list[str] = []

    def link(self, text: str, href: str | None) -> str:
        """Return the text marked as a link, kept on one line; as it is where addresses are printed or lead nowhere."""
        if self.addresses or href is None or href.startswith("#"):
            return text
        self.links.append(href)
        return f"{LINK}{text.replace(' ', TIE)}{LINK_END}"

    def lines(self, text: str, first: str = "", rest: str | None = None, style: str = "") -> list[str]:
        """Return the text in lines; a style is closed and opened again at each."""
        lines = wrap(text, self.columns, first, rest)
        return [f"{style}{line}{END}" if style and line else line for line in lines]


def plain(briefing: Briefing, width: int) -> str:
    """Return the briefing as plain text with its addresses, for pipes and files."""
    setting = Setting(width, addresses=True)
    return _joined(_MARK.sub("", line).rstrip() for line in _page(lay_out(briefing), setting))


def styled(briefing: Briefing, width: int, color: bool, hyperlinks: bool) -> str:
    """Return the briefing for a terminal; addresses are printed where it has no `hyperlinks`."""
    setting = Setting(width, addresses=not hyperlinks)
    rows = list(_page(lay_out(briefing), setting))
    links = iter(setting.links)
    return _joined(_MARK.sub(lambda mark: _code(mark[0], color, links), row) for row in rows)


def _code(mark: str, color: bool, links: Iterator[str]) -> str:
    """Return the escape code that a mark stands for."""
    if mark in _STYLE:
        return _STYLE[mark] if color else ""
    return _HYPERLINK.format(next(links) if mark == LINK else "")


def _joined(rows: Iterable[str]) -> str:
    """Return the rows as a text that ends with one newline, never two empty rows together."""
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return "\n".join(kept).replace(TIE, " ").rstrip("\n") + "\n"


def _page(page: Page, setting: Setting) -> Iterator[str]:
    """Yield the rows of the whole issue."""
    yield from setting.lines(page.title, style=BOLD)
    yield from setting.lines(_in_row([page.date, *map(_tied, page.facts)]), style=DIM)
    yield ""
    yield from _brief(page, setting)
    if not page.stories:
        yield from ["", *setting.lines(page.labels.nothing)]
    for section in page.sections:
        if section.title:
            yield from [
                "",
                *setting.lines(section.title, style=ACCENT),
                "─" * min(width(section.title), setting.columns),
            ]
        for number, story in enumerate(section.stories):
            if number or not section.title:
                yield ""
            yield from _story(story, page, setting)
    yield from _end(page, setting)


def _brief(page: Page, setting: Setting) -> Iterator[str]:
    """Yield the headlines to begin with."""
    if page.brief:
        yield from setting.lines(page.labels.in_brief, style=ACCENT)
        for story in page.brief:
            yield from setting.lines(story.headline.text, f"{story.number:>2} ")
        yield ""


def _story(story: PrintedStory, page: Page, setting: Setting) -> Iterator[str]:
    """Yield one story: headline, sentences, what its sources disagree on, sources."""
    labels = page.labels
    mark = f"  [{story.mark_label}]" if story.mark else ""
    headline = story.headline.text + mark
    yield from setting.lines(headline, f"{story.number:>2} ", style=BOLD)
    if story.lead:
        yield from setting.lines(_sentence(story.lead, story, setting), INDENT)
    for line in story.points:
        yield from setting.lines(_sentence(line, story, setting), f"{INDENT}– ")
    for figure in story.figures:
        yield from setting.lines(f"{labels.disagree}{labels.colon}{figure.description}", INDENT)
    for note in story.corrections:
        parts = [note.label, note.source.name if note.source else "", note.text]
        yield from setting.lines(labels.colon.join(filter(None, parts)), INDENT)
    yield from _sources(story, page, setting)


def _sentence(line: PrintedLine, story: PrintedStory, setting: Setting) -> str:
    """Return a sentence with the number of its source, where there is a choice of them or a link to make."""
    if line.source is None or (len(story.sources) < 2 and (setting.addresses or not line.href)):
        return line.text
    return f"{line.text}{TIE}{setting.link(f'[{line.source.number}]', line.href)}"


def _sources(story: PrintedStory, page: Page, setting: Setting) -> Iterator[str]:
    """Yield where the story was read: a row a source with its address, or all in one row as links."""
    labels = page.labels
    rows = [_source(source, len(story.sources) > 1, page, setting) for source in story.sources]
    for label, others in [(labels.also_in, story.also_in), (labels.reprinted_in, story.reprints)]:
        if others:
            rows.append(
                _tied(label) + labels.colon + labels.comma.join(setting.link(each.name, each.href) for each in others)
            )
    if story.independent > 1:
        rows.append(_tied(labels.count("independent", story.independent)))
    for row in rows if setting.addresses else [_in_row(rows)]:
        yield from setting.lines(row, INDENT, style=DIM)


def _source(source: Source, numbered: bool, page: Page, setting: Setting) -> str:
    """Return one source: number, name, time, address or path."""
    number = f"[{source.number}]{TIE}" if numbered else ""
    facts = [setting.link(source.name, source.url), _tied(source.when)]
    where = [source.url or "" if setting.addresses else "", source.path if source.path != source.name else ""]
    return number + " ".join(part for part in [page.labels.comma.join(filter(None, facts)), *where] if part)


def _end(page: Page, setting: Setting) -> Iterator[str]:
    """Yield what stands behind the stories: articles not printed, problems, full texts, the ledger."""
    labels = page.labels
    also = [f"{each.title}{_outlet(each)}" for each in page.also]
    yield from _list(
        labels.also_received,
        [_with_address(row, each, setting) for row, each in zip(also, page.also, strict=True)],
        setting,
    )
    yield from _list(labels.problems, [f"{each.input}{labels.colon}{each.reason}" for each in page.problems], setting)
    yield from _clippings(page, setting)
    yield from ["", *setting.lines(labels.about, style=ACCENT)]
    ledger = (_tied(f"{each.name}{labels.colon}{each.value}") for each in page.ledger)
    yield from setting.lines(_in_row(ledger), style=DIM)
    if page.removed:
        removed = labels.comma.join(f"{each.name}{TIE}{each.value}" for each in page.removed)
        yield from setting.lines(f"{labels.ledger.removed}{labels.colon}{removed}", style=DIM)
    made = f"{labels.ledger.made} {page.program}"
    yield from setting.lines(" · ".join(filter(None, [page.period, made])) + " ■", style=DIM)


def _tied(text: str) -> str:
    """Return the text kept on one line."""
    return text.replace(" ", TIE)


def _in_row(parts: Iterable[str]) -> str:
    """Return the parts of a row; a line breaks behind the dot that parts them, never before it."""
    return f"{TIE}· ".join(parts)


def _outlet(source: Source) -> str:
    """Return the outlet's name in brackets, where it is not the title."""
    return f" ({source.name})" if source.name != source.title else ""


def _with_address(text: str, source: Source, setting: Setting) -> str:
    """Return the text with its address behind it, or as a link."""
    if setting.addresses:
        return f"{text} {source.url}" if source.url else text
    return setting.link(text, source.url) if width(text) < setting.columns // 2 else text


def _list(title: str, rows: Sequence[str], setting: Setting) -> Iterator[str]:
    """Yield a heading and a list; nothing for an empty list."""
    if rows:
        yield from ["", *setting.lines(title, style=ACCENT)]
        for row in rows:
            yield from setting.lines(row, " – ")


def _clippings(page: Page, setting: Setting) -> Iterator[str]:
    """Yield the appended articles."""
    if page.clippings:
        yield from ["", *setting.lines(page.labels.full_text, style=ACCENT)]
    for clipping in page.clippings:
        source = clipping.source
        yield from ["", *setting.lines(source.title, style=BOLD)]
        yield from setting.lines(_source(source, False, page, setting), style=DIM)
        for paragraph in clipping.paragraphs:
            yield from ["", *setting.lines(flat("".join(piece.text for piece in paragraph)))]
