"""Lists of feeds brought in and given out."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click
from msgspec.structs import replace

from briefing import subscriptions
from briefing.commands import _feeds_check, _feeds_file, _inputs, _print
from briefing.commands._feeds_file import Feed, code, shown
from briefing.commands._progress import Progress
from briefing.errors import InputError
from briefing.intake._feed_links import lasting, same
from briefing.models import Blob, Problem
from briefing.subscriptions import Subscription

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.intake.opml import FeedList
    from briefing.settings import Config

STDIO = "-"


class Importing(NamedTuple):
    """Where feeds are brought in, the tags they get besides their own, and whether they are asked before."""

    path: "Path"
    tags: tuple[str, ...]
    config: "Config"
    check: bool
    quiet: bool


def bring_in(source: str, importing: Importing) -> int:
    """Add what a list names and is not there yet, say how much that is, and return the exit code."""
    outcome = _inputs.Outcome(quiet=importing.quiet)
    listed = _read(source, importing.config)
    for problem in listed.problems:
        outcome.name(problem)
    feeds = _feeds_file.load(importing.path)
    found = _each_once(listed.subscriptions)
    new = _unknown(feeds, found)
    known = len(found) - len(new)
    if importing.check:
        new = _unknown(feeds, _each_once(_answering(new, importing, outcome)))
    tagged = [replace(each, tags=tuple(dict.fromkeys((*importing.tags, *each.tags)))) for each in new]
    added = subscriptions.add(importing.path, tagged)
    if not importing.quiet or outcome.problems:
        there = f"; {known} there already" if known else ""
        click.echo(f"{_print.counted(len(added), 'feed')} added to {importing.path}{there}")
    return code(done=len(added), known=known, failed=outcome.problems)


def give_out(path: "Path", title: str, output: str, *, plain: bool, quiet: bool) -> int:
    """Write the feeds as OPML or as lines, name what OPML has no room for, and return the exit code."""
    found = subscriptions.load(path) if plain else _named(path)
    outcome = _inputs.Outcome(quiet=quiet)
    if not plain:
        for each in found:
            if not subscriptions.is_web_address(each.address):
                outcome.name(Problem(shown(each.address), "is no feed, and left out; --plain keeps it"))
    done = len(found) - outcome.problems
    if done:
        _put(_plain(found) if plain else _opml(found, title), output)
    elif not found and not quiet:
        click.echo("briefing: no feeds yet: `briefing feeds add URL` adds one", err=True)
    return code(done=done, known=0, failed=outcome.problems)


def _named(path: "Path") -> list[Subscription]:
    """Return the subscriptions under the names that the feeds give themselves, where the user has given none."""
    return [replace(feed.subscription, title=feed.name) for feed in _feeds_file.load(path)]


def _plain(found: Iterable[Subscription]) -> bytes:
    return "".join(f"{subscriptions.as_line(each)}\n" for each in found).encode()


def _opml(found: Iterable[Subscription], title: str) -> bytes:
    from briefing.intake.opml import write_list

    return write_list(found, title)


def _put(data: bytes, output: str) -> None:
    """Write the bytes to a file at once, or to stdout."""
    if output == STDIO:
        sys.stdout.buffer.write(data)
        return
    from pathlib import Path

    from briefing.deliver.files import write_issue

    write_issue({Path(output): data})


def _read(source: str, config: "Config") -> "FeedList":
    """Return what a file, standard input or an address lists; raise InputError that names it."""
    from briefing.intake._feed_lists import read_list

    try:
        return read_list(_blob(source, config))
    except OSError as error:
        raise InputError(f"{source}: {error.strerror or error}") from error
    except InputError as error:
        raise InputError(f"{source}: {error}") from error


def _blob(source: str, config: "Config") -> Blob:
    """Return the bytes of a list."""
    limits = _inputs.limits(config)
    if subscriptions.is_web_address(source):
        from briefing.intake._fetch import Request, fetch

        blob = fetch(Request(source), limits).blob
        assert blob  # nothing was known before
        return blob
    with click.open_file(source, "rb") as file:
        data = file.read(limits.input_bytes + 1)
    if len(data) > limits.input_bytes:
        raise InputError(f"larger than {limits.input_bytes:,} bytes (the configuration can raise it)")
    return Blob(data=data, name="standard input" if source == STDIO else source)


def _each_once(found: Iterable[Subscription]) -> list[Subscription]:
    """Return the first of those whose addresses are the same but for their spelling."""
    kept: dict[str, Subscription] = {}
    for each in found:
        kept.setdefault(same(each.address), each)
    return list(kept.values())


def _unknown(feeds: Sequence[Feed], found: Iterable[Subscription]) -> list[Subscription]:
    """Return those that are not there yet."""
    there = {same(place) for feed in feeds for place in feed.places}
    return [each for each in found if same(each.address) not in there]


def _answering(new: Sequence[Subscription], importing: Importing, outcome: _inputs.Outcome) -> Iterator[Subscription]:
    """Yield the feeds that answer, under the addresses to which they have moved; name the others."""
    now = _inputs.instant(None, importing.config.edition.timezone)
    with Progress(quiet=importing.quiet) as progress:
        results = _feeds_check.ask(new, importing.config, now, progress)
    for each in new:
        result = results[each.address]
        if result.error:
            outcome.name(Problem(each.title or shown(each.address), str(result.error)))
        else:
            yield replace(each, address=lasting(each.address, result.moved_to))
