"""Facts at the top of a text: `Title: …` lines, front matter, and a first line that is clearly a headline."""

import re
from collections.abc import Iterator

# What people and exporters write above an article, to the fact that it is.
_NAMES = {
    "title": "title", "headline": "title", "subject": "title",
    "date": "published", "published": "published", "publication date": "published", "pubdate": "published",
    "created": "published",
    "source": "source", "outlet": "source", "publication": "source", "newspaper": "source",
    "publisher": "source", "site": "source",
    "url": "url", "link": "url", "canonical": "url", "canonical_url": "url", "original": "url",
    "author": "authors", "authors": "authors", "by": "authors", "byline": "authors",
    "language": "language", "lang": "language",
    "id": "id",
}  # fmt: skip
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,20}?)[ \t]*:[ \t]*(\S.*)?$")
_MARK = re.compile(r"---[ \t]*$")
_FINAL = tuple(".:;,…。．")
# A headline is at most two lines of print: 20 words, 150 letters.
_HEADLINE_WORDS, _HEADLINE_LETTERS = 20, 150


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the facts between two lines of `---` at the top, and the text below them."""
    lines = text.lstrip("\ufeff").split("\n", 200)
    if not _MARK.match(lines[0]):
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if _MARK.match(line)), None)
    if end is None or not all(_is_header(line) for line in lines[1:end]):
        return {}, text
    return dict(_facts(lines[1:end])), "\n".join(lines[end + 1 :])


def split_headers(text: str) -> tuple[dict[str, str], str]:
    """Return the facts of the header lines at the top of a text, and the text below them.

    One line is not enough unless it is the title or the address: 'Source: police' can begin an article.
    """
    lines = text.split("\n", 20)
    end = next((number for number, line in enumerate(lines) if not _named(line)), len(lines))
    facts = dict(_facts(lines[:end]))
    if len(facts) < 2 and not facts.keys() & {"title", "url"}:
        return {}, text
    return facts, "\n".join(lines[end:])


def split_headline(text: str) -> tuple[str | None, str]:
    """Return a first paragraph that is clearly a headline (short, no final stop, more text below), and the rest."""
    first, _, rest = text.partition("\n\n")
    if not rest or "\n" in first or first.endswith(_FINAL) or not is_short(first):
        return None, text
    # Something longer must follow: a list of short lines, or a poem, has no headline that could be told from its lines.
    longest = max(map(len, rest.split("\n\n", 5)))
    return (first, rest) if longest > len(first) else (None, text)


def is_short(line: str) -> bool:
    """Tell whether a line is no longer than headlines are."""
    return len(line) <= _HEADLINE_LETTERS and len(line.split()) <= _HEADLINE_WORDS


def _named(line: str) -> str | None:
    found = _LINE.match(line.rstrip())
    return _NAMES.get(found[1].strip().lower()) if found and found[2] else None


def _is_header(line: str) -> bool:
    """Tell whether a line can stand in front matter: `key: value`, or what belongs to the key above it."""
    return not line.strip() or line[:1] in " \t-#" or bool(_LINE.match(line.rstrip()))


def _facts(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, found = _named(line), _LINE.match(line.rstrip())
        if name and found:
            yield name, _unquoted(found[2].strip())


def _unquoted(fact: str) -> str:
    """Return a fact without the quotes around it; a quote inside it, or at one end alone, belongs to it."""
    quote = fact[:1]
    is_quoted = quote in ('"', "'") and fact.endswith(quote) and fact.count(quote) == 2
    return fact[1:-1] if is_quoted else fact
