"""Articles that say again what earlier issues have told: yesterday's text under another address, or in another outlet.

Precision first, for what is taken for a reprint is not printed: it must be a near-copy of a text of an earlier issue,
have no sentence that is fresh beside it (`novelty`), and no number that the earlier text does not have. The daily
report that says the same words about other figures is news.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from briefing.models import Article
from briefing.stories.copies import find_copies
from briefing.stories.novelty import fresh_sentences


def find_reprints(articles: Sequence[Article], earlier: Sequence[Article]) -> dict[str, str]:
    """Return, for each article that only repeats an earlier one, the id of that one."""
    own = {article.id for article in articles}
    told = {article.id: article for article in earlier if article.id not in own}
    if not told:
        return {}
    heads = find_copies([*articles, *told.values()])
    by_head: dict[str, list[Article]] = {}
    for article in told.values():
        by_head.setdefault(heads.get(article.id, article.id), []).append(article)
    found: dict[str, str] = {}
    for article in articles:
        for known in by_head.get(heads.get(article.id, article.id), ()):
            if article.id not in found and _repeats(article, known):
                found[article.id] = known.id
    return found


def _repeats(article: Article, known: Article) -> bool:
    """Tell whether an article has neither a sentence nor a number that the known one lacks."""
    return _numbers(article) <= _numbers(known) and not fresh_sentences(article.sentences, known.sentences)


def _numbers(article: Article) -> AbstractSet[str]:
    """Return the numbers of title and text."""
    words = [token for sentence in article.sentences for token in sentence.tokens]
    words += (article.document.title or "").split()
    return {"".join(filter(str.isdigit, word)) for word in words if any(map(str.isdigit, word))}
