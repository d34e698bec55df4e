"""`briefing schedule`: the lines that make a briefing come by itself."""

import os
import sys
from types import ModuleType

import click

from briefing.commands import _inputs, _options
from briefing.commands._schedule import Job, make_job


@click.command()
@click.option("--at", default="06:30", show_default=True, metavar="HH:MM", help="When, in this machine's time.")
@click.option("--profile", metavar="NAME", help="For this reader alone; without it a run serves all.")
@click.option("--cron", "way", flag_value="cron", help="A line for cron, also where systemd is there.")
@click.option("--systemd", "way", flag_value="systemd", help="A service and a timer of systemd.")
@click.option("--install", is_flag=True, help="Install it instead of printing it.")
@_options.config
def command(at: str, profile: str | None, way: str | None, install: bool, config_file: str | None) -> None:
    """Print or install what runs the briefing every day.

    A timer of systemd where it is there, which catches up what the machine slept through; launchd on macOS; else a line
    for cron.

    \b
    Example: briefing schedule --at 06:30 --install
    """
    config = _inputs.load_config(config_file, profile, quiet=True)
    job = make_job(at, config, config_file, profile)
    scheduler = _scheduler(way)
    if not install:
        click.echo(scheduler.text(job), nl=False)
        click.echo("briefing: `briefing schedule --install` installs this", err=True)
    else:
        for line in scheduler.install(job):
            click.echo(line)
    _name_missing_password(job, has_own=bool(config.mail.password_file or config.mail.password_command))


def _scheduler(way: str | None) -> ModuleType:
    """Return the module of the scheduler asked for, or of this machine's."""
    from briefing.commands import _schedule_cron, _schedule_launchd, _schedule_systemd

    if way:
        return _schedule_cron if way == "cron" else _schedule_systemd
    if sys.platform == "darwin":
        return _schedule_launchd
    return _schedule_systemd if _schedule_systemd.is_there() else _schedule_cron


def _name_missing_password(job: Job, *, has_own: bool) -> None:
    """Say where a password would be missing: it is written into no schedule."""
    from briefing.deliver._password import VARIABLE

    if os.environ.get(VARIABLE) and not has_own:
        click.echo(
            f"briefing: {job.name} will not know {VARIABLE}; set password_file or password_command in [mail]", err=True
        )
