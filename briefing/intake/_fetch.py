"""One address and what stands there. The network is read from here and `_fetch_many.py`, and from nowhere else."""

from briefing.intake._exchange import FetchError, Reply, Request
from briefing.intake._places import Limits

__all__ = ["FetchError", "Reply", "Request", "fetch"]


def fetch(request: Request, limits: Limits) -> Reply:
    """Return what stands at an address; raise FetchError that says why it cannot be had.

    The deadline (`limits.seconds`) holds for everything together: names, certificates, redirects and the last byte.
    """
    from briefing.intake._fetch_many import fetch_many  # the network is a choice

    for _, outcome in fetch_many([request], limits):
        if isinstance(outcome, FetchError):
            raise outcome
        return outcome
    raise AssertionError("each request has an outcome")
