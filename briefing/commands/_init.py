"""What `briefing init` writes: a configuration that shows every key, and a file of feeds."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing.errors import ConfigError, UsageError

# Table -> key -> value, as in the file.
Values = Mapping[str, Mapping[str, object]]

_SHOWN = re.compile(r"# (?P<key>\w+) = .*?(?P<comment> {2,}#.*)?")
_TABLE = re.compile(r"\[(\w+)\]")
_COMMENT_COLUMN = 43


class Answers(NamedTuple):
    """What a user said, checked one by one as it was said."""

    title: str | None
    timezone: str
    feeds: tuple[str, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    to: str | None
    smtp: str | None
    minutes: int | None
    directory: str


def configuration(answers: Answers) -> str:
    """Return the file's text: every key as a comment, those that were answered in force."""
    mail = {"to": [answers.to], "from": answers.to, **({"smtp": answers.smtp} if answers.smtp else {})}
    # Half a [mail] would make every run ask for the other half.
    values: Values = {
        "edition": {
            **({"title": answers.title} if answers.title else {}),
            "timezone": answers.timezone,
            **({"minutes": answers.minutes} if answers.minutes else {}),
        },
        "output": {"directory": answers.directory},
        "mail": mail if answers.to and answers.smtp else {},
    }
    template = Path(__file__).with_name("_init.toml").read_text(encoding="utf-8")
    text = fill(template, values)
    if answers.to and not answers.smtp:
        text = text.replace('"me@example.org"', _toml(answers.to)).replace("<me@example.org>", f"<{answers.to}>")
    return text.replace("\n[mail]\n", f"\n{_topics(answers.topics)}[mail]\n") if answers.topics else text


def fill(template: str, values: Values) -> str:
    """Return the text with the values in the places of the comments that show their keys."""
    table, lines = "", []
    for line in template.splitlines():
        if found := _TABLE.fullmatch(line):
            table = found[1]
        shown = _SHOWN.fullmatch(line)
        if shown and shown["key"] in values.get(table, {}):
            setting = f"{shown['key']} = {_toml(values[table][shown['key']])}"
            line = f"{setting:<{_COMMENT_COLUMN - 2}}  {shown['comment'].strip()}" if shown["comment"] else setting
        lines.append(line)
    return "\n".join([*lines, ""])


def _topics(topics: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return the tables of the topics."""
    return "".join(f"[[topics]]\nlabel = {_toml(label)}\nwords = {_toml(words)}\n\n" for label, words in topics)


def _toml(value: object) -> str:
    """Return a value as TOML reads it; strings and lists are written as JSON, which it reads the same."""
    return msgspec.json.encode(value).decode().replace('","', '", "').replace("\x7f", "\\u007f")


def parse_topics(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the topics of a line such as `Climate: climate, drought; Sport: football`; a label may stand alone."""
    topics = []
    for part in filter(None, map(str.strip, text.split(";"))):
        label, _, rest = part.partition(":")
        words = _parts(rest) or (label.strip(),)
        if not label.strip():
            raise UsageError(f"topic {part!r} has no label; one looks like Climate: climate, drought")
        topics.append((label.strip(), words))
    return tuple(topics)


def parse_feeds(text: str) -> tuple[str, ...]:
    """Return the addresses of a line, parted by commas or blanks; raise UsageError for what no feed can be."""
    from briefing.commands._feeds_add import whole_address

    addresses = tuple(filter(None, re.split(r"[,\s]+", text)))
    try:
        return tuple(map(whole_address, addresses))
    except ConfigError as error:
        raise UsageError(str(error).partition(": ")[2]) from error


def parse_timezone(text: str) -> str:
    """Return the name of a time zone; raise UsageError when there is none of that name."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"no time zone called {text!r}; use a name such as Europe/Berlin") from error


def here() -> str:
    """Return the time zone of this machine, UTC where it has no name."""
    named = [os.environ.get("TZ", "").lstrip(":"), os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]]
    for name in filter(None, named):
        try:
            return parse_timezone(name)
        except UsageError:
            continue
    return "UTC"


def _parts(text: str) -> tuple[str, ...]:
    """Return what commas part."""
    return tuple(filter(None, map(str.strip, text.split(","))))
