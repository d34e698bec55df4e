"""What a path of the test server answers: a value, made by hand or by one of the functions below."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import NamedTuple

_MEGABYTE = 1_000_000


class Asked(NamedTuple):
    """A request as it came in; `address` is the server's own, `headers` have lower-case names."""

    address: str
    method: str
    path: str
    headers: Mapping[str, str]


class Route(NamedTuple):
    """An answer. A Content-Length and a Content-Type of text/html stand in its head unless `headers` says otherwise.

    `headers` may take one away with None. `etag` and `modified` are sent and answered with 304 when they come back;
    `conditional` makes an ETag of the body. `latency` is waited before the head, `drip` between two bytes of the body,
    `drip_head` between two of the head (seconds). `cut` hangs up after so many bytes of the body, `reset` resets the
    connection instead of an answer, `raw` is sent as it stands instead of everything else.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str | None] = {}
    etag: str | None = None
    modified: str | None = None
    conditional: bool = False
    packed: bool = False
    chunked: bool = False
    latency: float = 0.0
    drip: float = 0.0
    drip_head: float = 0.0
    cut: int | None = None
    reset: bool = False
    raw: bytes | None = None


# A path's answer may also be the page itself, or a function of the request.
Answer = Route | str | bytes | Callable[[Asked], "Route | str | bytes"]


def moved(location: str, status: int = 302, **more: str | None) -> Route:
    """Return a redirect; 301 and 308 are permanent ones."""
    return Route(status=status, headers={"Location": location, **more})


def busy(retry_after: str | int | None = None, status: int = 429) -> Route:
    """Return "too many requests" (429) or "unavailable" (503), and when to come again: seconds or an HTTP date."""
    return Route("later", status, {} if retry_after is None else {"Retry-After": str(retry_after)})


def bomb(size: int = 1000 * _MEGABYTE) -> Route:
    """Return a page of zeros, 1 GB packed into 1 MB."""
    return Route(packed_zeros(size), headers={"Content-Encoding": "gzip", "Content-Type": "text/xml"})


@cache
def packed_zeros(size: int) -> bytes:
    """Return so many zeros as one gzip member; a fully flushed megabyte of them can be repeated as it stands."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(bytes(_MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, wbits=-15)
    checksum, rest = 0, size % _MEGABYTE
    for _ in range(size // _MEGABYTE):
        checksum = zlib.crc32(bytes(_MEGABYTE), checksum)
    last = packer.compress(bytes(rest)) + packer.flush()
    trailer = zlib.crc32(bytes(rest), checksum).to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little")
    return gzip.compress(b"")[:10] + piece * (size // _MEGABYTE) + last + trailer


def settled(answer: Answer | None, asked: Asked) -> Route:
    """Return what is to be sent: a function called, a page wrapped, a packed body packed, 304 where nothing is new."""
    found = answer(asked) if callable(answer) else answer
    route = Route("not here", 404) if found is None else found if isinstance(found, Route) else Route(found)
    body = route.body.encode() if isinstance(route.body, str) else route.body
    if route.conditional and not route.etag:
        route = route._replace(etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"')
    if route.status == 200 and is_known(route, asked):
        return route._replace(status=304, body=b"", packed=False)
    return route._replace(body=gzip.compress(body, mtime=0) if route.packed else body)


def is_known(route: Route, asked: Asked) -> bool:
    """Tell whether the client has the newest version by its own account (RFC 9110, 13.2.2)."""
    known, since = asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")
    if known is not None:
        return route.etag is not None and route.etag.removeprefix("W/") in known
    if since is None or route.modified is None:
        return False
    return parsedate_to_datetime(since) >= parsedate_to_datetime(route.modified)


def head(route: Route) -> bytes:
    """Return the status line and the headers."""
    headers: dict[str, str | None] = {"Content-Type": "text/html; charset=utf-8"}
    if route.chunked:
        headers["Transfer-Encoding"] = "chunked"
    elif route.status != 304:
        headers["Content-Length"] = str(len(route.body))
    if route.packed:
        headers["Content-Encoding"] = "gzip"
    headers |= {"ETag": route.etag, "Last-Modified": route.modified, **route.headers}
    lines = [f"HTTP/1.1 {route.status} {phrase(route.status)}".rstrip()]
    lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def phrase(status: int) -> str:
    """Return the words of a status."""
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
