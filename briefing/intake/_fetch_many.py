"""Many addresses at once: a thread a connection, a queue a host, results as they come in.

The thread that wants the results directs everything: it hands out errands, takes reports, and gives up what is over its
time, so that nothing here needs a lock or a second thread an address. Workers are daemons: one that hangs in the
system's name service is left behind and holds nothing up, not even the end of the program.
"""

import queue
import resource
import sys
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from time import monotonic

from briefing.intake._errand import Errand, new_run
from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._places import Limits

# What has come in and waits for its reader; with more than this nothing new is sent out.
_HELD_BYTES = 32_000_000
# Requests read ahead while their hosts are busy, and results that nobody has taken yet.
_WAITING = 10_000
# Files that a run needs besides its connections; macOS allows 256 in all.
_OTHER_FILES = 56
# Seconds after which deadlines are looked at in any case: that of a large body is put off while it waits for its turn.
_WATCH = 1.0

_Outcome = Reply | FetchError
_Report = tuple[Errand, str, _Outcome | None]  # and the host that was asked


def fetch_many(
    requests: Iterable[Request], limits: Limits, *, connections: int = 200, per_host: int = 4
) -> Iterator[tuple[Request, Reply | FetchError]]:
    """Return each request with what came of it, in the order in which they come in.

    No more than `connections` are open at once, no more than `per_host` to one host, redirects included. Nothing is
    raised for a request. Whoever stops early ends all that is under way.
    """
    traffic = _Traffic(iter(requests), limits, connections, per_host)
    try:
        while result := traffic.next_result():
            yield result
    finally:
        traffic.end()


class _Traffic:
    """The errands of one run: waiting for their host, ready to go, under way, done."""

    def __init__(self, requests: Iterator[Request], limits: Limits, connections: int, per_host: int) -> None:
        self._requests = requests
        self._is_all_read = False
        self._run = new_run(limits)
        self._connections = min(connections, _most_connections())
        self._per_host = per_host
        # A ticket is the right to be ready or under way at a host; a host that has none left lets the others pass.
        self._tickets: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[Errand]] = defaultdict(deque)
        self._waiting_count = 0
        self._ready: deque[Errand] = deque()
        self._under_way: dict[Errand, bool] = {}  # and whether the result is still wanted
        self._done: deque[tuple[Errand | None, Request, _Outcome]] = deque()
        self._held_bytes = 0
        self._workers = self._idle = 0
        self._jobs: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._reports: queue.SimpleQueue[_Report] = queue.SimpleQueue()

    def next_result(self) -> tuple[Request, _Outcome] | None:
        """Return the next result as soon as there is one; None when all have been returned."""
        while True:
            while not self._reports.empty():
                self._take(self._reports.get())
            self._send_out()
            if self._done:
                return self._handed_over()
            if self._is_all_read and not (self._ready or self._waiting_count or any(self._under_way.values())):
                return None
            self._wait()

    def end(self) -> None:
        """Give up what is under way and send the workers home."""
        for errand in self._under_way:
            errand.give_up()
        self._run.large.release(1 + len(self._under_way))  # whoever waits for a place must see that it is over
        for _ in range(self._workers):
            self._jobs.put(None)

    def _send_out(self) -> None:
        """Send errands out while there are connections left for them, and room for what they bring."""
        while len(self._under_way) < self._connections and self._held_bytes < _HELD_BYTES and self._has_ready():
            if not self._idle and not self._hired():
                return
            self._idle -= 1
            errand = self._ready.popleft()
            errand.start()
            self._under_way[errand] = True
            self._jobs.put(errand)

    def _has_ready(self) -> bool:
        """Tell whether an errand may go; requests are read until one may, or too many wait."""
        while not (self._ready or self._is_all_read or self._waiting_count + len(self._done) >= _WAITING):
            request = next(self._requests, None)
            if request is None:
                self._is_all_read = True
                break
            try:
                self._file(Errand(request, self._run))
            except FetchError as error:
                self._done.append((None, request, error))
        return bool(self._ready)

    def _hired(self) -> bool:
        """Start a worker; where the system has no more threads, the present ones must do."""
        try:
            threading.Thread(name="fetch", target=_work, args=(self._jobs, self._reports), daemon=True).start()
        except RuntimeError:
            if not self._workers:
                raise
            self._connections = max(1, len(self._under_way))
            return False
        self._workers += 1
        self._idle += 1
        return True

    def _file(self, errand: Errand) -> None:
        """Let an errand go if its host has a ticket left, or wait for one."""
        host = errand.target.host
        if self._tickets[host] < self._per_host:
            self._tickets[host] += 1
            self._ready.append(errand)
        else:
            self._waiting[host].append(errand)
            self._waiting_count += 1

    def _give_back(self, host: str) -> None:
        """Hand a ticket to the next that waits for the host."""
        if waiting := self._waiting.get(host):
            self._waiting_count -= 1
            self._ready.append(waiting.popleft())
        else:
            self._waiting.pop(host, None)
            self._tickets[host] -= 1

    def _take(self, report: _Report) -> None:
        """Take a worker's report: a result, a redirect, or what nobody wants any more."""
        errand, host, outcome = report
        self._idle += 1
        is_wanted = self._under_way.pop(errand, None)
        if is_wanted is None:  # a lost one is back, its place long given to others
            errand.done()
            return
        self._give_back(host)
        if is_wanted and outcome is None:
            self._file(errand)
        elif is_wanted and outcome:
            self._finish(errand, outcome)
        else:
            errand.done()

    def _finish(self, errand: Errand, outcome: _Outcome) -> None:
        self._done.append((errand, errand.request, outcome))
        self._held_bytes += _size(outcome)

    def _handed_over(self) -> tuple[Request, _Outcome]:
        errand, request, outcome = self._done.popleft()
        self._held_bytes -= _size(outcome)
        if errand:
            errand.done()
        return request, outcome

    def _wait(self) -> None:
        """Wait for a report, or for the first errand whose time is over."""
        now = monotonic()
        first = min(
            (errand.deadline for errand, is_wanted in self._under_way.items() if is_wanted), default=now + _WATCH
        )
        try:
            self._take(self._reports.get(timeout=min(max(0.0, first - now), _WATCH)))
        except queue.Empty:
            self._give_up_late()

    def _give_up_late(self) -> None:
        now = monotonic()
        late = [errand for errand, is_wanted in self._under_way.items() if is_wanted and errand.deadline <= now]
        for errand in late:
            reason = f"not complete after {self._run.limits.seconds:g} seconds; try again later"
            self._done.append((None, errand.request, FetchError(reason)))
            self._under_way[errand] = False
            if not errand.give_up():
                del self._under_way[errand]
                self._give_back(errand.target.host)


def _work(jobs: "queue.SimpleQueue[Errand | None]", reports: "queue.SimpleQueue[_Report]") -> None:
    """Do errands until there are no more."""
    while errand := jobs.get():
        host = errand.target.host
        reports.put((errand, host, errand.step()))


def _size(outcome: _Outcome) -> int:
    return len(outcome.blob.data) if isinstance(outcome, Reply) and outcome.blob else 0


def _most_connections() -> int:
    """Return how many files this process may open, but for those that it needs besides."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(1, files - _OTHER_FILES) if files != resource.RLIM_INFINITY else sys.maxsize
