"""What holds for every format, every template and every briefing."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from briefing import renderers
from briefing.errors import RenderError, UsageError
from briefing.models import Briefing
from briefing.renderers import Options, _pango
from briefing.renderers._templates import template_names
from tests.renderers.conftest import CASES, load


def pango_is_missing() -> bool:
    try:
        _pango.check()
    except RenderError:
        return True
    return False


TEXTUAL = [name for name in renderers.names() if name not in ("epub", "pdf")]
GOLDEN = [(format, template) for template in ("daily", "brief", "weekly") for format in ("md", "html")]
GOLDEN += [("txt", "daily"), ("md", "minimal")]


@pytest.mark.parametrize("name", ["day", "clippings", "empty", "german"])
@pytest.mark.parametrize(("format", "template"), GOLDEN)
def test_text_formats_look_as_agreed(
    name: str, format: str, template: str, golden: Callable[[str, bytes], None]
) -> None:
    golden(f"{template}-{name}.{format}", renderers.render(load(name), format, template))


@pytest.mark.parametrize("template", template_names())
@pytest.mark.parametrize("format", TEXTUAL)
def test_every_template_renders_every_briefing(briefing: Briefing, format: str, template: str) -> None:
    made = renderers.render(briefing, format, template).decode()

    assert made.endswith("\n")
    assert "\x1b" not in made
    assert not any(character in made for character in "\x00\x07\u202e")


@pytest.mark.parametrize("name", ["day", "hostile", "pictures"])
def test_the_same_briefing_gives_the_same_bytes_in_two_processes(name: str) -> None:
    program = (
        "import hashlib, pathlib, sys, msgspec; from briefing import renderers; from briefing.models import Briefing\n"
        "briefing = msgspec.json.decode(pathlib.Path(sys.argv[1]).read_bytes(), type=Briefing)\n"
        "for format in sys.argv[2:]:\n"
        "    print(format, hashlib.sha256(renderers.render(briefing, format)).hexdigest())\n"
    )
    formats = [name for name in renderers.names() if name != "pdf" or not pango_is_missing()]
    made = [
        subprocess.run(
            [sys.executable, "-c", program, str(CASES / f"{name}.json"), *formats],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in [("1", "UTC"), ("2", "Asia/Tokyo")]
    ]

    assert made[0] == made[1]
    assert len(made[0].split()) == 2 * len(formats)


@pytest.mark.parametrize(
    ("format", "template", "page"),
    [("htm", "daily", None), ("html", "dayly", None), ("html", "daily", "a44"), ("html", "/nowhere/at/all", None)],
)
def test_unknown_names_are_refused(format: str, template: str, page: str | None) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        renderers.render(load("empty"), format, template, Options(page=page))


@pytest.mark.parametrize(
    ("format", "refused"),
    [
        ("txt", "jinja2 markdown nh3 weasyprint"),
        ("json", "jinja2 markdown nh3 weasyprint"),
        ("md", "markdown nh3 weasyprint"),
        ("html", "markdown nh3 weasyprint"),
        ("pdf", "weasyprint"),
    ],
)
def test_a_format_imports_only_what_it_needs(format: str, refused: str) -> None:
    program = (
        "import pathlib, sys, msgspec; from briefing import renderers; from briefing.models import Briefing\n"
        "briefing = msgspec.json.decode(pathlib.Path(sys.argv[1]).read_bytes(), type=Briefing)\n"
        "if sys.argv[2] == 'pdf': renderers.load('pdf')\n"
        "else: renderers.render(briefing, sys.argv[2])\n"
        "print(*[name for name in sys.argv[3:] if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", program, str(CASES / "day.json"), format, *refused.split()]

    assert subprocess.run(command, capture_output=True, check=True).stdout.strip() == b""
