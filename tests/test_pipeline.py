"""The public functions, as a program calls them."""

import sys
from pathlib import Path

import pytest

from briefing import Document, build, intake, summarize
from briefing.errors import InputError
from briefing.models import Problem

TEXT = "The city council of Larkhaven voted on Tuesday to close the old harbor bridge. The vote was 9 to 4."


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T00:00:00Z", "2026-11-22"),
        ("2026-11-22T23:59:59Z", "2026-11-22"),
        ("2026-11-23T00:30:00+01:00", "2026-11-22"),
    ],
)
def test_an_issue_without_a_day_is_dated_by_its_newest_article(published: str, date: str) -> None:
    documents = [Document(id="a", text=TEXT, published=published), Document(id="b", text=TEXT, published="2026-11-20")]

    assert build(documents).date == date


def test_an_issue_of_undated_articles_alone_needs_a_day() -> None:
    with pytest.raises(InputError, match="no article has a date"):
        build([Document(id="a", text=TEXT)])


def test_pages_of_a_folder_are_read_by_several_extractors_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    (tmp_path / "plain.txt").write_text(TEXT)
    monkeypatch.setitem(sys.modules, "readability", None)  # which tells the two readers of pages apart

    page, plain = intake.read([str(tmp_path)], kind="html-several")

    assert isinstance(page, Problem)
    assert "several extractors" in page.reason
    assert isinstance(plain, Document)


def test_summary_is_sentences_of_the_text() -> None:
    summary = summarize(Document(id="a", text=TEXT), length=1)

    assert [TEXT[each.start : each.end] for each in summary.sentences] == [each.text for each in summary.sentences]
    assert len(summary.sentences) == 1
