"""Fonts: those that come with Python packages, and the scripts of a text that no installed font can draw.

Fontconfig is asked through ctypes: `fc-list` may be missing.
"""

import ctypes
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.renderers import _pango

# Scripts by the blocks where their letters stand (Unicode 15), and the Debian package that draws them.
_SCRIPTS = [
    ("Latin", "A-Za-z\u00c0-\u024f", "fonts-dejavu-core"),
    ("Greek", "\u0370-\u03ff", "fonts-dejavu-core"),
    ("Cyrillic", "\u0400-\u052f", "fonts-dejavu-core"),
    ("Armenian", "\u0531-\u058f", "fonts-dejavu-core"),
    ("Hebrew", "\u05d0-\u05f4", "fonts-noto-core"),
    ("Arabic", "\u0620-\u06ff\u0750-\u077f", "fonts-noto-core"),
    ("Devanagari", "\u0900-\u097f", "fonts-noto-core"),
    ("Bengali", "\u0980-\u09ff", "fonts-noto-core"),
    ("Gurmukhi", "\u0a00-\u0a7f", "fonts-noto-core"),
    ("Gujarati", "\u0a80-\u0aff", "fonts-noto-core"),
    ("Tamil", "\u0b80-\u0bff", "fonts-noto-core"),
    ("Telugu", "\u0c00-\u0c7f", "fonts-noto-core"),
    ("Kannada", "\u0c80-\u0cff", "fonts-noto-core"),
    ("Malayalam", "\u0d00-\u0d7f", "fonts-noto-core"),
    ("Sinhala", "\u0d80-\u0dff", "fonts-noto-core"),
    ("Thai", "\u0e00-\u0e7f", "fonts-noto-core"),
    ("Lao", "\u0e80-\u0eff", "fonts-noto-core"),
    ("Tibetan", "\u0f00-\u0fff", "fonts-noto-core"),
    ("Burmese", "\u1000-\u109f", "fonts-noto-core"),
    ("Georgian", "\u10a0-\u10ff", "fonts-dejavu-core"),
    ("Ethiopic", "\u1200-\u137f", "fonts-noto-core"),
    ("Khmer", "\u1780-\u17ff", "fonts-noto-core"),
    ("Korean", "\uac00-\ud7af\u1100-\u11ff", "fonts-noto-cjk"),
    ("Japanese", "\u3041-\u30ff", "fonts-noto-cjk"),
    ("Chinese", "\u3400-\u4dbf\u4e00-\u9fff", "fonts-noto-cjk"),
    ("emoji", "\U0001f300-\U0001faff", "fonts-noto-color-emoji"),
]


# Source Serif and Source Sans (SIL OFL) as packages: Latin, Greek and Cyrillic, so that an edition looks the same on a
# machine that has only DejaVu. Their .otf files are the same faces again.
_PACKAGES = ("font_source_serif_pro", "font_source_sans_pro")

_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">fonts.conf</include>
{folders}
<selectfont><rejectfont><glob>*/font_source_*/*.otf</glob></rejectfont></selectfont>
</fontconfig>
"""


@contextmanager
def font_settings() -> Iterator[str]:
    """Make a file that adds the packages' fonts, and those unpacked beside Pango, to the system's; yield its name."""
    from tempfile import NamedTemporaryFile

    folders = [*_package_folders(), _pango.unpacked() / "usr" / "share" / "fonts"]
    lines = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders if folder.is_dir())
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".conf") as file:
        file.write(_SETTINGS.format(folders=lines))
        file.flush()
        yield file.name


def _package_folders() -> Iterator[Path]:
    """Yield the folders of the font packages that are installed."""
    from importlib.util import find_spec

    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            yield Path(folder) / "files"


def missing_fonts(text: str) -> list[str]:
    """Return a sentence for each script of the text that would be printed as boxes; none without fontconfig."""
    letters = [(name, re.search(f"[{block}]", text), package) for name, block, package in _SCRIPTS]
    found = [(name, match[0], package) for name, match, package in letters if match]
    _pango.preload(_pango.unpacked())
    fontconfig = _pango.library("fontconfig")
    if fontconfig is None:
        return []
    with font_settings() as settings, _variables(_pango.environment(os.environ, settings)):
        boxes = [(name, package) for name, letter, package in found if not _is_drawn(fontconfig, letter)]
    return [
        f"no font for {name if name == 'emoji' else f'{name} letters'}: "
        f"the PDF shows boxes until you run `apt install {package}`"
        for name, package in boxes
    ]


@contextmanager
def _variables(wanted: Mapping[str, str]) -> Iterator[None]:
    """Give this process the variables of the one that makes the PDF: fontconfig reads them when it is first asked."""
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class _FontSet(ctypes.Structure):
    """The beginning of fontconfig's FcFontSet."""

    _fields_ = [("count", ctypes.c_int)]


def _is_drawn(fontconfig: ctypes.CDLL, letter: str) -> bool:
    """Tell whether any installed font has the letter."""
    pattern, wanted, fonts = fontconfig.FcNameParse, fontconfig.FcObjectSetCreate, fontconfig.FcFontList
    pattern.restype = wanted.restype = ctypes.c_void_p
    fonts.restype = ctypes.POINTER(_FontSet)
    fonts.argtypes = [ctypes.c_void_p] * 3
    answer = fonts(None, pattern(f":charset={ord(letter):x}".encode()), wanted())
    return bool(answer) and answer.contents.count > 0
