"""The book: sound, complete, and safe from what it prints."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing import renderers
from briefing.models import Briefing
from briefing.renderers._escape import flat
from tests.renderers.conftest import NAMES, load

XHTML = "{http://www.w3.org/1999/xhtml}"


def book_of(briefing: Briefing) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(renderers.render(briefing, "epub")))


def page_of(briefing: Briefing, name: str = "briefing.xhtml") -> ElementTree.Element:
    return ElementTree.fromstring(book_of(briefing).read(f"EPUB/{name}"))


def test_the_type_stands_first_and_uncompressed(briefing: Briefing) -> None:
    first = book_of(briefing).infolist()[0]

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_every_file_is_sound_xml_and_listed(briefing: Briefing) -> None:
    book = book_of(briefing)
    listed = {item.get("href") for item in page_of(briefing, "package.opf").iter("{http://www.idpf.org/2007/opf}item")}

    for name in book.namelist():
        if name.endswith((".xml", ".opf", ".xhtml", ".svg")):
            ElementTree.fromstring(book.read(name))
    inside = {name.removeprefix("EPUB/") for name in book.namelist() if name.startswith("EPUB/")}
    assert inside == listed | {"package.opf"}


def test_contents_and_links_lead_to_places_of_the_book(briefing: Briefing) -> None:
    page = page_of(briefing)
    ids = [element.get("id") for element in page.iter() if element.get("id")]

    assert len(ids) == len(set(ids))
    for link in page_of(briefing, "nav.xhtml").iter(f"{XHTML}a"):
        assert (link.get("href") or "").removeprefix("briefing.xhtml#") in ids
    for link in page.iter(f"{XHTML}a"):
        address = link.get("href") or ""
        assert address.startswith(("http://", "https://", "mailto:")) or address.removeprefix("#") in ids


def test_every_line_stands_at_its_anchor() -> None:
    briefing = load("clippings")
    texts = {each.get("id"): "".join(each.itertext()) for each in page_of(briefing).iter() if each.get("id")}

    for section in briefing.sections:
        for story in section.stories:
            for line in story.lines or ():
                assert texts[f"s{line.id}"].startswith(flat(line.text))


def test_nothing_of_an_article_becomes_an_element() -> None:
    page = page_of(load("hostile"))

    assert not {element.tag.removeprefix(XHTML) for element in page.iter()} & {"script", "img", "b", "i"}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("The Morning Briefing", ["The Morning", "Briefing"]),
        ("早间简报：港口与河流", ["早间简报：港口", "与河流"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfschif", "ffahrtsgesellsc", "haft"]),
        ("a word " * 40, ["a word a word a", "word a word a"]),
    ],
)
def test_the_cover_holds_its_title(title: str, lines: list[str]) -> None:
    cover = page_of(replace(load("empty"), title=title), "cover.svg")
    texts = [element.text or "" for element in cover.iter("{http://www.w3.org/2000/svg}text")]

    assert texts[: len(lines)] == lines
    assert len(texts) <= 8


def test_the_contents_tell_articles_of_one_title_apart() -> None:
    briefing = load("clippings")
    same = {id: replace(facts, title="The dam holds", source=id) for id, facts in briefing.articles.items()}
    contents = page_of(replace(briefing, articles=same), "nav.xhtml")

    entries = ["".join(link.itertext()) for link in contents.iter(f"{XHTML}a")]
    clippings = [entry for entry in entries if entry.startswith("The dam holds · ")]
    assert clippings
    assert clippings == [f"The dam holds · {id}" for id, facts in briefing.articles.items() if facts.text]


def test_pictures_are_files_of_the_book() -> None:
    briefing = load("pictures")
    book, images = book_of(briefing), list(page_of(briefing).iter(f"{XHTML}img"))
    pictures = [picture for facts in briefing.articles.values() for picture in facts.pictures or ()]

    assert [book.read(f"EPUB/{image.get('src')}") for image in images] == [picture.data for picture in pictures]
    assert all(image.get("alt") for image in images)


# Debian's epubcheck is a jar, which only a kernel with binfmt_misc runs by itself. Java ends before its second compiler
# has earned what it costs: 5.9 s a book without it, 12.7 s with it, on two busy cores.
EPUBCHECK = ["java", "-XX:TieredStopAtLevel=1", "-jar", shutil.which("epubcheck") or "epubcheck"]


@pytest.mark.needs("java")
@pytest.mark.needs("epubcheck")
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_epubcheck_finds_neither_error_nor_warning(name: str, tmp_path: Path) -> None:
    (tmp_path / "issue.epub").write_bytes(renderers.render(load(name), "epub"))

    checked = subprocess.run(
        [*EPUBCHECK, "--failonwarnings", tmp_path / "issue.epub"], capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stderr
