"""Markdown: front matter and the first heading are facts; the marks go, the words stay (CommonMark and tables)."""

import html
import re
from collections.abc import Iterable, Iterator

from briefing.intake._decode import decode
from briefing.intake._documents import document
from briefing.intake._headers import split_front_matter
from briefing.models import Blob, Document, Problem

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){2,}|(?:_[ \t]*){3,}|=+)$")
_TABLE_RULE = re.compile(r"[|: \t]*+-[|:\- \t]*+$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]++(.*))?$")
_BLOCK_MARK = re.compile(r"(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S")

# Every repetition is bounded, so that a bracket without its partner costs a look ahead and not the rest of the file.
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,5000})\1(?!`)")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.S)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_TARGET = r"(?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^\[\]]{0,200}\])"
_IMAGE = re.compile(r"!\[[^\[\]]{0,1000}\]" + _TARGET)
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]" + _TARGET)
_FOOTNOTE = re.compile(r"\[\^[^\[\]]{1,100}\]:?")
_STARS = re.compile(r"(\*{1,3}|~~)(?=[^\s*~])([^*~]{0,2000}[^\s*~])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^\n]{0,2000}?[^\s_])\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Code and escaped characters wait in the private use area while the marks around them go.
_PRIVATE = 0xE000
_WAITING = re.compile("[\ue000-\uf8ff]")


def read(blob: Blob) -> Iterator[Document | Problem]:
    """Return the one document; its title is the front matter's, else the heading that stands first."""
    facts, body = split_front_matter(raw_text(blob).replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = [(is_heading, plain(text)) for is_heading, text in _blocks(_COMMENT.sub("", body).split("\n"))]
    first = paragraphs[0] if paragraphs else (False, "")
    title = facts.pop("title", None)
    if first[0] and title in (None, first[1]):
        title, paragraphs = first[1], paragraphs[1:]
    authors = [facts.pop("authors")] if "authors" in facts else []
    yield document(blob, text="\n\n".join(text for _, text in paragraphs), title=title, authors=authors, **facts)


def raw_text(blob: Blob) -> str:
    """Return the file as decoded."""
    return decode(blob.data, blob.charset)


def plain(text: str) -> str:
    """Return a paragraph of Markdown without its marks: links are their text, images are gone, code is kept."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return chr(_PRIVATE + len(kept) - 1) if len(kept) <= 6400 else words

    text = _WAITING.sub("", text)
    text = _CODE.sub(lambda found: keep(found[2].strip()), text)
    text = _ESCAPE.sub(lambda found: keep(found[1]), text)
    text = _TAG.sub("", _ADDRESS.sub(r"\1", text))
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    for _ in range(3):  # bold in italics in a struck-out passage
        text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    return _WAITING.sub(lambda found: kept[ord(found[0]) - _PRIVATE], html.unescape(text)).strip()


def _blocks(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Return the blocks of the text, and whether each is a heading: paragraphs, items, table rows, lines of code."""
    open_lines: list[str] = []
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
            line = ""
        elif fence:
            yield False, "`" + line.replace("`", "'") + "`"
            continue
        if open_lines and _RULE.match(line):
            yield True, " ".join(open_lines)
            open_lines = []
            continue
        yield from _closed(line, open_lines)
    if open_lines:
        yield False, " ".join(open_lines)


def _closed(line: str, open_lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Add a line to the open paragraph, or return the blocks that it ends and is."""
    heading = _HEADING.match(line)
    words = _unmarked(line)
    is_row = words.startswith("|")
    starts = heading or is_row or not words or _ITEM.match(line.lstrip(" \t>")) or _RULE.match(line)
    if starts and open_lines:
        yield False, " ".join(open_lines)
        open_lines.clear()
    if heading:
        yield True, _unclosed(heading[1] or "")
    elif is_row:
        yield (
            False,
            "" if _TABLE_RULE.match(words) else " ".join(cell.strip() for cell in words.split("|") if cell.strip()),
        )
    elif words and not _RULE.match(line) and not _DEFINITION.match(line):
        open_lines.append(words)


def _unclosed(heading: str) -> str:
    """Return a heading without the marks that may close it."""
    heading = heading.rstrip(" \t")
    bare = heading.rstrip("#")
    return heading if bare and bare[-1] not in " \t" else bare.rstrip(" \t")


def _unmarked(line: str) -> str:
    """Return a line without the marks of quotations and lists at its start."""
    line = line.strip()
    start = 0
    while found := _BLOCK_MARK.match(line, start):
        start = found.end()
    return line[start:]
