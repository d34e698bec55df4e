"""Pango and fonts, found without a program."""

import ctypes.util
import shutil
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.renderers import _pango
from briefing.renderers._fonts import missing_fonts


def test_the_version_is_told_or_what_to_install() -> None:
    try:
        told = _pango.check()
    except RenderError as error:
        told = str(error)

    assert told.startswith(("1.", "a PDF needs Pango: run `apt install libpango-1.0-0"))


def test_a_missing_library_is_named_with_the_line_to_paste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pango, "_LIBRARIES", ("pango-1.0", "nowhere"))
    monkeypatch.setattr(_pango, "_HOMEBREW", ())

    with pytest.raises(RenderError, match=r"apt install libpango.*missing:.*nowhere"):
        _pango.check()


def test_unpacked_libraries_are_opened_whatever_their_order(tmp_path: Path) -> None:
    library = ctypes.util.find_library("expat") or ctypes.util.find_library("z")
    opened = ctypes.CDLL(library) if library else None
    found = next(iter(Path("/lib").rglob(library or "none")), None)
    if opened is None or found is None:
        pytest.skip("neither expat nor zlib is installed as a shared library")
    shutil.copy(found, tmp_path / "libcopy.so.1.2.3")
    (tmp_path / "libbroken.so.1").write_bytes(b"no library")

    assert _pango.preload(tmp_path) == ["libbroken.so.1"]


def test_a_folder_without_libraries_is_no_error(tmp_path: Path) -> None:
    assert _pango.preload(tmp_path / "nowhere") == []


def test_a_script_without_a_font_is_named_with_its_package() -> None:
    told = missing_fonts("plain \U00012000")  # cuneiform is no script of the table: nobody prints news in it

    assert told == []


def test_a_font_that_lacks_the_letter_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.renderers import _fonts

    if _pango.library("fontconfig") is None:
        pytest.skip("fontconfig is not installed")
    # A code point that no font can have: a noncharacter.
    monkeypatch.setattr(_fonts, "_SCRIPTS", [("Martian", "\ufdd0", "fonts-martian")])

    assert missing_fonts("\ufdd0") == [
        "no font for Martian letters: the PDF shows boxes until you run `apt install fonts-martian`"
    ]


def test_latin_letters_are_drawn_where_a_font_is_installed() -> None:
    if not any(Path(folder).is_dir() for folder in ("/usr/share/fonts", "/Library/Fonts")):
        pytest.skip("no font is installed")

    assert missing_fonts("Grüße") == []


def test_fonts_of_packages_are_added_to_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.renderers import _fonts

    folder = tmp_path / "font_of_mine" / "files"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(_fonts, "_PACKAGES", ("font_of_mine", "font_of_nobody"))

    with _fonts.font_settings() as name:
        settings = Path(name).read_text()

    assert f"<dir>{folder}</dir>" in settings
    assert "fonts.conf</include>" in settings
    assert not Path(name).exists()


def test_a_users_own_font_settings_count_first() -> None:
    found = _pango.environment({"FONTCONFIG_FILE": "mine.conf", "HOME": "/home/me"}, "ours.conf")

    assert found["FONTCONFIG_FILE"] == "mine.conf"
    assert _pango.environment({}, "ours.conf")["FONTCONFIG_FILE"] == "ours.conf"
