"""What a person types into a search, as an expression of FTS5: words that must all be there, "a phrase", -not, begin*.

Whatever is typed has a meaning: quotes that nobody closed end with the query, marks without a letter or digit ask for
nothing, and no word of FTS5's own language (AND, NEAR, title:) is one here.
"""

import re
from typing import NamedTuple

from briefing.archive._index import spread
from briefing.errors import UsageError

# A minus, then a quoted phrase or a word of anything but blanks and quotes; a star at its end asks for a beginning. The
# curly quotes of phones and word processors are quotes, and „ or « open one as well.
_QUOTES = '"“”„«»'
_TERM = re.compile(
    f"(?P<not>-?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\\s{_QUOTES}]+))(?P<star>\\*?)"
)


class Term(NamedTuple):
    """One word or phrase that must stand in an article, or must not."""

    words: str
    is_beginning: bool = False
    is_excluded: bool = False


def parse_query(query: str) -> list[Term]:
    """Return what a query asks for; raise UsageError where there is nothing to look for."""
    found = [_term(each) for each in _TERM.finditer(_clean(query))]
    terms = [term for term in found if any(map(str.isalnum, term.words))]
    if all(term.is_excluded for term in terms):
        raise UsageError(f'nothing to look for in {query!r}; give a word or a "phrase" that shall be found')
    return terms


def _clean(query: str) -> str:
    """Return the query with blanks for control characters and halves of surrogate pairs, which FTS5 cannot take."""
    return "".join(each if each.isprintable() else " " for each in query)


def _term(found: re.Match[str]) -> Term:
    """Return one match as a term."""
    word = found["word"] or ""
    is_beginning = bool(found["star"]) or word.endswith("*")
    return Term(found["phrase"] or word, is_beginning, bool(found["not"]))


def expression(terms: list[Term]) -> str:
    """Return the FTS5 expression for terms of which one at least is wanted."""
    wanted = " AND ".join(_quoted(term) for term in terms if not term.is_excluded)
    excluded = " OR ".join(_quoted(term) for term in terms if term.is_excluded)
    return f"({wanted}) NOT ({excluded})" if excluded else wanted


def ranking(terms: list[Term]) -> str:
    """Return an expression that finds the same and counts it once more where the words stand together."""
    wanted = [term for term in terms if not term.is_excluded]
    match = expression(terms)
    if len(wanted) < 2 or any(term.is_beginning for term in wanted[:-1]):
        return match
    together = _quoted(Term(" ".join(term.words for term in wanted), wanted[-1].is_beginning))
    excluded = " OR ".join(_quoted(term) for term in terms if term.is_excluded)
    return f"({match}) OR ({together} NOT ({excluded}))" if excluded else f"({match}) OR {together}"


def _quoted(term: Term) -> str:
    """Return a term as a string of FTS5; the quotes in it were taken out by the parser."""
    return f'"{spread(term.words)}"{" *" if term.is_beginning else ""}'
