"""The bytes of a feed to text that a strict XML reader takes: rightly decoded, no stray `&`, nothing before the root.

Readers of damaged XML guess at each place anew, and turn AT&T into AT&T; with a semicolon. What is damaged most often
is put right here, once, before anything is parsed.
"""

import codecs
import re
from html import escape
from html.entities import html5

from briefing.errors import InputError
from briefing.intake._decode import declared_charset, decode, is_binary

_UTF_8 = frozenset(["utf-8", "utf8", "utf-8-sig"])
# The longer mark first. A mark is missing from some feeds in UTF-16; their first letter is a `<`.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
# What stands in no text, and would make it look binary; escape and shifts stay: ISO-2022-JP is made of them.
_CONTROLS = bytes(set(range(32)) - {9, 10, 13, 14, 15, 27})
_BEGINNING = re.compile(rb"<(?:\?xml|rss|feed|rdf:)", re.I)
_SEVEN_BITS = ("iso-2022", "hz", "utf-7")
# Letters that a detector needs: on a feed with one `é` it says ISO-8859-2, IBM865 or IBM852.
_ENOUGH = 100
# In a Latin alphabet letters beyond ASCII stand alone; words of other scripts are runs of them.
_LONE = 2.0
_HIGH = re.compile(rb"[\x80-\xff]+")
_LANGUAGE = re.compile(rb"""(?i)<(?:dc:)?language>\s*([a-z]{2})|xml:lang\s*=\s*["']([a-z]{2})""")
_CHARSETS = {
    "cp1250": "cs hr hu pl ro sk sl",
    "cp1254": "tr az",
    "cp1257": "et lt lv",
}
_CHARSET_BY_LANGUAGE = {language: charset for charset, row in _CHARSETS.items() for language in row.split()}

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}>")
_ROOT = re.compile(r"<\?xml\b|<(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|RDF|opml)\b", re.I)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)")
# Not characters of XML 1.0, though text from a database can have them.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_ENTITIES = frozenset(["amp", "lt", "gt", "quot", "apos"])
_SUSPECT = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_REFERENCE = re.compile(r"&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|(\w{1,31});)?")
_HEAD = 4096


def feed_text(data: bytes, charset: str | None) -> str:
    """Return the XML of a feed as text without its declaration, ready for a strict reader; InputError for no text."""
    text = _NO_CHARACTER.sub("", _decoded(data, charset)).lstrip("\ufeff \t\r\n")
    root = _ROOT.search(text)
    text = text[root.start() :] if root else text
    text = _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    return _outside_cdata(text) if _SUSPECT.search(text) else text


def _decoded(data: bytes, charset: str | None) -> str:
    """Return the text: by its mark, as UTF-8, as what was declared; bytes that are none of these are judged."""
    if wide := next((name for start, name in _WIDE if data.startswith(start)), None):
        return data.decode(wide, "replace")
    if is_binary(data) and not _BEGINNING.search(data[:_HEAD]):
        raise InputError("binary, not a feed")
    data = data.translate(None, _CONTROLS)
    said = [name.lower() for name in (charset, declared_charset(data)) if name]
    declared = next((name for name in said if name not in _UTF_8), None)
    if declared and declared.startswith(_SEVEN_BITS):
        return decode(data, declared)
    try:
        return data.decode()  # whatever was declared: no other text is valid UTF-8 by chance
    except UnicodeDecodeError:
        return decode(data, declared) if declared else _without_declaration(data)


def _without_declaration(data: bytes) -> str:
    """Return text that says it is UTF-8, or says nothing, and is not."""
    runs = _HIGH.findall(data)
    foreign = data.decode("utf-8", "replace").count("\ufffd")
    if foreign <= len(runs) // 2:  # UTF-8 with a few pieces from elsewhere
        return data.decode("utf-8", _AS_WINDOWS)
    language = next((one or two for one, two in _LANGUAGE.findall(data[:_HEAD])), b"").decode().lower()
    known, length = _CHARSET_BY_LANGUAGE.get(language), sum(map(len, runs))
    if length >= _ENOUGH or (not known and length >= _LONE * len(runs)):
        return decode(data)
    return data.decode(known or "cp1252", "replace")


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Return bytes that are not UTF-8 as what Windows means by them."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "briefing-windows"
codecs.register_error(_AS_WINDOWS, _windows)


def _outside_cdata(text: str) -> str:
    """Return the text with its references mended, but for those in CDATA, which are letters."""
    first, *others = text.split(_CDATA)
    own = frozenset(_ENTITY.findall(text[:_HEAD])) if "<!ENTITY" in first[:_HEAD] else frozenset[str]()
    pieces = [_mended(first, own)]
    for other in others:
        inside, end, outside = other.partition(_CDATA_END)
        pieces.append(inside + end + _mended(outside, own))
    return _CDATA.join(pieces)


def _mended(text: str, own: frozenset[str]) -> str:
    """Return text with HTML's names as their letters, and every `&` that begins no reference as one."""

    def mend(found: re.Match[str]) -> str:
        number, name = found.groups()
        if name and (name in _XML_ENTITIES or name in own):
            return found[0]
        if name:
            return escape(html5.get(f"{name};", f"&{name};"))
        return (found[0] if _is_character(number) else "") if number else "&amp;"

    return _REFERENCE.sub(mend, text)


def _is_character(number: str) -> bool:
    """Tell whether a numeric reference means a character that XML allows."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code < 0x110000 and not _NO_CHARACTER.match(chr(code))
