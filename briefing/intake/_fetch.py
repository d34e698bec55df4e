"""The one place that opens a connection to read: one URL, its bytes and time limited, every redirect checked."""

import ipaddress
import socket
import zlib
from collections.abc import Collection, Sequence
from threading import Thread
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import LocationParseError, NewConnectionError
from urllib3.util import Url, parse_url

from briefing import __version__
from briefing.errors import InputError
from briefing.intake._kinds import kind_of_type
from briefing.models import Blob

# gzip alone is asked for: zlib can stop in the middle of a bomb, and every server speaks it.
_HEADERS = {
    "User-Agent": f"briefing/{__version__} (+https://pypi.org/project/briefing-cli/)",
    "Accept": "text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
# One request, its answer unread: redirects are checked here, and the body is read within its limits.
_ONCE: dict[str, Any] = {"headers": _HEADERS, "redirect": False, "retries": False, "preload_content": False}
# Browsers follow 20; a page that needs more than 5 is a loop or a login.
_REDIRECTS = 5
_MOVED = frozenset([301, 302, 303, 307, 308])
_PIECE = 65_536
# Names that a home or office network gives out; any other name must lead to a public address.
_LOCAL_NAMES = (".local", ".localhost", ".lan", ".home", ".internal", ".home.arpa", ".test")


class Target(NamedTuple):
    """A parsed address, and whether it may be on a private network: the user typed it, or typed its host and port."""

    url: Url
    may_be_private: bool


def fetch(url: str, *, limit: int, timeout_seconds: float = 30.0, private_hosts: Collection[str] = ()) -> Blob:
    """Return what stands at an address; raise InputError that says why it cannot be had.

    The deadline holds for everything together, names and certificates included: the work is left to a thread, which is
    given up when the time is over. `private_hosts` are names that may lead to private addresses.
    """
    outcome: list[Blob | Exception] = []

    def work() -> None:
        try:
            outcome.append(_follow(url, limit, monotonic() + timeout_seconds, private_hosts))
        except Exception as error:  # a thread must hand everything to its caller
            outcome.append(error)

    worker = Thread(target=work, daemon=True)
    worker.start()
    worker.join(timeout_seconds)
    if not outcome:
        raise InputError(f"not complete after {timeout_seconds:g} seconds; try again later")
    if isinstance(outcome[0], Blob):
        return outcome[0]
    raise InputError(_reason(outcome[0])) from outcome[0]


def _reason(error: Exception) -> str:
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, socket.gaierror):
        return "no such host; is the name right, and is there a connection?"
    # urllib3's messages begin with the object they come from.
    return f"cannot be fetched: {str(error).rpartition('>: ')[2] or type(error).__name__}"


def _follow(url: str, limit: int, deadline: float, private_hosts: Collection[str]) -> Blob:
    """Return the answer at the end of the redirects."""
    typed = _parsed(url)
    target = Target(typed, _is_local_name(typed) or typed.host in private_hosts)
    for _ in range(_REDIRECTS + 1):
        response = _open(target, deadline)
        location = response.headers.get("Location")
        if response.status not in _MOVED or not location:
            return _blob(response, target.url, limit, deadline)
        response.close()
        moved = _parsed(urljoin(target.url.url, location))
        is_same_place = (moved.host, moved.port) == (typed.host, typed.port)
        target = Target(moved, (is_same_place and target.may_be_private) or moved.host in private_hosts)
    raise InputError(f"more than {_REDIRECTS} redirects")


def _parsed(url: str) -> Url:
    """Return an http(s) address without name and password, which must get into no document and no message."""
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise InputError("not an address that can be read") from error
    if parsed.scheme not in ("http", "https"):
        raise InputError(f"leads to {parsed.scheme or 'nothing'}; only http and https are fetched")
    if not parsed.host:
        raise InputError("an address without a host; is it whole?")
    return Url(parsed.scheme, None, parsed.host, parsed.port, parsed.path or "/", parsed.query)


def _open(target: Target, deadline: float) -> urllib3.BaseHTTPResponse:
    """Send the request, through the environment's proxy if it names one, and return the answer's beginning."""
    timeout = urllib3.Timeout(total=max(0.1, deadline - monotonic()))
    proxy = None if proxy_bypass(target.url.host or "") else getproxies().get(target.url.scheme or "")
    if proxy:
        # The proxy looks names up itself; what can be checked here is an address or a local name in the URL.
        if not target.may_be_private and _is_local_name(target.url) and not _is_public_literal(target.url):
            raise _private(target.url)
        return urllib3.ProxyManager(proxy, timeout=timeout).urlopen("GET", target.url.url, **_ONCE)
    error: NewConnectionError | None = None
    for address in _addresses(target):
        try:
            return _ask(target.url, address, timeout)
        except NewConnectionError as refused:
            error = refused
    raise error or InputError("no such host; is the name right, and is there a connection?")


def _ask(url: Url, address: str, timeout: urllib3.Timeout) -> urllib3.BaseHTTPResponse:
    """Send the request to an address that was checked: another look-up of the name could give another one."""
    host = (url.host or "").strip("[]")
    pool = (
        urllib3.HTTPSConnectionPool(address, url.port, server_hostname=host, assert_hostname=host, timeout=timeout)
        if url.scheme == "https"
        else urllib3.HTTPConnectionPool(address, url.port, timeout=timeout)
    )
    return pool.urlopen("GET", url.request_uri, **{**_ONCE, "headers": {**_HEADERS, "Host": url.netloc or host}})


def _addresses(target: Target) -> Sequence[str]:
    """Return the addresses of the host; raise InputError when one of them is private and must not be."""
    host, port = (target.url.host or "").strip("[]"), target.url.port
    found = socket.getaddrinfo(host, port or 80, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not target.may_be_private and not all(map(_is_public, addresses)):
        raise _private(target.url)
    return addresses


def _is_public(address: str) -> bool:
    """Tell whether an address is one of the internet; an IPv4 address in IPv6's clothes is what it maps to."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return (mapped or parsed).is_global and not parsed.is_multicast


def _is_public_literal(url: Url) -> bool:
    try:
        return _is_public((url.host or "").strip("[]"))
    except ValueError:  # a name
        return False


def _is_local_name(url: Url) -> bool:
    """Tell whether a host is named by an address, by one word, or under a name that only local networks use."""
    host = (url.host or "").strip("[]").rstrip(".")
    return "." not in host or host.endswith(_LOCAL_NAMES) or host.replace(".", "").isdigit() or ":" in host


def _private(url: Url) -> InputError:
    return InputError(f"leads to a private address ({url.host}), which only what you type yourself may do")


def _blob(response: urllib3.BaseHTTPResponse, url: Url, limit: int, deadline: float) -> Blob:
    """Read the body to its end, within the limit and the deadline."""
    if not 200 <= response.status < 300:
        response.close()
        raise InputError(f"the server answers {response.status} {response.reason or ''}".rstrip())
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("gzip", "x-gzip", "identity", ""):
        raise InputError(f"packed as {encoding}, which was not asked for")
    try:
        data = _body(response, limit, deadline, "gzip" in encoding)
    finally:
        response.close()
    media_type, _, parameters = response.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    return Blob(data=data, name=url.url, kind=kind_of_type(media_type), url=url.url, charset=charset or None)


def _body(response: urllib3.BaseHTTPResponse, limit: int, deadline: float, is_packed: bool) -> bytes:
    unpacker = zlib.decompressobj(wbits=31) if is_packed else None
    data = bytearray()
    received = 0
    while piece := response.read1(_PIECE, decode_content=False):
        received += len(piece)
        data += unpacker.decompress(piece, limit + 1 - len(data)) if unpacker else piece
        if max(len(data), received) > limit:
            raise InputError(f"larger than {limit:,} bytes (the configuration can raise it)")
        if monotonic() > deadline:
            raise InputError("too slow; try again later")
    if unpacker and not unpacker.eof:
        raise InputError("cut off on its way; try again")
    return bytes(data)
