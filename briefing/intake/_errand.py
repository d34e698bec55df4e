"""One request on its way: a step for each redirect, its seconds counted, to be given up from another thread."""

import math
import re
import socket
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from threading import Lock, Semaphore
from time import monotonic
from typing import NamedTuple

from urllib3.response import BaseHTTPResponse

from briefing.intake import _http
from briefing.intake._addresses import Target, check_name, look_up, named_target, redirected_target
from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._kinds import kind_of_type
from briefing.intake._places import Limits
from briefing.models import Blob

# Browsers follow 20; a page that needs more than 5 is a loop or a login.
_REDIRECTS = 5
_MOVED = frozenset([301, 302, 303, 307, 308])
_MOVED_FOR_GOOD = frozenset([301, 308])
# Bodies of more bytes than this are in memory only so many at a time; feeds seldom have as much.
_LARGE = 1_000_000
_LARGE_AT_ONCE = 16
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:+-]+)""", re.ASCII)
_LONGEST_MARK = 1000  # bytes of an ETag or a date worth keeping; they are sent back each day


class Run(NamedTuple):
    """What all errands of a run have in common; `large` counts the places for large bodies that are free."""

    limits: Limits
    proxies: Mapping[str, str]
    large: Semaphore


def new_run(limits: Limits) -> Run:
    """Return what a run begins with; the environment is asked once."""
    return Run(limits, _http.named_proxies(), Semaphore(_LARGE_AT_ONCE))


class Errand:
    """A request, how far it has come, and the connection that it has open.

    `step` is called by one thread at a time; `give_up` by another one. `deadline` is when the step under way must be
    done (seconds of time.monotonic): the seconds of an address are those of its steps, not of its waiting.
    """

    def __init__(self, request: Request, run: Run) -> None:
        self.request = request
        self.target: Target = named_target(request, run.limits.private_hosts)
        self.deadline = math.inf
        self._run = run
        self._first = self.target
        self._seconds = run.limits.seconds
        self._redirects = 0
        self._moved_for_good = True
        self._is_large = False
        self._guard = Lock()
        self._socket: socket.socket | None = None
        self._is_looking_up = False
        self._is_given_up = False

    def start(self) -> None:
        """Let the seconds of the next step run."""
        self.deadline = monotonic() + self._seconds

    def step(self) -> Reply | FetchError | None:
        """Ask the target; return what came of it, or None when it led on to another target. Raise nothing."""
        try:
            return self._step()
        except FetchError as error:
            found = error
        except Exception as error:  # a thread must hand everything to its caller
            found = FetchError(_http.reason(error, self._run.limits.seconds))
        # An error's traceback holds the frames, and with them the bytes that were too many.
        found.__traceback__ = found.__context__ = found.__cause__ = None
        return found

    def give_up(self) -> bool:
        """End the step under way; tell whether its thread will be back soon: one that looks up a name is lost."""
        with self._guard:
            self._is_given_up = True
            if self._socket:
                _shut(self._socket)
            return not self._is_looking_up

    def done(self) -> None:
        """Let another large body in; the bytes of this one are the caller's."""
        if self._is_large:
            self._is_large = False
            self._run.large.release()

    def _step(self) -> Reply | None:
        proxy = _http.proxy_for(self.target.url, self._run.proxies)
        if proxy:
            check_name(self.target, self._run.limits.private_hosts)
        addresses = [""] if proxy else self._look_up()
        connection = _http.connect(self.target, proxy, addresses, self.deadline)
        try:
            self._go_on(connection.sock)
            response = _http.ask(connection, self.target, self._conditions(), self.deadline)
            with response:
                return self._outcome(response)
        finally:
            with self._guard:
                self._socket = None
            connection.close()
            self._seconds = self.deadline - monotonic()

    def _look_up(self) -> Sequence[str]:
        self._go_on(is_looking_up=True)
        addresses = look_up(self.target, self._run.limits.private_hosts)
        self._go_on()
        return addresses

    def _go_on(self, connected: socket.socket | None = None, is_looking_up: bool = False) -> None:
        """Leave what is to be shut where `give_up` finds it; raise TimeoutError where all has been given up."""
        with self._guard:
            if self._is_given_up:
                raise TimeoutError
            self._socket, self._is_looking_up = connected, is_looking_up

    def _conditions(self) -> Mapping[str, str]:
        known = {"If-None-Match": self.request.etag, "If-Modified-Since": self.request.modified}
        return {name: value for name, value in known.items() if value}

    def _outcome(self, response: BaseHTTPResponse) -> Reply | None:
        """Return the reply; None for a redirect, which sets the target; raise FetchError for any other answer."""
        location = response.headers.get("Location")
        if response.status in _MOVED and location:
            self._follow(location, response.status in _MOVED_FOR_GOOD)
            return None
        if response.status == 304 and self._conditions():
            return self._reply(response, None)
        if not 200 <= response.status < 300:
            phrase = f"{response.status} {response.reason or ''}".strip()[:100]
            raise FetchError(f"the server answers {phrase}", response.status, _retry_after(response))
        data = _http.read_body(response, self._run.limits.input_bytes, self._deadline_at)
        content_type = response.headers.get("Content-Type", "").lower()
        charset = _CHARSET.search(content_type)
        url = self.target.url.url
        blob = Blob(data=data, name=url, kind=kind_of_type(content_type), url=url, charset=charset and charset[1])
        return self._reply(response, blob)

    def _follow(self, location: str, is_for_good: bool) -> None:
        self._redirects += 1
        if self._redirects > _REDIRECTS:
            raise FetchError(f"more than {_REDIRECTS} redirects")
        self._moved_for_good = self._moved_for_good and is_for_good
        self.target = redirected_target(self._first, self.target, location, self._run.limits.private_hosts)

    def _reply(self, response: BaseHTTPResponse, blob: Blob | None) -> Reply:
        """Return the reply with what is to be asked with next time; a 304 need not say it again."""
        known = (None, None) if blob else (self.request.etag, self.request.modified)
        has_moved = self._redirects and self._moved_for_good
        return Reply(
            blob,
            _mark(response, "ETag") or known[0],
            _mark(response, "Last-Modified") or known[1],
            self.target.url.url if has_moved else None,
        )

    def _deadline_at(self, size: int) -> float:
        """Return the deadline of a body that has grown to a size.

        A large one waits here until another one is done, and its deadline with it: the wait is not its server's.
        """
        if size > _LARGE and not self._is_large:
            seconds, self.deadline = self.deadline - monotonic(), math.inf
            self._run.large.acquire()
            self._is_large = True
            self.deadline = monotonic() + seconds
        return self.deadline


def _mark(response: BaseHTTPResponse, name: str) -> str | None:
    value = response.headers.get(name, "").strip()
    return value if value and len(value) <= _LONGEST_MARK and value.isprintable() else None


def _retry_after(response: BaseHTTPResponse) -> float | None:
    """Return the seconds of a Retry-After; a date counts from the server's own clock (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return float(value)
    try:
        until, now = (parsedate_to_datetime(date) for date in (value, response.headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError, OverflowError):  # no dates, one without a time zone, or one of a year too far
        return None


def _shut(connected: socket.socket) -> None:
    """Wake whoever reads from a socket. SSLSocket's own shutdown takes the encryption from under its reader."""
    try:
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
    except OSError:  # it has just been closed
        return
