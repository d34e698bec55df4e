"""Lists of feeds as other programs keep them, told apart by what is in them.

OPML; lines of addresses, as newsboat's `urls`, ours and everybody's; goosepaper's configuration. A list from elsewhere
names what is on the web: it must not read files of this machine.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from briefing.errors import ConfigError, InputError
from briefing.intake._decode import decode
from briefing.intake._recognition import list_or_feed
from briefing.intake.opml import FeedList, parse_list
from briefing.models import Blob, Problem
from briefing.subscriptions import Subscription, parse

_HEAD = 4096
_Settings = Mapping[str, Any]

# Where goosepaper's providers read: its first form calls a feed's address `rss_path`, its second `url`.
_PROVIDERS: Mapping[str, Callable[[_Settings], str]] = {
    "rss": lambda settings: settings.get("rss_path") or settings["url"],
    "reddit": lambda settings: f"https://www.reddit.com/r/{settings['subreddit']}.rss",
    "mastodon": lambda settings: f"{settings['server'].rstrip('/')}/@{settings['username'].lstrip('@')}.rss",
    "bluesky": lambda settings: f"https://bsky.app/profile/{settings['username'].lstrip('@')}/rss",
}


def read_list(blob: Blob) -> FeedList:
    """Return what a list names, each address once; raise InputError that says what it is instead."""
    text = decode(blob.data, blob.charset).lstrip("\ufeff")
    start = text.lstrip()[:_HEAD]
    if start.startswith(("{", "[")):
        return _collected(_of_goosepaper(text, blob.name))
    if list_or_feed(start.encode()) == "feed":
        raise InputError("a feed, not a list of feeds; `briefing feeds add ADDRESS` adds it by its address")
    if start.startswith("<"):
        return parse_list(blob)
    found = _collected(_of_lines(text, blob.name))
    if not found.subscriptions:
        raise InputError("no list of feeds: neither OPML, nor addresses line by line, nor goosepaper's configuration")
    return found


def _collected(found: Iterator[Subscription | Problem]) -> FeedList:
    subscriptions: dict[str, Subscription] = {}
    problems = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        else:
            subscriptions.setdefault(each.address, each)
    return FeedList(None, tuple(subscriptions.values()), tuple(problems))


def _of_lines(text: str, name: str) -> Iterator[Subscription | Problem]:
    for number, each in enumerate(text.splitlines(), 1):
        yield from _of_line(each, f"{name}:{number}")


def _of_line(written: str, place: str) -> Iterator[Subscription | Problem]:
    """Yield what a line in newsboat's syntax subscribes to; nothing for a comment or a blank line."""
    try:
        for found in parse(written, ""):
            if found.path is None:
                yield found
            else:
                yield Problem(place, f"{found.path!r} is no address of the web (`briefing feeds add` takes paths, too)")
    except ConfigError as error:
        yield Problem(place, str(error).removeprefix(":1: "))


def _of_goosepaper(text: str, name: str) -> Iterator[Subscription | Problem]:
    """Yield what the sources of a configuration of goosepaper read, in either of its forms."""
    try:
        found = msgspec.json.decode(text.encode())
    except (ValueError, RecursionError) as error:
        raise InputError("JSON that is damaged or cut off") from error
    sources = found.get("stories") or found.get("sources") if isinstance(found, dict) else None
    if not isinstance(sources, list):
        raise InputError('JSON, but no configuration of goosepaper: there is no list of "stories" or "sources"')
    for number, each in enumerate(sources, 1):
        yield from _of_provider(each, f"{name}#{number}")


def _of_provider(source: Any, place: str) -> Iterator[Subscription | Problem]:
    """Yield the feed that a provider reads; a Problem for what is none, such as the weather."""
    try:
        kind = source.get("provider") or source["type"]
        settings = source["config"] if "provider" in source else source
        provider = _PROVIDERS.get(kind)
        if provider is None:
            yield Problem(place, f"{kind} is no feed")
        else:
            yield from _of_line(msgspec.json.encode(provider(settings)).decode(), place)
    except (KeyError, AttributeError, TypeError):
        yield Problem(place, "names no address")
