"""The other side of speed_daily: 200 feeds on 200 addresses in a process of its own, with something new when asked."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from html import escape
from itertools import islice
from typing import NamedTuple

from benchmarks._made_up import documents
from briefing.models import Document
from tests.web.routes import Asked, Route
from tests.web.server import loopback, serving

ENTRIES, NEW = 20, 50  # entries of a feed, and how many feeds have one more each day
CHARACTERS = 2_000


class Feeds(NamedTuple):
    """The addresses of the feeds, and the server to which days are told."""

    urls: Sequence[str]
    server: "subprocess.Popen[str]"

    def pass_day(self) -> None:
        """Let a day pass: some of the feeds have something new."""
        assert self.server.stdin
        assert self.server.stdout
        print("day", file=self.server.stdin, flush=True)
        self.server.stdout.readline()


def rss(articles: Sequence[Document], until: datetime) -> str:
    """Return articles as a feed, an hour between two, the newest first."""
    items = (
        f"<item><title>{escape(each.title or '')}</title><link>{each.url}</link>"
        f"<pubDate>{(until - timedelta(hours=place)).strftime('%a, %d %b %Y %H:%M:%S +0000')}</pubDate>"
        f"<description>{escape(''.join(f'<p>{escape(line)}</p>' for line in each.text.splitlines() if line))}"
        "</description></item>"
        for place, each in enumerate(articles)
    )
    return f'<rss version="2.0"><channel><title>Outlet</title>{"".join(items)}</channel></rss>'


def main() -> None:
    """Serve as many feeds as asked for, until standard input ends; each line there is a day."""
    count, start = int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
    pool = list(islice(documents(count * ENTRIES + NEW * 20, CHARACTERS), count * ENTRIES + NEW * 20))
    days = 0

    @cache
    def feed(number: int, news: int) -> Route:
        own = pool[number * ENTRIES : (number + 1) * ENTRIES]
        fresh = [pool[count * ENTRIES + day * NEW + number] for day in reversed(range(news))]
        body = rss([*fresh, *own][:ENTRIES], start + timedelta(days=news))
        return Route(body, headers={"Content-Type": "text/xml"}, etag=f'"{number}-{news}"')

    numbers = {address: number for number, address in enumerate(loopback(count))}

    def answer(asked: Asked) -> Route:
        number = numbers[asked.address]
        return feed(number, days if number < NEW else 0)

    with serving({"/feed": answer}, loopback(count)) as server:
        print(server.port, flush=True)
        for _ in sys.stdin:
            days += 1
            print(days, flush=True)


@contextmanager
def serving_feeds(data: str, count: int, start: datetime) -> Iterator[Feeds]:
    """Run the server in a process of its own."""
    command = [sys.executable, "-m", "benchmarks._daily_server", data, str(count), start.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        port = int(server.stdout.readline())
        yield Feeds([f"http://{address}:{port}/feed" for address in loopback(count)], server)
        server.stdin.close()


if __name__ == "__main__":
    main()
