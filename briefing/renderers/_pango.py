"""Pango, which WeasyPrint draws with: from the system, unpacked in `.venv/pango`, or Homebrew's."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from briefing.errors import RenderError

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"  # Debian and Ubuntu; they bring the others
INSTALL = f"a PDF needs Pango: run `apt install {PACKAGES}` (macOS: `brew install pango`)"

# What WeasyPrint 70 opens, in the order in which they need each other.
_LIBRARIES = ("gobject-2.0", "pango-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "pangoft2-1.0")
_HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")


def unpacked() -> Path:
    """Return the folder in which Debian's packages are unpacked where nobody may install them."""
    return Path(sys.prefix) / "pango"


def preload(folder: Path) -> list[str]:
    """Open every shared library in the folder that the system lacks, and return those that would not open.

    Each is opened once all that it needs is: whatever fails is tried again while any other succeeds.
    """
    waiting = sorted(path for path in folder.rglob("*.so*") if path.is_file() and not path.is_symlink())
    failed = len(waiting) + 1
    while waiting and len(waiting) < failed:
        failed = len(waiting)
        waiting = [path for path in waiting if not (_opens(_soname(path)) or _opens(str(path)))]
    return [path.name for path in waiting]


def check() -> str:
    """Return Pango's version; raise RenderError with the line to paste when a library is missing."""
    preload(unpacked())
    if names := missing():
        raise RenderError(f"{INSTALL}; missing: {', '.join(names)}")
    version = library("pango-1.0").pango_version_string  # type: ignore[union-attr]
    version.restype = ctypes.c_char_p
    return bytes(version()).decode()


def missing() -> list[str]:
    """Return the libraries that WeasyPrint needs and that do not open."""
    return [name for name in _LIBRARIES if library(name) is None]


def library(name: str) -> ctypes.CDLL | None:
    """Return an opened library by its bare name (`pango-1.0`), None when it is nowhere."""
    number = "1" if name == "fontconfig" else "0"
    files = [f"lib{name}.so.{number}", f"lib{name}.{number}.dylib"]
    files += [f"{folder}/lib{name}.{number}.dylib" for folder in _HOMEBREW]
    return next((opened for file in files if (opened := _open(file)) is not None), None)


def environment(variables: Mapping[str, str], font_settings: str) -> dict[str, str]:
    """Return the variables with which a child process finds the libraries and the fonts; the user's own count first."""
    found = {"FONTCONFIG_FILE": font_settings, **variables}
    if sys.platform == "darwin":
        found["DYLD_FALLBACK_LIBRARY_PATH"] = os.pathsep.join(
            [*_HOMEBREW, variables.get("DYLD_FALLBACK_LIBRARY_PATH", "")]
        )
    settings = unpacked() / "etc" / "fonts"
    if settings.is_dir() and not Path("/etc/fonts/fonts.conf").exists():
        found.setdefault("FONTCONFIG_PATH", str(settings))
    return found


def _soname(path: Path) -> str:
    """Return the name that other libraries ask for: `libz.so.1` for `libz.so.1.2.13`."""
    stem, _, version = path.name.partition(".so")
    return f"{stem}.so{'.'.join(version.split('.')[:2])}"


def _opens(file: str) -> bool:
    """Tell whether a library opens, and keep it open for all that come later."""
    return _open(file) is not None


def _open(file: str) -> ctypes.CDLL | None:
    """Return the library, None when it does not open."""
    try:
        return ctypes.CDLL(file, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return None
