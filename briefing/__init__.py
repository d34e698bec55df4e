"""Turn a pile of articles into a short daily briefing. The public names, each loaded when it is first asked for."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models import Article as Article
    from briefing.models import Briefing as Briefing
    from briefing.models import Document as Document
    from briefing.models import Sentence as Sentence
    from briefing.models import Story as Story
    from briefing.models import Summary as Summary
    from briefing.pipeline import build as build
    from briefing.pipeline import read as read
    from briefing.pipeline import render as render
    from briefing.pipeline import summarize as summarize

__version__ = "0.1.0"

_HOMES = {
    **dict.fromkeys(["Document", "Article", "Sentence", "Summary", "Story", "Briefing"], "briefing.models"),
    **dict.fromkeys(["read", "summarize", "build", "render"], "briefing.pipeline"),
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Import a public name from the file that defines it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
