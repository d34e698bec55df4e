"""Files, folders and standard input, read through the stage's face."""

import gzip
import io
import os
from pathlib import Path

import pytest

from briefing.intake import read
from briefing.intake._places import Limits
from briefing.models import Document, Problem

CASES = Path(__file__).parent.parent / "cases" / "intake"


def documents(*paths: object, **options: object) -> list[Document]:
    found = list(read([str(path) for path in paths], **options))  # type: ignore[arg-type]
    assert not [each for each in found if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, Document)]


def problems(*paths: object, **options: object) -> list[Problem]:
    return [each for each in read([str(path) for path in paths], **options) if isinstance(each, Problem)]  # type: ignore[arg-type]


def test_a_folder_is_read_in_sorted_order_with_ids_and_sections(tmp_path):
    (tmp_path / "world").mkdir()
    for name in ("b.txt", "a.txt", "world/c.txt"):
        (tmp_path / name).write_text(f"The text of {name} is short.")

    found = documents(tmp_path)

    assert [each.id for each in found] == ["a.txt", "b.txt", "world/c.txt"]
    assert [each.section for each in found] == [None, None, "world"]


def test_no_absolute_path_reaches_a_document(tmp_path):
    (tmp_path / "a.txt").write_text("A short text.")
    (tmp_path / "empty.txt").write_text("")

    found = list(read([str(tmp_path), str(tmp_path / "a.txt")]))

    assert str(tmp_path) not in repr(found)


def test_a_relative_path_can_be_opened_from_where_the_user_stands(tmp_path, monkeypatch):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("A short text.")
    monkeypatch.chdir(tmp_path)

    found = [*documents("news"), *documents("news/a.txt"), *documents("./news/")]

    assert [each.path for each in found] == ["news/a.txt", "news/a.txt", "news/a.txt"]
    assert [each.id for each in found] == ["a.txt", "a.txt", "a.txt"]


def test_hidden_files_and_the_folder_of_a_saved_page_are_skipped(tmp_path):
    (tmp_path / "Page_files").mkdir()
    (tmp_path / "notes_files").mkdir()
    for name in (".hidden.txt", "Page_files/ad.txt", "notes_files/kept.txt"):
        (tmp_path / name).write_text("A short text.")
    (tmp_path / "Page.html").write_text("<p>The page that somebody saved says a few words.</p>")

    found = documents(tmp_path)

    assert [each.path for each in found] == ["Page.html", "notes_files/kept.txt"]


def test_links_in_a_circle_end_and_a_linked_folder_elsewhere_is_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("Another text.")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a.txt").write_text("A text.")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "other").symlink_to(tmp_path / "elsewhere")

    found = documents(tmp_path / "in")

    assert [each.id for each in found] == ["a.txt", "other/b.txt"]


def test_each_bad_file_is_a_problem_and_the_rest_goes_on(tmp_path):
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "blank.txt").write_text(" \n\n\t\n")
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(3000).hex().encode())[:-500])
    (tmp_path / "empty.txt").touch()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.txt").write_text("The only good one.")
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "what.xml").write_text("<?xml version='1.0'?><root><item>1</item></root>")
    os.mkfifo(tmp_path / "pipe")

    found = list(read([str(tmp_path), str(tmp_path / "missing.txt")]))

    assert [each.id for each in found if isinstance(each, Document)] == ["good.txt"]
    reasons = {each.input: each.reason for each in found if isinstance(each, Problem)}
    assert reasons.keys() == {
        *("binary.txt", "blank.txt", "cut.txt.gz", "empty.txt", "gone.txt", "picture", "pipe", "what.xml"),
        str(tmp_path / "missing.txt"),
    }
    assert all(" " in reason or reason == "empty" for reason in reasons.values())


def test_a_file_without_permission_is_a_problem(open_folder, ordinary_user):
    file = open_folder / "a.txt"
    file.write_text("Secret.")
    file.chmod(0)

    with ordinary_user():
        (found,) = problems(file)

    assert found.reason == "no permission to read it"


def test_packed_files_are_read_as_what_they_hold(tmp_path):
    (tmp_path / "a.md.gz").write_bytes(gzip.compress(b"# Title\n\nSome *words* of text.\n"))

    (found,) = documents(tmp_path)

    assert (found.id, found.title, found.text) == ("a.md.gz", "Title", "Some words of text.")


def test_whoever_watches_is_told_of_every_byte_as_it_lies_there(tmp_path):
    lines = b'{"text": "The ferry sank."}\n' * 5000
    files = {"a.txt": b"The ferry sank.", "b.jsonl": lines, "c.jsonl.gz": gzip.compress(lines)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    told = []

    found = list(read([str(tmp_path)], watch=told.append))

    assert len(found) == 10_001
    assert sum(told) == sum(map(len, files.values()))


def test_an_input_over_the_limit_is_a_problem_even_when_packed(tmp_path):
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"word " * 1_000_000))
    (tmp_path / "large.txt").write_bytes(b"word " * 1000)

    found = problems(tmp_path, limits=Limits(input_bytes=4000))

    assert [each.input for each in found] == ["bomb.txt.gz", "large.txt"]
    assert all("4,000 bytes" in each.reason for each in found)


def test_more_inputs_than_allowed_are_one_problem(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Text number {number}.")

    found = list(read([str(tmp_path)], limits=Limits(inputs=3)))

    assert [type(each) for each in found] == [Document, Document, Document, Problem]


def test_standard_input_has_an_id_from_its_title_and_text():
    (first,) = documents("-", stdin=io.BytesIO(b"Mayor resigns\n\nThe mayor resigned on Monday after a long vote."))
    (second,) = documents("-", stdin=io.BytesIO(b"Mayor resigns\n\nThe mayor resigned on Monday after a long vote.\n"))

    assert first.id == second.id
    assert len(first.id) == 12
    assert first.title == "Mayor resigns"
    assert first.path is None


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        (b"<html><body><p>Only a few words.</p></body></html>", None, "Only a few words."),
        (b"# A title\n\nSome words.", "A title", "Some words."),
        (b'{"title": "T", "text": "Some words."}\n', "T", "Some words."),
        (b"From: a@b.org\nSubject: Hello\nMIME-Version: 1.0\n\nSome words.\n", "Hello", "Some words."),
        (b"Some words.", None, "Some words."),
    ],
    ids=["html", "markdown", "jsonl", "mail", "text"],
)
def test_the_kind_of_standard_input_is_recognised(data, title, text):
    (found,) = documents("-", stdin=io.BytesIO(data))

    assert (found.title, found.text) == (title, text)


def test_a_given_kind_wins_over_what_the_bytes_look_like():
    (found,) = documents("-", stdin=io.BytesIO(b"# A title\n\nSome words."), kind="text")

    assert found.text.startswith("# A title") or found.title == "# A title"


def test_raw_text_is_the_input_as_decoded(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"One  line\r\nand an e\xcc\x81.\r\n")
    (tmp_path / "b.jsonl").write_text('{"text": "Two  blanks\\nhere."}\n')

    found = documents(tmp_path, raw=True)

    assert [each.text for each in found] == ["One  line\r\nand an e\u0301.\r\n", "Two  blanks\nhere."]
