"""Search: what a person types always means something, finds what says it, and knows where."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.archive import articles
from briefing.archive._database import open_archive, transaction
from briefing.archive._index import JOINT, spread
from briefing.archive._query import Term, expression, parse_query, ranking
from briefing.archive.searching import Hit, search
from briefing.errors import UsageError
from briefing.models import Document

MORNING = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_archive(tmp_path) as connection:
        yield connection


def add(connection: sqlite3.Connection, *documents: Document, origin: str = "feed") -> None:
    with transaction(connection):
        articles.add_articles(connection, documents, origin=origin, now=MORNING)


def document(id: str, text: str, title: str | None = None, days: int = 0, source: str | None = None) -> Document:
    published = (MORNING - timedelta(days=days)).isoformat()
    return Document(id=id, text=text, title=title, published=published, source=source)


def ids(connection: sqlite3.Connection, query: str) -> list[str]:
    return [hit.id for hit in search(connection, query, MORNING)]


def marked(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("ferry sank", [Term("ferry"), Term("sank")]),
        ('"the ferry" sank', [Term("the ferry"), Term("sank")]),
        ("“the ferry” „a boat“ «le bac»", [Term("the ferry"), Term("a boat"), Term("le bac")]),
        ('"the ferry', [Term("the ferry")]),
        ('ferry -boat -"old harbour"', [Term("ferry"), Term("boat", False, True), Term("old harbour", False, True)]),
        ("harb* \"old har\"*", [Term("harb*", True), Term("old har", True)]),
        ("e-mail", [Term("e-mail")]),
        ("AND title:x NEAR(a)", [Term("AND"), Term("title:x"), Term("NEAR(a)")]),
        ("ferry & - * “”", [Term("ferry")]),
        ("a\x00b\ud800c", [Term("a"), Term("b"), Term("c")]),
    ],
)  # fmt: skip
def test_queries_are_read_as_people_mean_them(query: str, terms: list[Term]) -> None:
    assert parse_query(query) == terms


@pytest.mark.parametrize("query", ["", "  ", "-ferry", "& ? *", '""', '-"old harbour" -x'])
def test_a_query_without_a_wish_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        parse_query(query)


@given(query=st.text() | st.text("\"-* aB(北ไ:^+{}'“”\x00\ud800", max_size=40))
def test_nothing_that_is_typed_is_an_error(query: str) -> None:
    with sqlite3.connect(":memory:") as few:
        few.execute("CREATE VIRTUAL TABLE article_index USING fts5 (title, text)")
        try:
            for match in (expression(parse_query(query)), ranking(parse_query(query))):
                few.execute("SELECT * FROM article_index WHERE article_index MATCH ?", (match,))
        except UsageError:
            assert not any(term for term in query.split() if term.isalnum() and term.isascii())
    few.close()


def test_very_long_queries_are_answered(connection: sqlite3.Connection) -> None:
    add(connection, document("a", "The ferry sank."))

    assert ids(connection, "ferry " * 5000) == ["a"]
    assert ids(connection, "ferry " + "-boat " * 5000) == ["a"]
    assert ids(connection, '"' + "ferry " * 5000) == []


def test_words_phrases_exclusions_and_beginnings_find_what_they_say(connection: sqlite3.Connection) -> None:
    add(
        connection,
        document("a", "The ferry sank in the old harbour."),
        document("b", "The harbour has an old ferry."),
        document("c", "Ferries: a Café.", title="Harbouring ferry"),
    )

    assert sorted(ids(connection, "ferry")) == ["a", "b", "c"]
    assert sorted(ids(connection, "FERRY harbour")) == ["a", "b"]
    assert ids(connection, '"old harbour"') == ["a"]
    assert ids(connection, 'ferry -"old harbour" -cafe') == ["b"]
    assert sorted(ids(connection, "harb*")) == ["a", "b", "c"]
    assert ids(connection, '"harbouring fer"*') == ["c"]
    assert ids(connection, "submarine") == []


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("The ferry, old ferry.", "ferry", ["ferry", "ferry"]),
        ("In the old  harbour, the harbour.", '"old harbour"', ["old  harbour"]),
        ("Ein Café in Łódź.", "cafe lodz łodz", []),
        ("Ein CAFÉ dort.", "cafe", ["CAFÉ"]),
        ("他在北京市工作，北京大学。", "北京", ["北京", "北京"]),
        ("新iPhone手机上市", "iphone手机", ["iPhone手机"]),
        ("서울 정부는 오늘", "정부", ["정부"]),
        ("แมวดำ", "แมว", ["แมว"]),
        ("हिन्दी समाचार", "समाचार", ["समाचार"]),
        ("e-mail and e mail", "e-mail", ["e-mail", "e mail"]),
        ("A\x02 ferry\x1f 北\x03京 ferry", "ferry", ["ferry", "ferry"]),
    ],
)
def test_what_was_found_is_located_to_the_letter(
    connection: sqlite3.Connection, text: str, query: str, words: list[str]
) -> None:
    add(connection, document("a", text, title=text))

    hits = search(connection, query, MORNING)

    assert [marked(hit) for hit in hits] == ([words] if words else [])
    assert all(hit.title_spans == hit.spans for hit in hits)


@given(text=st.text(max_size=60), other=st.text("北京ก가aé ", max_size=20))
def test_spreading_a_text_loses_nothing(text: str, other: str) -> None:
    text = (text + other).replace(JOINT, "")

    assert spread(text).replace(JOINT, "") == text
    assert spread(spread(text)).replace(JOINT, "").replace(" ", "") == text.replace(" ", "")


def test_newer_articles_and_titles_stand_first(connection: sqlite3.Connection) -> None:
    filler = [document(f"other {n}", "Rates rose again on Monday.") for n in range(20)]
    add(
        connection,
        document("today", "A ferry sank off the coast.", days=0),
        document("last week", "A ferry sank off the coast.", days=7),
        document("last year", "A ferry sank off the coast.", days=365),
        document("title", "It sank off the coast.", title="Ferry sinks", days=0),
        *filler,
    )

    assert ids(connection, "ferry") == ["title", "today", "last week", "last year"]


def test_words_that_stand_together_count_more(connection: sqlite3.Connection) -> None:
    filler = [document(f"other {n}", "Rates rose again on Monday.") for n in range(20)]
    add(
        connection,
        document("apart", "The harbour is there, and an old ferry left, and it is not seen."),
        document("together", "In the old harbour a ferry left, and it is not seen.", days=2),
        document("muted", "In the old harbour a boat left, and it is not seen.", days=2),
        *filler,
    )

    assert ids(connection, "old harbour -boat") == ["together", "apart"]
    assert ids(connection, "old harb* -boat") == ["together", "apart"]
    assert sorted(ids(connection, "ol* harb*")) == ["apart", "muted", "together"]


def test_sources_and_dates_narrow_a_search(connection: sqlite3.Connection) -> None:
    add(connection, document("a", "Ferry.", source="Größe Post"), document("b", "Ferry.", source="Herald", days=9))
    add(connection, document("c", "Ferry."), origin="https://calder.example.org/feed")

    def found(**filters: object) -> list[str]:
        return sorted(hit.id for hit in search(connection, "ferry", MORNING, **filters))  # type: ignore[arg-type]

    assert found(source="GRÖSSE") == ["a"]
    assert found(source="calder.EXAMPLE") == ["c"]
    assert found(source="%") == []
    assert found(since=MORNING - timedelta(days=7)) == ["a", "c"]
    assert found(source="herald", since=MORNING - timedelta(days=7)) == []
    assert len(found(limit=2)) == 2


def test_hits_say_where_an_article_was_printed(connection: sqlite3.Connection) -> None:
    add(connection, document("a", "The ferry sank. Nobody knows why.", title="Ferry sinks"))
    print_lines(connection, 1, "2026-11-22", [("1.1", "a", "Ferry sinks", None), ("1.2", "a", "The ferry sank.", 0)])
    print_lines(connection, 2, "2026-11-23", [("4.2", "a", "Nobody knows why.", 16)])

    (hit,) = search(connection, "ferry", MORNING)

    assert [tuple(each) for each in hit.printed] == [
        ("2026-11-23", "", ("4.2",)),
        ("2026-11-22", "", ("1.1", "1.2")),
    ]


def test_an_article_whose_text_is_damaged_or_gone_is_found_by_its_title(connection: sqlite3.Connection) -> None:
    add(connection, document("a", "The ferry sank.", title="Kestrel"), document("b", "The ferry.", title="Kestrel"))
    connection.execute("UPDATE texts SET data = x'00' WHERE number = 1")
    connection.execute("DELETE FROM texts WHERE number = 2")

    hits = search(connection, "kestrel", MORNING)

    assert sorted((hit.id, hit.text, hit.is_whole) for hit in hits) == [("a", "", False), ("b", "", False)]


def print_lines(
    connection: sqlite3.Connection, number: int, date: str, lines: list[tuple[str, str, str, int | None]]
) -> None:
    """Let an issue print lines: number, article, text, start."""
    connection.execute(
        "INSERT INTO issue_records (number, profile, date, state, since, until, window_until, title, stories, minutes,"
        " json) VALUES (?, '', ?, 'done', 0, 9, '', '', 1, 1, x'')",
        (number, date),
    )
    for place, (line, article, text, start) in enumerate(lines):
        connection.execute(
            "INSERT INTO issue_lines VALUES (?, ?, ?, 's', '', NULL, 'point', ?, ?, ?, ?)",
            (number, line, place, text, article, start, None if start is None else start + len(text)),
        )
