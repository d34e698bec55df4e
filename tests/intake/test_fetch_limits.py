"""Time and memory of one address: nobody waits longer than the deadline, no bomb takes more than it may."""

import gzip
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake._fetch import Request, fetch
from briefing.intake._http import Unpacker
from tests.web.client import LATIN, LIMITS, PAGE, QUICK, refusal
from tests.web.routes import Route, bomb

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("answer", [Route(PAGE, drip=0.05), Route(PAGE, drip_head=0.05), Route(PAGE, latency=60)])
def test_a_slow_server_ends_at_the_deadline_and_its_connection_with_it(server, answer):
    server.routes |= {"/slow": answer, "/page": LATIN}

    assert "not complete after 0.3 seconds" in str(refusal(server.url("/slow"), QUICK))
    fetch(Request(server.url("/page")), LIMITS)
    assert server.most_open <= 2
    assert server.open.total() <= 1


def test_a_server_that_is_silent_during_the_greeting_ends_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert "not complete after 0.3 seconds" in str(refusal(url, QUICK))


def test_a_name_service_that_does_not_answer_ends_at_the_deadline(monkeypatch):
    answered = threading.Event()

    def silent(*_: object, **__: object) -> list[object]:
        answered.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", silent)  # no real one can be made to hang without being root

    assert "not complete after 0.3 seconds" in str(refusal("http://news.example.org/", QUICK))
    answered.set()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50), st.binary(max_size=30))
def test_what_was_packed_in_any_members_comes_out_of_any_pieces(members, size, rest):
    packed = b"".join(map(gzip.compress, members)) + b"\0" + rest
    unpacker = Unpacker()

    out = b"".join(unpacker.unpack(packed[at : at + size], 10_000) for at in range(0, len(packed), size))

    assert out == b"".join(members)
    assert unpacker.is_whole


@given(st.integers(1, 5000), st.integers(1, 500))
def test_no_more_is_unpacked_than_there_is_room_for(room, size):
    packed = gzip.compress(bytes(100_000))
    unpacker = Unpacker()
    out = b""

    for at in range(0, len(packed), size):
        out += unpacker.unpack(packed[at : at + size], room - len(out))
        if len(out) >= room:
            break

    assert out == bytes(room)


# Linux counts the memory of the process that started this one into ru_maxrss, but not into VmHWM.
PEAK_MEMORY = """
def peak_memory():
    import re, resource, sys
    if sys.platform == "linux":
        return int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""


def test_a_bomb_of_a_gigabyte_takes_less_than_sixty_megabytes(server):
    server.routes["/bomb"] = bomb()
    code = f"""
from briefing.intake._fetch import FetchError, Request, fetch
from briefing.intake._places import Limits
try:
    fetch(Request({server.url("/bomb")!r}), Limits())
except FetchError as error:
    print(error)
print(peak_memory())
"""
    child = subprocess.run([sys.executable, "-c", PEAK_MEMORY + code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    reason, peak = child.stdout.splitlines()

    assert reason.startswith("larger than 10,000,000 bytes")
    assert int(peak) < 60_000_000


def test_an_interrupt_ends_the_program_at_once(server):
    server.routes["/silent"] = Route(latency=60)
    code = f"""
from briefing.intake._fetch import Request, fetch
from briefing.intake._places import Limits
fetch(Request({server.url("/silent")!r}), Limits(seconds=60.0))
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE) as child:
        while not server.asked:
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=30)

    assert child.returncode == -signal.SIGINT
