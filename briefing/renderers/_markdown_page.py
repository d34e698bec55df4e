"""A Markdown template's page: python-markdown makes HTML of it, nh3 lets through what text needs and nothing else."""

import re

import markdown
import nh3
from markupsafe import Markup

# Text's own elements. No images: a remote one tells its host who reads; no `id`: it could take another line's place.
_BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre"]
_TABLES = ["table", "thead", "tbody", "tr", "th", "td"]
_INLINE = ["a", "br", "code", "em", "strong", "del", "sup", "sub"]


_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)  # for note tools, not for readers


def to_html(text: str) -> Markup:
    """Return Markdown as safe HTML; links keep http, https and mailto alone, raw HTML loses what is not on the list."""
    html = markdown.markdown(_FRONT_MATTER.sub("", text), extensions=["tables", "sane_lists"], output_format="html")
    return Markup(
        nh3.clean(
            html,
            tags={*_BLOCKS, *_TABLES, *_INLINE},
            attributes={"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}},
            set_tag_attribute_values={"li": {"dir": "auto"}},  # a list's mark stands where its line begins
            url_schemes={"http", "https", "mailto"},
            link_rel="noreferrer",
        )
    )
