"""Who published an article: outlets told apart by name and host, so that two feeds of a publisher are one voice."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from briefing.models import Document

# Hosts that are another door to the same house.
_DOORS = ("www.", "m.", "mobile.", "amp.", "edition.", "rss.", "feeds.")


def count_outlets(documents: Iterable[Document]) -> int:
    """Return how many outlets published the documents; those of unknown origin count as one."""
    return len(outlets(documents))


def outlets(documents: Iterable[Document]) -> list[list[Document]]:
    """Return the documents by outlet: two are of one outlet when they share its name or its host."""
    groups: list[tuple[set[str], list[Document]]] = []
    for document in documents:
        traces, members = _traces(document), [document]
        apart = []
        for known, published in groups:
            if known & traces:
                traces, members = known | traces, published + members
            else:
                apart.append((known, published))
        groups = [*apart, (traces, members)]
    return [members for _, members in groups]


def _traces(document: Document) -> set[str]:
    """Return what an outlet can be known by: its name, its host, or that both are unknown."""
    traces = {f"name {document.source.strip().casefold()}"} if document.source and document.source.strip() else set()
    if host := host_name(document.url):
        traces.add(f"host {host}")
    return traces or {"unknown"}


def host_name(url: str | None) -> str:
    """Return the host of a URL without its doors (www, m, amp ...); empty when there is none."""
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # "http://[" is no address; a feed may say anything
        return ""
    for door in _DOORS:
        host = host.removeprefix(door)
    return host
