"""The archive page of a folder of issues, written again after each of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from briefing.renderers._archive_page import Stored

# The files of an issue in the order in which a reader wants them.
SUFFIXES = ("html", "pdf", "epub", "md", "txt", "json")


def write_index(folder: Path, *, quiet: bool) -> None:
    """Write the page that lists a folder's issues; one of that name that is not ours is left alone and named."""
    from briefing.deliver.files import write_issue
    from briefing.renderers import _archive_page

    place = folder / _archive_page.FILE
    if place.exists() and _archive_page.OURS.encode() not in place.read_bytes():
        if not quiet:
            click.echo(f"briefing: {place} is not a page of ours and stays; the issues are listed nowhere", err=True)
        return
    if stored := list(_stored(folder)):
        write_issue({place: _archive_page.render(stored)})


def _stored(folder: Path) -> Iterator["Stored"]:
    """Yield the issues of a folder, by their files' names; what is no briefing is passed over."""
    from briefing.renderers._archive_page import Head, Stored

    names = {path.name for path in folder.iterdir()}
    for file in sorted(folder.glob("*-????-??-??.json")):
        try:
            briefing = msgspec.json.decode(file.read_bytes(), type=Head)
        except (OSError, msgspec.DecodeError):
            continue
        files = [f"{file.stem}.{suffix}" for suffix in SUFFIXES]
        yield Stored(file.stem[: -len("-YYYY-MM-DD")], briefing, tuple(name for name in files if name in names))
