"""pyproject.toml tells the truth: what is imported is declared, what is promised is there."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"benchmarks", "briefing", "tests"}
NAMED_OTHERWISE = {"sklearn": ["scikit-learn"], "readability": ["readability-lxml"]}  # and not installed for the tests
TYPES_ONLY = {"_typeshed"}  # mypy's own, never imported


def imported(folder: str) -> set[str]:
    """Return the top names of what a folder's files import, at the top or late, besides Python's own."""
    found: set[str] = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - OURS - TYPES_ONLY


def declared(*extras: str) -> set[str]:
    """Return the names of the distributions that the package needs, and those of its extras."""
    wanted = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {normal(re.split(r"[^\w.-]", line)[0]) for line in wanted}


def normal(distribution: str) -> str:
    """Return a name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("briefing", ["pdf", "extract"]), ("tests", ["test"]), ("benchmarks", ["quality", "test"])],
)
def test_what_is_imported_is_declared(folder: str, extras: list[str]) -> None:
    """A package that comes with another one today is gone when that one changes its mind."""
    distributions = NAMED_OTHERWISE | dict(packages_distributions())
    known = declared(*extras)

    missing = {
        name for name in imported(folder) if not known & {normal(each) for each in distributions.get(name, [name])}
    }

    assert missing == set(), f"pyproject.toml does not name what {folder}/ imports"


def test_a_package_that_says_it_is_typed_carries_the_mark() -> None:
    """Without py.typed (PEP 561) the annotations do not count for those who import us."""
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "briefing" / "py.typed").exists()
