"""Bytes that mean no good: each ends soon, as a Document or a Problem."""

import io
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import parts
from briefing.intake import read
from briefing.intake._places import Limits, listed
from briefing.models import Blob, Document, Problem

KINDS = parts.names("briefing.intake")
SENTENCE = "The council of the town met on Monday evening and decided to repair the bridge before winter comes. "


def read_bytes(data: bytes, kind: str | None = None) -> list[Document | Problem]:
    return list(read(["-"], kind=kind, stdin=io.BytesIO(data)))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.binary(min_size=1, max_size=400))
def test_no_bytes_bring_a_reader_down(kind, data):
    for found in read_bytes(data, kind):
        if isinstance(found, Document):
            found.text.encode("utf-8")
            assert found.text.strip()
        else:
            assert found.reason


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "mail", "jsonl"])
@given(text=st.text(min_size=1))
def test_no_text_brings_a_reader_down(kind, text):
    assert all(
        isinstance(found, Document | Problem) for found in read_bytes(text.encode("utf-8", "surrogatepass"), kind)
    )


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table><tr><td", "ul><li", "span", "section"])
def test_a_page_nested_without_end_is_read_flat(tag):
    page = f"<html><head><title>Deep</title></head><body>{f'<{tag}>' * 20_000}<p>{SENTENCE * 3}</p><p>{SENTENCE}</p>"

    (found,) = read_bytes(page.encode(), "html")

    assert isinstance(found, Document)
    assert found.title == "Deep"
    assert found.text.startswith(SENTENCE.strip())


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<span>word</span> ", "<div>word</div>", "<tr><td>a</td></tr>", "<p>word ", "<br>word"]
)
def test_a_page_that_is_wide_without_end_is_read(piece):
    page = f"<html><body><article><p>{SENTENCE * 3}</p>" + piece * 100_000

    (found,) = read_bytes(page.encode(), "html")

    assert isinstance(found, Document)
    assert SENTENCE.strip() in found.text


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "Subject: hello\r\n",
            "Ann: I said so.\n",
            "X:\t \n",
            "From a2031",
            "<!doctype ",
            "<!doctype\n",
            "<!-- ",
            "{",
            "[",
        ],
        *[
            "# \t",
            "#### ",
            "|-",
            "- ",
            "\t\t",
            "[a](",
            "**",
            "![",
            "> ",
            '{"a": ',
            "=?utf-8?q?",
            "--b\r\n",
            "&#0;",
            "<p ",
        ],
    ],
)
@pytest.mark.parametrize("kind", [None, "markdown", "mail", "html", "text"])
def test_a_piece_that_comes_again_and_again_is_read_to_its_end(piece, kind):
    """Patterns that can read a piece in two ways would take years here."""
    for opening in ("From ann@example.org 2031", "# A heading", ""):
        found = read_bytes(f"{opening}{piece * 2000}\0x\n\n{SENTENCE}".encode(), kind)

        assert found


def test_escape_and_direction_characters_reach_neither_title_nor_text():
    page = f"<title>\u202eevil\x1b[31m</title><article><p>{SENTENCE}\x1b]0;owned\x07 \u2066x\u2069</p></article>"

    (found,) = read_bytes(page.encode(), "html")

    assert isinstance(found, Document)
    assert found.title == "evil[31m"
    assert not set("\x1b\x07\u202e\u2066\u2069") & set(found.text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("\ufeffBjörk sjöng.".encode(), "Björk sjöng."),
        ("Björk sjöng.".encode("utf-16"), "Björk sjöng."),
        ("Björk sjöng.".encode("utf-32"), "Björk sjöng."),
        ("Björk sjöng på torget i går kväll, och många hörde på.".encode("latin-1"), "Björk sjöng på torget i går"),
        ("„Der Preis“ – so hieß es – fällt.".encode("cp1252"), "„Der Preis“ – so hieß es – fällt."),
        ("Мост через реку снова открыт, сообщил начальник порта в субботу.".encode("cp1251"), "Мост через реку"),
        ("Мост через реку снова открыт, сообщил начальник порта в субботу.".encode("koi8-r"), "Мост через реку"),
        ("橋は二年ぶりに開通した、と港湾局が土曜日に発表した。".encode("shift-jis"), "橋は二年ぶりに開通した"),
    ],
    ids=["bom", "utf-16", "utf-32", "latin-1", "cp1252", "cp1251", "koi8-r", "shift-jis"],
)
def test_bytes_in_any_common_encoding_become_text(data, expected):
    (found,) = read_bytes(data, "text")

    assert isinstance(found, Document)
    assert found.text.startswith(expected)


def test_a_page_that_lies_about_its_charset_is_read_by_its_bytes():
    (found,) = read_bytes(f'<meta charset="utf-8"><p>Das Café öffnet wieder. {SENTENCE}</p>'.encode("cp1252"), "html")

    assert isinstance(found, Document)
    assert found.text.startswith("Das Café öffnet")


def test_sockets_and_devices_are_problems(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")

        found = list(read([".", "s", "/dev/null"]))

    assert [type(each) for each in found] == [Problem, Problem, Problem]


def test_an_endless_device_ends_at_the_limit():
    (found,) = read(["/dev/zero"], limits=Limits(input_bytes=100_000))

    assert isinstance(found, Problem)


def test_names_that_are_no_utf8_are_read(tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("A name in an old encoding.")

    (found,) = read([str(tmp_path)])

    assert isinstance(found, Document)
    found.id.encode("utf-8")


def test_a_line_over_the_limit_costs_itself_alone(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n' + '{"text": "' + "long " * 200 + '"}\n{"text": "three"}\n')

    found = list(read([str(tmp_path / "a.jsonl")], limits=Limits(input_bytes=500)))

    assert [each.text if isinstance(each, Document) else each.reason[:11] for each in found] == [
        "one",
        "larger than",
        "three",
    ]


def test_several_pages_on_standard_input_are_several_documents():
    page = "<!DOCTYPE html><html><title>{0}</title><body><p>Page {0}: " + SENTENCE + "</p></body></html>\n"

    found = read_bytes((page.format("A") + page.format("B")).encode())

    assert [each.title for each in found if isinstance(each, Document)] == ["A", "B"]


def test_lists_of_paths_are_parted_by_lines_or_nul():
    assert listed(io.BytesIO(b"a.txt\r\n\nb c.txt\n")) == ["a.txt", "b c.txt"]
    assert listed(io.BytesIO(b"a\nb.txt\0c.txt\0"), nul=True) == ["a\nb.txt", "c.txt"]


def test_a_blob_is_read_the_same_twice():
    from briefing.intake import html

    blob = Blob(data=f"<article><p>{SENTENCE}</p><p>{SENTENCE * 2}</p></article>".encode(), name="a")

    assert list(html.read(blob)) == list(html.read(blob))
