"""The identifier of a story, which stays the same wherever it stands in the issue."""

from collections.abc import Mapping
from hashlib import sha256

from briefing.models import Article, Group
from briefing.stories._dates import order

DIGITS = 10  # 40 bits: among 10,000 stories two share an id once in 20,000 issues


def story_id(group: Group, articles: Mapping[str, Article]) -> str:
    """Return the id that a group's earliest article gives to its story: hex digits, safe in an HTML anchor."""
    earliest = min(group.articles, key=lambda each: order(articles[each]))
    return sha256(earliest.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
