"""`briefing feeds`: against real servers, by the whole output, the exit code and the bytes of the file."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.archive import articles, sources
from briefing.archive._database import FILE_NAME, data_folder, open_archive, transaction
from briefing.cli import main
from briefing.intake.opml import parse_list
from briefing.models import Blob, Document
from briefing.subscriptions import Subscription, load
from tests.web.routes import Route, moved
from tests.web.server import Server, loopback, serving

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
LONG = "The council met on Monday and said a good deal about the bridge over the river. " * 20
SHORT = "The council met again."


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Feeds = Callable[..., Ran]


def rss(title: str, entries: int = 2, text: str = LONG, day: int = 21) -> str:
    items = "".join(
        f"<item><title>{title} {number}</title><link>https://example.org/{title}/{number}</link>"
        f"<pubDate>{day} Nov 2026 0{number}:00:00 GMT</pubDate><description>{text}</description></item>"
        for number in range(entries)
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"


def page(*links: str) -> str:
    return f"<html><head><title>Isle</title>{''.join(links)}</head><body><h1>Isle</h1><p>{LONG}</p></body></html>"


def link(href: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


@pytest.fixture
def server() -> Iterator[Server]:
    routes = {
        "/": page(link("/comments/feed/", "Comments"), link("/feed", "Isle"), link("/sport.xml", "Isle sport")),
        "/feed": rss("Isle"),
        "/old": moved("/feed", 301),
        "/short": rss("Short", 3, SHORT),
        "/headlines": rss("Headlines", 3, ""),
        "/silent": rss("Silent", 1, day=1),
        "/none": page(),
    }
    with serving(routes) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with a configuration folder and an archive of its own; return the file `feeds`."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "config" / "briefing" / "feeds"


@pytest.fixture
def feeds(file: Path, capsys: pytest.CaptureFixture[str]) -> Feeds:
    """Return what runs `briefing feeds`."""

    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(["feeds", *arguments])
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, *capsys.readouterr())

    return run


def write(file: Path, *lines: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines))


def test_a_page_leads_to_its_feed_and_its_other_feeds_are_listed(feeds, file, server):
    ran = feeds("add", server.url("/"), "--tag", "world", "--tag", "isles")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"added Isle to world: {server.url('/feed')}\n"
        "  2 entries, the newest of 2026-11-21, full text\n"
        "the page has other feeds, to be added by their addresses:\n"
        f"  {server.url('/comments/feed/')}  (Comments)\n"
        f"  {server.url('/sport.xml')}  (Isle sport)\n"
        f"feeds are kept in {file}\n"
    )
    assert file.read_text() == f"{server.url('/feed')} world isles\n"


@pytest.mark.parametrize(
    ("path", "added", "facts"),
    [
        ("/feed", "/feed", "2 entries, the newest of 2026-11-21, full text"),
        ("/old", "/feed", "2 entries, the newest of 2026-11-21, full text"),
        ("/short", "/short", "3 entries, the newest of 2026-11-21, teasers, which are completed from their pages"),
        ("/headlines", "/headlines", "3 entries, the newest of 2026-11-21, headlines, whose pages are read"),
        ("/empty", "/empty", "no entries yet"),
    ],
)
def test_what_a_feed_has_is_told(feeds, file, server, path, added, facts):
    server.routes["/empty"] = rss("Empty", 0)

    ran = feeds("add", server.url(path), "--title", 'The "Isle"')

    assert ran.code == 0
    assert ran.out.splitlines()[:2] == [f'added The "Isle": {server.url(added)}', f"  {facts}"]
    assert load(file) == [Subscription(server.url(added), 'The "Isle"')]


def test_a_page_and_what_lies_here_are_added_too(feeds, file, server):
    Path("letters.txt").write_text(LONG)

    ran = feeds("add", f"page:{server.url('/none')}", "letters.txt")

    assert ran.code == 0
    assert ran.out.splitlines()[:4] == [
        f"added Isle: page:{server.url('/none')}",
        "  1 entry, full text",
        f"added {Path('letters.txt').resolve()}",
        "  1 entry, full text",
    ]
    assert [each.address for each in load(file)] == [f"page:{server.url('/none')}", str(Path("letters.txt").resolve())]


def test_what_is_there_is_not_added_again_however_it_is_written(feeds, file, server):
    write(file, f"{server.url('/feed')}/ # mine")

    for address in ("/feed", "/feed?utm_source=x", "/old", "/"):
        ran = feeds("add", server.url(address))

        assert ran == (4, "", f"{server.url(address)}: is there already, as number 1\n")
    assert feeds("add", "-q", server.url("/")) == (4, "", "")
    assert feeds("add", "--lenient", server.url("/")).code == 0
    assert file.read_text() == f"{server.url('/feed')}/ # mine\n"


def test_the_feed_of_a_page_takes_the_place_of_the_page(feeds, file, server):
    write(file, f'{server.url("/")} isle "~Isle"')

    ran = feeds("add", server.url("/"))

    assert ran.code == 0
    assert file.read_text() == f"{server.url('/feed')} isle ~Isle\n"
    server.routes.clear()
    assert feeds("add", server.url("/feed")) == (4, "", f"{server.url('/feed')}: is there already, as number 1\n")


def test_where_a_subscribed_feed_has_moved_to_is_there_already(feeds, file, server):
    write(file, server.url("/old"))
    with open_archive() as connection, transaction(connection):
        sources.succeeded(connection, server.url("/old"), NOW, moved_to=server.url("/feed"))

    assert feeds("add", server.url("/feed")).code == 4


def test_what_leads_to_nothing_says_what_to_do(feeds, file, server):
    del server.routes["/feed"]

    ran = feeds("add", server.url("/none"), "no-such-letters", "letters.invalid", "https:///x")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"{server.url('/none')}: no feed was found: the page declares none, and there is none at the usual paths; "
        f"`briefing feeds add page:{server.url('/none')}` reads the page itself as one article\n"
        "no-such-letters: no such file or folder (an address of the web begins with https://)\n"
        "letters.invalid: no such file or folder, and https://letters.invalid: "
        "no such host; is the name right, and is there a connection?\n"
        "https:///x: an address without a host; is it whole?\n"
    )
    assert not file.exists()


def test_some_added_and_some_not_is_exit_code_3(feeds, file, server):
    ran = feeds("add", server.url("/gone"), server.url("/feed"))

    assert (ran.code, ran.err) == (3, f"{server.url('/gone')}: the server answers 404 Not Found\n")
    assert len(load(file)) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "ftp://example.org"], "ftp://example.org: ftp: is not read"),
        (["add", "exec:curl"], "exec:curl: exec: lines run commands"),
        (["add", "a", "b", "--title", "T"], "--title names one feed"),
        (["check", "7"], "no feed '7'"),
    ],
)
def test_wrong_usage_is_one_line(feeds, file, arguments, message):
    write(file, "https://example.org/rss")

    ran = feeds(*arguments)

    assert ran.code == 2
    assert ran.err.startswith(f"briefing: {message}")
    assert ran.err.count("\n") == 1


def test_a_password_is_kept_and_not_shown(feeds, file, server):
    named = server.url("/feed").replace("//", "//ann:secret@")

    shown = "".join(
        feeds(*arguments).out for arguments in (["add", named], ["list"], ["check"], ["remove", server.url("/feed")])
    )

    assert "secret" not in shown
    assert server.url("/feed") in shown
    assert feeds("add", named).code == 0
    assert load(file)[0].address == named


@pytest.mark.parametrize("name", ["2", "https://example.org/b", "http://example.org/b/", "the b"])
def test_a_feed_is_removed_by_number_address_or_title(feeds, file, name):
    write(file, "# mine", "https://example.org/a", 'https://example.org/b world "~The B"', "# end")

    ran = feeds("remove", name)

    assert ran == (0, "removed The B\n", "")
    assert file.read_text() == "# mine\nhttps://example.org/a\n# end\n"


def test_numbers_are_those_of_before_the_call(feeds, file):
    write(file, *(f"https://example.org/{name}" for name in "abcd"))

    assert feeds("remove", "1", "3").code == 0
    assert file.read_text() == "https://example.org/b\nhttps://example.org/d\n"


def test_what_is_not_there_or_not_the_only_one_is_not_removed(feeds, file):
    write(file, "https://example.org/a ~News", "https://example.org/b ~News")
    before = file.read_text()

    assert feeds("remove", "9") == (4, "", "9: no such feed; `briefing feeds list` shows them\n")
    several = feeds("remove", "news")
    assert (several.code, several.err) == (
        2, "news: is what 2 feeds are called; remove one by its number: 1, 2\n"
    )  # fmt: skip
    assert file.read_text() == before
    assert feeds("remove", "9", "1").code == 3


def test_what_is_removed_is_forgotten_and_its_articles_stay(feeds, file):
    address = "https://example.org/a"
    write(file, address)
    with open_archive() as connection, transaction(connection):
        sources.failed(connection, address, NOW, "no answer")
        articles.add_articles(connection, [Document(id="x", text=LONG)], origin=address, now=NOW)

    feeds("remove", "1")

    with open_archive() as connection:
        assert sources.health(connection) == {}
        assert articles.known(connection, ["x"]) == {"x"}


def known_feeds(file: Path) -> None:
    write(
        file, 'https://example.org/a "local news" ~Alpha', "https://example.org/b", "https://example.org/c", "letters"
    )
    with open_archive() as connection, transaction(connection):
        b, c = "https://example.org/b", "https://example.org/c"
        entry = Document(id="x", text=LONG, source="新聞 Beta", published="2026-11-20T08:00:00Z")
        articles.add_articles(connection, [entry], origin=b, now=NOW)
        sources.succeeded(connection, b, NOW, entries=1, new=1, moved_to="https://example.com/b")
        sources.succeeded(connection, c, NOW - timedelta(days=3), entries=5)
        sources.failed(connection, c, NOW - timedelta(days=1), "the server answers 500")
        sources.failed(connection, c, NOW, "the server answers 503\x1b[2J")


def test_the_list_says_how_each_feed_does(feeds, file):
    known_feeds(file)

    ran = feeds("list")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "   SECTION     TITLE      NEWEST      READ        ADDRESS\n"
        "1  local news  Alpha      -           never       https://example.org/a\n"
        "2  -           新聞 Beta  2026-11-20  2026-11-22  https://example.org/b\n"
        "   has moved to https://example.com/b\n"
        "3  -           -          -           2026-11-19  https://example.org/c\n"
        "   failing for 2 runs: the server answers 503\ufffd[2J\n"
        f"4  -           -          -           never       {file.parent / 'letters'}\n"
    )


def test_a_program_gets_every_fact(feeds, file):
    known_feeds(file)

    first, second, third, _ = map(json.loads, feeds("list", "--json").out.splitlines())

    assert first == {
        "number": 1, "address": "https://example.org/a", "title": "Alpha", "section": "local news",
        "tags": ["local news"], "newest": None, "checked_at": None, "succeeded_at": None, "failures": None,
        "error": None, "due_at": None, "moved_to": None, "entries": None,
    }  # fmt: skip
    assert (second["title"], second["newest"], second["entries"]) == ("新聞 Beta", "2026-11-20T08:00:00Z", 1)
    assert (third["failures"], third["due_at"]) == (2, "2026-11-22T09:00:00Z")


@pytest.mark.parametrize("command", ["list", "check", "export"])
def test_no_feeds_is_said_and_makes_nothing(feeds, file, command):
    ran = feeds(command)

    assert ran == (4, "", "briefing: no feeds yet: `briefing feeds add URL` adds one\n")
    assert not file.exists()
    assert not (data_folder() / FILE_NAME).exists()


LISTS = {
    "opml": """<opml><body><outline text='Sea & Land'><outline text='Isle' xmlUrl='https://example.org/a'/>
        </outline><outline xmlUrl='https://example.org/b'/></body></opml>""",
    "urls": '# my feeds\n\nhttps://example.org/a "Sea & Land" "~Isle"\n"query:All:x" y\nhttps://example.org/b\n',
    "plain": "\ufeffhttps://example.org/a\r\nhttps://example.org/b\r\nhttp://example.org/a/\r\n",
    "goosepaper": json.dumps(
        {
            "font_size": 14,
            "stories": [
                {"provider": "weather", "config": {"F": True}},
                {"provider": "rss", "config": {"rss_path": "https://example.org/a", "limit": 5}},
                {"provider": "rss", "config": {"rss_path": "https://example.org/b"}},
            ],
        }
    ),
    "goosepaper2": json.dumps(
        {"sources": [{"type": "rss", "url": "https://example.org/a"}, {"type": "rss", "url": "https://example.org/b"}]}
    ),
}


@pytest.mark.parametrize(
    ("name", "code", "first", "problems"),
    [
        ("opml", 0, Subscription("https://example.org/a", "Isle", ("Sea & Land",)), ""),
        ("urls", 3, Subscription("https://example.org/a", "Isle", ("Sea & Land",)), "list:4: query: lines run"),
        ("plain", 0, Subscription("https://example.org/a"), ""),
        ("goosepaper", 3, Subscription("https://example.org/a"), "list#1: weather is no feed"),
        ("goosepaper2", 0, Subscription("https://example.org/a"), ""),
    ],
)
def test_lists_of_every_kind_are_known_by_what_is_in_them(feeds, file, name, code, first, problems):
    Path("list").write_text(LISTS[name], encoding="utf-8")

    ran = feeds("import", "list")

    assert (ran.code, ran.out) == (code, f"2 feeds added to {file}\n")
    assert ran.err.startswith(problems)
    assert ran.err.count("\n") == (code == 3)
    assert load(file) == [first, Subscription("https://example.org/b")]


def test_what_is_there_is_counted_and_not_imported_again(feeds, file):
    write(file, "http://example.org/a/ mine")
    Path("list").write_text(LISTS["plain"])

    assert feeds("import", "list", "--tag", "new") == (0, f"1 feed added to {file}; 1 there already\n", "")
    assert feeds("import", "list") == (4, f"0 feeds added to {file}; 2 there already\n", "")
    assert feeds("import", "-q", "list") == (4, "", "")
    assert file.read_text() == "http://example.org/a/ mine\nhttps://example.org/b new\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The council met.\nIt said nothing.\n", "no list of feeds: neither OPML"),
        ("", "no list of feeds: neither OPML"),
        (rss("Isle"), "a feed, not a list of feeds"),
        ("<html><body></body></html>", "no OPML list of feeds"),
        ('{"text": "x"}', "JSON, but no configuration of goosepaper"),
        ("[1, 2]", "JSON, but no configuration of goosepaper"),
        ("{", "JSON that is damaged"),
        ("\x00\x01\x02", "binary"),
    ],
)
def test_what_is_no_list_says_what_it_is(feeds, file, text, reason):
    Path("list").write_text(text)

    ran = feeds("import", "list")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"briefing: list: {reason}")
    assert not file.exists()


def test_a_list_reads_no_file_of_this_machine(feeds, file):
    Path("list").write_text("/etc/passwd\nfile:///etc/passwd\nletters\nhttps://example.org/a\n")

    assert feeds("import", "list").err.count("is no address of the web") == 3
    assert [each.address for each in load(file)] == ["https://example.org/a"]


def test_hostile_goosepaper_is_no_traceback(feeds, file):
    sources = [1, None, [], {}, {"provider": "rss"}, {"provider": "rss", "config": 3}, {"provider": []},
               {"provider": "rss", "config": {"rss_path": 'x" "exec:y'}}, {"type": "bluesky", "username": None},
               {"provider": "rss", "config": {"rss_path": ["https://example.org/b"]}},
               {"provider": "mastodon", "config": {"server": "https://example.org/", "username": "@ann"}}]  # fmt: skip
    Path("list").write_text(json.dumps({"stories": sources}))

    ran = feeds("import", "list")

    assert ran.code == 3
    assert ran.err.count("\n") == len(sources) - 1
    assert load(file) == [Subscription("https://example.org/@ann.rss")]


def test_a_list_may_stand_on_the_network_or_come_by_standard_input(feeds, file, server):
    server.routes["/list"] = LISTS["opml"]

    assert feeds("import", server.url("/list")).out == f"2 feeds added to {file}\n"
    command = [sys.executable, "-m", "briefing", "feeds", "import", "-"]
    done = subprocess.run(command, input=b"https://example.org/c\n", capture_output=True, check=False)

    assert (done.returncode, done.stdout.decode()) == (0, f"1 feed added to {file}\n")


def test_an_import_asks_nobody_unless_it_is_told_to(feeds, file, server):
    Path("list").write_text("\n".join(server.url(path) for path in ("/feed", "/gone", "/short", "/old", "/none")))
    write(file, server.url("/short"))

    ran = feeds("import", "list", "--check")

    assert (ran.code, ran.out) == (3, f"1 feed added to {file}; 1 there already\n")
    assert [line.partition(": ")[0] for line in ran.err.splitlines()] == [server.url("/gone"), server.url("/none")]
    assert [each.address for each in load(file)] == [server.url("/short"), server.url("/feed")]
    assert server.count("/short") == 0
    before = len(server.asked)
    assert feeds("import", "list").code == 0
    assert len(server.asked) == before


def test_what_is_exported_comes_back_the_same(feeds, file):
    lines = [
        'https://example.org/a?x=1&y=2 "Sea & Land" isles "~The <Isle>"', "https://example.org/b",
        "page:https://example.org/p world", "letters/",
    ]  # fmt: skip
    write(file, *lines)
    before = load(file)

    ran = feeds("export", "-o", "feeds.opml")
    listed = parse_list(Blob(data=Path("feeds.opml").read_bytes(), name="feeds.opml"))

    assert ran.code == 3
    assert ran.err.splitlines() == [
        f"{address}: is no feed, and left out; --plain keeps it"
        for address in ("page:https://example.org/p", str(file.parent / "letters"))
    ]
    assert list(listed.subscriptions) == before[:2]
    assert feeds("export", "--plain", "-o", "feeds.txt") == (0, "", "")
    write(file, Path("feeds.txt").read_text())
    assert load(file) == before


def test_an_exported_feed_has_the_name_that_it_gives_itself(feeds, file):
    known_feeds(file)

    out = feeds("export", "--lenient").out

    assert 'text="新聞 Beta" xmlUrl="https://example.org/b"' in out
    assert load(file)[1].title is None


def test_a_check_tells_in_the_order_of_the_file(feeds, file, server):
    server.routes["/feed"] = Route(rss("Isle"), latency=0.3)  # the last to answer
    paths = ("/feed", "/short", "/gone", "/old", "/silent", "/headlines")
    write(file, *map(server.url, paths))
    with open_archive() as connection, transaction(connection):
        known = Document(id="https://example.org/Isle/0", text=LONG)
        articles.add_articles(connection, [known], origin=server.url("/feed"), now=NOW)

    ran = feeds("check", "--silent", "20")

    assert ran.code == 3
    assert ran.out.splitlines() == [
        "   TITLE      ENTRIES  NEW  NEWEST      TEXTS",
        "1  Isle       2        1    2026-11-21  full text",
        "2  Short      3        3    2026-11-21  teasers",
        f"4  Isle       2        1    2026-11-21  full text  has moved to {server.url('/feed')}",
        "5  Silent     1        1    2026-11-01  full text  silent for 21 days",
        "6  Headlines  3        0    2026-11-21  headlines",
        "6 feeds: 1 failing, 1 silent, 1 moved",
    ]
    assert ran.err == f"{server.url('/gone')}: the server answers 404 Not Found\n"
    assert feeds("check", "-q", "1", "2") == (0, "", "")
    assert feeds("check", "-q", "1", "3").out == ""
    assert feeds("check", "3").code == 1
    assert {asked.path for asked in server.asked} == set(paths)  # no page of an entry


def test_a_check_for_programs_has_failures_too(feeds, file, server):
    write(file, f"{server.url('/gone')} ~Gone", server.url("/silent"))

    ran = feeds("check", "--json")

    gone, silent = map(json.loads, ran.out.splitlines())
    assert (ran.code, ran.err) == (3, "")
    assert gone == {
        "number": 1, "address": server.url("/gone"), "title": "Gone", "error": "the server answers 404 Not Found",
        "entries": None, "new": None, "newest": None, "silent_days": None, "texts": None, "teasers": None,
        "headlines": None, "moved_to": None,
    }  # fmt: skip
    assert (silent["title"], silent["newest"], silent["texts"]) == ("Silent", "2026-11-01T00:00:00Z", "full text")


def test_a_check_asks_all_at_once_and_keeps_nothing(feeds, file):
    with serving({"/feed": Route(rss("Isle"), latency=0.3)}, loopback(8)) as server:
        write(file, *(server.url("/feed", address) for address in server.addresses))

        assert feeds("check").code == 0

        assert server.most_open == len(server.addresses)
    assert not (data_folder() / FILE_NAME).exists()


def test_feeds_lie_beside_the_configuration_that_is_named(feeds, file, server, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "briefing.toml").write_text("")
    named = ("-c", str(folder / "briefing.toml"))

    feeds("add", server.url("/feed"), *named)

    assert feeds("list", *named).out.endswith(f"{server.url('/feed')}\n")
    assert (folder / "feeds").exists()
    assert not file.exists()


def read_all(terminal: int) -> bytes:
    """Return what is shown on a terminal until its other side has closed."""
    shown = b""
    try:
        while piece := os.read(terminal, 10_000):
            shown += piece
    except OSError:  # Linux says so at the end
        pass
    return shown


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_is_for_terminals_only(file, server, is_terminal):
    write(file, server.url("/feed"), server.url("/short"))
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "briefing", "feeds", "check"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave if is_terminal else subprocess.PIPE) as process:
        os.close(slave)
        shown = read_all(master) if is_terminal else process.stderr.read()  # type: ignore[union-attr]
        assert process.wait() == 0
    os.close(master)

    assert (b"asking 2 feeds: 2 done" in shown) is is_terminal
    assert is_terminal or shown == b""
