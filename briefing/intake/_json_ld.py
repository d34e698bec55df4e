"""The article that a page describes in JSON-LD (schema.org), which newspapers write for search engines."""

import html
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement

# schema.org's types of articles end so: NewsArticle, BlogPosting, Report, LiveBlogPosting, ReportageNewsArticle.
_TYPES = ("Article", "Posting", "Report", "Review")
# Deeper nesting than this is no description of an article.
_DEPTH = 6


class ArticleData(NamedTuple):
    """What the page's JSON-LD says about its article; all None where there is none."""

    headline: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    body: str | None = None


def article(tree: HtmlElement) -> ArticleData:
    """Return the first article described in the page."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for node in _nodes(_parsed(script.text)):
                if _is_article(node):
                    return _read(node)
    return ArticleData()


def _parsed(text: str) -> Any:
    try:
        # Real pages have raw newlines in strings, and the comment marks of old advice around everything.
        return json.loads(text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Return the objects in the order they are written, outer before inner."""
    if isinstance(value, list) and depth < _DEPTH:
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        if depth < _DEPTH:
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _nodes(value.get(key), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(_TYPES) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _read(node: dict[str, Any]) -> ArticleData:
    return ArticleData(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        publisher=next(_names(node.get("publisher")), None),
        url=_text(node.get("url")) or _url(node.get("mainEntityOfPage")),
        language=_text(node.get("inLanguage")),
        authors=tuple(_names(node.get("author")))[:20],
        body=_text(node.get("articleBody")),
    )


def _text(value: Any) -> str | None:
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _url(value: Any) -> str | None:
    return _text(value.get("@id") or value.get("url")) if isinstance(value, dict) else _text(value)


def _names(value: Any) -> Iterator[str]:
    """Return the names of people or organisations, however they are wrapped."""
    for each in value if isinstance(value, list) else [value]:
        name = _text(each.get("name")) if isinstance(each, dict) else _text(each)
        if name and "://" not in name:
            yield name
