"""A real HTTP/1.1 server on the loopback for tests: one thread, any number of addresses, every trick that servers play.

    with serving({"/feed": Route(FEED, conditional=True), "/old": moved("/feed", 301)}) as server:
        fetch(Request(server.url("/feed")), Limits())
        server.routes["/feed"] = busy(retry_after=60)       # routes may be changed while it runs
        assert server.count("/feed") == 1

`serving(routes, addresses=loopback(200))` listens on 127.0.1.0, 127.0.1.1 and so on, at one port; `tls` serves https.
"""

import asyncio
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager, suppress

from tests.web.routes import Answer, Asked, Route, head, settled

# What a server gets to see of a client that hangs up.
_HUNG_UP = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, TimeoutError)
# Linger on, for 0 seconds: closing sends a reset.
_RESET = struct.pack("ii", 1, 0)


def loopback(count: int) -> list[str]:
    """Return so many addresses of this machine: Linux answers to all of 127.0.0.0/8."""
    return [f"127.0.{1 + number // 250}.{number % 250}" for number in range(count)]


class Server:
    """What is served and what was asked; connections are counted by the address that they came in on."""

    def __init__(self, routes: MutableMapping[str, Answer], addresses: Sequence[str], scheme: str) -> None:
        self.routes = routes
        self.addresses = list(addresses)
        self.scheme = scheme
        self.port = 0
        self.asked: list[Asked] = []
        self.open: Counter[str] = Counter()
        self.most_open = 0
        self.most_open_at: Counter[str] = Counter()

    def url(self, path: str = "/", address: str | None = None) -> str:
        """Return the URL of a path at the first address, or at another one."""
        return f"{self.scheme}://{address or self.addresses[0]}:{self.port}{path}"

    def count(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(asked.path == path for asked in self.asked)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        address = writer.get_extra_info("sockname")[0]
        self.open[address] += 1
        self.most_open = max(self.most_open, self.open.total())
        self.most_open_at[address] = max(self.most_open_at[address], self.open[address])
        try:
            with suppress(*_HUNG_UP, asyncio.CancelledError):  # nothing follows but the end
                await self._converse(address, reader, writer)
        finally:
            self.open[address] -= 1
            writer.close()

    async def _converse(self, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await read_request(address, reader):
            self.asked.append(asked)
            answer = self.routes.get(asked.path, self.routes.get(asked.path.partition("?")[0]))
            route = settled(answer, asked)
            if route.latency:
                await pause(reader, route.latency)
            await send(route, asked, reader, writer)
            if route.raw is not None or route.cut is not None or asked.headers.get("connection") == "close":
                return


async def read_request(address: str, reader: asyncio.StreamReader) -> Asked | None:
    """Return the next request; None when the client has no more."""
    if reader.at_eof():
        return None
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    fields = (line.partition(":") for line in lines[1:] if line)
    return Asked(address, method, path, {name.lower(): value.strip() for name, _, value in fields})


async def pause(reader: asyncio.StreamReader, seconds: float) -> None:
    """Wait so long; raise ConnectionResetError when the client hangs up: connections are counted as they are."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await reader.read(1)  # clients of these tests send nothing before they have their answer
            raise ConnectionResetError


async def send(route: Route, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send an answer in the way that its route says."""
    assert isinstance(route.body, bytes)
    if route.reset:
        hang_up_with_reset(writer)
    elif route.raw is not None:
        writer.write(route.raw)
    elif route.drip_head:
        await drip(head(route), route.drip_head, reader, writer)
    else:
        writer.write(head(route))
        if asked.method != "HEAD":
            await send_body(route, reader, writer)
    await writer.drain()


async def send_body(route: Route, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send the body, or its beginning."""
    assert isinstance(route.body, bytes)
    body = route.body if route.cut is None else route.body[: route.cut]
    if route.drip:
        await drip(body, route.drip, reader, writer)
    elif route.chunked:
        for start in range(0, len(body), 1000):
            piece = body[start : start + 1000]
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        writer.write(b"" if route.cut is not None else b"0\r\n\r\n")
    else:
        writer.write(body)


async def drip(data: bytes, seconds: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send byte after byte."""
    for byte in data:
        writer.write(bytes([byte]))
        await writer.drain()
        await pause(reader, seconds)


def hang_up_with_reset(writer: asyncio.StreamWriter) -> None:
    """Reset the connection, as a machine that restarts does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
    raise ConnectionResetError


@contextmanager
def serving(
    routes: MutableMapping[str, Answer] | None = None,
    addresses: Sequence[str] = ("127.0.0.1",),
    *,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Server]:
    """Serve the routes at one free port of all addresses until the block ends."""
    server = Server({} if routes is None else routes, addresses, "https" if tls else "http")
    loop = asyncio.new_event_loop()
    listeners = loop.run_until_complete(_listen(server, tls))
    thread = threading.Thread(target=loop.run_forever, daemon=True)  # what fails here must not keep pytest from ending
    thread.start()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(end_conversations(loop, listeners), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(server: Server, tls: ssl.SSLContext | None) -> list[asyncio.Server]:
    """Listen on every address at the port that the first one got."""
    listeners = []
    for address in server.addresses:
        listener = await asyncio.start_server(server.connected, address, server.port, ssl=tls, limit=2**20)
        server.port = int(listener.sockets[0].getsockname()[1])
        listeners.append(listener)
    return listeners


async def end_conversations(loop: asyncio.AbstractEventLoop, listeners: Sequence[asyncio.Server]) -> None:
    """Take no more connections, cancel the conversations that are still going on, and let each clean up."""
    for listener in listeners:
        for each in listener.sockets:
            loop.remove_reader(each)
    await _rounds(5)  # what was just accepted becomes a conversation: a closed listener would leave it open
    for listener in listeners:
        listener.close()
    tasks = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await _rounds(5)


async def _rounds(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)
