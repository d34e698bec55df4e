"""Full-text search over the articles, and over what issues printed of those whose text has been pruned.

Hits are ranked by BM25, a word of the title counting like four of the text, and by their age: of two that say it as
well the newer stands first, and an article of today as high as one of last year that says it twice as well.
"""

import math
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from briefing.archive._documents import unpack
from briefing.archive._index import JOINT, TOKENIZER, Row, insert
from briefing.archive._query import expression, parse_query, ranking

TITLE_WEIGHT = 4.0
HALF_FRESH = 30 * 86_400  # seconds after which an article has half of what it gains by being new

# What more articles have in common is ranked among the newest of them: all 87,000 of "of the" take three times as long.
RANKED = 10_000

_START, _STOP = "\x02", "\x03"
_MARKS = re.compile(f"([{_START}{_STOP}])")

Span = tuple[int, int]


class Printing(NamedTuple):
    """Where an article was printed: the day and the profile of the issue, and the numbers of its lines."""

    date: str
    profile: str
    lines: tuple[str, ...]


class Hit(NamedTuple):
    """An article that was found, and where.

    `title_spans` and `spans` are the places of the words in the title and in `text`, which is Document.text; of a
    pruned article it is what issues printed of it, and `is_whole` is false.
    """

    number: int
    id: str
    title: str | None
    source: str | None
    url: str | None
    path: str | None
    published: str | None
    received_at: str
    language: str | None
    score: float
    text: str
    is_whole: bool
    title_spans: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()
    printed: tuple[Printing, ...] = ()


_SEARCH = """
    SELECT number, relevance * (1 + 1 / (1 + max(:now - dated_at, 0) * 1.0 / :half)) AS score
    FROM (
        SELECT number, dated_at, -bm25(article_index, :title, 1) AS relevance
        FROM article_index JOIN documents ON number = article_index.rowid
        WHERE article_index MATCH :expression AND dated_at >= :since {source}
        ORDER BY article_index.rowid DESC LIMIT :ranked
    )
    ORDER BY score DESC, number DESC LIMIT :limit
"""
_OF_SOURCE = """
    AND (source IN (SELECT number FROM names WHERE instr(casefold(name), :source))
        OR origin IN (SELECT number FROM names WHERE instr(casefold(name), :source)))
"""
_FACTS = "number, id, title, source, url, path, published, received_at, language"


def search(
    connection: sqlite3.Connection,
    query: str,
    now: datetime,
    *,
    source: str | None = None,
    since: datetime | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Return the best hits for what a person typed; raise UsageError where it asks for nothing.

    `source` is a part of an outlet's name or of its subscription's address, whatever its case; what appeared before
    `since` is left out.
    """
    terms = parse_query(query)
    values = {
        "expression": ranking(terms),
        "now": now.timestamp(),
        "since": since.timestamp() if since else -math.inf,
        "source": (source or "").casefold(),
        "half": HALF_FRESH,
        "title": TITLE_WEIGHT,
        "ranked": RANKED,
        "limit": limit,
    }
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    rows = connection.execute(_SEARCH.format(source=_OF_SOURCE if source else ""), values).fetchall()
    found = [_found(connection, row["number"], row["score"]) for row in rows]
    marked = _marked(found, expression(terms))
    return [hit._replace(title_spans=marked[hit.number][0], spans=marked[hit.number][1]) for hit in found]


def _found(connection: sqlite3.Connection, number: int, score: float) -> Hit:
    """Return a hit whose words have not been located yet."""
    facts = tuple(connection.execute(f"SELECT {_FACTS} FROM articles WHERE number = ?", (number,)).fetchone())
    row = connection.execute("SELECT size, data, whole FROM texts WHERE number = ?", (number,)).fetchone()
    try:
        size, data, whole = row or (0, b"", 0)
        text = unpack(size, data)
    except ValueError:  # a title is more than nothing; `archive check` names what is damaged
        text, whole = "", 0
    return Hit._make((*facts, score, text, bool(whole), (), (), tuple(_printings(connection, facts[1]))))


def _printings(connection: sqlite3.Connection, id: str) -> Iterator[Printing]:
    """Yield the issues that printed an article, newest first."""
    rows = connection.execute(
        "SELECT date, profile, line FROM lines WHERE article = ? ORDER BY date DESC, profile, place", (id,)
    )
    for (date, profile), group in groupby(rows, key=itemgetter("date", "profile")):
        yield Printing(date, profile, tuple(row["line"] for row in group))


def _marked(hits: Sequence[Hit], match: str) -> dict[int, tuple[tuple[Span, ...], tuple[Span, ...]]]:
    """Return where the words stand in titles and texts, by number.

    SQLite itself is asked: an index of these few, with their texts in it, knows what the one without texts has found.
    """
    with closing(sqlite3.connect(":memory:")) as few:
        few.execute(f"CREATE VIRTUAL TABLE article_index USING fts5 (title, text, {TOKENIZER})")
        for hit in hits:
            insert(few, Row(hit.number, _unmarked(hit.title or ""), _unmarked(hit.text)))
        rows = few.execute(
            "SELECT rowid, highlight(article_index, 0, ?1, ?2), highlight(article_index, 1, ?1, ?2)"
            " FROM article_index WHERE article_index MATCH ?3",
            (_START, _STOP, match),
        )
        return {number: (_spans(title), _spans(text)) for number, title, text in rows}


def _unmarked(text: str) -> str:
    """Return a text with blanks in the place of the marks; texts that readers made have none."""
    return text.replace(_START, " ").replace(_STOP, " ")


def _spans(marked: str) -> tuple[Span, ...]:
    """Return the places between the marks, counted as if neither marks nor joints were there."""
    spans, at, start = [], 0, 0
    for piece in _MARKS.split(marked.replace(JOINT, "")):
        if piece == _START:
            start = at
        elif piece == _STOP:
            spans.append((start, at))
        else:
            at += len(piece)
    return tuple(spans)
