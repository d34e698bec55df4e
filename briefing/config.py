"""briefing.toml -> Config: every key with a default, unknown keys refused with file, key and the nearest name.

Looked for in this order: the file named by `--config`; `briefing.toml` in the working directory; the same name in
the platform's configuration folder. A file that merely lies in the working directory may come from anybody, so it
cannot name commands to run or private hosts to read: those keys count only in the other two.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from briefing.errors import ConfigError
from briefing.folders import configuration_folder
from briefing.settings import (
    Config,
    Edition,
    Fetch,
    Hooks,
    Limits,
    Mail,
    Output,
    Profile,
    Source,
    Stories,
    Topic,
)

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "briefing.toml"

T = TypeVar("T", bound=Struct)


class Loaded(NamedTuple):
    """A configuration, the file it came from (None: the defaults), and the keys that were not trusted in it.

    `is_own` says that the user chose the file; else it was found in the working directory.
    """

    config: Config
    path: "Path | None"
    untrusted: tuple[str, ...] = ()
    is_own: bool = True


def load_config(named: str | None = None, directory: "Path | None" = None) -> Loaded:
    """Return the configuration of the first file that exists, or the defaults; a ConfigError names file and key."""
    here = os.path.join(directory or "", FILE_NAME)
    is_here = not named and os.path.isfile(here)
    found = named or (here if is_here else os.path.join(configuration_folder(), FILE_NAME))
    if not named and not os.path.isfile(found):
        return Loaded(Config(), None)
    from pathlib import Path  # with what it imports a quarter of a start of Python, and most runs have no file

    config = read_config(Path(found))
    if is_here:
        return Loaded(_without_trust(config), Path(found), _trusting(config), is_own=False)
    return Loaded(config, Path(found))


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
    profiles = table.get("profiles")
    for profile, own in profiles.items() if isinstance(profiles, Mapping) else ():
        _converted(own, Profile, name, ["profiles", str(profile)])
    config = _converted(table, Config, name)
    for profile, its in config.profiles.items():
        place = ["profiles", profile, "edition"]
        _check_timezone(_converted(its.edition, Edition, name, place).timezone, name, place)
    _check_timezone(config.edition.timezone, name, ["edition"])
    _check_names(config.profiles, name)
    _check_rules(config, name)
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
    changes = {
        "output": profile.output,
        "topics": profile.topics,
        "follow": profile.follow,
        "mute": profile.mute,
        "mail": None if profile.to is None else msgspec.structs.replace(config.mail, to=profile.to),
    }
    kept = {key: value for key, value in changes.items() if value is not None}
    return msgspec.structs.replace(config, edition=edition, **kept)


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

    near = _elsewhere(unknown[1], keys) or get_close_matches(unknown[1], _known_keys(keys), 1)
    hint = f"; did you mean {near[0]!r}?" if near else "; `briefing config show` lists the known ones"
    return f"unknown key {'.'.join([*keys, unknown[1]])!r}{hint}"


def _elsewhere(key: str, keys: Sequence[str]) -> list[str]:
    """Return an edition's key that stands beside its table as it is written where it belongs."""
    is_beside = not keys or (len(keys) == 2 and keys[0] == "profiles")
    return [f"edition.{key}"] if is_beside and key in _known_keys(["edition"]) else []


def _known_keys(keys: list[str]) -> list[str]:
    """Return the keys that may stand in the table at a path such as ["edition"] or ["profiles", "...", "edition"]."""
    tables: dict[str, type[Struct]] = {
        "edition": Edition, "output": Output, "topics": Topic, "sources": Source, "profiles": Profile, "mail": Mail,
        "fetch": Fetch, "hooks": Hooks, "stories": Stories, "limits": Limits,
    }  # fmt: skip
    named = [tables[key] for place, key in enumerate(keys) if key in tables and keys[place - 1 : place] != ["profiles"]]
    return [each.encode_name for each in msgspec.structs.fields(named[-1] if named else Config)]


def _check_timezone(zone: str, file: str, place: Sequence[str]) -> None:
    """Raise ConfigError when the zone is not in the time zone database."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ConfigError(
            f"{file}: {'.'.join(place)}.timezone: no time zone called {zone!r}; use a name such as 'Europe/Berlin'"
        ) from error


def _check_names(profiles: Iterable[str], file: str) -> None:
    """Raise ConfigError for a profile whose issues could have no file of their own."""
    taken = {"briefing"}
    for name in profiles:
        if not name.strip(". ") or not name.isprintable() or "/" in name:
            raise ConfigError(f"{file}: profiles.{name!r}: issues are called after it, and no file can be called so")
        if name.casefold() in taken:
            raise ConfigError(f"{file}: profiles.{name}: its issues would be called as others are; choose another name")
        taken.add(name.casefold())


def _check_rules(config: Config, file: str) -> None:
    """Raise ConfigError for a rule, or a pattern of lines, that is malformed."""
    for place, text in _rules(config):
        from briefing.rules import read_rule  # which most runs do without

        try:
            rule = read_rule(text)
        except ValueError as error:
            raise ConfigError(f"{file}: {place}: {error}") from error
        if rule.label and ".mute." in f".{place}":
            raise ConfigError(f"{file}: {place}: what is muted has no section; leave out '=> {rule.label}'")
    for place, text in _patterns(config):
        from briefing.patterns import check_pattern

        try:
            check_pattern(text)
        except ValueError as error:
            raise ConfigError(f"{file}: {place}: {error}") from error


def _rules(config: Config) -> Iterator[tuple[str, str]]:
    """Yield every rule with its place in the file."""
    tables: list[tuple[str, Config | Profile | Source]] = [("", config)]
    tables += [(f"profiles.{name}.", profile) for name, profile in config.profiles.items()]
    tables += [(f"sources.{number}.", source) for number, source in enumerate(config.sources)]
    for place, table in tables:
        for key, rules in (("follow", table.follow), ("mute", table.mute)):
            yield from ((f"{place}{key}.{number}", rule) for number, rule in enumerate(rules or ()))


def _patterns(config: Config) -> Iterator[tuple[str, str]]:
    """Yield every pattern of lines with its place in the file."""
    for number, source in enumerate(config.sources):
        for key, patterns in (("drop", source.drop), ("keep", source.keep)):
            yield from ((f"sources.{number}.{key}.{place}", each) for place, each in enumerate(patterns))
