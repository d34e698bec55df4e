"""A real little proxy on the loopback: it passes http on and lets https through, and counts both."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.web.routes import Asked
from tests.web.server import end_conversations, read_request

_DENIED = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """What went through; with a `login` ("Basic …") it lets nobody else pass. `hosts` are names that it alone knows."""

    def __init__(self, login: str | None, hosts: dict[str, str]) -> None:
        self.login = login
        self.hosts = hosts
        self.port = 0
        self.asked: list[Asked] = []

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one request on."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            asked = await read_request("", reader)
            if asked:
                self.asked.append(asked)
                await self._pass_on(asked, reader, writer)
        writer.close()

    async def _pass_on(self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.login and asked.headers.get("proxy-authorization") != self.login:
            writer.write(_DENIED)
            return
        place = urlsplit(asked.path if "//" in asked.path else f"//{asked.path}")
        host = place.hostname or ""
        there, back = await asyncio.open_connection(self.hosts.get(host, host), place.port or 80)
        if asked.method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = place._replace(scheme="", netloc="").geturl()
            lines = [f"{asked.method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.headers.items())]
            back.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    target.close()


@contextmanager
def proxying(
    login: str | None = None, hosts: dict[str, str] | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[Proxy]:
    """Run a proxy on 127.0.0.1 until the block ends."""
    proxy = Proxy(login, hosts or {})
    loop = asyncio.new_event_loop()
    listener = loop.run_until_complete(asyncio.start_server(proxy.connected, "127.0.0.1", 0, ssl=tls))
    proxy.port = int(listener.sockets[0].getsockname()[1])
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(end_conversations(loop, [listener]), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
