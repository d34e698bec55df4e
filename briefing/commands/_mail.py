"""An issue by mail: composed, queued, sent, and each message's ending told. Shared by `send` and `build --send`."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from briefing import pipeline
from briefing.commands import _print
from briefing.errors import DeliveryError, InputError, RenderError, TemplateError, UsageError
from briefing.models import Briefing

if TYPE_CHECKING:
    import sqlite3

    from briefing.archive.outbox import Entry, Letter
    from briefing.deliver._addresses import Address
    from briefing.deliver.message import Body, Mailing
    from briefing.deliver.ways import Deliver
    from briefing.renderers._templates import Options
    from briefing.settings import Mail

Clock = Callable[[], datetime]

EMAIL_TEMPLATE = "email"

TEST_TEXT = "This is a test message of briefing: mail from here arrives."


class Manner(NamedTuple):
    """How endings are told; `aside` keeps stdout free for the results of another command."""

    quiet: bool = False
    as_json: bool = False
    aside: bool = False


class Job(NamedTuple):
    """What is sent, how and to whom, checked as far as it can be before anything is built or written."""

    mail: "Mail"
    sender: "Address"
    reply_to: "Address | None"
    to: tuple["Address", ...]
    attach: tuple[str, ...]


def prepare(mail: "Mail", to: Sequence[str] = (), attach: Sequence[str] | None = None) -> Job:
    """Return the job of a configuration and a command's options; raise UsageError for whatever is missing or wrong."""
    from briefing import renderers
    from briefing.deliver._addresses import parse_address
    from briefing.deliver.message import parse_unsubscribe

    recipients = [parse_address(each, "--to") for each in to] or [parse_address(each, "mail.to") for each in mail.to]
    formats = tuple(dict.fromkeys(mail.attach if attach is None else attach))
    for each in formats:
        renderers.load(each)
    parse_unsubscribe(mail.unsubscribe)
    if not mail.sender:
        raise UsageError("nobody to send from: set from in [mail], such as from = 'Daily Briefing <me@example.org>'")
    if not recipients:
        raise UsageError("nobody to send to: give --to ADDRESS, or set to in [mail]")
    return Job(
        mail=mail,
        sender=parse_address(mail.sender, "mail.from"),
        reply_to=parse_address(mail.reply_to, "mail.reply_to") if mail.reply_to else None,
        to=tuple({each.mailbox: each for each in recipients}.values()),
        attach=formats,
    )


def post_issue(
    briefing: Briefing, job: Job, template: str, options: "Options", clock: Clock, manner: Manner, name: str
) -> bool:
    """Mail an issue that has just been built, whose files have this name; return whether every message has arrived."""
    return post(compose(briefing, job, template, options, name=name), job.mail, clock, manner)


def compose(
    briefing: Briefing,
    job: Job,
    template: str,
    options: "Options",
    *,
    name: str = "briefing",
    rendered: Mapping[str, bytes] | None = None,
) -> list["Letter"]:
    """Return the letters of an issue, one a recipient.

    `name` is that of its files, a profile's own where it has one; `rendered` are the formats that are made already.
    """
    from briefing.deliver.message import attachment, compose_body
    from briefing.renderers._mail import mail_readings
    from briefing.renderers._templates import find_template

    made = {each: (rendered or {}).get(each) or _render(briefing, each, template, options) for each in job.attach}
    attached = [attachment(f"{name}-{briefing.date}", each, data) for each, data in made.items()]
    readings = mail_readings(briefing, find_template(EMAIL_TEMPLATE), next(iter(job.attach), None))
    body = compose_body(readings.text, readings.html, attached)
    return list(_letters(_mailing(briefing, job, readings.date, name), body, job.to))


def _letters(mailing: "Mailing", body: "Body", to: Sequence["Address"]) -> Iterator["Letter"]:
    """Yield a letter to each recipient."""
    from briefing.archive.outbox import Letter
    from briefing.deliver.message import compose_head, message_id

    for each in to:
        yield Letter(
            issue=mailing.issue,
            recipient=each.mailbox,
            sender=mailing.sender.mailbox,
            message_id=message_id(mailing, each),
            head=compose_head(mailing, body, each),
            body=body.data,
        )


def _render(briefing: Briefing, format: str, template: str, options: "Options") -> bytes:
    """Return an attachment; raise DeliveryError when it cannot be made: mail without its PDF was not asked for."""
    try:
        return pipeline.render(briefing, format, template, options)
    except TemplateError:
        raise
    except RenderError as error:
        raise DeliveryError(f"{format}: {error}; nothing was sent, `--attach md` sends without it") from error


def _mailing(briefing: Briefing, job: Job, day: str, name: str) -> "Mailing":
    """Return what the messages of an issue share.

    Day and title name it, and the profile where it is one's: the same issue goes to nobody twice.
    """
    from briefing.deliver._addresses import header_text
    from briefing.deliver.message import Mailing, fill_subject, parse_unsubscribe

    title = header_text(briefing.title, "title")
    stories = sum(len(section.stories) for section in briefing.sections)
    values = {
        "title": title,
        "date": day,
        "day": briefing.date,
        "stories": str(stories),
        "minutes": str(briefing.minutes),
    }
    return Mailing(
        issue=f"{briefing.date} {title}" + ("" if name == "briefing" else f" ({name})"),
        title=title,
        subject=fill_subject(job.mail.subject, values),
        sender=job.sender,
        reply_to=job.reply_to,
        date=_instant(briefing),
        unsubscribe=parse_unsubscribe(job.mail.unsubscribe),
    )


def _instant(briefing: Briefing) -> datetime:
    """Return the instant of an issue, which its messages are dated by."""
    try:
        instant = datetime.fromisoformat(briefing.ledger.window.until or briefing.date)
    except ValueError as error:
        raise InputError(f"{briefing.date!r} is no date of an issue: {error}") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@contextmanager
def opened(mail: "Mail", manner: Manner) -> Iterator["Deliver"]:
    """Give the configured way out; say aloud where it is not encrypted."""
    from briefing.deliver import connect, ways

    caution = ways.caution(mail)
    with connect(mail, os.environ) as way:
        if caution and not manner.quiet:
            click.echo(f"briefing: {caution}", err=True)
        yield way


def post(letters: Sequence["Letter"], mail: "Mail", clock: Clock, manner: Manner) -> bool:
    """Queue the letters and send them; return whether every one has arrived, now or before."""
    from briefing.archive import outbox
    from briefing.archive._database import open_archive

    with open_archive() as connection:
        entries = outbox.queue(connection, letters, clock())
        with outbox.sending_alone(connection, clock):
            return send(connection, entries, mail, clock, manner)


def send_due(connection: "sqlite3.Connection", mail: "Mail", clock: Clock, manner: Manner) -> bool:
    """Send what is due in the outbox, of now and of before; return whether all of it has arrived.

    What a dead process left in the middle is told as unknown. A server that takes nothing at all is told, too.
    """
    from briefing.archive import outbox

    try:
        with outbox.sending_alone(connection, clock) as left:
            for entry in left:
                tell(entry, manner)
            due = outbox.due(outbox.pending(connection, clock()), clock())
            return (send(connection, due, mail, clock, manner) if due else True) and not left
    except (DeliveryError, UsageError) as error:
        click.echo(f"briefing: {error}", err=True)
        return False


def send(
    connection: "sqlite3.Connection", entries: Sequence["Entry"], mail: "Mail", clock: Clock, manner: Manner
) -> bool:
    """Send what is open of these rows and tell how each ended; return whether all were sent."""
    from briefing.archive import outbox

    told, arrived = 0, True
    try:
        with opened(mail, manner) as way:
            for before, entry in zip(entries, outbox.send(connection, entries, way, clock), strict=True):
                told += 1
                arrived = arrived and entry.state == "sent"
                tell(entry, manner, before=before.state == "sent")
    except (DeliveryError, UsageError) as error:
        waiting = _print.counted(len(entries) - told, "message waits", "messages wait")
        raise type(error)(f"{error}; {waiting} in the outbox for `briefing send --pending`") from error
    return arrived


def tell(entry: "Entry", manner: Manner, *, before: bool = False) -> None:
    """Print how a message ended: what was sent on stdout, everything else on stderr with what to do."""
    if manner.as_json:
        _print.record(entry._asdict())
    elif entry.state == "sent":
        if not manner.quiet:
            said = f"before, on {_minute(entry.changed_at)}" if before else entry.reply
            click.echo(f"sent {entry.recipient} ({_print.shortened(said, 200)})", err=manner.aside)
    else:
        click.echo(f"{entry.recipient}: {_print.shortened(_ending(entry), 500)}", err=True)


def _ending(entry: "Entry") -> str:
    """Return what became of a message that is not known to have arrived, and what to do."""
    again = f"`briefing send --retry {entry.id}`"
    match entry.state:
        case "failed":
            return f"not sent, refused for good: {entry.reply}; {again} tries once more"
        case "retry":
            return f"not sent yet: {entry.reply}; `briefing send --pending` tries again from {_minute(entry.due_at)} on"
        case "unknown":
            return f"unknown whether it arrived: {entry.reply}; look there, {again} sends the same message again"
        case _:
            return "not sent yet; `briefing send --pending` sends it"


def _minute(instant: str | None) -> str:
    """Return an instant of the outbox as users read it."""
    return (instant or "")[:16].replace("T", " ") + " UTC"


def test_letter(job: Job, now: datetime) -> "Letter":
    """Return a short message to the first recipient of a job."""
    from briefing.deliver.message import Mailing, compose_body

    html = f'<!DOCTYPE html><html lang="en"><body><p>{TEST_TEXT}</p></body></html>'
    body = compose_body(TEST_TEXT, html, ())
    issue, subject = f"test {now.isoformat()}", "Test message of briefing"
    mailing = Mailing(issue, "briefing", subject, job.sender, job.reply_to, now, None)
    return next(_letters(mailing, body, job.to))
