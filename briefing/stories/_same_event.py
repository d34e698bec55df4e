"""Whether two articles give a number of the same event: in one story there may be two, or an old one and a new one."""

from typing import NamedTuple

from briefing.models import Article, Sentence
from briefing.stories._names import Names, names_in
from briefing.stories._phrases import phrases
from briefing.stories._quantities import Quantity
from briefing.stories._terms import background

# Words of title, first sentence and the number's own that two articles must share: rare ones, where a table tells which
# are; more where none of them is a name, or where one article names nobody. Of 1,297 pairs of articles with different
# numbers of dead or injured that tell of two events two pass, of 27 pairs that tell of one 14.
SHARED = 2
SHARED_WITHOUT_NAMES = 3
SHARED_WITHOUT_MORE = 5
RARE = 0.08
SHORT = 4  # letters; what is shorter is an abbreviation or a date


class Stated(NamedTuple):
    """A quantity with offsets into its document, the sentence that states it, its article and the names there."""

    quantity: Quantity
    sentence: Sentence
    article: Article
    names: Names


def same_event(one: Stated, other: Stated) -> bool:
    """Tell whether place, names, day and what is told around the numbers speak for it that both count the same."""
    if one.article.language != other.article.language or _differ(_place(one), _place(other)):
        return False
    return _know_each_other(one, other) and len(_told(one) & _told(other)) >= _least(one, other)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both say something, and nothing in common."""
    return bool(one and other) and one.isdisjoint(other)


def _days(stated: Stated) -> frozenset[str]:
    """Return the days of the week in the sentence."""
    known = phrases(stated.article.language)
    return frozenset(map(str.lower, known.days.findall(stated.sentence.text))) if known else frozenset()


def _place(stated: Stated) -> frozenset[str]:
    """Return the names of the place where those counted were, if it is said."""
    return frozenset((stated.quantity.place or "").lower().split())


def _know_each_other(one: Stated, other: Stated) -> bool:
    """Tell whether each article knows somebody or something that the other is about, or one of them names nobody."""
    ours, theirs = _real(one.names.about, one, other), _real(other.names.about, one, other)
    return not (ours and theirs) or bool(ours & other.names.known and theirs & one.names.known)


def _real(names: set[str], one: Stated, other: Stated) -> set[str]:
    """Return the names without the days, the short ones, and what either article writes small as well."""
    known = phrases(one.article.language)
    names = {name for name in names if len(name) >= SHORT and not (known and known.days.fullmatch(name))}
    return names - one.names.small - other.names.small


def _told(stated: Stated) -> set[str]:
    """Return the words around the number that are rare in the news."""
    article = stated.article
    words = {*article.title_words, *article.sentences[0].words, *stated.sentence.words}
    common = background(article.language)
    return {word for word in words if len(word) >= SHORT and common.get(word, 0.0) < RARE and not word.isdecimal()}


def _least(one: Stated, other: Stated) -> int:
    """Return how many words two articles must share."""
    if _differ(_days(one), _days(other)) or not background(one.article.language):
        return SHARED_WITHOUT_MORE
    shared = _real(_named(one) & _named(other), one, other)
    return SHARED if shared else SHARED_WITHOUT_NAMES


def _named(stated: Stated) -> set[str]:
    """Return the names around the number."""
    article = stated.article
    return names_in(f"{article.document.title or ''}\n{article.sentences[0].text}\n{stated.sentence.text}")
