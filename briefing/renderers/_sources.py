"""Articles as references: their names, addresses and times, and the link from a sentence to its place."""

import re
from collections.abc import Iterable, Mapping

from msgspec import UNSET

from briefing.models import Briefing, Facts
from briefing.renderers import _dates, _labels
from briefing.renderers._escape import flat
from briefing.renderers._links import host, safe_url, text_fragment
from briefing.renderers._quotations import quotations
from briefing.renderers._view import Source

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as articles go


class Sources:
    """The articles of one briefing; makes references and links to them."""

    def __init__(self, briefing: Briefing, labels: _labels.Labels) -> None:
        """Number the articles that are appended, in the briefing's order."""
        self.facts: Mapping[str, Facts] = briefing.articles
        self.labels = labels
        self.issue = briefing.date
        self.offset = _dates.offset_of(briefing.ledger.window.until)
        self.quotations = quotations(briefing)
        appended = [id for id, facts in briefing.articles.items() if facts.text is not UNSET]
        self.anchors = {id: f"a{number}" for number, id in enumerate(appended, 1)}

    def reference(self, article: str, number: int = 0) -> Source | None:
        """Return the reference to an article, or None for one that the briefing holds no facts of."""
        facts = self.facts.get(article)
        if facts is None:
            return None
        url, published = safe_url(facts.url), _dates.parse(facts.published)
        return Source(
            number=number,
            name=self.name(article),
            title=flat(facts.title or "") or self.name(article),
            href=f"#{self.anchors[article]}" if article in self.anchors else url,
            url=url,
            path=None if url else flat(facts.path or "") or None,
            when=_dates.moment(facts.published, self.issue, self.offset, self.labels),
            published=published.isoformat() if published else "",
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

    def link(self, article: str, start: int | None, end: int | None, text: str) -> str | None:
        """Return the way from a sentence to its place: in the appendix, else at the article's address."""
        if article in self.anchors:
            return self._appended(article, start, end)
        url = safe_url(self.facts[article].url) if article in self.facts else None
        return text_fragment(url, flat(text)) if url is not None and start is not None else url

    def _appended(self, article: str, start: int | None, end: int | None) -> str:
        """Return the anchor of the printed sentence that holds a span, else that of the whole article."""
        anchor = f"#{self.anchors[article]}"
        if start is None or end is None:
            return anchor
        around = [each.start for each in self.quotations.get(article, ()) if each.start <= start and end <= each.end]
        return f"{anchor}.{around[0]}" if around else anchor

    def language(self, article: str) -> str | None:
        """Return the language of an article where it is known and not the page's."""
        return foreign(self.facts[article].language, self.labels) if article in self.facts else None

    def direction(self, article: str) -> str:
        """Return which way an article is written."""
        return _labels.direction(self.language(article) or self.labels.language)


def foreign(language: str, labels: _labels.Labels) -> str | None:
    """Return a language where it is one and not the page's."""
    known = _LANGUAGE.fullmatch(language) and _labels.primary(language) != labels.language
    return language if known else None
