"""What may be on a private network, and to whom a login is sent."""

import socket

import pytest

from briefing.intake import read
from briefing.intake._addresses import is_public
from briefing.intake._fetch import Request, fetch
from briefing.intake._places import Limits
from briefing.models import Document, Problem
from tests.web.client import LATIN, LIMITS, refusal
from tests.web.routes import moved
from tests.web.server import Server, serving


@pytest.fixture(autouse=True)
def _a_page(server: Server) -> None:
    server.routes["/page"] = LATIN


def test_what_the_user_named_may_be_private_what_an_entry_names_may_not(server):
    assert fetch(Request(server.url("/page")), LIMITS).blob is not None

    assert 'private_hosts = ["127.0.0.1"]' in str(refusal(server.url("/page"), subscribed=False))


def test_the_line_that_the_refusal_prints_allows_it(server):
    with serving({"/page": LATIN}, ["127.0.0.2"]) as other:
        server.routes["/away"] = moved(other.url("/page"))
        named = Limits(private_hosts=("nas.lan",))

        assert 'private_hosts = ["nas.lan", "127.0.0.2"]' in str(refusal(server.url("/away"), named))
        allowed = Limits(private_hosts=("nas.lan", "127.0.0.2"))
        assert fetch(Request(server.url("/away")), allowed).blob is not None
        assert fetch(Request(other.url("/page"), subscribed=False), allowed).blob is not None


def test_another_port_of_a_private_host_is_another_place(server):
    with serving({"/page": LATIN}) as other:
        server.routes["/away"] = moved(other.url("/page"))

        assert "private address" in str(refusal(server.url("/away")))
        assert other.asked == []


@pytest.mark.parametrize("answer", ["127.0.0.1", "10.1.2.3", "fe80::1%lo", "64:ff9b::a00:1"])
def test_a_public_name_may_not_lead_inside(server, monkeypatch, answer):
    def lying(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.215.14", answer)]

    monkeypatch.setattr(socket, "getaddrinfo", lying)  # a name service that lies is what this is about

    reason = str(refusal(f"http://news.example.org:{server.port}/page"))

    assert f"news.example.org, {answer}" in reason
    assert 'private_hosts = ["news.example.org"]' in reason
    assert server.asked == []


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:a00:1::", False),
    ],
)
def test_private_addresses_are_told_from_public_ones_in_every_dress(literal, expected):
    assert is_public(literal) is expected


def test_name_and_password_reach_no_message_and_no_document(server):
    secret = server.url("").replace("http://", "http://user:secret@")

    found = list(read([secret + "/page", secret + "/nothing"]))

    assert [type(each) for each in found] == [Document, Problem]
    assert "secret" not in repr(found)


def test_name_and_password_are_sent_to_the_very_place_that_they_were_written_for(server):
    with serving({"/page": LATIN}, ["127.0.0.2"]) as other:
        server.routes |= {"/here": moved("/page"), "/away": moved(other.url("/page"))}
        secret = server.url("").replace("http://", "http://user:p%40ss@")
        fetch(Request(secret + "/here"), LIMITS)
        fetch(Request(secret + "/away"), Limits(private_hosts=("127.0.0.2",)))

    assert {asked.headers.get("authorization") for asked in server.asked} == {"Basic dXNlcjpwQHNz"}
    assert "authorization" not in other.asked[0].headers
