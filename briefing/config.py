"""briefing.toml -> Config: every key with a default, unknown keys refused with file, key and the nearest name.

Looked for in this order: the file named by `--config`; `briefing.toml` in the working directory; the same name in
the platform's configuration folder. A file that merely lies in the working directory may come from anybody, so it
cannot name commands to run or private hosts to read: those keys count only in the other two.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from briefing.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "briefing.toml"

T = TypeVar("T", bound=Struct)

Amount = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file: each field is a key, its default what holds without it."""


class Edition(_Table, frozen=True):
    """How an issue is called, how long it is, and in which forms it appears."""

    title: str = "Daily Briefing"
    language: str | None = None
    labels: str | None = None
    page: str | None = None
    minutes: Amount | None = None
    max_stories: Amount | None = None
    template: str = "daily"
    formats: Annotated[tuple[str, ...], Meta(min_length=1)] = ("md", "html", "pdf", "json")
    timezone: str = "UTC"


class Output(_Table, frozen=True):
    """Where the files of an issue go."""

    directory: str = "out"


class Topic(_Table, frozen=True):
    """A section of the issue and the words that bring a story into it."""

    label: str
    words: tuple[str, ...]


class Source(_Table, frozen=True):
    """What is special about one outlet: patterns of lines that are never, or always, its articles; its weight."""

    name: str
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    weight: float = 1.0


class Mail(_Table, frozen=True):
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


class Fetch(_Table, frozen=True):
    """Limits of reading from the network."""

    deadline_seconds: Seconds = 30.0
    private_hosts: tuple[str, ...] = ()


class Hooks(_Table, frozen=True):
    """Commands (lists of arguments) to run once the files of an issue are on disk."""

    after: tuple[tuple[str, ...], ...] = ()


class Stories(_Table, frozen=True):
    """Corrections of the grouping: pairs of article ids that never, or always, belong together."""

    split: tuple[tuple[str, str], ...] = ()
    join: tuple[tuple[str, str], ...] = ()


class Limits(_Table, frozen=True):
    """How much one run may take in."""

    input_bytes: Amount = 10_000_000
    inputs: Amount = 100_000
    undated_articles: Amount = 20_000


class Profile(_Table, frozen=True):
    """One reader's own settings; what is not named here is the file's."""

    edition: dict[str, Any] = {}
    topics: tuple[Topic, ...] | None = None
    mute: tuple[str, ...] | None = None
    to: tuple[str, ...] = ()


class Config(_Table, frozen=True):
    """Everything that a user can settle once instead of typing it each time."""

    edition: Edition = Edition()
    output: Output = Output()
    topics: tuple[Topic, ...] = ()
    mute: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    profiles: dict[str, Profile] = {}
    mail: Mail = Mail()
    fetch: Fetch = Fetch()
    hooks: Hooks = Hooks()
    stories: Stories = Stories()
    limits: Limits = Limits()


class Loaded(NamedTuple):
    """A configuration, the file it came from (None: the defaults), and the keys that were not trusted in it."""

    config: Config
    path: "Path | None"
    untrusted: tuple[str, ...] = ()


def load_config(named: str | None = None, directory: "Path | None" = None) -> Loaded:
    """Return the configuration of the first file that exists, or the defaults; a ConfigError names file and key."""
    here = os.path.join(directory or "", FILE_NAME)
    is_here = not named and os.path.isfile(here)
    found = named or (here if is_here else os.path.join(configuration_folder(), FILE_NAME))
    if not named and not os.path.isfile(found):
        return Loaded(Config(), None)
    from pathlib import Path  # with what it imports a quarter of a start of Python, and most runs have no file

    config = read_config(Path(found))
    return Loaded(_without_trust(config), Path(found), _trusting(config)) if is_here else Loaded(config, Path(found))


def configuration_folder() -> str:
    """Return the folder in which the platform keeps a user's settings for us."""
    if sys.platform == "linux":
        # What platformdirs does there, too (XDG Base Directory Specification: a relative path does not count); its
        # import is half a start of Python.
        home = os.environ.get("XDG_CONFIG_HOME", "")
        return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.config"), "briefing")
    from platformdirs import user_config_dir

    return user_config_dir("briefing", appauthor=False)


def read_config(path: "Path") -> Config:
    """Read one file; raise ConfigError that says which key is wrong, and the nearest right one."""
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the path given to --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    return parse_config(table, str(path))


def parse_config(table: Mapping[str, Any], name: str) -> Config:
    """Return the table as a Config; `name` is the file in error messages."""
    config = _converted(table, Config, name)
    for profile, own in config.profiles.items():
        _converted(own.edition, Edition, name, ["profiles", profile, "edition"])
    _check_timezone(config.edition.timezone, name)
    return config


def _converted(table: Mapping[str, Any], kind: type[T], name: str, place: Sequence[str] = ()) -> T:
    """Return the table as a value of that kind; raise ConfigError with the key spelt as in the file."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {_explained(str(error), place)}") from error


def for_profile(config: Config, name: str) -> Config:
    """Return the configuration as one reader sees it; raise ConfigError when there is no such profile."""
    if name not in config.profiles:
        known = ", ".join(config.profiles) or "none yet: add [profiles.NAME] to briefing.toml"
        raise ConfigError(f"no profile called {name!r}; there are: {known}")
    profile = config.profiles[name]
    edition = msgspec.convert({**msgspec.to_builtins(config.edition), **profile.edition}, Edition)
    changes = {"topics": profile.topics, "mute": profile.mute}
    mail = msgspec.structs.replace(config.mail, to=profile.to or config.mail.to)
    kept = {key: value for key, value in changes.items() if value is not None}
    return msgspec.structs.replace(config, edition=edition, mail=mail, **kept)


def _trusting(config: Config) -> tuple[str, ...]:
    """Return the keys set in a file that would run commands or open private hosts."""
    keys = {
        "hooks.after": config.hooks.after,
        "mail.password_command": config.mail.password_command,
        "mail.password_file": config.mail.password_file,
        "fetch.private_hosts": config.fetch.private_hosts,
    }
    return tuple(key for key, value in keys.items() if value)


def _without_trust(config: Config) -> Config:
    """Return the configuration without the keys that a file found in the working directory must not set."""
    return msgspec.structs.replace(
        config,
        hooks=Hooks(),
        mail=msgspec.structs.replace(config.mail, password_command=(), password_file=None),
        fetch=msgspec.structs.replace(config.fetch, private_hosts=()),
    )


def _explained(message: str, place: Sequence[str]) -> str:
    """Return msgspec's message with the key spelt as in the file and, for an unknown key, the nearest known one."""
    reason, _, below = message.partition(" - at `")
    keys = [*place, *re.findall(r"[^.$\[\]`]+", below)]
    unknown = re.search(r"unknown field `(.+)`", reason)
    if not unknown:
        return f"{'.'.join(keys) or 'the file'}: {reason[0].lower()}{reason[1:]}"
    from difflib import get_close_matches

    near = get_close_matches(unknown[1], _known_keys(keys), 1)
    hint = f"; did you mean {near[0]!r}?" if near else "; `briefing config show` lists the known ones"
    return f"unknown key {'.'.join([*keys, unknown[1]])!r}{hint}"


def _known_keys(keys: list[str]) -> list[str]:
    """Return the keys that may stand in the table at a path such as ["edition"] or ["profiles", "...", "edition"]."""
    tables: dict[str, type[Struct]] = {
        "edition": Edition, "output": Output, "topics": Topic, "sources": Source, "profiles": Profile, "mail": Mail,
        "fetch": Fetch, "hooks": Hooks, "stories": Stories, "limits": Limits,
    }  # fmt: skip
    named = [tables[key] for key in keys if key in tables]
    return [each.encode_name for each in msgspec.structs.fields(named[-1] if named else Config)]


def _check_timezone(name: str, file: str) -> None:
    """Raise ConfigError when the zone is not in the time zone database."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ConfigError(
            f"{file}: edition.timezone: no time zone called {name!r}; use a name such as 'Europe/Berlin'"
        ) from error
