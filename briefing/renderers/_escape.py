"""Text from outside made harmless, once: control characters out of every output, Markdown's specials escaped.

HTML is escaped by Jinja's autoescape; here stands what it does not do.
"""

import re

# Controls (C0, C1), bidirectional embeddings, overrides and isolates (Trojan Source, Boucher & Anderson 2021),
# interlinear marks, the byte order mark, noncharacters. LRM, RLM and the joiners stay: scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACES = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")  # the no-break spaces stay: French and numbers need them
_SURROGATES = re.compile("[\ud800-\udfff]")

# Backslash escapes that CommonMark and python-markdown share; `<`, `&` and `~` are no escapes of the latter's.
_MARKDOWN = {**{special: f"\\{special}" for special in "\\`*_[]#>"}, "<": "&lt;", "&": "&amp;", "~": "&#126;"}
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]#<>~]|&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"(\d*)([-+.)])(?=[\s-]|$)")  # what would begin a list or a rule


def clean(text: str) -> str:
    """Return the text without control and bidirectional-override characters; a lone surrogate becomes U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))


def json_escaped(text: str) -> str:
    """Return JSON that means the same, its unseen characters written as escapes: it may be shown on a terminal."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def flat(text: str) -> str:
    """Return the clean text on one line, runs of white space as one space."""
    return _SPACES.sub(" ", clean(text)).strip(" ")


def markdown(text: str) -> str:
    """Return one line of text so that Markdown shows exactly it.

    A character is escaped only where it could mean something, so that the source stays readable.
    """
    escaped = _MARKDOWN_SPECIAL.sub(lambda match: _MARKDOWN[match[0]], text)
    return _MARKDOWN_START.sub(r"\1\\\2", escaped, count=1) if _MARKDOWN_START.match(escaped) else escaped
