"""Template folders: found by name or path, described, copied; and the few choices that renderings share."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from briefing import parts
from briefing.errors import UsageError

PAGE, MARKDOWN, STYLE, README = "page.html", "briefing.md", "style.css", "README.md"
PREVIEW = "preview.png"  # a picture for the manual


class Options(Struct, frozen=True, kw_only=True):
    """Choices of one rendering.

    `page` is a name of `_paper.py`, None for the language's custom; `width` the columns of plain text; the two limits
    hold for the process that lays out a PDF.
    """

    page: str | None = None
    width: int = 80
    pdf_seconds: int = 120
    pdf_megabytes: int = 2048


class Template(Struct, frozen=True):
    """A folder with a page template, a Markdown template and a style sheet; what is missing is taken from `daily`."""

    name: str
    folder: Path

    @property
    def page_from(self) -> Literal["page", "markdown"]:
        """Which of the two templates makes the page: the Markdown one where it stands alone."""
        alone = (self.folder / MARKDOWN).is_file() and not (self.folder / PAGE).is_file()
        return "markdown" if alone else "page"


def template_names() -> list[str]:
    """Return the names of the templates that come with the program, sorted."""
    folder = parts.shipped("templates")
    return sorted(each.name for each in folder.iterdir() if _is_template(each)) if folder.is_dir() else []


def find_template(name: str) -> Template:
    """Return the template of a name, or that in a folder of the user's; raise UsageError when there is neither."""
    if name in template_names():
        return Template(name, parts.shipped("templates") / name)
    folder = Path(name)
    if folder.is_dir():
        if not _is_template(folder):
            raise UsageError(f"no template in {name}: it needs a {MARKDOWN}, a {PAGE} or a {STYLE}")
        return Template(folder.resolve().name, folder)
    raise parts.unknown("template or folder", name, template_names())


def describe(name: str) -> str:
    """Return what a shipped template is for: the first sentence of its README."""
    lines = (find_template(name).folder / README).read_text(encoding="utf-8").splitlines()
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")


def copy_template(name: str, directory: str) -> list[Path]:
    """Copy a template as the start of one's own and return the new files; raise UsageError before overwriting one."""
    import shutil  # 2 ms of every start, for a command that is run once

    source, target = find_template(name).folder, Path(directory)
    files = sorted(path for path in source.iterdir() if path.is_file() and path.name != PREVIEW)
    for path in files:
        if (target / path.name).exists():
            raise UsageError(f"{target / path.name} exists already; name another folder")
    try:
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copyfile(path, target / path.name)) for path in files]
    except OSError as error:
        raise UsageError(f"{directory}: cannot be written ({error.strerror}); name another folder") from error


def _is_template(folder: Path) -> bool:
    """Tell whether a folder holds a template."""
    return any((folder / file).is_file() for file in (PAGE, MARKDOWN, STYLE))
