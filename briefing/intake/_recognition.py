"""Which reader a blob is for, recognised from its first bytes when neither its name nor its type tells."""

import re

from briefing import parts
from briefing.errors import InputError
from briefing.intake._decode import is_binary

_HEAD = 4096

# Possessive throughout: a line that could be read in two ways would take hours after forty of its kind.
_PREAMBLE = re.compile(rb"\s+|<!--.*?-->|<\?xml[^>]*>", re.S)
_DOCTYPE = re.compile(rb"<!doctype\s++(?!html)[^>\[]*+(?:\[[^\]]*+\]\s*+)?>", re.I)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|title|meta)\b", re.I)
_LIST_OR_FEED = re.compile(rb"<(?:[a-z][\w.-]{0,30}:)?(rss|feed|RDF|opml)[\s>]", re.I)
_XML = re.compile(rb"\s*<(?:\?xml|!doctype|[\w:.-]+(?:\s+[\w:.-]+=|>))", re.I)
_MAILBOX = re.compile(rb"From \S++.{0,80}?\d{4}[^\n]*+\n[\w-]++:")
_HEADERS = re.compile(rb"(?:[\w-]++:[^\r\n]*+\r?\n(?:[ \t][^\r\n]*+\r?\n)*+){2,}+\r?\n")
_MAIL_HEADER = re.compile(
    rb"^(?:received|mime-version|message-id|return-path|content-type|x-[\w-]+|from|list-[\w-]+):", re.I | re.M
)
_RECORD = re.compile(rb'\s*\{[^\n]*"text"\s*:')  # on one line: JSON written for the eye is no JSON Lines
# `version` stands first, or last where keys are sorted; the other keys belong to a feed alone.
_JSON_FEED = re.compile(rb'\s*\{.*?(?:"https?://jsonfeed\.org/version/|"(?:home_page_url|feed_url)"\s*:)', re.S)
_JSON = re.compile(rb"""\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[\[{"])""")
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n[\w-]+:")
_HEADING = re.compile(rb"#{1,2} \S")


def recognized(data: bytes) -> str:
    """Return the kind that the first bytes show; raise InputError for what no reader reads."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(_WIDE):
        wide = head.replace(b"\0", b"")[2:]
        return list_or_feed(wide) or ("html" if b"<html" in wide.lower() else "text")
    if is_binary(head):
        raise unreadable("binary")
    return _of_text(head)


def unreadable(what: str) -> InputError:
    """Return the error for bytes of no kind we read."""
    kinds = [kind for kind in parts.names("briefing.intake") if "-" not in kind]
    return InputError(f"{what}, which no reader reads; there are readers for {', '.join(kinds)}")


def list_or_feed(head: bytes) -> str | None:
    """Return `feed` or `opml` for bytes that begin as one, whatever a server says of them; else None."""
    if _JSON_FEED.match(head):
        return "feed"
    found = _LIST_OR_FEED.match(head, _start(head))
    return ("opml" if found[1].lower() == b"opml" else "feed") if found else None


def _of_text(head: bytes) -> str:
    if kind := list_or_feed(head):
        return kind
    if _RECORD.match(head):
        return "jsonl"
    if _JSON.match(head):
        raise unreadable("JSON without articles")
    if _MAILBOX.match(head):
        return "mbox"
    if (headers := _HEADERS.match(head)) and len(_MAIL_HEADER.findall(headers[0])) >= 2:
        return (
            "mhtml"
            if b"multipart/related" in headers[0].lower() and b"snapshot-content-location" in head.lower()
            else "mail"
        )
    if _HTML.match(head, _start(head)):
        return "html"
    if _XML.match(head):
        raise unreadable("XML of another kind")
    return "markdown" if _FRONT_MATTER.match(head) or _HEADING.match(head) else "text"


def _start(head: bytes) -> int:
    """Return where markup begins, behind blanks, comments and the XML declaration."""
    position = 0
    while found := _PREAMBLE.match(head, position) or _DOCTYPE.match(head, position):
        position = found.end()
    return position
