"""Feeds: the time and the CPU seconds of fetching 200 of them from 200 hosts that each take 200 ms to answer.

"latencies" is the time from the first request to the last result over those 200 ms; "CPU" is the client's alone, with
all its threads and without parsing; the server runs in a process of its own. "pools" is what urllib3 and a pool of
threads give by themselves, without limits, deadlines or checked redirects. The quickest of several runs counts.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

COUNT, LATENCY = 200, 0.2
REPEATS = 5  # the quickest counts: on a shared machine everything else is somebody else's time


class Cost(NamedTuple):
    """What a round of all feeds cost."""

    seconds: float
    cpu: float


def cost(job: Callable[[], int], expected: int) -> Cost:
    """Return the quickest round and its least CPU time; each must have brought what was expected."""
    costs = []
    for _ in range(REPEATS):
        start, cpu = time.perf_counter(), time.process_time()
        brought = job()
        costs.append(Cost(time.perf_counter() - start, time.process_time() - cpu))
        assert brought == expected, f"{brought} of {expected} feeds"
    return Cost(min(each.seconds for each in costs), min(each.cpu for each in costs))


def show(name: str, found: Cost) -> None:
    """Print a row."""
    print(f"{name:<46}{found.seconds / LATENCY:10.2f}{found.cpu:10.3f}{found.cpu / COUNT * 1e6:10.0f}", flush=True)


def ours(urls: Sequence[str], etag: str | None = None, per_host: int = 4) -> int:
    """Fetch all feeds as a morning's run does; return how many came, or were said to be known."""
    from briefing.intake._fetch import Reply, Request
    from briefing.intake._fetch_many import fetch_many
    from briefing.intake._places import Limits

    results = fetch_many([Request(url, etag) for url in urls], Limits(), per_host=per_host)
    return sum(isinstance(outcome, Reply) and (outcome.blob is None) == bool(etag) for _, outcome in results)


def pools(urls: Sequence[str]) -> int:
    """Fetch all feeds with urllib3 alone; return how many came."""
    import urllib3

    def read(url: str) -> bool:
        return urllib3.PoolManager().request("GET", url).status == 200

    with ThreadPoolExecutor(len(urls)) as executor:
        return sum(executor.map(read, urls))


def main() -> None:
    """Print the table."""
    from benchmarks._feeds_server import serving_elsewhere

    cpu = time.process_time()
    import briefing.intake._fetch_many  # noqa: F401

    loading = time.process_time() - cpu
    with serving_elsewhere(COUNT, LATENCY) as urls:
        print(f"{'':<46}{'latencies':>10}{'CPU s':>10}{'µs a feed':>10}")
        show(f"{COUNT} feeds of {COUNT} hosts", cost(lambda: ours(urls), COUNT))
        show(f"{COUNT} feeds, none of them new (304)", cost(lambda: ours(urls, '"1"'), COUNT))
        crowded = [urls[0] + f"?{number}" for number in range(40)] + urls[40:]
        show("40 of one host, four at a time, and 160 others", cost(lambda: ours(crowded), COUNT))
        show(f"{COUNT} feeds, pools", cost(lambda: pools(urls), COUNT))
    print(f"\nloading the network's part, once: {loading:.3f} CPU s")


if __name__ == "__main__":
    main()
