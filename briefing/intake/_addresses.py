"""Where a request may go: addresses taken apart, redirects followed with care, private networks kept from strangers.

What the user named may be on a private network when its name says so (an address, one word, `nas.lan`). A redirect to
another host or port, an entry's link and a public name that DNS leads inside may not: a feed could make this machine
ask its neighbours. `fetch.private_hosts` allows it by the host's name.
"""

import ipaddress
import re
import socket
from collections.abc import Collection, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from briefing.intake._exchange import FetchError, Request

NO_SUCH_HOST = "no such host; is the name right, and is there a connection?"
_NO_ADDRESS = "not an address that can be read"
# Names that a home or office network gives out (RFC 6761, 6762 G, 8375); any other must lead to a public address.
_LOCAL_NAMES = (
    ".local", ".localhost", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".intranet", ".corp",
    ".private", ".test",
)  # fmt: skip
# The C library reads 0x7f.1 and 0177.0.0.1 as addresses; browsers go by the last part too.
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_PORTS = {"http": 80, "https": 443}
# IPv6 addresses that carry an IPv4 one in their last four bytes: NAT64 (RFC 6052) and the old compatible ones.
_CARRIERS = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


class Target(NamedTuple):
    """An address to ask, whether it may be on a private network, and the login that the user wrote into it."""

    url: Url
    may_be_private: bool
    login: str | None = None

    @property
    def host(self) -> str:
        """Return the host's name, or its address without brackets."""
        return (self.url.host or "").strip("[]")

    @property
    def origin(self) -> tuple[str, int]:
        """Return host and port."""
        return self.host, self.url.port or _PORTS[self.url.scheme or "http"]

    @property
    def has_usual_port(self) -> bool:
        """Tell whether the port is that of the scheme: http and https of one host are one place."""
        return self.url.port in (None, _PORTS[self.url.scheme or "http"])


def named_target(request: Request, private_hosts: Collection[str]) -> Target:
    """Return where a request goes first; raise FetchError for what is no address of the web."""
    url, login = _parsed(request.url)
    target = Target(url, False, login)
    return target._replace(may_be_private=(request.subscribed and _is_local(target)) or target.host in private_hosts)


def redirected_target(first: Target, current: Target, location: str, private_hosts: Collection[str]) -> Target:
    """Return where a redirect leads; raise FetchError where none may lead."""
    try:
        url, _ = _parsed(urljoin(current.url.url, _decoded(location)))
    except ValueError as error:
        raise FetchError(_NO_ADDRESS) from error
    moved = Target(url, False)
    is_same = moved.origin == first.origin or (
        moved.host == first.host and moved.has_usual_port and first.has_usual_port
    )
    login = first.login if moved.origin == first.origin and url.scheme == first.url.scheme else None
    return Target(url, (is_same and first.may_be_private) or moved.host in private_hosts, login)


def look_up(target: Target, private_hosts: Sequence[str]) -> Sequence[str]:
    """Return the addresses of a host; raise FetchError when one of them is private and must not be."""
    try:
        found = socket.getaddrinfo(target.host, target.origin[1], type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:  # UnicodeError: a part of the name is longer than 63 letters
        raise FetchError(NO_SUCH_HOST) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not target.may_be_private:
        for address in addresses:
            if not is_public(address):
                raise _refusal(target.host, address, private_hosts)
    return addresses


def check_name(target: Target, private_hosts: Sequence[str]) -> None:
    """Raise FetchError for a private address or local name. A proxy looks names up itself: the name is all we know."""
    if not target.may_be_private and _is_local(target) and not _is_public_literal(target.host):
        raise _refusal(target.host, target.host, private_hosts)


def is_public(address: str) -> bool:
    """Tell whether an address is one of the internet; an IPv4 address in IPv6's clothes is what it stands for."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if any(parsed in carrier for carrier in _CARRIERS):
            inner = ipaddress.IPv4Address(parsed.packed[-4:])
        parsed = inner or parsed
    return parsed.is_global and not parsed.is_multicast


def _parsed(url: str) -> tuple[Url, str | None]:
    """Return an http(s) address without name and password, which must get into no document and no message, and both."""
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise FetchError(_NO_ADDRESS) from error
    if parsed.scheme not in _PORTS:
        raise FetchError(f"leads to {parsed.scheme or 'nothing'}; only http and https are fetched")
    if not parsed.host:
        raise FetchError("an address without a host; is it whole?")
    return Url(parsed.scheme, None, parsed.host, parsed.port, parsed.path or "/", parsed.query), parsed.auth


def _decoded(location: str) -> str:
    """Return a Location as it was meant: HTTP knows Latin-1 only, servers send UTF-8."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _is_public_literal(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:  # a name
        return False


def _is_local(target: Target) -> bool:
    """Tell whether a host is named by an address, by one word, or under a name that only local networks use."""
    host = target.host.rstrip(".")
    return "." not in host or ":" in host or host.endswith(_LOCAL_NAMES) or _NUMBER.fullmatch(host) is not None


def _refusal(host: str, address: str, private_hosts: Sequence[str]) -> FetchError:
    hosts = ", ".join(f'"{name}"' for name in (*private_hosts, host))
    where = f"{host}, " if host != address else ""
    return FetchError(
        f"leads to a private address ({where}{address}); in your briefing.toml, "
        f"private_hosts = [{hosts}] under [fetch] allows it"
    )
