"""The other side of speed_feeds: a server of its own process, so that only the client's CPU time is the client's."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.web.routes import Answer, Route
from tests.web.server import loopback, serving

# A feed of twenty entries is some 30 KB; its letters do not matter here.
FEED = b"<rss version='2.0'>" + b"<item><title>A title of some words</title></item>" * 600 + b"</rss>"


def main() -> None:
    """Serve a feed at so many addresses, each answer after so many seconds, until standard input ends."""
    count, latency = int(sys.argv[1]), float(sys.argv[2])
    packed = gzip.compress(FEED)  # once: packing it for each answer would take the machine from the client
    route = Route(packed, headers={"Content-Encoding": "gzip"}, etag='"1"', latency=latency)
    routes: dict[str, Answer] = {"/feed": route}
    with serving(routes, loopback(count)) as server:
        print(server.port, flush=True)
        sys.stdin.read()


@contextmanager
def serving_elsewhere(count: int, latency: float) -> Iterator[list[str]]:
    """Run the server in a process of its own; return the feeds' addresses."""
    command = [sys.executable, "-m", "benchmarks._feeds_server", str(count), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        port = int(server.stdout.readline())
        yield [f"http://{address}:{port}/feed" for address in loopback(count)]
        server.stdin.close()


if __name__ == "__main__":
    main()
