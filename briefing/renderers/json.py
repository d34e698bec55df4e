"""JSON: the Briefing's one written-down form, which `render`, `read`, `send` and `verify` take up again."""

from typing import Any

import msgspec

from briefing.models import Briefing
from briefing.renderers._escape import json_escaped
from briefing.renderers._templates import Options, Template

suffix = "json"


def render(briefing: Briefing, template: Template, options: Options) -> bytes:
    """Return the briefing as JSON in UTF-8, two blanks a level, so that two issues can be compared line by line."""
    return encode(briefing)


def encode(briefing: Briefing) -> bytes:
    """Return the briefing as `render` does, for the formats that carry it."""
    text = msgspec.json.format(msgspec.json.encode(briefing).decode(), indent=2)
    return f"{json_escaped(text)}\n".encode()


def schema() -> bytes:
    """Return the JSON Schema of the form (briefing.schema.json holds it)."""
    return msgspec.json.format(msgspec.json.encode(_dedented(msgspec.json.schema(Briefing))), indent=2) + b"\n"


def _dedented(value: Any) -> Any:
    """Return the schema with its descriptions as Python 3.13 has docstrings, so that every version gives one form."""
    from inspect import cleandoc

    if isinstance(value, dict):
        return {
            key: cleandoc(below) if key == "description" and isinstance(below, str) else _dedented(below)
            for key, below in value.items()
        }
    return [_dedented(each) for each in value] if isinstance(value, list) else value
