"""The body of an article in a page: trafilatura, guarded."""

import trafilatura
from lxml.html import HtmlElement

from briefing.intake._html_text import paragraphs


def article_body(tree: HtmlElement, stated: str | None, title: str | None) -> list[str]:
    """Return the paragraphs of the article; a page without one gives all its text."""
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False)
    return (paragraphs(found.body) if found else []) or paragraphs(tree)
