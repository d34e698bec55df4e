"""Which reader a blob is for, as its suffix or its media type tells."""

from briefing import parts

# A reader reads the files that have its name as suffix (html.py: .html); these are the other suffixes in use.
_SUFFIXES = {
    "txt": "text", "md": "markdown", "mkd": "markdown", "htm": "html", "xhtml": "html", "eml": "mail",
    "ndjson": "jsonl", "mht": "mhtml", "asc": "text", "rss": "feed", "atom": "feed", "rdf": "feed",
}  # fmt: skip
_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "message/rfc822": "mail",
    "application/pdf": "pdf", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl",
    "multipart/related": "mhtml", "application/mbox": "mbox",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/feed+json": "feed", "text/x-opml": "opml", "text/x-opml+xml": "opml", "application/opml+xml": "opml",
}  # fmt: skip


def kind_of(name: str) -> str | None:
    """Return the kind that a file's suffix tells."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return _SUFFIXES.get(suffix) or (suffix if suffix in parts.names("briefing.intake") else None)


def kind_of_type(media_type: str) -> str | None:
    """Return the kind that a media type tells; plain text tells nothing, for servers say it of everything."""
    return _TYPES.get(media_type.partition(";")[0].strip().lower())
