"""Where the tables get their data from: JSON Lines in the folder that was given."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec


def folder() -> Path:
    """Return the data folder named on the command line."""
    return Path(sys.argv[1])


def records(path: Path) -> list[Any]:
    """Return the records of a JSON Lines file."""
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def files(name: str, suffix: str = "jsonl") -> Iterator[Path]:
    """Yield the files of a folder in the data, by name."""
    yield from sorted((folder() / name).glob(f"*.{suffix}"))
