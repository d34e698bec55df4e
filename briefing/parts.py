"""Folders whose public files are their parts: listed by `names`, imported one at a time by `load`.

A part called `lex-rank` is the file `lex_rank.py`; an underscore in front hides a file. Nothing has to be registered.
"""

import importlib
import os
from types import ModuleType
from typing import TYPE_CHECKING

from briefing.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def names(package: str) -> list[str]:
    """Return the names of the parts in a package of ours, sorted."""
    files = os.listdir(importlib.import_module(package).__path__[0])
    return sorted(name[:-3].replace("_", "-") for name in files if name.endswith(".py") and not name.startswith("_"))


def load(package: str, name: str, noun: str) -> ModuleType:
    """Import one part; raise UsageError that names the nearest when there is none of that name."""
    known = names(package)
    if name not in known:
        raise unknown(noun, name, known)
    return importlib.import_module(f"{package}.{name.replace('-', '_')}")


def unknown(noun: str, name: str, known: list[str]) -> UsageError:
    """Return the error for a name that does not exist, with the nearest one first."""
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return UsageError(f"no {noun} called {name!r}; {hint}choose one of: {', '.join(known)}")


def shipped(folder: str) -> "Path":
    """Return a folder that comes with the program: inside the package when installed, beside it in a checkout."""
    from pathlib import Path  # with what it imports half a start of Python

    package = Path(__file__).parent
    return package / folder if (package / folder).is_dir() else package.parent / folder
