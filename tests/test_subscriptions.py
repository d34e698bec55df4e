"""The file `feeds`: newsboat's syntax, read with errors that name the line, changed one line at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.subscriptions import Subscription, add, as_line, feeds_path, load, parse, remove, without_login

SAMPLE = """\
# what I read
https://example.org/feed.xml world "local news" "~The Example"   # every morning

  "https://example.org/a b.xml"   !hidden science
page:https://example.com/status
file:letters
https://example.org/feed.xml again
"""


def test_each_kind_of_line_is_read():
    assert parse(SAMPLE, "feeds") == [
        Subscription("https://example.org/feed.xml", "The Example", ("world", "local news")),
        Subscription("https://example.org/a b.xml", None, ("science",)),
        Subscription("page:https://example.com/status"),
        Subscription("letters"),
    ]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ann:secret@example.org/feed", "https://example.org/feed"),
        ("page:https://ann:se@cret@example.org/", "page:https://example.org/"),
        ("https://ann:se/cr@et@example.org/feed", "https://example.org/feed"),
        ("https://ann:se#cret@example.org/feed", "https://example.org/feed"),
        ("https://example.org/@ann/feed", "https://example.org/@ann/feed"),
        ("https://example.org:8443/@ann/feed", "https://example.org:8443/@ann/feed"),
        ("https://[::1]/@ann", "https://[::1]/@ann"),
        ("https://example.org?mail=ann@example.com", "https://example.org?mail=ann@example.com"),
        ("letters/ann@example.org", "letters/ann@example.org"),
    ],
)
def test_an_address_is_shown_without_its_login(address, shown):
    assert without_login(address) == shown


def test_others_read_neither_a_password_nor_a_folder_of_this_machine():
    assert Subscription("https://ann:p@ss@example.org/feed").name == "https://example.org/feed"
    assert Subscription("/home/ann/mail/letters").name == "letters"
    assert Subscription("/home/ann/mail/letters", "Letters").name == "Letters"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("HTTPS://Example.org/Rss#part", "HTTPS://Example.org/Rss#part"),
        ("file:///srv/my%20mail", "/srv/my mail"),
        ("file:my%20mail", "my%20mail"),
        ('"~/Mail/News letters" mail', "~/Mail/News letters"),
        (r'"say \"hi\" \\"', r'say "hi" \ '.strip()),
    ],
)
def test_an_address_is_known_in_one_form(line, address):
    assert parse(line, "feeds")[0].address == address


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"exec:curl https://example.org"', "exec: lines run commands"),
        ("filter:~/bin/cut:https://example.org/rss", "filter: lines run commands"),
        ('"query:Unread:unread = \\"yes\\""', "query: lines run commands"),
        ('https://example.org/rss "never closed', "a quotation mark is not closed"),
        ("ftp://example.org/rss", "ftp: is not read"),
        ("page:example.org", "page: is followed by an address"),
        ('"" world', "no address"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_file(line, reason):
    with pytest.raises(ConfigError) as caught:
        parse(f"# first\n\n{line}\n", "my/feeds")

    assert str(caught.value).startswith(f"my/feeds:3: {reason}")


def test_a_file_that_is_not_there_has_no_subscriptions(tmp_path):
    assert load(tmp_path / "feeds") == []


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "feeds").write_bytes("https://example.org/a\nhttps://example.org/b Zürich\n".encode("latin-1"))

    with pytest.raises(ConfigError, match=r"feeds:2: is not UTF-8"):
        load(tmp_path / "feeds")


def test_local_paths_begin_at_the_folder_of_the_file_or_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/home/jo")
    (tmp_path / "feeds").write_text("letters/\n~/Mail\n/srv/news\nhttps://example.org/rss\n")

    assert [each.address for each in load(tmp_path / "feeds")] == [
        str(tmp_path / "letters"), "/home/jo/Mail", "/srv/news", "https://example.org/rss",
    ]  # fmt: skip


def test_the_file_lies_beside_the_configuration_else_in_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert feeds_path(Path("here/briefing.toml")) == Path("here/feeds")
    assert feeds_path(None) == tmp_path / "briefing" / "feeds"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_adding_and_removing_leaves_every_other_byte(tmp_path, end):
    path = tmp_path / "feeds"
    before = ("\ufeff" + SAMPLE.replace("\n", end)).encode() + b"\t # no end of line"
    path.write_bytes(before)
    new = Subscription("https://example.org/new", 'The "New"', ("world news",))

    added = add(path, [new, new, Subscription("letters")])
    after = path.read_bytes()
    removed = remove(path, new.address)

    assert added == [new]
    assert after == before + f'{end}https://example.org/new "world news" "~The \\"New\\""{end}'.encode()
    assert removed == new
    assert path.read_bytes() == before + end.encode()


def test_a_local_path_is_removed_as_it_is_written_or_as_it_is_read(tmp_path):
    path = tmp_path / "feeds"
    for address in ("letters", str(tmp_path / "letters")):
        path.write_text("news\nfile:letters mail\n")

        assert remove(path, address) == Subscription("letters", None, ("mail",))
        assert path.read_text() == "news\n"


def test_every_line_of_an_address_is_removed(tmp_path):
    path = tmp_path / "feeds"
    path.write_text(SAMPLE)

    assert remove(path, "The Example") is not None

    assert path.read_text() == SAMPLE.replace(SAMPLE.split("\n")[1] + "\n", "").replace(
        "https://example.org/feed.xml again\n", ""
    )
    assert remove(path, "https://example.org/feed.xml") is None


def test_a_title_that_several_have_removes_none(tmp_path):
    path = tmp_path / "feeds"
    path.write_text("https://a.example.org/ ~News\nhttps://b.example.org/ ~News\n")

    with pytest.raises(ConfigError, match="several feeds are called 'News'"):
        remove(path, "News")


def test_a_linked_file_is_changed_where_it_lies_and_keeps_its_rights(tmp_path):
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "feeds"
    real.write_text("https://example.org/a\n")
    real.chmod(0o600)
    (tmp_path / "feeds").symlink_to(real)

    add(tmp_path / "feeds", [Subscription("https://example.org/b")])

    assert (tmp_path / "feeds").is_symlink()
    assert real.read_text() == "https://example.org/a\nhttps://example.org/b\n"
    assert real.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path / "dotfiles") == ["feeds"]


def test_the_first_feed_makes_the_file_and_its_folder(tmp_path):
    add(tmp_path / "new" / "feeds", [Subscription("https://example.org/a", tags=("world",))])

    assert (tmp_path / "new" / "feeds").read_text() == "https://example.org/a world\n"


def test_a_file_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path):
    (tmp_path / "feeds").mkdir()

    with pytest.raises(ConfigError, match="cannot be read"):
        add(tmp_path / "feeds", [Subscription("https://example.org/a")])

    assert os.listdir(tmp_path) == ["feeds"]


WORD = st.text(min_size=1).map(lambda text: " ".join(text.replace("\x00", "").split())).filter(bool)


@given(st.text(alphabet='abc/#"\\~! \té', min_size=1), st.none() | WORD, st.lists(WORD, max_size=3))
def test_what_is_written_is_read_again(rest, title, tags):
    tags = tuple(dict.fromkeys(tag for tag in tags if not tag.startswith(("~", "!"))))
    subscription = Subscription(f"https://example.org/{' '.join(rest.split())}", title, tags)

    assert parse(as_line(subscription), "feeds") == [subscription]


@pytest.mark.parametrize("name", ["two  blanks", " a blank first", "tab\there", "two\nlines", 'a "quoted" one', "#1"])
def test_the_name_of_a_folder_is_written_as_it_is(name):
    subscription = Subscription(f"/news/{name}", None, ())

    assert parse(as_line(subscription), "feeds") == [subscription]


def test_lines_that_several_programs_add_and_remove_at_once_are_all_kept(tmp_path):
    program = """
import sys
from pathlib import Path
from briefing.subscriptions import Subscription, add, remove
path, who = Path(sys.argv[1]), sys.argv[2]
for number in range(25):
    add(path, [Subscription(f"https://example.org/{who}/{number}"), Subscription(f"https://example.org/{who}/gone")])
    remove(path, f"https://example.org/{who}/gone")
"""
    path = tmp_path / "feeds"

    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(who)]) for who in range(3)]

    assert [each.wait(timeout=60) for each in running] == [0, 0, 0]
    assert {each.address for each in load(path)} == {
        f"https://example.org/{who}/{number}" for who in range(3) for number in range(25)
    }
    assert os.listdir(tmp_path) == ["feeds"]
