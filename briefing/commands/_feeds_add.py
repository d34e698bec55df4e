"""A feed found, looked at and written into the file, one address after the other."""

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from briefing import subscriptions
from briefing.commands import _feeds_file, _inputs, _print
from briefing.commands._feeds_file import Feed, chosen_by_address, code, shown
from briefing.commands._progress import Progress
from briefing.errors import InputError
from briefing.intake._look import Look, look_at_items, look_at_result
from briefing.models import Problem
from briefing.subscriptions import Subscription

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.intake._discovery import Candidate
    from briefing.settings import Config

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?")
_TEXTS = {
    "full text": "full text",
    "teasers": "teasers, which are completed from their pages",
    "headlines": "headlines, whose pages are read",
}


class Adding(NamedTuple):
    """Where feeds are added, and what the user says of them."""

    path: "Path"
    tags: tuple[str, ...]
    title: str | None
    config: "Config"


class Found(NamedTuple):
    """What an address led to, and the other feeds that its page has."""

    address: str
    look: Look
    others: Sequence["Candidate"] = ()


def add(addresses: Sequence[str], adding: Adding, *, quiet: bool) -> int:
    """Add the feed of each address, tell of it, and return the exit code."""
    outcome = _inputs.Outcome(quiet=quiet)
    is_first = not adding.path.exists()
    added = []
    with Progress(quiet=quiet) as progress:
        for given in addresses:
            try:
                added.append(_add(given, adding, progress, quiet))
            except InputError as error:
                progress.clear()
                guess = f"no such file or folder, and {whole_address(given)}: " if _is_host(given) else ""
                outcome.name(Problem(shown(given), f"{guess}{error}"))
    if any(added) and is_first and not quiet:
        click.echo(f"feeds are kept in {adding.path}")
    return code(done=sum(added), known=len(added) - sum(added), failed=outcome.problems)


def _add(given: str, adding: Adding, progress: Progress, quiet: bool) -> bool:
    """Add the feed of one address and tell of it; tell whether it was new. Raises InputError where there is none."""
    feeds = _feeds_file.load(adding.path)
    address = whole_address(given)
    known = chosen_by_address(feeds, address)
    if not known or _may_be_page(known[0]):
        progress.show(f"looking for the feed of {shown(address)}")
        try:
            found = _found(Subscription(address), adding.config)
            page, known = known, chosen_by_address(feeds, found.address)
        except InputError:
            if not known:
                raise
        progress.clear()
    if known:
        if not quiet:
            click.echo(f"{shown(given)}: is there already, as number {known[0].number}", err=True)
        return False
    for each in page:
        subscriptions.remove(adding.path, each.subscription.address)
    subscriptions.add(adding.path, [_subscription(found.address, page, adding)])
    if not quiet:
        for line in _told(found, adding):
            click.echo(line)
    return True


def _may_be_page(feed: Feed) -> bool:
    """Tell whether an address may be that of a page, whose feed takes its place: it has never been read as a feed."""
    of_page = feed.subscription.page or feed.subscription.path
    return not of_page and not (feed.health and feed.health.succeeded_at)


def _subscription(address: str, page: Sequence[Feed], adding: Adding) -> Subscription:
    """Return what is added, with what the user says of it, else has said of the page in whose place it comes."""
    before = page[0].subscription if page else Subscription(address)
    return Subscription(address, adding.title or before.title, adding.tags or before.tags)


def whole_address(given: str) -> str:
    """Return an address as it is kept: a path from the root on, and what is a host and no file as one of the web."""
    address = subscriptions.parse_address(given, given)
    if Subscription(address).path is None:
        return address
    return f"https://{address}" if _is_host(address) else os.path.abspath(os.path.expanduser(address))


def located(address: str, config: "Config") -> str:
    """Return the address to keep for a whole one: that of the feed it leads to; raise InputError where it is none."""
    return _found(Subscription(address), config).address


def _is_host(address: str) -> bool:
    return bool(_HOST.fullmatch(address)) and not os.path.exists(address)


def _found(subscription: Subscription, config: "Config") -> Found:
    """Return what stands at an address; raise InputError where that is nothing to read."""
    if subscription.page or subscription.path:
        from briefing.intake._sources import Reading, read_sources

        now = _inputs.instant(None, config.edition.timezone)
        (result,) = read_sources([subscription], {}, Reading(limits=_inputs.limits(config), now=now))
        if result.error:
            raise result.error
        return Found(subscription.address, look_at_result(result))
    from briefing.intake._discovery import discover

    found = discover(subscription.address, _inputs.limits(config))
    return Found(found.address, look_at_items(found.feed), found.others)


def _told(found: Found, adding: Adding) -> Iterator[str]:
    """Yield what was added, and what else the page has."""
    name = _print.printable(adding.title or found.look.title or "")
    section = f" to {adding.tags[0]}" if adding.tags else ""
    yield f"added {name or shown(found.address)}{section}{f': {shown(found.address)}' if name else ''}"
    yield f"  {', '.join(_facts(found.look))}"
    if found.others:
        yield "the page has other feeds, to be added by their addresses:"
        for each in found.others:
            yield _print.printable(f"  {each.address}{f'  ({each.title})' if each.title else ''}")


def _facts(look: Look) -> Iterator[str]:
    """Yield what there is to say of a source."""
    yield _print.counted(look.entries, "entry", "entries") if look.entries else "no entries yet"
    if look.newest:
        yield f"the newest of {look.newest[:10]}"
    if look.texts:
        yield _TEXTS[look.texts]
