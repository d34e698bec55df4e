"""Fetching many addresses at once, against a real server that listens on many addresses of this machine."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefing.intake import _errand
from briefing.intake._fetch import FetchError, Reply, Request
from briefing.intake._fetch_many import fetch_many
from briefing.intake._places import Limits
from tests.web.routes import Answer, Route, bomb, busy, moved
from tests.web.server import Server, loopback, serving

ROOT = Path(__file__).parents[2]
LIMITS = Limits(input_bytes=3_000_000, seconds=20.0)
BRIEF = Limits(input_bytes=3_000_000, seconds=1.0)
ADDRESSES = loopback(30)


@pytest.fixture
def server() -> Iterator[Server]:
    routes: dict[str, Answer] = {"/feed": "news", "/slow": Route("late", latency=0.15)}
    with serving(routes, ADDRESSES) as running:
        yield running


def fetched(urls: list[str], limits: Limits = LIMITS, **more: int) -> Mapping[str, str]:
    """Return what came of each address, in the order in which it came: its text or the reason."""
    return {
        request.url: outcome.blob.data.decode() if isinstance(outcome, Reply) and outcome.blob else str(outcome)
        for request, outcome in fetch_many([Request(url) for url in urls], limits, **more)
    }


def workers() -> int:
    return sum(thread.name.startswith("fetch") for thread in threading.enumerate())


def until(condition: object) -> None:
    """Wait for what must come true, a minute at most."""
    assert callable(condition)
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_nothing_asked_is_nothing_fetched():
    assert list(fetch_many([], LIMITS)) == []


def test_each_request_has_one_result_and_the_quick_come_first(server):
    urls = [server.url("/slow"), *(server.url("/feed", address) for address in ADDRESSES[1:])]

    found = fetched(urls)

    assert set(found) == set(urls)
    assert list(found)[-1] == server.url("/slow")
    assert list(found.values()) == ["news"] * 29 + ["late"]


def test_the_same_request_twice_has_two_results(server):
    request = Request(server.url("/feed"))

    assert len(list(fetch_many([request, request], LIMITS))) == 2


def test_two_hundred_hosts_are_asked_at_once():
    """None of them answers before all have been asked: the time for all is that of one."""
    routes: dict[str, Answer] = {"/silent": Route(latency=60), "/feed": "news"}
    with serving(routes, loopback(200)) as server:
        urls = [server.url("/silent", address) for address in server.addresses[:199]]
        results = fetch_many([Request(url) for url in [*urls, server.url("/feed", server.addresses[199])]], LIMITS)
        next(results)
        until(lambda: server.count("/silent") == 199)
        results.close()


def test_no_more_connections_are_open_than_allowed(server):
    fetched([server.url("/slow", address) for address in ADDRESSES], connections=7)

    assert server.most_open == 7
    assert len(server.asked) == 30


def test_a_host_with_many_feeds_gets_few_at_a_time_and_holds_nobody_back(server):
    crowd = [server.url(f"/slow?{number}") for number in range(12)]
    others = [server.url("/feed", address) for address in ADDRESSES[1:]]

    found = fetched([*crowd, *others], connections=10, per_host=3)

    assert server.most_open_at[ADDRESSES[0]] == 3
    assert list(found)[:29] == sorted(others, key=list(found).index)
    assert list(found.values()) == ["news"] * 29 + ["late"] * 12


def test_redirects_are_no_way_around_the_limit_of_a_host(server):
    place = server.url("/slow")
    server.routes["/away"] = moved(place)
    urls = [server.url("/away", address) for address in ADDRESSES[1:9]]

    found = fetched(urls, Limits(private_hosts=(ADDRESSES[0],)), per_host=2)

    assert server.most_open_at[ADDRESSES[0]] == 2
    assert set(found.values()) == {"late"}


def test_one_failing_source_never_hurts_another(server):
    bad: dict[str, Answer] = {
        "/reset": Route(reset=True),
        "/bomb": bomb(50_000_000),
        "/busy": busy(60),
        "/cut": Route("x" * 99, cut=9),
        "/loop": moved("/loop"),
        "/drip": Route("x" * 99, drip=0.1),
        "/silent": Route(latency=60),
    }
    server.routes.update(bad)
    urls = [server.url(path) for path in bad] + ["nonsense", "http://[", "http://127.0.0.1:9/", server.url("/feed")]

    found = fetched(urls + [server.url("/feed", address) for address in ADDRESSES[1:]], BRIEF, per_host=20)

    assert {url for url, text in found.items() if text == "news"} == {server.url("/feed", each) for each in ADDRESSES}
    assert found[server.url("/drip")] == found[server.url("/silent")] == "not complete after 1 seconds; try again later"
    assert len(found) == len(urls) + 29


def test_what_is_over_its_time_makes_room_for_what_waits(server):
    server.routes["/silent"] = Route(latency=60)
    silent = [server.url(f"/silent?{number}") for number in range(2)]

    found = fetched([*silent, server.url("/feed")], BRIEF, connections=1)

    assert [text[:12] for text in found.values()] == ["not complete"] * 2 + ["news"]
    assert server.most_open == 1


def test_names_that_are_never_found_make_room_for_what_waits(server, monkeypatch):
    import socket

    answered = threading.Event()
    find = socket.getaddrinfo

    def slow(host: str, *rest: object, **more: object) -> object:
        return find(host, *rest, **more) if host == "127.0.1.0" else answered.wait(60) and []

    monkeypatch.setattr(socket, "getaddrinfo", slow)  # no real name service can be made to hang without being root
    lost = [f"http://lost.example/{number}" for number in range(2)]

    found = fetched([*lost, server.url("/feed")], BRIEF, connections=1)

    assert [text[:12] for text in found.values()] == ["not complete"] * 2 + ["news"]
    answered.set()
    until(lambda: workers() == 0)


def test_waiting_for_its_turn_is_not_a_source_s_own_time(server):
    server.routes["/slow"] = Route("late", latency=0.4)
    urls = [server.url(f"/slow?{number}") for number in range(3)]

    assert set(fetched(urls, BRIEF, per_host=1).values()) == {"late"}


def test_requests_are_read_as_they_are_needed(server):
    taken = []

    def endless() -> Iterator[Request]:
        while True:
            taken.append(1)
            yield Request(server.url("/feed", ADDRESSES[len(taken) % 30]))

    results = fetch_many(endless(), LIMITS, connections=5)
    for _ in range(50):
        assert isinstance(next(results)[1], Reply)
    results.close()

    assert 50 <= len(taken) < 20_000


def test_whoever_stops_early_ends_all_that_is_under_way(server):
    server.routes["/silent"] = Route(latency=60)
    urls = [server.url("/silent", address) for address in ADDRESSES[1:]] + [server.url("/feed")]

    results = fetch_many([Request(url) for url in urls], LIMITS)
    request, _ = next(results)
    results.close()

    assert request.url == server.url("/feed")
    until(lambda: server.open.total() == 0)
    until(lambda: workers() == 0)


def test_the_workers_go_home(server):
    fetched([server.url("/feed", address) for address in ADDRESSES])

    until(lambda: workers() == 0)


def test_large_bodies_are_in_memory_only_so_many_at_a_time(server, monkeypatch):
    """The reader takes its time: what it has not taken keeps its place, and the others wait for theirs."""
    monkeypatch.setattr(_errand, "_LARGE_AT_ONCE", 3)
    complete = []
    read_body = _errand._http.read_body

    def counted(*arguments: object) -> bytes:
        data = read_body(*arguments)  # type: ignore[arg-type]
        complete.append(len(data))
        return data

    monkeypatch.setattr(_errand._http, "read_body", counted)
    server.routes["/large"] = Route(bytes(2_000_000))

    results = fetch_many([Request(server.url("/large", address)) for address in ADDRESSES[:12]], LIMITS)
    for taken in range(12):
        _, reply = next(results)
        assert isinstance(reply, Reply)
        time.sleep(0.02)
        assert len(complete) <= taken + 1 + 3
    assert len(complete) == 12


def test_a_large_body_that_waits_for_its_place_does_not_run_out_of_time(server, monkeypatch):
    monkeypatch.setattr(_errand, "_LARGE_AT_ONCE", 1)
    server.routes["/large"] = Route(bytes(2_000_000))
    sizes = []

    for _, reply in fetch_many([Request(server.url("/large", address)) for address in ADDRESSES[:3]], BRIEF):
        assert isinstance(reply, Reply), reply
        sizes.append(reply.blob and len(reply.blob.data))
        time.sleep(BRIEF.seconds * (len(sizes) == 1) * 1.5)  # the second has its place now, and the third waits

    assert sizes == [2_000_000] * 3


def test_an_error_holds_no_bytes(server):
    server.routes["/bomb"] = bomb(50_000_000)

    ((_, error),) = fetch_many([Request(server.url("/bomb"))], LIMITS)

    assert isinstance(error, FetchError)
    assert (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


def test_an_interrupt_ends_the_program_at_once(server):
    server.routes["/silent"] = Route(latency=60)
    code = f"""
from briefing.intake._fetch import Request
from briefing.intake._fetch_many import fetch_many
from briefing.intake._places import Limits
urls = [f"http://{{address}}:{server.port}/silent" for address in {ADDRESSES!r}]
list(fetch_many([Request(url) for url in urls], Limits(seconds=60.0)))
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, env=os.environ) as child:
        until(lambda: len(server.asked) == 30)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=30)

    assert child.returncode == -signal.SIGINT
    assert errors.splitlines()[-1] == b"KeyboardInterrupt"


def test_few_files_allowed_are_few_connections(server):
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from briefing.intake._fetch import Reply, Request
from briefing.intake._fetch_many import fetch_many
from briefing.intake._places import Limits
urls = [f"http://{{address}}:{server.port}/slow" for address in {ADDRESSES!r}]
print(sum(isinstance(outcome, Reply) for _, outcome in fetch_many([Request(url) for url in urls], Limits())))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "30\n"
    assert server.most_open == 8
