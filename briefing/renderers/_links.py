"""Addresses that may be printed, and links that open an article at one sentence (URL text fragments, WICG draft)."""

import re
from collections.abc import Iterable

_SAFE = re.compile(r"(?:https?://[^/?#\s]|mailto:[^\s])", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
# What an address may not hold as it is: all but RFC 3986's, and what could end it in HTML, Markdown or a terminal.
_ADDRESS = re.compile(r"[^A-Za-z0-9._~:/?#@!$&*+,;=%-]")
_RESERVED = re.compile(r"[^A-Za-z0-9._~]")  # also "-", which a text directive gives a meaning, like "," and "&"
_NAME = re.compile(r"[^A-Za-z0-9._~-]")

# A quotation longer than this is given by its first and last words: addresses stay short.
WHOLE_WORDS = 8
END_WORDS = 4
WHOLE_CHARACTERS, END_CHARACTERS = 40, 12  # the same for scripts without spaces


def safe_url(url: str | None) -> str | None:
    """Return the address with every odd character percent-encoded, or None when it is not http, https or mailto."""
    url = (url or "").strip()
    return _encode(url, _ADDRESS) if _SAFE.match(url) else None


def relative_url(name: str) -> str:
    """Return the address of a file in the same folder; the dot in front keeps `a:b.html` from being a scheme."""
    return f"./{_encode(name, _NAME)}"


def host(url: str) -> str | None:
    """Return the host's name in an address, without `www.`."""
    match = _HOST.match(url)
    return match[1].lower() if match else None


def text_fragment(url: str, quotation: str) -> str:
    """Return the address that opens the page at the quotation."""
    if not (directive := ",".join(_ends(quotation))) or not url.lower().startswith("http"):
        return url
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _ends(quotation: str) -> Iterable[str]:
    """Return the encoded quotation, or its beginning and its end when it is long."""
    words = quotation.split()
    text = " ".join(words)
    if len(words) > WHOLE_WORDS:
        pieces = [" ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])]
    elif len(text) > WHOLE_CHARACTERS and len(words) <= len(text) // WHOLE_CHARACTERS:
        pieces = [text[:END_CHARACTERS], text[-END_CHARACTERS:]]
    else:
        pieces = [text] if text else []
    return [_encode(piece, _RESERVED) for piece in pieces]


def _encode(text: str, refused: re.Pattern[str]) -> str:
    """Return the text with what is refused percent-encoded in UTF-8."""
    return refused.sub(_percent, text)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode(errors="replace"))
