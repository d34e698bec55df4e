"""One issue of one reader: made of what is new, prepared, written, committed, and handed to hooks.

What is on disk after each step, and why a crash between two of them costs nothing, stands in `archive/issues.py`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from briefing.archive import articles, furniture, issues
from briefing.archive.issues import Issue, Made
from briefing.archive.outbox import Entry, Letter
from briefing.daily._feeds import Fetched
from briefing.daily._news import News, check_day, find_news
from briefing.deliver.files import tidy
from briefing.errors import BriefingError, DeliveryError
from briefing.models import Briefing, Document, InputCounts, Ledger, Problem, Window

Tell = Callable[[Problem], object]
Rendered = Mapping[str, bytes]


class Memory(NamedTuple):
    """What is known before an issue is made: those before it, the articles they printed, what each source repeats."""

    issues: Sequence[Briefing]
    printed: Sequence[Document]
    repeated: Mapping[str, Set[str]]


# Makes an issue of what came in, and of what is remembered.
Build = Callable[[Iterable[Document | Problem], Memory], Briefing]

NOTHING = Fetched()


class Reader(Struct, frozen=True, kw_only=True):
    """Whom an issue is for and how it comes to be: a profile, or the only reader where there are none.

    `now` is the instant of the issue in the reader's time zone, `clock` that of mail. `build` makes an issue of what
    came in and of what is remembered; `render` its bytes by format, and tells what could
    not be made; `write` puts them in their places, and `files` says where those are. `to` are the addresses that get
    it by mail; where there are none, `letters` is None.
    """

    profile: str
    now: datetime
    clock: Callable[[], datetime]
    build: Build
    render: Callable[[Briefing, Tell], Rendered]
    write: Callable[[Briefing, Rendered], Mapping[str, Path]]
    files: Callable[[Briefing], Mapping[str, Path]]
    hooks: Callable[[Mapping[str, Path]], Iterable[Problem]]
    to: tuple[str, ...] = ()
    letters: Callable[[Briefing, Rendered], Sequence[Letter]] | None = None


class Published(Struct, frozen=True, kw_only=True):
    """What came of a reader's day.

    Without a `briefing` there was nothing new, or it `failed`. `missing` are formats and hooks that did not work,
    `undelivered` says why no mail could be made. `entries` are its messages as they were queued, `last` is the issue
    before it (of the same day where that was replaced).
    """

    profile: str
    briefing: Briefing | None = None
    files: Mapping[str, Path] = {}
    missing: tuple[Problem, ...] = ()
    undelivered: str | None = None
    failed: str | None = None
    entries: tuple[Entry, ...] = ()
    last: Issue | None = None

    @property
    def is_first(self) -> bool:
        """Tell whether the reader never had an issue before."""
        return self.last is None

    @property
    def is_again(self) -> bool:
        """Tell whether it takes the place of an issue of the same day."""
        return bool(self.last and self.briefing and self.last.date == self.briefing.date)


def finish(connection: sqlite3.Connection, reader: Reader) -> list[Published]:
    """Finish what an earlier run of this reader left in the middle, oldest first."""
    finished = []
    for issue in issues.unfinished(connection, reader.profile):
        last = issues.newest(connection, reader.profile) if issue.state == "prepared" else issue
        briefing = issues.briefing_of(connection, issue)
        for folder in {path.parent for path in reader.files(briefing).values()}:
            tidy(folder)
        try:
            done = _complete(connection, reader, issue, briefing)
            finished.append(replace(done, last=last))
        except BriefingError as error:
            return [*finished, Published(profile=reader.profile, failed=str(error))]
    return finished


def publish(connection: sqlite3.Connection, reader: Reader, fetched: Fetched, *, force: bool = False) -> Published:
    """Make, write and commit the issue of the day; nothing where nothing is new, unless `force` wants it anew.

    A mistake that is this reader's alone, such as one in a template, is told in what is returned.
    """
    try:
        news = find_news(connection, reader.profile, reader.now)
        briefing = _make(connection, reader.profile, reader.now, reader.build, news, fetched, force=force)
        if briefing is None:
            return Published(profile=reader.profile, last=news.last)
        missing: list[Problem] = []
        rendered = reader.render(briefing, missing.append)
        letters, undelivered = _letters(reader, briefing, rendered)
        ids = [document.id for document in news.documents]
        made = Made(reader.profile, briefing, news.since, news.until, ids, letters)
        issue = issues.prepare(connection, made)
        done = _complete(connection, reader, issue, briefing, rendered)
        return replace(done, missing=(*missing, *done.missing), undelivered=undelivered, last=news.last)
    except BriefingError as error:
        return Published(profile=reader.profile, failed=str(error))


def preview(
    connection: sqlite3.Connection,
    profile: str,
    now: datetime,
    build: Build,
    fetched: Fetched = NOTHING,
    *,
    force: bool = False,
) -> Published:
    """Return the issue that is due, unwritten; raise UsageError where there is one of a later day, unless forced."""
    if not force:
        check_day(connection, profile, now)
    news = find_news(connection, profile, now)
    briefing = _make(connection, profile, now, build, news, fetched, force=force)
    return Published(profile=profile, briefing=briefing, last=news.last)


def _make(
    connection: sqlite3.Connection,
    profile: str,
    now: datetime,
    build: Build,
    news: News,
    fetched: Fetched,
    *,
    force: bool,
) -> Briefing | None:
    """Return the issue of what is new; None where nothing is, or where nothing of it is to be told."""
    if not (news.fresh or (force and news.documents)):
        return None
    memory = _remembered(connection, profile, now.date().isoformat(), news.documents)
    # In which order the feeds answered must not show.
    documents = sorted(news.documents, key=lambda document: (document.published or "", document.id))
    briefing = build([*documents, *fetched.problems], memory)
    ids = {document.id for document in news.documents}
    ledger = _accounted(briefing.ledger, news, fetched, len(fetched.known - ids))
    return replace(briefing, ledger=ledger) if briefing.sections or briefing.also else None


def _remembered(connection: sqlite3.Connection, profile: str, day: str, documents: Iterable[Document]) -> Memory:
    """Return what the archive knows that an issue of the day must not say again."""
    return Memory(
        issues=issues.previous(connection, profile, day),
        printed=tuple(articles.get_documents(connection, issues.printed(connection, profile, day))),
        repeated=furniture.repeated_for(connection, (document.source for document in documents)),
    )


def _accounted(ledger: Ledger, news: News, fetched: Fetched, known: int) -> Ledger:
    """Return the account with what only the day knows: since when, how the feeds did, what had been seen before."""
    outlets = len({document.source for document in news.documents})
    return replace(
        ledger,
        window=Window(news.window_since, ledger.window.until),
        inputs=fetched.inputs or InputCounts(outlets, 0, 0),
        articles=replace(ledger.articles, seen=ledger.articles.seen + known, known=ledger.articles.known + known),
    )


def _letters(reader: Reader, briefing: Briefing, rendered: Rendered) -> tuple[Sequence[Letter], str | None]:
    """Return the letters of an issue, or why there are none; an issue without its mail is better than none."""
    try:
        return (reader.letters(briefing, rendered) if reader.letters else ()), None
    except DeliveryError as error:
        return (), str(error)


def _complete(
    connection: sqlite3.Connection,
    reader: Reader,
    issue: Issue,
    briefing: Briefing,
    rendered: Rendered | None = None,
) -> Published:
    """Do what is left to do of an issue: write and commit it where it is prepared, then run the hooks."""
    missing: list[Problem] = []
    entries: Sequence[Entry] = ()
    if issue.state == "prepared":
        files = reader.write(briefing, rendered or reader.render(briefing, missing.append))
        entries = issues.commit(connection, issue, reader.clock())
    else:
        files = {format: path for format, path in reader.files(briefing).items() if path.exists()}
    missing += reader.hooks(files)
    issues.finish(connection, issue)
    return Published(
        profile=reader.profile, briefing=briefing, files=files, missing=tuple(missing), entries=tuple(entries)
    )
