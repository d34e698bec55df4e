"""The tables of `briefing.toml` as values: each field is a key, its default what holds without it.

`briefing.config` reads the file; whoever needs a setting takes it from here.
"""

import re
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

Amount = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: each field is a key, its default what holds without it."""


class Edition(Table, frozen=True):
    """How an issue is called, how long it is, and in which forms it appears.

    Without a `title` it is called "Daily Briefing" in the language of `labels`. `length` is that of a story: sentences
    (3), percent of them (20%) or words (60w). `floor` is the score below which a story is named but not printed: a slow
    day is short, not padded.
    """

    title: str | None = None
    language: str | None = None
    labels: str | None = None
    page: str | None = None
    length: str = "3"
    method: str = "briefing"
    minutes: Amount | None = None
    max_stories: Amount | None = None
    floor: Annotated[float, Meta(ge=0)] = 0.0
    template: str = "daily"
    formats: Annotated[tuple[str, ...], Meta(min_length=1)] = ("md", "html", "pdf", "json")
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse what is no length; msgspec makes a mistake of the table out of it."""
        if not re.fullmatch("0*[1-9][0-9]*[%w]?", self.length.strip()):
            raise ValueError(
                f"Length: {self.length!r} is none; give sentences (3), percent of the sentences (20%) or words (60w)"
            )


class Output(Table, frozen=True):
    """Where the files of an issue go."""

    directory: str = "out"


class Topic(Table, frozen=True):
    """A section of the issue, the words that bring a story into it, and how many stories it prints at the most."""

    label: str
    words: tuple[str, ...]
    max_stories: Amount | None = None


class Source(Table, frozen=True):
    """What is special about one outlet.

    `drop` and `keep` are patterns of lines that are never, or always, its articles; `weight` is what its voice counts;
    `follow` and `mute` are rules for its articles alone. `full_text` says whether a feed's text is completed from the
    linked page: always, never, or (not given) where it is short.
    """

    name: str
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    weight: float = 1.0
    follow: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    full_text: bool | None = None


class Mail(Table, frozen=True):
    """Who gets the issue, and by which way.

    `smtp` is the way out: `smtps://HOST`, `smtp+starttls://HOST:587`, `smtp://HOST:25` (without encryption),
    `sendmail:`, `maildir:PATH` or `eml:FOLDER`. `ca_file` holds the certificates of a private authority;
    `reply_seconds` is how long a server may take after it has the whole message. The password comes from the
    environment (BRIEFING_MAIL_PASSWORD), `password_file` or `password_command`. `unsubscribe` is an https or mailto
    address for who wants out.
    """

    to: tuple[str, ...] = ()
    sender: str | None = field(default=None, name="from")
    reply_to: str | None = None
    smtp: str | None = None
    user: str | None = None
    password_file: str | None = None
    password_command: tuple[str, ...] = ()
    ca_file: str | None = None
    reply_seconds: Seconds = 600.0  # RFC 5321, 4.5.3.2.6: ten minutes, or one message arrives twice
    attach: tuple[str, ...] = ("pdf",)
    subject: str = "{title}, {date}"
    unsubscribe: str | None = None
    password: Any | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Refuse a password in the file, also in an address; msgspec makes a mistake of the table out of it."""
        if self.password is not UNSET or re.match(r"smtp[^/]*//[^/]*@", self.smtp or "", re.IGNORECASE):
            raise ValueError(
                "A password does not belong in this file, which is copied and shown; take password_command = "
                '["pass", "show", "mail"], password_file, or the environment variable BRIEFING_MAIL_PASSWORD'
            )


class Fetch(Table, frozen=True):
    """Limits of reading from the network.

    `deadline_seconds` is for one address, everything together; `connections` may be open at once, `per_host` to one
    host; a feed that fails is named at once and raises the exit code from the `report_after`th run in a row.
    """

    deadline_seconds: Seconds = 30.0
    private_hosts: tuple[str, ...] = ()
    connections: Amount = 200
    per_host: Amount = 4
    report_after: Amount = 3


class Hooks(Table, frozen=True):
    """Commands (lists of arguments) to run once the files of an issue are on disk."""

    after: tuple[tuple[str, ...], ...] = ()


class Stories(Table, frozen=True):
    """Corrections of the grouping: pairs of article ids that never, or always, belong together."""

    split: tuple[tuple[str, str], ...] = ()
    join: tuple[tuple[str, str], ...] = ()


class Limits(Table, frozen=True):
    """How much one run may take in."""

    input_bytes: Amount = 10_000_000
    inputs: Amount = 100_000
    undated_articles: Amount = 20_000


class Profile(Table, frozen=True):
    """One reader's own settings; what is not named here is the file's."""

    edition: dict[str, Any] = {}
    output: Output | None = None
    topics: tuple[Topic, ...] | None = None
    follow: tuple[str, ...] | None = None
    mute: tuple[str, ...] | None = None
    to: tuple[str, ...] | None = None


class Config(Table, frozen=True):
    """Everything that a user can settle once instead of typing it each time."""

    edition: Edition = Edition()
    output: Output = Output()
    topics: tuple[Topic, ...] = ()
    follow: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    profiles: dict[str, Profile] = {}
    mail: Mail = Mail()
    fetch: Fetch = Fetch()
    hooks: Hooks = Hooks()
    stories: Stories = Stories()
    limits: Limits = Limits()
