"""Plain text: for pipes, files and mail, with its addresses and without an escape code."""

from briefing.models import Briefing
from briefing.renderers._templates import Options, Template
from briefing.renderers._terminal import plain

suffix = "txt"


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return the briefing in at most `options.width` columns, in UTF-8; an address is never broken."""
    return plain(briefing, options.width).encode()
