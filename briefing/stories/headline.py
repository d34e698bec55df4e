"""A story's headline: the best of its articles' titles."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice

from briefing.models import Article, Group
from briefing.stories._dates import order
from briefing.stories._outlets import host_name
from briefing.vectors import Vector, centroid, count_words, dot, normalized

WORDS = 12  # of a headline that is read at a glance
LEAD = 60  # content words at the top of a text: what the title must carry
TOO_LONG = 0.03  # for each word over WORDS
TEASER = 0.25  # a question, a list, a "watch": it promises what a headline should say
FEW = 4  # words; with fewer a title names a subject, not an event
TOO_SHORT = 0.15

_SEPARATOR = re.compile(r"\s+[|–—:·-]\s+")
_TEASER = re.compile(
    r"""[?？]|\.\.\.$|…$ # a question, or a title that was cut
    |^(?:watch|video|live|opinion|analysis|explainer|explained|photos?|pictures|gallery|podcast|quiz|review)\b
    |^(?:how|why|what|who|when|where|here['’]s|this|these|meet)\b
    |^\W*\d+\s+(?:\w+\s+){0,2}(?:things|ways|reasons|facts|moments|takeaways|questions|tips|times)\b
    |\b(?:you\s+need\s+to\s+know|what\s+we\s+know|need\s+to\s+know|live\s+updates|as\s+it\s+happened)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def choose_headline(group: Group, articles: Mapping[str, Article]) -> tuple[str, str] | None:
    """Return the article whose title says best what the story is, and that title; None without titles.

    The outlet's name at its end or start is left out.
    """
    told = [articles[each] for each in group.articles]
    titles = [(article, title) for article in told if (title := plain_title(article))]
    if not titles:
        return None
    center = centroid([normalized(Counter(_lead(article))) for article in told])
    article, title = min(titles, key=lambda each: (-_merit(each[0], each[1], center), order(each[0])))
    return article.id, title


def plain_title(article: Article) -> str:
    """Return the title without its outlet's name at the end or the start ("… | Example News")."""
    title = " ".join((article.document.title or "").split())
    separators = list(_SEPARATOR.finditer(title))
    names = {_squeezed(name) for name in (article.document.source, host_name(article.document.url)) if name}
    names |= {_squeezed(host_name(article.document.url).rpartition(".")[0])} - {""}
    if separators and _squeezed(title[separators[-1].end() :]) in names:
        return title[: separators[-1].start()]
    if separators and _squeezed(title[: separators[0].start()]) in names:
        return title[separators[0].end() :]
    return title


def _squeezed(name: str) -> str:
    """Return a name as it compares: letters and digits, small ("The Example" and "example" are one)."""
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("the")


def _lead(article: Article) -> list[str]:
    """Return the content words of the title and of the top of the text."""
    words = (word for sentence in article.sentences for word in sentence.words)
    return [*article.title_words, *islice(words, LEAD)]


def _merit(article: Article, title: str, center: Vector) -> float:
    """Return how much of the story a title carries, less its faults."""
    length = count_words(title)
    faults = TOO_LONG * max(0, length - WORDS) + TOO_SHORT * (length < FEW) + TEASER * bool(_TEASER.search(title))
    return round(dot(normalized(Counter(article.title_words)), center) - faults, 9)
