"""Renderers: a Briefing becomes bytes, one format a file, found by its name and imported when it is asked for.

A format is a module with `suffix` and `render(briefing, template, options) -> bytes`. Raises UsageError for an
unknown format, template or page size, TemplateError for a mistake in a template, RenderError for a format that cannot
be made here.
"""

from types import ModuleType

from briefing import parts
from briefing.models import Briefing
from briefing.renderers._templates import Options, find_template

DEFAULT_TEMPLATE = "daily"


def names() -> list[str]:
    """Return the names of the formats, sorted."""
    return parts.names(__name__)


def load(name: str) -> ModuleType:
    """Import one format; raise UsageError that names the nearest when there is none of that name."""
    return parts.load(__name__, name, "format")


def render(briefing: Briefing, format: str, template: str = DEFAULT_TEMPLATE, options: Options | None = None) -> bytes:
    """Return the briefing in a format; `template` is a shipped one's name or a folder."""
    rendered: bytes = load(format).render(briefing, find_template(template), options or Options())
    return rendered
