"""What came of a day in one line a reader, and as an exit code."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from math import ceil

from briefing.archive import issues, outbox
from briefing.commands._print import counted
from briefing.daily import Day, Fetched, Published
from briefing.models import Briefing, InputCounts, Window

# The file that a reader is told of, the first of these that there is.
FIRST = ("pdf", "html", "epub", "md", "txt", "json")


def line(connection: sqlite3.Connection, published: Published, fetched: Fetched, day: str) -> str:
    """Return what came of one reader's day, in the words of people; "" for what failed."""
    name = f"{published.profile} " if published.profile else ""
    if published.failed:
        return ""
    if published.briefing is None:
        last = published.last
        since = f"since {_minute(last.window_until)}" if last else "so far"
        return f"{name}{day}: nothing new {since}, {_feeds(fetched.inputs)}"
    parts = [issue(published.briefing, is_first=published.is_first, again=published.is_again), *_place(published)]
    # An issue made anew is mailed to nobody twice.
    due = [entry for entry in published.entries if entry.state != "sent"]
    sent = [outbox.get(connection, entry.id).state for entry in due].count("sent")
    return f"{name}{'; '.join([*parts, *([f'sent to {sent}'] if due else [])])}"


def issue(briefing: Briefing, *, is_first: bool = False, again: bool = False) -> str:
    """Return what is in an issue."""
    counts, stories = briefing.ledger.articles, sum(len(section.stories) for section in briefing.sections)
    new = counted(counts.seen - counts.known, "new article")
    first = f" of the last {_span(briefing.ledger.window)} (the first issue)" if is_first else ""
    return (
        f"{briefing.date}{', made anew' if again else ''}: {counted(stories, 'story', 'stories')} from {new}{first}, "
        f"{_feeds(briefing.ledger.inputs)}, {counted(briefing.minutes, 'minute')}"
    )


def feeds(fetched: Fetched) -> str:
    """Return what came of reading the feeds alone."""
    return f"{counted(fetched.new, 'new article')} from {_feeds(fetched.inputs)}"


def code(day: Day, report_after: int) -> int:
    """Return the exit code: the first that applies of 1, 5, 3, 4 and 0."""
    written = any(each.briefing for each in day.published)
    failed = any(each.failed for each in day.published)
    if not written and (failed or is_all_lost(day.fetched)):
        return 1
    if not day.arrived or any(each.undelivered for each in day.published):
        return 5
    missing = failed or any(each.missing for each in day.published) or is_reported(day.fetched, report_after)
    return 3 if missing else 0 if written else 4


def code_of_feeds(fetched: Fetched, report_after: int) -> int:
    """Return the exit code of reading the feeds alone."""
    if is_all_lost(fetched):
        return 1
    return 3 if is_reported(fetched, report_after) else 0 if fetched.new else 4


def is_all_lost(fetched: Fetched) -> bool:
    """Tell whether every feed has failed, now or when it was last asked."""
    inputs = fetched.inputs
    return inputs is not None and inputs.failed > 0 and not inputs.read + inputs.unchanged


def is_reported(fetched: Fetched, after: int) -> bool:
    """Tell whether a feed has failed often enough in a row to be more than a bad day; to rest makes it no better."""
    return any(failure.runs >= after for failure in (*fetched.failures, *fetched.resting))


def troubles(day: Day) -> Iterable[str]:
    """Yield everything that is missing as `INPUT: reason`."""
    yield from (f"{each.input}: {each.reason}" for each in day.fetched.problems)
    for each in day.published:
        yield from (f"{problem.input}: {problem.reason}" for problem in each.missing)
        name = each.profile or "briefing"
        yield from (f"{name}: {reason}" for reason in (each.failed, each.undelivered) if reason)


def ended(connection: sqlite3.Connection, profiles: Collection[str]) -> list[str]:
    """Return what is to be said before the first issue of profiles that take the place of an issue for everybody."""
    own = [issue for each in profiles if (issue := issues.newest(connection, each))]
    common = issues.newest(connection, "") if profiles else None
    if not common or any(issue.number > common.number for issue in own):
        return []
    return [
        f"briefing: the issue for everybody ends with that of {common.date}: where there are profiles, a run makes "
        "theirs alone; an empty [profiles.NAME] in briefing.toml keeps it, under that name"
    ]


def _feeds(inputs: InputCounts | None) -> str:
    """Return how many feeds were asked, and how many of them failed."""
    asked = inputs or InputCounts(0, 0, 0)
    failing = f" ({asked.failed} failing)" if asked.failed else ""
    return f"{counted(asked.read + asked.unchanged + asked.failed, 'feed')}{failing}"


def _place(published: Published) -> list[str]:
    """Return the file to open, if there is one."""
    return [str(published.files[format]) for format in FIRST if format in published.files][:1]


def _span(window: Window) -> str:
    """Return how long a window is: in hours up to a day, in days that have begun beyond it."""
    if not window.since or not window.until:
        return "24 hours"
    days = (datetime.fromisoformat(window.until) - datetime.fromisoformat(window.since)) / timedelta(days=1)
    return "24 hours" if days <= 1 else f"{ceil(days)} days"


def _minute(instant: str) -> str:
    """Return an instant as people write it, in its own time zone."""
    return f"{datetime.fromisoformat(instant):%Y-%m-%d %H:%M}"
