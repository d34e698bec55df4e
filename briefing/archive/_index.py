"""The full-text index: which words it is given, and how a row gets in and out of it.

SQLite's `unicode61` folds case and accents and ends words at spaces. Scripts that write none (Chinese, Japanese, Thai
and their neighbors) are given to it character by character, and so is Korean, whose words carry their particles: what
is looked for in them is then a phrase of characters, which is to say a substring.

*Refused:* pairs of characters, quicker by half where each is common, and larger by a quarter; the `trigram` tokenizer,
which finds substrings in all scripts and takes five times the room.
"""

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

# Parts two characters of a script without spaces. No letter, and in no text: `spread` puts blanks in its place first.
JOINT = "\x1f"

# Thai and Lao, Burmese, Khmer, kana, the ideographs and the syllables of Korean, with what is rare of each.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_UNSPACED}]+")

TOKENIZER = "tokenize = 'unicode61 remove_diacritics 2'"  # as in the migration

_INSERT = "INSERT INTO article_index (rowid, title, text) VALUES (?, ?, ?)"
_DELETE = "INSERT INTO article_index (article_index, rowid, title, text) VALUES ('delete', ?, ?, ?)"


class Row(NamedTuple):
    """What the index is given of an article."""

    number: int
    title: str | None
    text: str


def spread(text: str) -> str:
    """Return the text as it is indexed: a JOINT around each character of a script without spaces, else unchanged.

    What stands in the index is deleted with the same words: whoever changes this adds a migration that rebuilds it.
    """
    text = text.replace(JOINT, " ")
    return text if text.isascii() else _RUNS.sub(_spread_run, text)


def _spread_run(found: re.Match[str]) -> str:
    """Return a run of characters with a JOINT before, between and after them."""
    return f"{JOINT}{JOINT.join(found[0])}{JOINT}"


def insert(connection: sqlite3.Connection, row: Row) -> None:
    """Put an article into the index."""
    connection.execute(_INSERT, (row.number, spread(row.title or ""), spread(row.text)))


def delete(connection: sqlite3.Connection, row: Row) -> None:
    """Take an article out of the index; the row is that with which it was put in."""
    connection.execute(_DELETE, (row.number, spread(row.title or ""), spread(row.text)))


def rebuild(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Empty the index and fill it from the articles themselves."""
    connection.execute("INSERT INTO article_index (article_index) VALUES ('delete-all')")
    for row in rows:
        insert(connection, row)
