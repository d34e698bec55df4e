"""Articles as references: their names, addresses and times, and the link from a sentence to its place."""

from collections.abc import Iterable, Mapping

from msgspec import UNSET

from briefing.models import Briefing, Facts
from briefing.renderers import _dates, _labels
from briefing.renderers._escape import flat
from briefing.renderers._links import host, safe_url, text_fragment
from briefing.renderers._view import Source


class Sources:
    """The articles of one briefing; makes references and links to them."""

    def __init__(self, briefing: Briefing, labels: _labels.Labels) -> None:
        """Number the articles that are appended, in the briefing's order."""
        self.facts: Mapping[str, Facts] = briefing.articles
        self.labels = labels
        self.issue = briefing.date
        self.offset = _dates.offset_of(briefing.ledger.window.until)
        appended = [id for id, facts in briefing.articles.items() if facts.text is not UNSET]
        self.anchors = {id: f"a{number}" for number, id in enumerate(appended, 1)}

    def reference(self, article: str, number: int = 0) -> Source | None:
        """Return the reference to an article, or None for one that the briefing holds no facts of."""
        facts = self.facts.get(article)
        if facts is None:
            return None
        url = safe_url(facts.url)
        return Source(
            number=number,
            name=self.name(article),
            title=flat(facts.title or "") or self.name(article),
            href=self.place(article, url),
            url=url,
            path=None if url else flat(facts.path or "") or None,
            when=_dates.moment(facts.published, self.issue, self.offset, self.labels),
            published=flat(facts.published or "") if _dates.parse(facts.published) else "",
            language=self.language(article),
            direction=_labels.direction(facts.language),
        )

    def references(self, articles: Iterable[str]) -> tuple[Source, ...]:
        """Return the references to articles, numbered from 1."""
        known = [id for id in articles if id in self.facts]
        return tuple(source for n, id in enumerate(known, 1) if (source := self.reference(id, n)) is not None)

    def name(self, article: str) -> str:
        """Return the outlet's name, else the host of the address, else the file's name."""
        facts = self.facts[article]
        address = host(safe_url(facts.url) or "")
        return flat(facts.source or "") or address or flat(facts.path or "") or flat(article)

    def place(self, article: str, url: str | None) -> str | None:
        """Return where an article can be read: in the appendix, else at its address."""
        return f"#{self.anchors[article]}" if article in self.anchors else url

    def link(self, article: str, start: int | None, end: int | None, text: str) -> str | None:
        """Return the way from a sentence to its place: in the appendix, else at the article's address."""
        facts = self.facts.get(article)
        if facts is None:
            return None
        if article in self.anchors and start is not None and end is not None:
            return f"#{self.anchors[article]}.{start}" if is_kept(facts, start, end) else f"#{self.anchors[article]}"
        url = safe_url(facts.url)
        if article in self.anchors or url is None or start is None:
            return self.place(article, url)
        return text_fragment(url, text)

    def language(self, article: str) -> str | None:
        """Return the language of an article where it is not the page's."""
        language = self.facts[article].language if article in self.facts else self.labels.language
        return None if _labels.primary(language) == self.labels.language else flat(language)

    def direction(self, article: str) -> str:
        """Return which way an article is written."""
        return _labels.direction(self.language(article) or self.labels.language)


def is_kept(facts: Facts, start: int, end: int) -> bool:
    """Tell whether a sentence lies within one of the paragraphs that are appended."""
    return facts.kept is not UNSET and any(first <= start and end <= last for first, last in facts.kept)
