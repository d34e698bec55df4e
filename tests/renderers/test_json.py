"""The written-down form."""

import json
from pathlib import Path

import msgspec
import pytest

from briefing import renderers
from briefing.models import Briefing
from briefing.renderers import json as renderer
from tests.renderers.conftest import load

SCHEMA = Path(renderer.__file__).with_name("briefing.schema.json")


def test_json_reads_back_as_the_same_briefing(briefing: Briefing) -> None:
    made = renderers.render(briefing, "json")

    assert msgspec.json.decode(made, type=Briefing) == briefing


def test_the_schema_in_the_repository_is_that_of_the_values(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        SCHEMA.write_bytes(renderer.schema())

    assert SCHEMA.read_bytes() == renderer.schema()


def test_keys_stand_in_the_order_of_the_contract() -> None:
    made = json.loads(renderers.render(load("day"), "json"))

    assert list(made) == [
        "version",
        "title",
        "date",
        "language",
        "minutes",
        "articles",
        "sections",
        "also",
        "ledger",
        "problems",
    ]
