"""Markdown: CommonMark that reads well as it is."""

import re

from briefing.models import Briefing
from briefing.renderers._page import lay_out
from briefing.renderers._templates import MARKDOWN, Options, Template

suffix = "md"

_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY = re.compile(r"\n{3,}")


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return the briefing as Markdown in UTF-8, without trailing blanks, one empty line between blocks."""
    from briefing.renderers._jinja import fill_markdown  # Jinja2 starts slowly: nobody else needs it

    page = lay_out(briefing)
    text = fill_markdown(template, MARKDOWN, page=page, labels=page.labels)
    return (_EMPTY.sub("\n\n", _BLANKS.sub("", text)).strip("\n") + "\n").encode()
