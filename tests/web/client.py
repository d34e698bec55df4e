"""What the tests of fetching ask with, and a page that tells whether it was read in its own charset."""

import pytest

from briefing.intake._fetch import FetchError, Reply, Request, fetch
from briefing.intake._places import Limits
from briefing.models import Blob
from tests.web.routes import Route

TEXT = "The café on the market square opens again on Monday, its owner said. " * 5
PAGE = f"<html><head><title>A café</title></head><body><article><p>{TEXT}</p></article></body></html>"
LATIN = Route(PAGE.encode("latin-1"), headers={"Content-Type": "text/html; charset=ISO-8859-1"})
LIMITS = Limits(input_bytes=1_000_000, seconds=20.0)
QUICK = Limits(input_bytes=1_000_000, seconds=0.3)


def data(reply: Reply) -> bytes:
    """Return the bytes of a reply that has some."""
    assert isinstance(reply.blob, Blob)
    return reply.blob.data


def refusal(url: str, limits: Limits = LIMITS, *, subscribed: bool = True) -> FetchError:
    """Return the error that an address ends in."""
    with pytest.raises(FetchError) as caught:
        fetch(Request(url, subscribed=subscribed), limits)
    return caught.value
