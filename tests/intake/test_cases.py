"""Small files of every kind under tests/cases/intake, each beside what must be read from it (`NAME.expected`)."""

from pathlib import Path

import pytest

from briefing.intake import read
from briefing.models import Document, Problem

CASES = Path(__file__).parent.parent / "cases" / "intake"
FACTS = ("id", "title", "source", "url", "path", "published", "language", "authors")


def shown(found: Document | Problem) -> str:
    """Return a document or a problem as it stands in an `.expected` file."""
    if isinstance(found, Problem):
        return f"PROBLEM {found.input}: {found.reason}\n"
    facts = [(name, getattr(found, name)) for name in FACTS]
    lines = [f"{name}: {'; '.join(fact) if isinstance(fact, tuple) else fact}" for name, fact in facts if fact]
    return "\n".join([*lines, "", found.text, ""])


@pytest.mark.parametrize("expected", sorted(CASES.glob("*.expected")), ids=lambda path: path.stem)
def test_a_file_is_read_as_expected(expected, monkeypatch):
    monkeypatch.chdir(CASES)

    found = read([expected.stem])

    assert "=====\n".join(map(shown, found)) == expected.read_text(encoding="utf-8")


def test_every_kind_has_a_case():
    from briefing import parts

    suffixes = {"text": "txt", "markdown": "md", "mail": "eml", "html-several": "html", "feed": "rss"}
    kinds = {suffixes.get(kind, kind) for kind in parts.names("briefing.intake")}

    assert kinds <= {Path(path.stem).suffix.removeprefix(".") for path in CASES.glob("*.expected")}
