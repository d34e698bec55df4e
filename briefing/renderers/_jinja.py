"""The one file that wraps Jinja2: a sandbox for templates that users write, with mistakes named by file and line."""

import re
import traceback
from collections.abc import Callable
from functools import cache
from types import CodeType

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing import parts
from briefing.errors import TemplateError
from briefing.renderers._escape import markdown
from briefing.renderers._templates import Template

_SPECIAL = re.compile(r"[<>&\[\]`*_]")


def fill_html(template: Template, file: str, **values: object) -> str:
    """Return an HTML template filled in; every value is escaped by Jinja."""
    return _fill(_environment(template), template, file, values)


def fill_markdown(template: Template, file: str, **values: object) -> str:
    """Return a Markdown template filled in; every value is escaped, addresses pass through the filter `url`."""
    return _fill(_environment(template, _as_markdown), template, file, values)


class _Compiled(jinja2.BytecodeCache):
    """What one environment has compiled, for the next: the page, the book and the mail share their small pieces."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a file that has not changed."""
        bucket.code = self._code.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a file."""
        self._code[f"{bucket.key} {bucket.checksum}"] = bucket.code


_COMPILED = _Compiled()


@cache  # HTML and PDF share a page: compiling it twice costs 40 ms; a changed file is compiled anew
def _environment(template: Template, finalize: Callable[[object], object] | None = None) -> jinja2.Environment:
    """Return a sandbox that finds files in the template's folder, then in `daily`, then by `NAME/FILE`.

    Autoescape is on for Markdown too: it escapes nothing there, `finalize` did, but it marks what macros return.
    """
    shipped = parts.shipped("templates")
    environment = ImmutableSandboxedEnvironment(
        bytecode_cache=None if finalize else _COMPILED,
        loader=jinja2.FileSystemLoader([template.folder, shipped / "daily", shipped]),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,  # a misspelt field is a mistake, not an empty place
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(url=_destination, raised=_raised, quoted=_quoted)
    return environment


def _fill(environment: jinja2.Environment, template: Template, file: str, values: dict[str, object]) -> str:
    """Return the file filled in; raise TemplateError that says where the mistake is."""
    try:
        return environment.get_template(file).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{error.filename or file}:{error.lineno}: {error.message}") from error
    except jinja2.TemplateNotFound as error:
        raise TemplateError(f"{template.folder / file}: there is no file {error.name!r} to include") from error
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RuntimeError,
        jinja2.TemplateError,
    ) as error:
        # A template can make any of these; the values that it is filled with are plain and complete.
        raise TemplateError(f"{_place(error, file)}: {error or type(error).__name__}") from error


def _place(error: BaseException, file: str) -> str:
    """Return file and line of the last template that the error passed through; Jinja writes them into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if frame.filename.endswith((".html", ".md", ".css", ".xml"))]
    return f"{places[-1].filename}:{places[-1].lineno}" if places else file


def _as_markdown(value: object) -> object:
    """Return a value as Markdown shows it; addresses and what a macro of the template made are Markdown already."""
    return value if isinstance(value, Markup) else Markup(markdown(str(value)))


def _destination(url: str | None) -> Markup:
    """Return an address as the destination of a Markdown link: no bracket ends it early, no entity is read into it."""
    escaped = (url or "").replace("(", "%28").replace(")", "%29").replace("_", "%5F").replace("*", "%2A")
    return Markup(escaped.replace(";", "%3B") if "&" in escaped else escaped)


def _quoted(text: str) -> Markup:
    """Return a text as a string of YAML front matter, with Markdown's specials as escapes for tools that know none."""
    import json

    return Markup(_SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)))


def _raised(number: int) -> Markup:
    """Return a number in superscript digits."""
    return Markup(str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")))
