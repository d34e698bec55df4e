"""Bytes to text: the byte order mark, what the place declared, strict UTF-8, then a detector."""

import codecs
import re

from briefing.errors import InputError

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers do (WHATWG Encoding Standard): pages that say these mean Microsoft's supersets of them.
_LIES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_META = rb"""(?i)<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})"""
# A charset is declared in the first 1,024 bytes (HTML Standard); saved pages put comments before it.
_HEAD = 4096
# Bytes that no text has: the controls but tab, newlines, form feed, backspace and escape.
_BINARY = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27})


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the bytes as text; raise InputError that says what they are instead."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if is_binary(data):
        raise InputError("binary, not text; give an article as text, Markdown, HTML, mail, JSON Lines or PDF")
    for charset in (declared, "utf-8"):
        text = _strict(data, _python_name(charset)) if charset else None
        if text is not None:
            return text
    return _decoded(data, _detected(data))


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page names in its head."""
    found = re.search(_META, data[:_HEAD])  # compiled by the first page: a plain text need not pay for it
    return found[1].decode("ascii", "replace") if found else None


def is_binary(data: bytes) -> bool:
    """Tell bytes that are no text in any encoding without a mark (UTF-16 and UTF-32 have one)."""
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _BINARY))
    return controls > len(head) // 100 or b"\0" in head


def _python_name(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip("\"' ")).name
    except (LookupError, ValueError):
        return "utf-8"
    return _LIES.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):  # LookupError: a codec that is no text encoding, such as 'hex'
        return None


def _decoded(data: bytes, encoding: str) -> str:
    text = _strict(data, encoding)
    if text is None:
        raise InputError(f"cannot be decoded as {encoding.removesuffix('-sig')}; save it as UTF-8")
    return text


def _detected(data: bytes) -> str:
    import cchardet  # only text that is neither declared nor UTF-8 needs a guess

    found = cchardet.detect(data)
    # .998 of test files in legacy encodings come out right; under .2 it says any name.
    if not found["encoding"] or (found["confidence"] or 0) < 0.2:
        return "cp1252"
    return _python_name(found["encoding"])
