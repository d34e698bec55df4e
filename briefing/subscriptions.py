"""The file `feeds`: what a user reads every day, a line each, in newsboat's syntax.

A line is an address, then tags and a title: `https://example.org/feed.xml world "local news" "~The Example"`. The first
tag is the section; a tag that begins with `!` is an order to newsboat and none of ours. What has blanks stands in
quotation marks, `#` begins a comment. The address may also be `page:URL` (a page read as one article) or the path of a
folder, file, mailbox or maildir, from the folder of the file on, as `PATH` or `file:PATH`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from msgspec import Struct

from briefing.errors import ConfigError
from briefing.folders import configuration_folder

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "feeds"
PAGE = "page:"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# Name and password of an address. The second form is none that can be read: a "/", "?" or "#" that is not encoded.
_LOGIN = re.compile(r"//(?:[^/?#\s]*|[^/?#\s\[:]*:(?!\d*(?:[/?#]|$))\S*)@")
_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"#][^\s]*)|(#.*)|(\S))')
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_COMMANDS = ("exec", "filter", "query")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_BYTE_ORDER_MARK = "\ufeff"


class Subscription(Struct, frozen=True):
    """One thing to read every day; the first tag is its section, the title takes the place of the feed's own."""

    address: str
    title: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def section(self) -> str | None:
        """The heading under which its articles stand."""
        return self.tags[0] if self.tags else None

    @property
    def page(self) -> str | None:
        """The URL of a page that is read as one article."""
        return self.address.removeprefix(PAGE) if self.address.startswith(PAGE) else None

    @property
    def path(self) -> str | None:
        """The path of what lies on this machine."""
        return None if self.page or is_web_address(self.address) else self.address

    @property
    def name(self) -> str:
        """What it is called where others may read it: no password is in it, and no folder of this machine."""
        return self.title or (os.path.basename(self.address) if self.path else without_login(self.address))


class _Line(NamedTuple):
    """A line of the file as it stands there, with its end, and the subscription on it."""

    text: str
    subscription: Subscription | None


def is_web_address(address: str) -> bool:
    """Tell whether an address is read from the network as a feed."""
    return address.lower().startswith(("http://", "https://"))


def without_login(address: str) -> str:
    """Return an address without the name and password in it, as people may see it."""
    return _LOGIN.sub("//", address)


def parse(text: str, name: str) -> list[Subscription]:
    """Return the subscriptions of a file's text, each address once; a ConfigError names the file and the line."""
    found: dict[str, Subscription] = {}
    for _, subscription in _lines(text, name):
        if subscription is not None:
            found.setdefault(subscription.address, subscription)
    return list(found.values())


def feeds_path(config_file: "Path | None") -> "Path":
    """Return where the file `feeds` is: beside the configuration in force, else in the configuration folder."""
    from pathlib import Path

    return config_file.parent / FILE_NAME if config_file else Path(configuration_folder(), FILE_NAME)


def load(path: "Path") -> list[Subscription]:
    """Return the subscriptions of a file, local paths from its folder on; [] when there is no file."""
    found = parse(_read(path).removeprefix(_BYTE_ORDER_MARK), str(path))
    return [_placed(each, str(path.parent)) for each in found]


def add(path: "Path", new: Iterable[Subscription]) -> list[Subscription]:
    """Append a line for each subscription whose address is not there yet; return those.

    The other lines stay as they are, to the byte. The file, and its folder, are made when they are missing.
    """
    with _alone(path):
        text = _read(path)
        known = {each.address for each in parse(text.removeprefix(_BYTE_ORDER_MARK), str(path))}
        added = list({each.address: each for each in new if each.address not in known}.values())
        if added:
            end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
            start = end if text and not text.endswith("\n") else ""
            _write(path, text + start + "".join(as_line(each) + end for each in added))
        return added


def remove(path: "Path", address: str) -> Subscription | None:
    """Remove the lines of an address (or of the only title like it) and return what stood there; None for nothing.

    A local path may be as it is written there or as `load` returns it.
    """
    if not path.exists():
        return None
    with _alone(path):
        return _remove(path, address)


def _remove(path: "Path", address: str) -> Subscription | None:
    lines = _lines(_read(path), str(path))
    folder = str(path.parent)
    named = [each for _, each in lines if each and address in (each.address, _placed(each, folder).address, each.title)]
    addresses = {each.address for each in named}
    if len(addresses) > 1:
        raise ConfigError(f"{path}: several feeds are called {address!r}; remove one by its address")
    if not named:
        return None
    _write(path, "".join(text for text, each in lines if not each or each.address not in addresses))
    return named[0]


def as_line(subscription: Subscription) -> str:
    """Return the line that says the same, without its end."""
    title = () if subscription.title is None else (f"~{subscription.title}",)
    names = [" ".join(name.split()) for name in (*subscription.tags, *title)]
    return " ".join(map(_quoted, (subscription.address, *names)))


def _lines(text: str, name: str) -> list[_Line]:
    """Return the lines of the text, those with something on them read; a byte order mark stays where it is."""
    return [
        _Line(line, _subscription(line.lstrip(_BYTE_ORDER_MARK), f"{name}:{number}"))
        for number, line in enumerate(_LINE.findall(text), 1)
    ]


def _subscription(line: str, place: str) -> Subscription | None:
    """Return what a line subscribes to; None for a comment or a blank line."""
    tokens = _tokens(line, place)
    if not tokens:
        return None
    titles = [token[1:].strip() for token in tokens[1:] if token.startswith("~")]
    tags = [token for token in tokens[1:] if token and not token.startswith(("~", "!"))]
    return Subscription(parse_address(tokens[0], place), next(filter(None, titles), None), tuple(dict.fromkeys(tags)))


def _tokens(line: str, place: str) -> list[str]:
    """Return the words of a line, those in quotation marks without them."""
    tokens = []
    for quoted, bare, comment, odd in _TOKEN.findall(line):
        if comment:
            break
        if odd:
            raise ConfigError(f"{place}: a quotation mark is not closed")
        tokens.append(bare or re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), quoted))
    return tokens


def parse_address(token: str, place: str) -> str:
    """Return an address in the form in which it is known; raise ConfigError, with its place, for what is not read."""
    if not token:
        raise ConfigError(f"{place}: no address")
    scheme = found[1].lower() if (found := _SCHEME.match(token)) else ""
    if scheme in _COMMANDS:
        raise ConfigError(
            f"{place}: {scheme}: lines run commands or ask newsboat's own store, and are not read; take the line out, "
            "or let the command write into a folder and name that"
        )
    if scheme == "feed":  # what browsers once handed to readers: feed://host/… or feed:https://…
        rest = token[len("feed:") :]
        token, scheme = (rest, rest.partition(":")[0]) if is_web_address(rest) else (f"http:{rest}", "http")
    if scheme == "page" and not is_web_address(token.removeprefix(PAGE)):
        raise ConfigError(f"{place}: page: is followed by an address that begins with https:// or http://")
    if scheme == "file":
        return _file_path(token[len("file:") :])
    if scheme not in ("http", "https", "page", ""):
        raise ConfigError(f"{place}: {scheme}: is not read; give an https:// address, page:URL or file:PATH")
    return token


def _file_path(rest: str) -> str:
    """Return the path that a file: address means; only the form with slashes is percent-encoded (RFC 8089)."""
    if not rest.startswith("//"):
        return rest
    from urllib.parse import unquote  # hardly any file has such a line

    return unquote("/" + rest[2:].partition("/")[2])


def _placed(subscription: Subscription, folder: str) -> Subscription:
    """Return a subscription to something local with its path from where the file lies, or from the user's home."""
    if subscription.path is None:
        return subscription
    path = os.path.normpath(os.path.join(folder, os.path.expanduser(subscription.path)))
    return Subscription(path, subscription.title, subscription.tags)


def _quoted(token: str) -> str:
    """Return a word as it can stand on a line."""
    if token and not re.search(r'[\s"\\]|^#', token):
        return token
    escaped = token.replace("\\", "\\\\").replace('"', '\\"')
    for letter, character in _ESCAPED.items():
        escaped = escaped.replace(character, "\\" + letter)
    return f'"{escaped}"'


def _read(path: "Path") -> str:
    """Return a file's text with its line ends as they are; "" when there is none."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        number = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{number}: is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


@contextmanager
def _alone(path: "Path") -> Iterator[None]:
    """Let nobody else change the file meanwhile: its folder, which is made when it is missing, is locked.

    The file itself is another one after each change, and a file beside it would stay. Where a file system has no locks
    it goes without.
    """
    import fcntl

    folder = os.path.dirname(os.path.realpath(path))
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: "Path", text: str) -> None:
    """Put the text in the file's place at once: a crash leaves the old one. What a link points to is replaced."""
    target = os.path.realpath(path)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        mode = os.stat(target).st_mode & 0o777 if os.path.exists(target) else 0o644
        with _new_file(os.path.dirname(target)) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, mode)
            os.replace(file.name, target)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


@contextmanager
def _new_file(folder: str) -> Iterator[IO[bytes]]:
    """Give a file beside the others, and take it away again unless it was renamed."""
    import tempfile  # only a change of the file needs one

    with tempfile.NamedTemporaryFile(dir=folder, prefix=".feeds-", delete=False) as file:
        try:
            yield file
        finally:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
