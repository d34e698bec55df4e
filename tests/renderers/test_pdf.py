"""The PDF: accessible, complete, the same each time, and made by a process that cannot run away."""

import io
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from briefing import renderers
from briefing.errors import RenderError
from briefing.models import Section
from briefing.renderers import Options, _pango, _weasyprint_child, pdf
from briefing.renderers._escape import flat
from tests.renderers.conftest import load

pytestmark = pytest.mark.slow  # each document is laid out by a process of its own

try:
    _pango.check()
except RenderError as error:
    pytest.skip(str(error), allow_module_level=True)


@cache
def made(name: str, template: str = "daily", page: str | None = None) -> bytes:
    return renderers.render(load(name), "pdf", template, Options(page=page))


@pytest.fixture
def day(tmp_path: Path) -> Iterator[pikepdf.Pdf]:
    path = tmp_path / "day.pdf"
    path.write_bytes(made("day"))
    with pikepdf.open(path) as opened:
        yield opened


def text_of(document: bytes) -> str:
    """Return the text of all pages, without line ends, as a reader's search sees it."""
    pages = pypdfium2.PdfDocument(document)
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    return " ".join(" ".join(texts).replace("\ufffe", "").split())


def annotations(document: pikepdf.Pdf) -> list[Any]:
    return [each for page in document.pages for each in page.get("/Annots", [])]


def test_the_document_says_what_it_is(day: pikepdf.Pdf) -> None:
    with day.open_metadata() as metadata:
        conformance = metadata.get("pdfuaid:part")

    assert conformance == "1"
    assert day.Root.MarkInfo.Marked
    assert day.Root.Lang == "en"
    assert day.Root.ViewerPreferences.DisplayDocTitle
    assert day.docinfo["/Title"] == "The Morning Briefing – Sunday, 22 November 2026"
    assert str(day.docinfo["/CreationDate"]).startswith("D:20261122")


def test_the_outline_names_sections_and_stories(day: pikepdf.Pdf) -> None:
    with day.open_outline() as outline:
        tree = {item.title: [child.title for child in item.children] for item in outline.root}

    assert list(tree) == ["Region", "Economy", "Science and life"]
    assert tree["Region"] == [
        "Dam at Orrin Vale holds as river crests above record",
        "Night trams return to the whole city after eleven years",
    ]


def test_links_lead_to_sentences_and_to_stories(day: pikepdf.Pdf) -> None:
    links = [each for each in annotations(day) if each.Subtype == "/Link"]
    addresses = [str(each.A.URI) for each in links if "/A" in each and "/URI" in each.A]

    assert "https://northwire.example/a/991#:~:text=Two%20thousand%20homes%20have%20no%20electricity." in addresses
    assert sum("/Dest" in each or "/D" in each.get("/A", {}) for each in links) >= 6


def structure(document: pikepdf.Pdf) -> tuple[list[str], list[str]]:
    """Return the tags of a document in order, and the alternative texts of its figures."""
    tags, figures = [], []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            tags.append(str(element.S))
            if element.S == "/Figure":
                figures.append(str(element.get("/Alt", "")))
            walk(element.get("/K"))

    walk(document.Root.StructTreeRoot.K)
    return tags, figures


def test_structure_tags_hold_headings_lists_and_drawings_with_their_texts(day: pikepdf.Pdf) -> None:
    tags, figures = structure(day)

    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Link", "/Figure"} <= set(tags)
    assert tags.count("/H1") == 1
    assert figures
    assert all(figures)


def test_the_briefing_itself_is_attached(day: pikepdf.Pdf) -> None:
    assert list(day.attachments) == ["briefing-2026-11-22.json"]
    assert day.attachments["briefing-2026-11-22.json"].get_file().read_bytes() == renderers.render(load("day"), "json")


def test_pictures_are_drawn_once_with_their_texts_and_not_attached_again() -> None:
    pictures = [picture for facts in load("pictures").articles.values() for picture in facts.pictures or ()]
    with pikepdf.open(io.BytesIO(made("pictures"))) as document:
        images = [each for each in document.objects if is_image(each)]
        figures = structure(document)[1]
        (attached,) = [each.get_file().read_bytes() for each in document.attachments.values()]

    assert len(images) == len(pictures) == 3
    assert {picture.alt or "Picture from the article" for picture in pictures} <= set(figures)
    assert b'"pictures"' not in attached
    assert b'"kept"' in attached


def is_image(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Stream) and element.get("/Subtype") == "/Image"


@pytest.mark.parametrize("name", ["day", "clippings", "mixed", "german"])
def test_every_sentence_is_found_unbroken(name: str) -> None:
    text = text_of(made(name))

    for section in load(name).sections:
        for story in section.stories:
            for line in story.lines or ():
                if name != "mixed" or line.article in ("3", "4"):  # what PDFium returns of shaped scripts is its own
                    assert flat(line.text) in text


def test_pages_are_numbered() -> None:
    assert text_of(made("day")).count(" / ") == len(pypdfium2.PdfDocument(made("day")))


@pytest.mark.parametrize(("page", "size"), [(None, (595, 842)), ("letter", (612, 792)), ("kobo", (303, 403))])
def test_the_paper_is_the_one_asked_for(page: str | None, size: tuple[int, int]) -> None:
    first = pypdfium2.PdfDocument(made("empty", page=page))[0]

    assert [round(each) for each in first.get_size()] == pytest.approx(size, abs=1)


@pytest.mark.parametrize("page", ["a4", "letter"])
def test_brief_is_one_page_on_a_day_of_forty_stories(page: str) -> None:
    day = load("day")
    stories = [story for section in day.sections for story in section.stories]
    forty = Section("", tuple(replace(story, score=float(n)) for n, story in enumerate((stories * 9)[:40])))

    document = renderers.render(replace(day, sections=(forty,)), "pdf", "brief", Options(page=page))

    assert len(pypdfium2.PdfDocument(document)) == 1


@pytest.mark.parametrize("count", [6, 9, 12, 15])
def test_no_page_is_left_to_the_end_mark(count: int) -> None:
    day = load("day")
    stories = [story for section in day.sections for story in section.stories]

    document = renderers.render(replace(day, sections=(Section("", tuple((stories * 3)[:count])),)), "pdf")

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document)]
    assert all(len(page.split()) > 20 for page in pages)


def test_a_lead_stays_on_the_page_where_its_points_no_longer_fit() -> None:
    day = load("day")
    first = day.sections[0].stories[1]
    lines = first.lines or ()
    long = replace(lines[2], text=" ".join(["The city pays for it, a third of what had been predicted."] * 40))
    story = replace(first, lines=(*lines[:2], long))

    document = renderers.render(replace(day, sections=(Section("", (day.sections[0].stories[0], story)),)), "pdf")

    pages = [flat(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(document)]
    assert "From Friday, trams will run all night" in pages[0]
    assert "The city pays for it" not in pages[0]


def test_no_headline_ends_with_a_lone_word() -> None:
    day = load("day")
    first = day.sections[0].stories[0]
    title, *lines = first.lines or ()
    headlines = [
        f"The council of the town {'u' * count} has the old stone bridge rebuilt at last" for count in range(4, 34, 2)
    ]
    stories = (replace(first, lines=(replace(title, text=headline), *lines)) for headline in headlines)

    document = renderers.render(replace(day, sections=(Section("", tuple(stories)),)), "pdf")

    printed = [line for page in pypdfium2.PdfDocument(document) for line in lines_of(page)]
    assert "at last" in printed
    assert "last" not in printed


def test_a_headline_that_just_does_not_fit_is_not_broken_behind_its_first_word() -> None:
    day = load("day")
    section = day.sections[0]
    title, *lines = section.stories[0].lines or ()
    tight = replace(title, text="Lindmouth dockers vote to end 11-day strike after pay deal")
    story = replace(section.stories[0], lines=(tight, *lines))
    sections = (replace(section, stories=(story, *section.stories[1:])), *day.sections[1:])

    document = renderers.render(replace(day, sections=sections), "pdf", options=Options(page="kindle"))

    printed = [line for page in pypdfium2.PdfDocument(document) for line in lines_of(page)]
    assert "Lindmouth dockers vote to end 11-day" in " ".join(printed)
    assert "Lindmouth" not in printed


def lines_of(page: pypdfium2.PdfPage) -> list[str]:
    """Return a page's lines as they are printed."""
    return [line.strip() for line in page.get_textpage().get_text_bounded().splitlines()]


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("name", ["day", "clippings", "empty", "hostile", "mixed", "pictures"])
def test_qpdf_finds_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(made(name))

    checked = subprocess.run(["qpdf", "--check", tmp_path / "made.pdf"], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_article_can_run_no_script_and_leave_no_link_but_its_own() -> None:
    document = made("hostile")

    assert b"/JavaScript" not in document
    assert b"/JS" not in document
    assert b"javascript:" not in document
    assert "<script>alert(1)</script>" in text_of(document)


def own_template(folder: Path, body: str) -> str:
    (folder / "page.html").write_text(f"<!DOCTYPE html><html lang=en><title>x</title>{body}")
    return str(folder)


def test_a_drawing_that_never_ends_is_ended(tmp_path: Path) -> None:
    # Each level uses the one before ten times: a billion rectangles in a few lines.
    uses = "".join(f"<g id='g{n + 1}'>" + f"<use href='#g{n}'/>" * 10 + "</g>" for n in range(9))
    endless = f"<svg width='9' height='9'><g id='g0'><rect width='1' height='1'/></g>{uses}<use href='#g9'/></svg>"

    with pytest.raises(RenderError, match="took more than"):
        renderers.render(load("empty"), "pdf", own_template(tmp_path, endless), Options(pdf_seconds=2))


def test_a_page_that_takes_all_memory_is_ended(tmp_path: Path) -> None:
    greedy = "<table>" + "<tr><td>x" * 20000 + "</table>"

    with pytest.raises(RenderError, match="took more than"):
        renderers.render(
            load("empty"), "pdf", own_template(tmp_path, greedy), Options(pdf_megabytes=250, pdf_seconds=20)
        )


def test_a_page_reads_no_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("body::before { content: 'the secret' }")
    address = (tmp_path / "secret.css").as_uri()
    template = own_template(
        tmp_path, f"<link rel=stylesheet href='{address}'><link rel=attachment href='{address}'><p>x"
    )

    document = renderers.render(load("empty"), "pdf", template)

    assert "secret" not in text_of(document)
    assert b"secret" not in document


def test_a_postponed_module_is_there_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    postponed = _weasyprint_child._Postponed("textwrap")
    monkeypatch.setitem(sys.modules, "textwrap", postponed)
    from textwrap import shorten

    assert sys.modules["textwrap"] is postponed
    assert shorten("one two three", 8, placeholder="") == "one two"
    assert sys.modules["textwrap"] is not postponed


def test_what_the_page_needs_no_half_of_is_not_imported() -> None:
    program = (
        "import sys; from briefing.renderers import _weasyprint_child as child; child._import_weasyprint()\n"
        "print([name for name in ('fontTools.varLib', 'fontTools.ttLib.tables.otTables') if name in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.strip() == b"[]"


def test_without_pango_one_sentence_says_what_to_install() -> None:
    job = _weasyprint_child.Job("", b"", "", "", 7, 99)

    error = pdf._failure(
        job, _weasyprint_child.NO_PANGO, "-----\nWeasyPrint could not import some external libraries\n"
    )

    assert str(error).startswith("a PDF needs Pango: run `apt install libpango-1.0-0")
    assert "\n" not in str(error)


def test_a_missing_library_ends_the_child_with_its_code_and_nothing_on_stdout(monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = "import sys, ctypes.util, runpy\nimport cffi\n"
    blocker += "def missing(self, *a, **k): raise OSError('cannot load library')\ncffi.FFI.dlopen = missing\n"
    blocker += f"runpy.run_module({_weasyprint_child.__name__!r}, run_name='__main__')\n"
    job = b'{"html":"<p>x","attachment":"","attachment_name":"a","date":"2026-11-22","seconds":9,"megabytes":2048}'
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", blocker], input=job, capture_output=True, check=False)

    assert done.returncode == _weasyprint_child.NO_PANGO
    assert done.stdout == b""
