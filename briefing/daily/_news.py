"""What is new for a profile: a question of article numbers, and never of clocks.

An issue takes the articles that arrived after the profile's last issue of an earlier day. So an article that was
published long ago and found today is news, one that was printed is not, and a week without a run is caught up by the
next. Only a reader's first issue asks when its articles appeared: since anybody was last told something.
"""

import sqlite3
from datetime import datetime, timedelta
from typing import NamedTuple

from briefing.archive import articles, issues, sources
from briefing.archive.issues import Issue
from briefing.errors import UsageError
from briefing.models import Document

# What a first issue takes: a day, and where the first tries came to nothing, all since then; but no more than a week.
FIRST = timedelta(hours=24)
LONGEST_FIRST = timedelta(days=7)


class News(NamedTuple):
    """What the issue of a day is made of, and how much of it has come since the profile's last issue.

    It takes the numbers above `since` and up to `until`; `window_since` is the instant from which on it tells, RFC
    3339. `last` is the newest issue there is, of the same day where this one takes its place.
    """

    since: int
    until: int
    window_since: str | None
    documents: tuple[Document, ...]
    fresh: int
    last: Issue | None


def check_day(connection: sqlite3.Connection, profile: str, now: datetime) -> None:
    """Raise UsageError where the profile has an issue of a later day: what is new is counted from the newest on."""
    known = [issues.newest(connection, profile), *issues.unfinished(connection, profile)]
    last = max((issue.date for issue in known if issue), default="")
    if last > now.date().isoformat():
        raise UsageError(
            f"{now.date()} is before the newest issue{f' of {profile}' if profile else ''} ({last}), from which on "
            "articles are new; `briefing run --force` takes that one back, `briefing build PATH --date DAY` makes an "
            "issue of any day"
        )


def find_news(connection: sqlite3.Connection, profile: str, now: datetime) -> News:
    """Return what is new for a profile on the day of `now`; issues of later days are as if they had never been."""
    today = now.date().isoformat()
    last = issues.newest(connection, profile, up_to=today)
    until = articles.newest_number(connection)
    if last is None:
        begin = _first_since(connection, now)
        appeared = tuple(articles.appeared(connection, begin, until))
        return News(0, until, begin.isoformat(), appeared, len(appeared), None)
    fresh = tuple(articles.arrived(connection, last.until, until))
    if last.date < today:
        return News(last.until, until, last.window_until, fresh, len(fresh), last)
    # The day's issue is made anew of what it had and what has come since. What was too old for a first issue stays so.
    taken = tuple(articles.get_documents(connection, issues.taken(connection, last)))
    return News(last.since, until, last.window_since, taken + fresh, len(fresh), last)


def _first_since(connection: sqlite3.Connection, now: datetime) -> datetime:
    """Return from when on a reader's first issue tells: since the newest issue of any reader, or a day before the first
    fetch, so that no try without an issue loses what came after it; at least 24 hours and at most a week.

    Issues of the same day do not count: another reader may have got one in this very run.
    """
    told = issues.told_until(connection, now.date().isoformat())
    asked = sources.first_asked(connection)
    begin = told or (asked - FIRST if asked else now)
    return max(min(begin, now - FIRST), now - LONGEST_FIRST).astimezone(now.tzinfo)
