"""Articles for the tests of stories, read by the real text stage."""

from collections.abc import Sequence

from briefing.models import Article, Document, Group
from briefing.stories.copies import find_copies
from briefing.stories.grouping import group_articles
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

VOCABULARY = Vocabulary()


def made(
    id: str,
    title: str | None = None,
    text: str = "",
    *,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str = "en",
    place: float | None = None,
) -> Article:
    """Return an article."""
    document = Document(
        id=id, text=text or title or "", title=title, published=published, source=source, url=url, place=place
    )
    return read_article(document, VOCABULARY, language=language, clean=False)


def grouped(articles: Sequence[Article]) -> list[Group]:
    """Return the groups of the articles, copies folded."""
    return group_articles(articles, copies=find_copies(articles))


def together(articles: Sequence[Article]) -> set[frozenset[str]]:
    """Return which ids stand together."""
    return {frozenset([*group.articles, *(copy.id for copy in group.copies)]) for group in grouped(articles)}
