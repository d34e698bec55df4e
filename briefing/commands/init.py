"""`briefing init`: a configuration and a list of feeds, from five questions or from options."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing.commands import _init, _print
from briefing.commands._init import Answers
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.settings import Config

T = TypeVar("T")

MINUTES = 5


@click.command()
@click.option("--title", metavar="TEXT", help="What the briefing is called.")
@click.option("--timezone", metavar="NAME", help="In which a day begins, such as Europe/Berlin.")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed, or a page that has one; repeatable.")
@click.option("--topic", "topics", multiple=True, metavar="LABEL: WORD, …", help="A section; repeatable.")
@click.option("--to", metavar="ADDRESS", help="Who gets it by mail.")
@click.option("--smtp", metavar="URL", help="The way out: smtps://HOST, sendmail:, maildir:PATH …")
@click.option("--minutes", type=click.IntRange(min=1), default=MINUTES, show_default=True, help="Reading time.")
@click.option("-o", "--output", metavar="DIR", help="Where issues go.")
@click.option("--here", is_flag=True, help="Write ./briefing.toml instead of the one in the configuration folder.")
@click.option("-c", "--config", "config_file", metavar="FILE", help="Write this configuration file.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def command(here: bool, config_file: str | None, yes: bool, force: bool, **options: Any) -> None:
    """Set up: a configuration and a list of feeds.

    Asks five questions; what an option answers is not asked, and without a terminal nothing is. Mail can wait.

    \b
    Example: briefing init --feed https://example.org/feed.xml --yes
    """
    place = _place(here, config_file)
    if place.exists() and not force:
        raise UsageError(f"{place} is there already; --force replaces it, `briefing feeds add URL` adds a feed")
    answers = _answers(options, _directory(place, here, config_file), asking=sys.stdin.isatty() and not yes)
    _write(answers, place)
    _tell(answers, place, named=bool(config_file))


def _answers(options: Mapping[str, Any], directory: str, *, asking: bool) -> Answers:
    """Return what the options say, else what the user says, else the defaults."""
    topics = "Sections by topic? (such as Climate: climate, drought; Sport: football)"
    answers = Answers(
        title=_answer(asking, "What is it called? (nothing for Daily Briefing)", options["title"], "", _title),
        timezone=_answer(asking, "Time zone?", options["timezone"], _init.here(), _init.parse_timezone),
        feeds=_answer(
            asking, "Feeds? (addresses, parted by commas)", " ".join(options["feeds"]), "", _init.parse_feeds
        ),
        topics=_answer(asking, topics, "; ".join(options["topics"]), "", _init.parse_topics),
        to=_answer(asking, "Mail it to? (an address; nothing for no mail)", options["to"], "", _mailbox),
        smtp=None,
        minutes=options["minutes"],
        directory=options["output"] or directory,
    )
    if not answers.to:
        return answers
    question, default = "By which way out? (such as smtps://mail.example.org)", _way_out() if asking else ""
    return answers._replace(smtp=_answer(asking, question, options["smtp"], default, _way))


def _answer(asking: bool, question: str, given: str | None, default: str, parse: Callable[[str], T]) -> T:
    """Return an option's value, else what the user says, else the default; what does not fit is asked for again."""
    if given or not asking:
        return parse(given or default)
    while True:
        said = click.prompt(question, default=default, show_default=bool(default), prompt_suffix=" ", err=True)
        try:
            return parse(said.strip())
        except UsageError as error:
            click.echo(f"briefing: {error}", err=True)


def _title(text: str) -> str | None:
    """Return a title, None for nothing; raise UsageError where a mail could not be called so."""
    from briefing.deliver._addresses import header_text

    return header_text(text, "title") if text else None


def _mailbox(text: str) -> str | None:
    """Return an address that mail can go to, None for nothing."""
    from briefing.deliver._addresses import parse_address

    return parse_address(text, "mail").mailbox if text else None


def _way(text: str) -> str | None:
    """Return a way out, None for nothing; raise UsageError for one that there is not."""
    from briefing.deliver import ways
    from briefing.settings import Mail

    if text:
        ways.check_address(Mail(smtp=text))
    return text or None


def _way_out() -> str:
    """Return the way out that this machine has, if it has a mail host of its own."""
    return "sendmail:" if shutil.which("sendmail", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib") else ""


def _place(here: bool, config_file: str | None) -> Path:
    """Return where the configuration goes."""
    from briefing.config import FILE_NAME
    from briefing.folders import configuration_folder

    if here and config_file:
        raise UsageError("--here and --config name two places; give one")
    return Path(FILE_NAME) if here else Path(config_file or os.path.join(configuration_folder(), FILE_NAME))


def _directory(place: Path, here: bool, config_file: str | None) -> str:
    """Return where issues go: beside a configuration that somebody placed, else into a folder at home.

    Absolute but for --here, so that a run finds it from anywhere.
    """
    if here:
        return "out"
    return str(place.absolute().parent / "out") if config_file else os.path.expanduser("~/briefing")


def _write(answers: Answers, place: Path) -> None:
    """Write both files; feeds that are there already stay."""
    import tomllib

    from briefing import subscriptions
    from briefing.config import parse_config
    from briefing.deliver.files import write_issue
    from briefing.subscriptions import Subscription

    text = _init.configuration(answers)
    config = parse_config(tomllib.loads(text), str(place))
    write_issue({place: text.encode()})
    found = [Subscription(_located(each, config)) for each in answers.feeds]
    subscriptions.add(subscriptions.feeds_path(place), found)


def _located(address: str, config: "Config") -> str:
    """Return the address of the feed that an address leads to; where it leads to none now, say so and return it."""
    from briefing.commands._feeds_add import located
    from briefing.commands._feeds_file import shown
    from briefing.commands._progress import Progress
    from briefing.errors import InputError

    with Progress() as progress:
        progress.show(f"looking for the feed of {shown(address)}")
        try:
            found = located(address, config)
        except InputError as error:
            progress.clear()
            click.echo(f"{shown(address)}: {error}; kept as it is", err=True)
            return address
    if found != address:
        click.echo(f"{shown(address)}: its feed is {shown(found)}")
    return found


def _tell(answers: Answers, place: Path, *, named: bool) -> None:
    """Print what was written and what to do next."""
    from briefing import subscriptions

    file = subscriptions.feeds_path(place)
    option = f" -c {place}" if named else ""
    click.echo(f"wrote {place}")
    if file.exists():
        click.echo(f"wrote {file}: {_print.counted(len(subscriptions.load(file)), 'feed')}")
    if answers.to and not answers.smtp:
        click.echo(f"mail to {answers.to} waits for a way out: fill in [mail] in {place}")
    click.echo("\nNext:")
    steps = [
        (f"briefing feeds add URL{option}", "another feed, or a page that has one"),
        (f"briefing run{option}", f"today's briefing, in {answers.directory}/"),
        (f"briefing read{option}", "the newest, here in the terminal"),
        (f"briefing schedule --install{option}", "every morning by itself"),
    ]
    width = max(len(step) for step, _ in steps)
    for step, purpose in steps:
        click.echo(f"  {step:<{width}}   {purpose}")
