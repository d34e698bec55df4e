"""Furniture that is learnt: short lines that a source prints in article after article, day after day.

No list of phrases knows every imprint, slogan and contact line, but the archive sees them come back. What comes back is
not all furniture: a running story repeats its background ("The strait carries a fifth of the world's oil"). So a
sentence is furniture when most articles since its first appearance have it and it goes from one event to another. A
fragment or an address needs less; a sentence in a source that has only one event is never taken.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from briefing.models import LONGEST_REPEATED, Document, folded

# What it takes, tuned on the sources that tests/archive/test_furniture.py plays. Each of so many sightings is another
# article on another day; a share is that of the source's articles since the line's first.
SIGHTINGS = 3
FRAGMENT_SHARE, SENTENCE_SHARE = 0.25, 0.5
# How often a sentence must have gone from one event to another: the share of its returns that is enough after so many.
# A running story's background seems to in 7 %, and so in 2 of 2, 3 of 4 or 4 of 11 less than once in a hundred times.
TURNS = ((2, 1.0), (4, 0.6), (11, 0.35))
# An article is of another event when it has fewer of a title's words. Of 2,000 pairs of articles on one event 7 to 9 %
# have, of pairs on two 81 to 91 % (allsides and ecb of the grouping's sets); at .3 it is 15 to 22 and 93 to 98 %.
STRANGE = 0.2
FEWEST_WORDS = 5  # of a title that can tell; a shorter one takes the beginning of its article to help
# Words that stand in so large a share of a source's last titles are its own ("… | The Gazette"), and tell nothing.
COMMON_SHARE = 0.9
TITLES, FEWEST_TITLES = 16, 8

# Furniture stands at the head and the foot of an article; what stands between so many short lines is not looked at.
HEAD, FOOT = 8, 16
# After so many articles a line that fewer than an eighth of them had is forgotten.
REMEMBERED = 64
SOURCES = 5_000
SILENT_DAYS = 90

_LONGEST_FRAGMENT = 100
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# A sentence ends so, also inside quotation marks or brackets. Thai, Lao, Burmese and Khmer have no full stop: all there
# may be sentences.
_SENTENCE = re.compile(rf"[.!?…。！？।؟]['\"”’»)\]]*$|[{_SPACELESS}]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|[©®™]|(?<!\w)@\w")
_WORD = re.compile(r"[^\W\d_]+")
_SOLID = re.compile(f"[\u3041-\u30ff\u3400-\u9fff{_SPACELESS}]")
_LOOKED_AT = 5_000  # characters of an article, for the words of a title

_HEAR = """
INSERT INTO furniture_sources (name, articles, heard_on) VALUES (?, 1, ?)
ON CONFLICT (name) DO UPDATE SET articles = articles + 1, heard_on = max(heard_on, excluded.heard_on)
RETURNING number, articles
"""
_SEE = """
INSERT INTO furniture_lines (source, fingerprint, first, last, sightings)
VALUES (:source, :fingerprint, :article, :article, :day || :id)
ON CONFLICT DO UPDATE SET
    last = :article,
    seen = seen + 1,
    turns = turns + :turn,
    line = :line,
    sightings = CASE
        WHEN length(sightings) >= :full OR instr(sightings, :day) OR instr(sightings, :id) THEN sightings
        ELSE sightings || :day || :id
    END
"""
_KNOWN = """
SELECT fingerprint, title
FROM furniture_lines JOIN furniture_titles ON furniture_titles.source = furniture_lines.source AND article = last
WHERE furniture_lines.source = ? AND fingerprint IN ({})
"""
_LAST_TITLES = "SELECT title FROM furniture_titles WHERE source = ? ORDER BY article DESC LIMIT ?"
_FORGET = (
    "DELETE FROM furniture_lines "
    "WHERE source = :source AND :articles - first >= :kept AND seen * 8 < :articles - first",
    "DELETE FROM furniture_titles WHERE source = :source AND article < :articles - :kept AND NOT EXISTS "
    "(SELECT * FROM furniture_lines WHERE furniture_lines.source = :source AND last = article)",
)
_FORGET_SOURCES = """
DELETE FROM furniture_sources
WHERE heard_on < ? OR number NOT IN (SELECT number FROM furniture_sources ORDER BY heard_on DESC, number DESC LIMIT ?)
"""
_COMING_BACK = """
SELECT line, seen, turns, articles - first AS of
FROM furniture_lines JOIN furniture_sources ON number = source
WHERE name = :name AND length(sightings) >= :few
"""
_SIGHTING = len(" 20261122:0123abcd")


def learn(connection: sqlite3.Connection, document: Document, now: datetime) -> None:
    """Remember the short lines of an article that is new in the archive; one without a source teaches nothing.

    The day that counts is that of its publication, as far as it is known, else that of `now`. Call it once for an
    article, inside a transaction of the caller.
    """
    name = folded(document.source or "")
    lines = {_fingerprint(folded(line)): line for line in _short_lines(document.text)} if name else {}
    if not lines:
        return
    [(source, articles)] = connection.execute(_HEAR, (name, now.date().isoformat())).fetchall()
    article = articles - 1
    turned = _turned(connection, source, list(lines), document)
    connection.execute("INSERT OR REPLACE INTO furniture_titles VALUES (?, ?, ?)", (source, article, _title(document)))
    facts = {
        "source": source,
        "article": article,
        "day": f" {_day(document, now):%Y%m%d}:",
        "id": blake2b(document.id.encode(), digest_size=4).hexdigest(),
        "full": SIGHTINGS * _SIGHTING,
    }
    rows = ({**facts, "fingerprint": key, "line": line, "turn": key in turned} for key, line in lines.items())
    connection.executemany(_SEE, rows)
    _forget(connection, source, articles, now)


def repeated(connection: sqlite3.Connection, source: str) -> frozenset[str]:
    """Return the lines, folded, that are furniture of a source."""
    asked = {"name": folded(source), "few": SIGHTINGS * _SIGHTING}
    return frozenset(folded(row["line"]) for row in connection.execute(_COMING_BACK, asked) if _is_furniture(row))


def repeated_for(connection: sqlite3.Connection, sources: Iterable[str | None]) -> dict[str, frozenset[str]]:
    """Return the furniture of each of the sources that has some, as `pipeline.Cleaning.learnt` wants it."""
    found = {source: repeated(connection, source) for source in dict.fromkeys(sources) if source}
    return {source: lines for source, lines in found.items() if lines}


def _is_furniture(row: Mapping[str, Any] | sqlite3.Row) -> bool:
    """Tell whether what was seen of a line is what it takes."""
    line, share = row["line"], row["seen"] / row["of"]
    is_sentence = len(line) > _LONGEST_FRAGMENT or _SENTENCE.search(line)
    if not is_sentence or _ADDRESS.search(line):
        return bool(share >= FRAGMENT_SHARE)
    returns = row["seen"] - 1
    return bool(
        share >= SENTENCE_SHARE
        and any(returns >= least and row["turns"] >= turning * returns for least, turning in TURNS)
    )


def _turned(connection: sqlite3.Connection, source: int, lines: list[int], document: Document) -> frozenset[int]:
    """Return those of the lines that were last seen in an article of another event, as far as its title tells."""
    known = connection.execute(_KNOWN.format(",".join("?" * len(lines))), (source, *lines)).fetchall()
    if not known:
        return frozenset()
    words = _words(f"{document.title or ''} {document.text[:_LOOKED_AT]}")
    common = _common(connection, source)
    titles = {title: _title_words(title) - common for _, title in known}
    strange = {
        title for title, its in titles.items() if len(its) >= FEWEST_WORDS and len(its & words) < STRANGE * len(its)
    }
    return frozenset(fingerprint for fingerprint, title in known if title in strange)


def _common(connection: sqlite3.Connection, source: int) -> set[str]:
    """Return the words that nearly all of the last titles of a source have; none as long as there are few."""
    titles = [_title_words(title) for (title,) in connection.execute(_LAST_TITLES, (source, TITLES))]
    if len(titles) < FEWEST_TITLES:
        return set()
    counts = Counter(word for title in titles for word in title)
    return {word for word, count in counts.items() if count >= COMMON_SHARE * len(titles)}


def _title(document: Document) -> str:
    """Return by which words an article is known to be of an event: its title, and where that is short its beginning."""
    title = document.title or ""
    return (title if len(_words(title)) >= FEWEST_WORDS else f"{title} {document.text[:200]}")[:300]


@lru_cache(maxsize=256)
def _title_words(title: str) -> frozenset[str]:
    """Return the words of a title, which is asked for by the next sixteen articles of its source."""
    return frozenset(_words(title))


def _words(text: str) -> set[str]:
    """Return the beginnings of the longer words, which inflection leaves alone; without spaces, pairs of characters."""
    words = _WORD.findall(text.casefold())
    if text.isascii() or not _SOLID.search(text):
        return {word[:5] for word in words if len(word) > 3}
    found: set[str] = set()
    for word in words:
        if _SOLID.match(word):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) > 3:
            found.add(word[:5])
    return found


def _short_lines(text: str) -> Iterator[str]:
    """Yield the short lines of a text that have a word in them, from its head and its foot."""
    lines = [line for line in map(str.strip, text.splitlines()) if line and len(line) <= LONGEST_REPEATED]
    chosen = lines if len(lines) <= HEAD + FOOT else [*lines[:HEAD], *lines[-FOOT:]]
    return (line for line in chosen if any(map(str.isalpha, line)))


def _day(document: Document, now: datetime) -> date:
    """Return the day on which an article was published, else that of `now`."""
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return now.date()


def _fingerprint(line: str) -> int:
    """Return a number by which a folded line is known again."""
    return int.from_bytes(blake2b(line.encode(), digest_size=8).digest(), signed=True)


def _forget(connection: sqlite3.Connection, source: int, articles: int, now: datetime) -> None:
    """Forget, now and then, lines that did not come back and sources that have long been silent."""
    if articles % (REMEMBERED // 2) == 0:
        for statement in _FORGET:
            connection.execute(statement, {"source": source, "articles": articles, "kept": REMEMBERED})
    if articles == 1 and source % 256 == 0:
        silent = (now.date() - timedelta(days=SILENT_DAYS)).isoformat()
        connection.execute(_FORGET_SOURCES, (silent, SOURCES))
