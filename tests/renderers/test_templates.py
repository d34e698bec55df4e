"""Templates: found, copied, one's own, and their mistakes named."""

import json
import re
import sys
from pathlib import Path

import msgspec
import pytest

from briefing import renderers
from briefing.errors import TemplateError, UsageError
from briefing.renderers import _view
from briefing.renderers._escape import flat
from briefing.renderers._templates import copy_template, describe, find_template, template_names
from tests.renderers.conftest import load
from tests.renderers.pages import Page


@pytest.mark.parametrize("name", template_names())
def test_each_template_is_described_in_a_sentence(name: str) -> None:
    assert describe(name).endswith((".", ","))


@pytest.mark.parametrize("name", template_names())
@pytest.mark.parametrize("format", ["md", "html"])
def test_a_copied_template_renders_as_the_original(name: str, format: str, tmp_path: Path) -> None:
    copy_template(name, str(tmp_path / "mine"))

    made = renderers.render(load("day"), format, str(tmp_path / "mine"))

    assert made == renderers.render(load("day"), format, name)


def test_every_field_is_in_the_manual() -> None:
    manual = (find_template("daily").folder.parent / "README.md").read_text()
    documented = set(re.findall(r"`(\w+)`", manual))
    structs = [value for value in vars(_view).values() if isinstance(value, type) and issubclass(value, msgspec.Struct)]

    fields = {name for struct in structs for name in struct.__struct_fields__ if struct.__module__ == _view.__name__}

    assert fields <= documented


def test_front_matter_cannot_be_left() -> None:
    made = renderers.render(load("hostile"), "md", "minimal").decode()

    head = made.split("---\n")[1]
    assert json.loads(head.partition("title: ")[2].partition("\n")[0]) == flat(load("hostile").title)


def test_copying_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("mine")

    with pytest.raises(UsageError, match="exists already"):
        copy_template("daily", str(tmp_path))
    assert (tmp_path / "page.html").read_text() == "mine"
    assert list(tmp_path.iterdir()) == [tmp_path / "page.html"]


def test_a_folder_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"it needs a briefing\.md"):
        find_template(str(tmp_path))


def test_a_style_sheet_alone_changes_the_look_of_daily(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("h1 { color: teal }")

    made = renderers.render(load("day"), "html", str(tmp_path)).decode()

    assert "h1 { color: teal }" in made
    assert Page(made).text == Page(renderers.render(load("day"), "html").decode()).text


def test_a_markdown_template_alone_makes_the_page(tmp_path: Path) -> None:
    (tmp_path / "briefing.md").write_text(
        "# {{ page.title }}\n\n"
        "{% for story in page.stories %}- [{{ story.headline.text }}]({{ story.headline.href | url }})\n{% endfor %}"
    )

    page = Page(renderers.render(load("day"), "html", str(tmp_path)).decode())

    assert "https://northwire.example" not in page.text
    assert "https://ledger.example/rates" in page.links
    assert "Central bank leaves its rate at 3.25 percent for a fourth month" in page.text


def test_front_matter_is_not_printed_on_the_page() -> None:
    page = Page(renderers.render(load("day"), "html", "minimal").decode())

    assert "tags: [briefing]" not in page.text
    assert "A hawk moth last seen in 1971" in page.text


def test_raw_html_of_a_markdown_template_is_held_to_a_list(tmp_path: Path) -> None:
    (tmp_path / "briefing.md").write_text(
        "<script>alert(1)</script><img src='https://a.example/x.png'>\n\n<p onclick='x()'>{{ page.title }}</p>\n\n"
        "[go](javascript:alert(1)) <a href='data:text/html,x'>x</a> <iframe src='https://a.example'></iframe>\n"
    )

    page = Page(renderers.render(load("hostile"), "html", str(tmp_path)).decode())

    assert not page.tags & {"script", "img", "iframe"}
    assert page.links == []
    assert not any("onclick" in each for _, each in page.elements)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("# x\n\n{% for story in page.stories %}\n", 3, "endfor"),
        ("# x\n{{ page.titel }}\n", 2, "titel"),
        ("# x\n\n\n{{ page.title | shout }}\n", 4, "shout"),
        ("# x\n{{ 1 // 0 }}\n", 2, "zero"),
        ("# x\n{{ ''.__class__.__mro__ }}\n", 2, "unsafe"),
        ("# x\n{% for n in range(10 ** 9) %}{% endfor %}\n", 2, "Range too big"),
        ("{{ page.title(1) }}\n", 1, "not callable"),
    ],
)
@pytest.mark.parametrize("file", ["briefing.md", "page.html"])
def test_a_mistake_is_named_with_file_and_line(text: str, line: int, told: str, file: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(text)
    format = "md" if file == "briefing.md" else "html"

    with pytest.raises(TemplateError) as caught:
        renderers.render(load("day"), format, str(tmp_path))

    assert str(caught.value).startswith(f"{tmp_path / file}:{line}: ")
    assert told in str(caught.value)


def test_a_missing_include_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("\n{% include 'footer.html' %}")

    with pytest.raises(TemplateError, match=r"footer\.html"):
        renderers.render(load("day"), "html", str(tmp_path))


def test_a_template_cannot_read_files_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "page.html").write_text("{% include '../secret.txt' %}")

    with pytest.raises(TemplateError):
        renderers.render(load("day"), "html", str(tmp_path / "mine"))


def test_a_template_without_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"\xff\xfe")

    with pytest.raises(TemplateError, match=r"page\.html"):
        renderers.render(load("day"), "html", str(tmp_path))


def test_rendering_markdown_needs_no_weasyprint() -> None:
    assert "weasyprint" not in sys.modules
