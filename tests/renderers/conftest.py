"""Stored briefings to render, and the golden files that rendered ones are held against."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from briefing.models import Briefing
from tests.renderers.browsing import browser, tab

__all__ = ["browser", "tab"]  # fixtures of the whole folder

CASES = Path(__file__).parent.parent / "cases" / "briefings"
GOLDEN = Path(__file__).parent.parent / "golden"

NAMES = sorted(path.stem for path in CASES.glob("*.json"))


def load(name: str) -> Briefing:
    """Return a stored briefing."""
    return msgspec.json.decode((CASES / f"{name}.json").read_bytes(), type=Briefing)


@pytest.fixture(params=NAMES)
def briefing(request: pytest.FixtureRequest) -> Briefing:
    """Each of the stored briefings."""
    return load(request.param)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare with a golden file, or write it with `--update-golden`."""

    def compare(name: str, made: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.write_bytes(made)
        assert made.decode() == path.read_text(encoding="utf-8")

    return compare
