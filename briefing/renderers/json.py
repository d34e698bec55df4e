"""JSON: the Briefing's one written-down form, which `render`, `read`, `send` and `verify` take up again."""

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
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Briefing)), indent=2) + b"\n"
