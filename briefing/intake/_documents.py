"""A Document made from what a reader found: text and facts normalised once, the identifier chosen once."""

from collections.abc import Iterable, Iterator
from types import ModuleType

from briefing.intake._normalize import line, normalize
from briefing.models import Blob, Document, Problem


def document(
    blob: Blob,
    *,
    text: str,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
    language: str | None = None,
    authors: Iterable[str] = (),
) -> Document | Problem:
    """Return the blob's document or the Problem that there is no text in it."""
    text = normalize(text)
    if not any(map(str.isalnum, text)):
        return problem(blob, "no text in it")
    title = line(title)
    url = web_address(url) or web_address(blob.url)
    return Document(
        id=line(id) or url or _place_id(blob, title, text),
        text=text,
        title=title,
        source=line(source),
        url=url,
        path=blob.base,
        published=_date(published) if published else None,
        language=language_code(language),
        authors=tuple(dict.fromkeys(name for name in map(line, authors) if name)),
        section=blob.section,
    )


def problem(blob: Blob, reason: str) -> Problem:
    """Return the Problem of a blob."""
    return Problem(blob.name, reason)


def raw_document(reader: ModuleType, blob: Blob) -> Iterator[Document | Problem]:
    """Return the blob's document, its text as decoded and nothing normalised; PDF, which has none, as it is read."""
    if hasattr(reader, "raw_text"):
        text = reader.raw_text(blob)
        given = reader.raw_id(blob) if hasattr(reader, "raw_id") else None
        yield Document(id=given or _place_id(blob, None, text), text=text, path=blob.base, section=blob.section)
    else:
        yield from reader.read(blob)


def numbered(name: str, part: int) -> str:
    """Return the name of a part of a container: `file.jsonl#12`."""
    return f"{name}#{part}"


def web_address(url: str | None) -> str | None:
    """Return an http(s) address without spaces and fragment; None for anything else."""
    address = line(url)
    if not address or not address.lower().startswith(("http://", "https://")) or " " in address:
        return None
    return address.partition("#")[0]


def language_code(name: str | None) -> str | None:
    """Return the primary subtag of a language tag: `en` for `en-US` or `en_GB.UTF-8`."""
    code = (name or "").strip().replace("_", "-").partition("-")[0].lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _date(text: str) -> str | None:
    from briefing.intake._dates import parse_date  # a plain text has none

    return parse_date(text)


def _place_id(blob: Blob, title: str | None, text: str) -> str:
    if blob.base or blob.url:
        return blob.name
    from hashlib import sha256  # only standard input has no name

    return sha256(f"{title or ''}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
