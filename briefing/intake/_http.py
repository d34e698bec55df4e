"""One HTTP request over urllib3's connections: opened to checked addresses or a proxy, its body read within a limit.

No pool stands between: each request goes to another host, and a pool costs as much as the request itself.
"""

import http.client
import ssl
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

from urllib3.connection import HTTPConnection, HTTPSConnection, ProxyConfig
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProtocolError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, make_headers, parse_url

from briefing import __version__
from briefing.intake._addresses import NO_SUCH_HOST, Target
from briefing.intake._exchange import FetchError

# Pages, feeds and documents alike: the address decides which of them it is. gzip alone is asked for: zlib can stop in
# the middle of a bomb, and every server speaks it. A connection serves one request.
_HEADERS = {
    "User-Agent": f"briefing/{__version__} (+https://pypi.org/project/briefing-cli/)",
    "Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/rdf+xml,"
    "application/feed+json,application/xml,text/xml,text/plain,text/markdown,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_PIECE = 65_536
_GZIP = b"\x1f\x8b"
_PACKINGS = frozenset(["br", "compress", "deflate", "zstd", "x-compress", "dcb", "dcz"])
_CUT = "cut off on its way; try again"


def named_proxies() -> Mapping[str, str]:
    """Return the proxies that the environment (or the system's settings) names, by scheme; `all` is for any."""
    return getproxies()


def proxy_for(url: Url, named: Mapping[str, str]) -> Url | None:
    """Return the proxy for an address; None where it is to be asked directly."""
    address = named.get(url.scheme or "") or named.get("all")
    if not address or proxy_bypass(url.netloc or ""):
        return None
    proxy = parse_url(address if "://" in address else f"http://{address}")
    if proxy.scheme not in ("http", "https"):
        raise FetchError(f"the environment names a {proxy.scheme} proxy; only http and https proxies are spoken to")
    return proxy


def connect(target: Target, proxy: Url | None, addresses: Sequence[str], deadline: float) -> HTTPConnection:
    """Return an open connection to the first of the addresses that answers; each gets its share of the time left."""
    error: Exception | None = None
    for number, address in enumerate(addresses):
        seconds = left(deadline) / (len(addresses) - number)
        connection = _proxy_connection(target, proxy, seconds) if proxy else _connection(target, address, seconds)
        try:
            connection.connect()
            return connection
        except (NewConnectionError, ConnectTimeoutError) as failed:
            error = failed
        except BaseException:
            connection.close()
            raise
    if error and proxy:
        raise FetchError(f"the proxy {proxy.host}:{proxy.port or ''} that the environment names cannot be reached")
    raise error or FetchError(NO_SUCH_HOST)


def ask(connection: HTTPConnection, target: Target, conditions: Mapping[str, str], deadline: float) -> BaseHTTPResponse:
    """Send the request and return the beginning of the answer."""
    headers = {**_HEADERS, "Host": target.url.netloc or target.host, **conditions}
    if target.login:
        headers |= make_headers(basic_auth=unquote(target.login))
    place = target.url.request_uri
    if connection.proxy and target.url.scheme == "http":
        place = target.url.url
        headers |= _proxy_login(connection.proxy)
    connection.timeout = left(deadline)
    connection.request("GET", place, headers=headers, preload_content=False, decode_content=False)
    return connection.getresponse()


def left(deadline: float) -> float:
    """Return the seconds until a deadline; raise TimeoutError when there are none."""
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def read_body(response: BaseHTTPResponse, limit: int, deadline_at: Callable[[int], float]) -> bytes:
    """Return the unpacked body; raise FetchError where it is over the limit.

    `deadline_at` hears its size as it grows, and says until when it must be complete.
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if any(name.strip() in _PACKINGS for name in packing.split(",")):
        raise FetchError(f"packed as {packing}, which was not asked for")
    unpacker = Unpacker() if "gzip" in packing else None
    data = bytearray()
    received = 0
    while piece := response.read1(_PIECE, decode_content=False):
        received += len(piece)
        data += unpacker.unpack(piece, limit + 1 - len(data)) if unpacker else piece
        if max(len(data), received) > limit:
            raise FetchError(f"larger than {limit:,} bytes (the configuration can raise it)")
        left(deadline_at(len(data)))
    if unpacker and not unpacker.is_whole:
        raise FetchError(_CUT)
    return bytes(data)


class Unpacker:
    """Unpacks gzip piece by piece, never more at once than there is room for; with no room left it is of no more use.

    Members follow each other; what follows the last one is dropped, and what only claims to be packed passes as it is:
    servers do both.
    """

    def __init__(self) -> None:
        self._member: Any = None
        self._is_plain = self._is_over = False

    @property
    def is_whole(self) -> bool:
        """Tell whether the last member came to its end."""
        return self._member is None or self._member.eof

    def unpack(self, piece: bytes, room: int) -> bytes:
        """Return what a piece unpacks to, or its beginning when it is more than `room`."""
        self._is_plain = self._is_plain or (self._member is None and not _may_begin(piece))
        if self._is_plain:
            return piece[:room]
        data = b""
        while piece and len(data) < room and not self._is_over:
            if self.is_whole and _may_begin(piece):
                self._member = zlib.decompressobj(wbits=31)
            self._is_over = self.is_whole
            data += self._member.decompress(piece, room - len(data))
            piece = self._member.unused_data
        return data


def _may_begin(piece: bytes) -> bool:
    """Tell whether a member of gzip may begin here; a piece may end in the middle of its sign."""
    return piece.startswith(_GZIP[: len(piece)])


def reason(error: Exception, seconds: float) -> str:
    """Return what an error of the network means to the user."""
    if isinstance(error, NewConnectionError):
        cause = error.__cause__
        return f"cannot be reached: {getattr(cause, 'strerror', None) or cause or error}"
    if isinstance(error, TimeoutError | ConnectTimeoutError) or "timed out" in str(error):
        return f"not complete after {seconds:g} seconds; try again later"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted: {error.verify_message}; is the package ca-certificates installed?"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection: {error.reason or error}"
    if isinstance(error, ProtocolError | http.client.IncompleteRead):
        return _CUT
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return "the server hung up; try again later"
    if isinstance(error, zlib.error):
        return "packed with gzip, but damaged on its way; try again"
    if isinstance(error, http.client.HTTPException):
        return f"no answer of a web server ({type(error).__name__})"
    if "Tunnel connection failed" in str(error):
        return f"the proxy answers {str(error).rpartition(': ')[2]}"
    return f"cannot be fetched: {str(error).rpartition('>: ')[2] or type(error).__name__}"


def _connection(target: Target, address: str, seconds: float) -> HTTPConnection:
    """Return a connection to an address that was checked: another look-up of the name could give another one."""
    port = target.origin[1]
    if target.url.scheme == "http":
        return HTTPConnection(address, port, timeout=seconds)
    return HTTPSConnection(address, port, timeout=seconds, server_hostname=target.host, ssl_context=_tls())


def _proxy_connection(target: Target, proxy: Url, seconds: float) -> HTTPConnection:
    """Return a connection to a proxy that passes http on and lets https through."""
    host, port = (proxy.host or "").strip("[]"), proxy.port or (443 if proxy.scheme == "https" else 80)
    if "https" not in (proxy.scheme, target.url.scheme):
        return HTTPConnection(host, port, timeout=seconds, proxy=proxy)
    config = ProxyConfig(_tls(), False, None, None)
    connection = HTTPSConnection(host, port, timeout=seconds, ssl_context=_tls(), proxy=proxy, proxy_config=config)
    if target.url.scheme == "https":
        connection.set_tunnel(target.host, target.origin[1], headers=_proxy_login(proxy), scheme=proxy.scheme or "http")
    return connection


def _proxy_login(proxy: Url) -> Mapping[str, str]:
    return make_headers(proxy_basic_auth=unquote(proxy.auth)) if proxy.auth else {}


_making_tls = Lock()


def _tls() -> ssl.SSLContext:
    """Return the one TLS context: reading the system's certificates takes longer than a request."""
    with _making_tls:  # two hundred threads would make two hundred
        return _make_tls()


@cache
def _make_tls() -> ssl.SSLContext:
    return ssl.create_default_context()
