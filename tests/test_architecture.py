"""Imports point one way, heavy packages are loaded only when asked for, and no file knows its neighbours' stage."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing

PACKAGE = Path(briefing.__file__).parent

# From the top down: a file may import what stands in a later row, or in its own folder.
ROWS = [
    {"__main__"},
    {"cli"},
    {"commands"},
    {"daily"},
    {"pipeline"},
    {"drafting"},
    {"intake", "text", "summarizers", "stories", "compose", "renderers", "deliver", "archive", "checks"},
    {"vectors", "config", "subscriptions"},
    {"parts", "settings", "folders", "rules"},
    {"models", "errors", "patterns"},
]
HEAVY = {
    "weasyprint", "nltk", "sumy", "numpy", "scipy", "sklearn", "trafilatura", "lxml", "feedparser",
    "listparser", "jinja2", "PIL",
    "markdown", "nh3", "rich", "pypdfium2", "readability", "urllib3",
}  # fmt: skip
HELP_IMPORTS_NONE_OF = HEAVY | {"msgspec", "Stemmer", "tomllib", "importlib.metadata"}
# Each of these is a tenth of a start of Python or more, with what it imports.
NEEDLESS = {
    "asyncio", "importlib.metadata", "difflib", "email", "pathlib", "platformdirs", "tempfile", "shutil", "random",
    "urllib", "logging", "zoneinfo", "tomllib", "lzma",
}  # fmt: skip
SUMMARIZE_IMPORTS_NONE_OF = HEAVY - {"rich"} | NEEDLESS
ARTICLE = "The mayor opened the “old” bridge on Monday. It had been closed for two years, the council said.\n" * 5


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def stage(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "briefing"


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each imported module of a file and whether the import stands at its top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {node for test in ast.walk(tree) if is_type_checking(test) for node in ast.walk(test)}
    for node in ast.walk(tree):
        top = node in tree.body
        if node in typing_only and node not in tree.body:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", top) for alias in node.names)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def row(name: str) -> int:
    return next(number for number, names in enumerate(ROWS) if name in names)


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    own = stage_of(path)
    if own == "__init__":  # the package's face names everything, late
        return

    for module, _ in imports(path):
        if not module.startswith("briefing."):
            continue
        other = stage(module)
        if other == "__version__" or other == own:
            continue
        if {own, other} <= {name for names in ROWS for name in names}:
            assert row(other) > row(own), f"{path.name} imports {module}: not down"
        else:
            assert module.split(".")[1] in {"parts", "__version__"}, f"{path.name} imports {module}: no such stage"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_packages_are_imported_in_one_file_of_their_own(path: Path) -> None:
    wrapped = [module.split(".")[0] for module, top in imports(path) if module.split(".")[0] in HEAVY and top]
    public_or_shared = path.name == "__init__.py" or path.parent == PACKAGE

    assert not (wrapped and public_or_shared), f"{path} imports {wrapped} at its top"


def test_values_are_taken_from_one_place() -> None:
    """The files of `models` part a long table; who took one from its file and another from the folder had two ways."""
    takers = {path for path in files() if any(module.startswith("briefing.models._") for module, _ in imports(path))}

    assert {stage_of(path) for path in takers} == {"models"}


def test_click_is_known_to_the_command_line_only() -> None:
    knowing = {path for path in files() if any(module.split(".")[0] == "click" for module, _ in imports(path))}

    assert {stage_of(path) for path in knowing} <= {"cli", "commands"}


def told_by(watch: str, *arguments: str) -> str:
    """Return what code that runs before a command writes behind TOLD when the command ends."""
    code = f"import sys, atexit\n{watch}\nfrom briefing.cli import main\nmain({list(arguments)!r})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stderr.rpartition("TOLD ")[2]


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules that a command has loaded when it ends."""
    watch = "atexit.register(lambda: sys.stderr.write('\\nTOLD ' + ' '.join(sys.modules)))"
    return set(told_by(watch, *arguments).split())


def compiled_by(*arguments: str) -> list[int]:
    """Return the lengths of the regular expressions that a command's own files have compiled when it ends."""
    watch = (
        "import re\n"
        "compile, lengths = re.compile, []\n"
        "def watched(pattern, flags=0):\n"
        "    if sys._getframe(1).f_globals['__name__'].startswith('briefing'):\n"
        "        lengths.append(len(pattern))\n"
        "    return compile(pattern, flags)\n"
        "re.compile = watched\n"
        "atexit.register(lambda: sys.stderr.write('\\nTOLD ' + ' '.join(map(str, lengths))))"
    )
    return [int(length) for length in told_by(watch, *arguments).split()]


def test_help_loads_nothing_heavy() -> None:
    assert not loaded_by("--help") & HELP_IMPORTS_NONE_OF


def test_summarizing_english_text_loads_nothing_heavy(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    loaded = loaded_by("summarize", str(article))

    assert not loaded & SUMMARIZE_IMPORTS_NONE_OF


def test_summarizing_english_text_compiles_few_patterns(tmp_path: Path) -> None:
    """A pattern of 1,000 letters takes a tenth of a start of Python: rare ones wait until a text has their mark."""
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    lengths = compiled_by("summarize", str(article))

    assert 10 < len(lengths) <= 50
    assert sum(lengths) <= 3000
