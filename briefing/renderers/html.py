"""HTML: one self-contained page, without a script and without anything that has to be fetched."""

from briefing.models import Briefing
from briefing.renderers._page import lay_out
from briefing.renderers._paper import find_paper
from briefing.renderers._templates import MARKDOWN, PAGE, Options, Template

suffix = "html"


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return the page in UTF-8."""
    return page_of(briefing, template, options).encode()


def page_of(briefing: Briefing, template: Template, options: Options) -> str:
    """Return the page as text; where a template has Markdown alone, python-markdown makes the page of it."""
    from briefing.renderers._jinja import fill_html, fill_markdown  # Jinja2 starts slowly: nobody else needs it

    page, paper = lay_out(briefing), find_paper(options.page, briefing.language)
    if template.page_from == "page":
        return fill_html(template, PAGE, page=page, paper=paper, labels=page.labels)
    from briefing.renderers._markdown_page import to_html

    body = to_html(fill_markdown(template, MARKDOWN, page=page, labels=page.labels))
    return fill_html(template, "markdown.html", page=page, paper=paper, labels=page.labels, body=body)
