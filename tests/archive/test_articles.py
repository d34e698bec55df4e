"""Articles in the archive: what went in comes out, an id is new once, and numbers tell what is news."""

import re
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.archive import articles
from briefing.archive._database import open_archive, transaction
from briefing.archive.articles import Added
from briefing.errors import BriefingError
from briefing.intake._normalize import line, normalize
from briefing.models import Document

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)

facts = st.none() | st.text(max_size=30).map(line)
DOCUMENTS = st.builds(
    Document,
    id=st.text(min_size=1, max_size=60).map(line).filter(bool),
    text=st.text(min_size=1, max_size=400).map(normalize),
    title=facts,
    source=facts,
    url=st.none() | st.text(max_size=20).map(lambda path: f"https://example.org/{line(path) or ''}"),
    path=facts,
    published=st.none() | st.datetimes().map(lambda day: day.isoformat() + "Z") | st.dates().map(str) | facts,
    language=st.sampled_from([None, "en", "zh"]),
    authors=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    section=facts,
    place=st.none() | st.floats(0, 1),
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def document(id: str = "https://example.org/1", text: str = "The ferry sank.", **facts: str) -> Document:
    return Document(id=id, text=text, url=id if "//" in id else None, **facts)  # type: ignore[arg-type]


def add(connection: sqlite3.Connection, *documents: Document, by_hand: bool = False) -> Added:
    with transaction(connection):
        return articles.add_articles(connection, documents, origin="feed", now=MORNING, by_hand=by_hand)


def texts(connection: sqlite3.Connection) -> list[str]:
    ids = [row[0] for row in connection.execute("SELECT id FROM articles")]
    return [each.text for each in articles.get_documents(connection, ids)]


def found(connection: sqlite3.Connection, word: str) -> int:
    row = connection.execute("SELECT count(*) FROM article_index WHERE article_index MATCH ?", (word,)).fetchone()
    return int(row[0])


def take(connection: sqlite3.Connection, id: str) -> None:
    """Let an issue take an article."""
    connection.execute(
        "INSERT INTO issue_records (number, profile, date, state, since, until, window_until, title, stories, minutes,"
        " json) VALUES (1, '', '2026-11-22', 'done', 0, 9, '', '', 1, 1, x'')"
    )
    connection.execute("INSERT INTO issue_articles VALUES (1, 0, ?, 'printed')", (id,))


@given(documents=st.lists(DOCUMENTS, max_size=5, unique_by=lambda each: each.id))
def test_documents_come_out_as_they_went_in(
    documents: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with open_archive(tmp_path_factory.mktemp("archive")) as connection:
        added = add(connection, *documents)
        again = add(connection, *documents)

        assert (added.new, again.known) == (len(documents), len(documents))
        assert list(articles.arrived(connection, 0)) == documents
        assert list(articles.get_documents(connection, [each.id for each in documents])) == documents


def test_an_id_is_new_once_and_numbers_tell_what_came_since(connection: sqlite3.Connection) -> None:
    first = add(connection, document("a"), document("b"), document("a"))
    mark = articles.newest_number(connection)
    second = add(connection, document("b"), document("c"))

    assert (first, second) == (Added(2, 1, 0), Added(1, 1, 0))
    assert [each.id for each in articles.arrived(connection, mark)] == ["c"]
    assert [each.id for each in articles.arrived(connection, 0, mark)] == ["a", "b"]
    assert articles.known(connection, ["a", "c", "d"]) == {"a", "c"}


def test_a_number_is_never_given_out_again(connection: sqlite3.Connection) -> None:
    add(connection, document("a"), document("b"))
    mark = articles.newest_number(connection)

    connection.execute("DELETE FROM texts")
    connection.execute("DELETE FROM documents")
    add(connection, document("c"))

    assert articles.newest_number(connection) > mark


def test_a_text_is_replaced_until_an_issue_takes_it(connection: sqlite3.Connection) -> None:
    add(connection, document(text="Teaser about kestrels."))

    updated = add(connection, document(text="The whole story about ospreys.", title="Birds"))
    take(connection, document().id)
    late = add(connection, document(text="Another ending with eagles."))

    assert (updated, late) == (Added(0, 0, 1), Added(0, 1, 0))
    assert texts(connection) == ["The whole story about ospreys."]
    assert [found(connection, word) for word in ("kestrels", "ospreys", "birds", "eagles")] == [0, 1, 1, 0]
    assert [each.title for each in articles.arrived(connection, 0)] == ["Birds"]


def test_the_teaser_of_another_feed_does_not_take_the_place_of_the_whole(connection: sqlite3.Connection) -> None:
    def bring(origin: str, text: str) -> Added:
        with transaction(connection):
            return articles.add_articles(connection, [document(text=text)], origin=origin, now=MORNING)

    bring("teasers", "The ferry …")
    whole = bring("whole", "The ferry sank. All were saved.")
    teaser = bring("third", "The ferry …")
    again = bring("teasers", "The ferry sank …")
    shortened = bring("whole", "The ferry sank.")

    assert (whole.updated, teaser.known, again.known) == (1, 1, 1)
    assert shortened.updated == 1  # a feed may take back what it said
    assert texts(connection) == ["The ferry sank."]


def test_what_a_subscription_brought_is_not_changed_by_hand(connection: sqlite3.Connection) -> None:
    add(connection, document("https://example.org/1"))
    add(connection, document("https://example.org/2"), by_hand=True)

    changed = add(
        connection, document("https://example.org/1", "New."), document("https://example.org/2", "New."), by_hand=True
    )

    assert changed == Added(0, 1, 1)
    assert texts(connection) == ["The ferry sank.", "New."]


def test_what_is_older_than_its_subscription_or_added_by_hand_is_no_news(connection: sqlite3.Connection) -> None:
    dates = {"old": "2026-11-20", "edge": "2026-11-21", "new": "2026-11-22T06:00:00Z", "undated": None, "odd": "soon"}
    documents = [Document(id=id, text="Text.", published=date) for id, date in dates.items()]

    with transaction(connection):
        articles.add_articles(
            connection, documents, origin="feed", now=MORNING, backlog_before=MORNING - timedelta(hours=24)
        )
    add(connection, document("by hand"), by_hand=True)

    assert [each.id for each in articles.arrived(connection, 0)] == ["edge", "new", "undated", "odd"]
    assert found(connection, "text") == 5


def test_two_files_of_one_name_are_two_articles(connection: sqlite3.Connection) -> None:
    monday, tuesday = (Document(id="news.txt", path="news.txt", text=text) for text in ("Monday.", "Tuesday."))

    counts = [add(connection, each, by_hand=True) for each in (monday, tuesday, monday, tuesday)]

    assert [each.new for each in counts] == [1, 1, 0, 0]
    assert texts(connection) == ["Monday.", "Tuesday."]


def test_a_file_of_a_subscribed_folder_is_edited_and_a_line_of_a_list_is_not(connection: sqlite3.Connection) -> None:
    file = Document(id="news.txt", path="in/news.txt", text="Monday.")
    record = Document(id="news.jsonl#1", path="in/news.jsonl", text="Monday.")
    given = Document(id="wire-1", path="in/wire.jsonl", text="Monday.")

    add(connection, file, record, given)
    added = add(connection, *(replace(each, text="Tuesday.") for each in (file, record, given)))

    assert added == Added(1, 0, 2)
    assert texts(connection) == ["Tuesday.", "Monday.", "Tuesday.", "Tuesday."]


def test_texts_can_be_read_by_others(connection: sqlite3.Connection) -> None:
    add(connection, document("long", "The ferry sank. " * 50), document("short", "Ferry."))

    rows = connection.execute("SELECT size, data FROM texts ORDER BY number").fetchall()

    assert zlib.decompress(rows[0]["data"]).decode() == "The ferry sank. " * 50
    assert rows[0]["size"] == 800 > len(rows[0]["data"])
    assert rows[1]["data"] == b"Ferry."


def test_the_view_tells_the_facts(connection: sqlite3.Connection) -> None:
    add(connection, document(title="Ferry sinks", source="The Herald", published="2026-11-21"))

    (row,) = connection.execute("SELECT * FROM articles").fetchall()

    assert dict(row) == {
        "number": 1, "id": "https://example.org/1", "title": "Ferry sinks", "source": "The Herald",
        "url": "https://example.org/1", "path": None, "published": "2026-11-21", "language": None, "section": None,
        "authors": None, "origin": "feed", "received_at": "2026-11-22T07:00:00Z", "backlog": 0, "bytes": 15,
    }  # fmt: skip


def test_sql_in_the_readme_runs(connection: sqlite3.Connection) -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    statements = re.findall(r'archive\.db "(SELECT [^"]+)"', readme)
    connection.create_function(
        "sqlar_uncompress", 2, lambda data, size: data if len(data) == size else zlib.decompress(data)
    )
    for number in range(20):
        add(connection, document(f"{number}", f"The ferry {number}. " * 9, title="A ferry"))

    found = [[tuple(row) for row in connection.execute(statement)] for statement in statements]

    assert len(statements) == 3
    assert [(None, "A ferry")] * 9 in found
    assert [(b"The ferry 11. " * 9,)] in found


def test_a_damaged_text_is_named(connection: sqlite3.Connection) -> None:
    add(connection, document(text="The ferry sank. " * 50))
    connection.execute("UPDATE texts SET data = substr(data, 1, 20)")

    with pytest.raises(BriefingError, match=r"text of https://example.org/1 is damaged .* `briefing archive check"):
        list(articles.arrived(connection, 0))


@pytest.mark.parametrize("word", ["ferry", "FERRY", "cafe", "café", '"北 京"', '"ท ม"', "strasse"])
def test_words_are_found_in_every_script(connection: sqlite3.Connection, word: str) -> None:
    from briefing.archive._index import spread

    add(connection, document(text="A ferry, a Café in 北京市 and แมว in Strasse"))

    assert found(connection, spread(word.replace("ท ม", "แ ม"))) == 1


def test_two_processes_add_at_once_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from datetime import UTC, datetime; from briefing.archive import articles\n"
        "from briefing.archive._database import open_archive, transaction; from briefing.models import Document\n"
        "offset = int(sys.argv[2])\n"
        "with open_archive(pathlib.Path(sys.argv[1])) as c:\n"
        "    for batch in range(offset, offset + 30):\n"
        "        documents = [Document(id=f'{batch}/{n}', text=f'Text {n} of {batch}.') for n in range(10)]\n"
        "        with transaction(c):\n"
        "            articles.add_articles(c, documents, origin=sys.argv[2], now=datetime(2026, 11, 22, tzinfo=UTC))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(at)]) for at in (0, 15, 20)]

    assert [process.wait() for process in processes] == [0, 0, 0]
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        rows = connection.execute("SELECT count(*), count(DISTINCT id), max(number) FROM articles").fetchone()
        assert rows == (500, 500, 500)
        assert found(connection, "text") == 500


def test_questions_of_a_run_are_answered_from_indexes(connection: sqlite3.Connection) -> None:
    """However many articles there are: no question of a run may read them all."""
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    add(connection, document("a"), document("b"))
    list(articles.arrived(connection, 5))
    list(articles.get_documents(connection, ["a", "b"]))
    articles.known(connection, ["a", "b"])
    articles.newest_number(connection)
    connection.set_trace_callback(None)

    questions = [each for each in asked if "SELECT" in each and "documents" in each and "sqlite_sequence" not in each]
    plans = [row["detail"] for each in questions for row in connection.execute(f"EXPLAIN QUERY PLAN {each}")]

    assert len(questions) >= 5
    assert all("SEARCH" in plan for plan in plans if "documents" in plan), plans
    assert any("documents_news (number>? AND number<?)" in plan for plan in plans)
