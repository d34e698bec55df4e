"""`briefing send`: an issue by mail, to each reader once."""

from functools import partial
from pathlib import Path

import click

from briefing.archive.outbox import Letter
from briefing.commands import _inputs, _issue, _mail, _options, _print
from briefing.commands._mail import Clock, Job, Manner
from briefing.errors import DeliveryError, UsageError
from briefing.models import Problem
from briefing.settings import Config, Mail


@click.command(context_settings={"ignore_unknown_options": True})  # -1 is an issue
@click.argument("issue", metavar="[DATE|FILE]", required=False)
@click.option("--to", multiple=True, metavar="ADDRESS", help="Who gets it; repeatable. Else `to` of [mail].")
@click.option("--attach", metavar="FORMAT,…", help="What is attached: pdf, md, html, json; or none.")
@click.option("--dry-run", is_flag=True, help="Write each message as an .eml file and send nothing.")
@click.option("--pending", is_flag=True, help="Send what waits in the outbox and is due; name what is unknown.")
@click.option("--retry", type=int, multiple=True, metavar="ID", help="Send this message again: same bytes, same ID.")
@click.option("--test", "probe", metavar="ADDRESS", help="Send a short test message.")
@_options.template
@_options.page
@click.option("--profile", metavar="NAME", help="Use the settings of this reader.")
@_options.config
@_options.as_json
@_options.quiet
@click.pass_context
def command(
    context: click.Context,
    issue: str | None,
    to: tuple[str, ...],
    attach: str | None,
    dry_run: bool,
    pending: bool,
    retry: tuple[int, ...],
    probe: str | None,
    template: str | None,
    page: str | None,
    profile: str | None,
    config_file: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Mail an issue to each reader once.

    Each recipient gets a message with the text, a page and the PDF. What was sent is not sent again; what nobody knows
    to have arrived is named and sent again by --retry alone. Exits with 5 when a message did not go out.

    \b
    Example: briefing send yesterday --to ann@example.org
    """
    _check_one_job(issue, pending, retry, probe)
    config = _inputs.load_config(config_file, profile, quiet=quiet)
    clock = partial(_inputs.instant, None, config.edition.timezone)
    manner = Manner(quiet, as_json)
    if pending:
        arrived = _send_pending(config.mail, clock, manner)
    elif retry:
        arrived = _send_again(retry, config.mail, clock, manner)
    elif probe:
        arrived = _send_test(_mail.prepare(config.mail, [probe], ()), clock, manner)
    else:
        job = _mail.prepare(config.mail, to, _formats(attach))
        letters = _letters(issue or "latest", job, config, template, page, clock, profile)
        arrived = _write(letters, config) if dry_run else _mail.post(letters, config.mail, clock, manner)
    if not arrived:
        context.exit(DeliveryError.exit_code)


def _check_one_job(issue: str | None, pending: bool, retry: tuple[int, ...], probe: str | None) -> None:
    """Raise UsageError where two different things are asked for at once."""
    asked = {"an issue": issue, "--pending": pending, "--retry": retry, "--test": probe}
    named = [name for name, value in asked.items() if value]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} are different jobs; call `briefing send` for each")


def _formats(attach: str | None) -> list[str] | None:
    """Return the formats to attach, None when the configuration says it."""
    if attach is None:
        return None
    return [] if attach == "none" else [each.strip() for each in attach.split(",") if each.strip()]


def _letters(
    issue: str, job: Job, config: Config, template: str | None, page: str | None, clock: Clock, profile: str | None
) -> list[Letter]:
    """Return the letters of an issue that is on disk."""
    from briefing.renderers._templates import Options

    name = profile or _issue.NAME
    briefing = _issue.stored(issue, Path(config.output.directory), clock().date(), profile)
    options = Options(page=page or config.edition.page)
    return _mail.compose(briefing, job, template or config.edition.template, options, name=name)


def _write(letters: list[Letter], config: Config) -> bool:
    """Write the messages beside the issues and print their files."""
    from briefing.deliver.ways import eml

    for letter in letters:
        message = letter.head + b"\r\n\r\n" + letter.body
        click.echo(str(eml.write(Path(config.output.directory), f"{letter.issue} {letter.recipient}", message)))
    return True


def _send_pending(mail: Mail, clock: Clock, manner: Manner) -> bool:
    """Send what is due and name what waits or is unknown; exit with 4 when nothing is due."""
    from briefing.archive import outbox
    from briefing.archive._database import open_archive

    with open_archive() as connection, outbox.sending_alone(connection, clock) as left:
        entries = outbox.pending(connection, clock())
        due = outbox.due(entries, clock())
        for entry in entries:
            # What has been told before may be left out; what the last run left in the middle has not been.
            if entry in left or (entry not in due and not manner.quiet):
                _mail.tell(entry, manner)
        if due:
            return _mail.send(connection, due, mail, clock, manner) and not left
        if not entries and not manner.quiet:
            click.echo("briefing: nothing waits in the outbox", err=True)
        if not left:
            _inputs.leave(4)
        return False


def _send_again(ids: tuple[int, ...], mail: Mail, clock: Clock, manner: Manner) -> bool:
    """Send messages that their user names."""
    from briefing.archive import outbox
    from briefing.archive._database import open_archive

    with open_archive() as connection, outbox.sending_alone(connection, clock):
        for id in ids:
            outbox.get(connection, id)
        entries = [outbox.release(connection, id, clock()) for id in ids]
        return _mail.send(connection, entries, mail, clock, manner)


def _send_test(job: Job, clock: Clock, manner: Manner) -> bool:
    """Send a message that is in no outbox, and print what the server says."""
    letter = _mail.test_letter(job, clock())
    with _mail.opened(job.mail, manner) as way:
        receipt = way(letter.sender, letter.recipient, letter.head + b"\r\n\r\n" + letter.body, lambda: True)
    assert receipt is not None  # the claim said yes
    if manner.as_json:
        _print.record({"recipient": letter.recipient, **receipt._asdict()})
    elif receipt.state == "sent":
        click.echo(f"sent {letter.recipient} ({receipt.reply})")
    else:
        _inputs.Outcome().name(Problem(letter.recipient, f"{receipt.state}: {receipt.reply}"))
    return receipt.state == "sent"
