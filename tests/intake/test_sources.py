"""Subscriptions read from real servers and real folders: what is due, unchanged, completed; what fails."""

import gzip
import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from msgspec import Struct

from briefing.intake import read
from briefing.intake._places import Limits
from briefing.intake._sources import Reading, SourceResult, read_sources
from briefing.models import Document, Problem
from briefing.subscriptions import Subscription
from tests.web.routes import Route, busy, moved
from tests.web.server import Server, loopback, serving

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LOCAL = Limits(private_hosts=("127.0.0.1",), seconds=20.0)
BEGINNING = "The ferry did not run on Sunday because the pilot had lost her boots, the harbor office said"
ARTICLE = "".join(
    f"<p>{BEGINNING}. Paragraph {number} of the article tells more about them.</p>" for number in range(8)
)
PAGE = f"<html><head><title>Ferry waits for boots</title></head><body><article>{ARTICLE}</article></body></html>"
LONG = f"{BEGINNING}. " * 20


class Known(Struct, frozen=True):
    """What is known of a source, as the archive hands it in."""

    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    due_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        return self.due_at is None or self.due_at <= now


def entry(link: str, text: str = LONG, *, title: str = "Ferry waits for boots", days: float | None = None) -> str:
    moment = NOW - timedelta(days=days or 0)
    date = f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if days is not None else ""
    return f"<item><title>{title}</title><link>{link}</link><description>{text}</description>{date}</item>"


def feed(*entries: str, title: str = "Isle News") -> str:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(entries)}</channel></rss>"


def results(*addresses: str, known: dict[str, Known] | None = None, **options: object) -> dict[str, SourceResult]:
    reading = Reading(**{"limits": LOCAL, "now": NOW, **options})  # type: ignore[arg-type]
    found = list(read_sources([Subscription(each) for each in addresses], known or {}, reading))
    assert len(found) == len({each.subscription.address for each in found})
    return {each.subscription.address: each for each in found}


def result(address: str, **options: object) -> SourceResult:
    return results(address, **options)[address]  # type: ignore[arg-type]


def teaser(server: Server, path: str = "/ferry", **facts: object) -> str:
    return entry(server.url(path), f"{BEGINNING} …", **facts)  # type: ignore[arg-type]


def test_a_feed_gives_its_entries_and_what_its_server_says_of_it():
    with serving({}) as server:
        server.routes["/feed"] = Route(
            feed(entry("https://e.org/1")), etag='"1"', modified="Mon, 23 Nov 2026 06:00:00 GMT"
        )

        found = result(server.url("/feed"))

    assert [each.id for each in found.documents] == ["https://e.org/1"]
    assert (found.etag, found.modified) == ('"1"', "Mon, 23 Nov 2026 06:00:00 GMT")
    assert (found.title, found.entries, found.teasers, found.error, found.unchanged) == ("Isle News", 1, 0, None, False)


def test_the_user_names_source_and_section():
    with serving({"/feed": feed(entry("https://e.org/1"))}) as server:
        subscription = Subscription(server.url("/feed"), "My Isle", ("world", "sea"))
        [found] = read_sources([subscription], {}, Reading(limits=LOCAL))

    assert [(each.source, each.section) for each in found.documents] == [("My Isle", "world")]


def test_what_is_unchanged_is_not_sent_again():
    with serving({"/feed": Route(feed(entry("https://e.org/1")), etag='"1"')}) as server:
        address = server.url("/feed")
        found = result(address, known={address: Known(etag='"1"')})

    assert found.unchanged
    assert found.documents == ()


def test_what_is_not_due_is_not_asked():
    with serving({"/a": feed(), "/b": feed()}) as server:
        a, b = server.url("/a"), server.url("/b")
        known = {a: Known(due_at=NOW + timedelta(seconds=1)), b: Known(due_at=NOW)}

        assert list(results(a, b, known=known)) == [b]
        assert server.count("/a") == 0


def test_a_feed_that_has_moved_is_asked_where_it_is():
    with serving({"/new": feed(entry("/1"))}) as server:
        server.routes["/old"] = moved(server.url("/new"), 301)
        old = server.url("/old")

        first = result(old)
        result(old, known={old: Known(moved_to=first.moved_to)})

        assert first.moved_to == server.url("/new")
        assert [each.url for each in first.documents] == [server.url("/1")]
        assert (server.count("/old"), server.count("/new")) == (1, 2)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Route(status=404), "the server answers 404 Not Found"),
        (Route(PAGE), "a web page, not a feed; `briefing feeds add "),
        (Route(""), "empty, not a feed"),
        (Route(b'{"a": 1}'), "JSON, but no JSON Feed"),
        (Route("<opml><body/></opml>"), "a list of feeds (OPML), not a feed; `briefing feeds import "),
        (Route(gzip.compress(bytes(20_000_000))), "larger than 10,000,000 bytes"),
        (Route(gzip.compress(b"x" * 1000)[:20]), "damaged or cut off: it does not decompress"),
        (Route(reset=True), ""),
    ],
)
def test_a_failing_source_is_an_error_of_its_own(answer, reason):
    with serving({"/bad": answer, "/good": feed(entry("https://e.org/1"))}) as server:
        found = results(server.url("/bad"), server.url("/good"))

        assert reason in str(found[server.url("/bad")].error)
        assert "\n" not in str(found[server.url("/bad")].error)
        assert len(found[server.url("/good")].documents) == 1


def test_a_server_that_is_busy_says_when_to_come_again():
    with serving({"/feed": busy(120)}) as server:
        error = result(server.url("/feed")).error

    assert error is not None
    assert (error.status, error.retry_after) == (429, 120)


def test_a_packed_file_and_a_wrong_type_are_read():
    routes = {"/feed.xml.gz": Route(gzip.compress(feed(entry("https://e.org/1")).encode()))}
    with serving(routes) as server:
        assert len(result(server.url("/feed.xml.gz")).documents) == 1
        assert [each.id for each in read([server.url("/feed.xml.gz")])] == ["https://e.org/1"]  # type: ignore[union-attr]


def test_teasers_are_completed_from_their_pages_once():
    with serving({"/ferry": PAGE}) as server:
        server.routes["/feed"] = feed(teaser(server), entry("https://e.org/1"))
        address = server.url("/feed")

        first = result(address)
        again = result(address, known={address: Known()}, seen=lambda ids: set(ids))

        assert [len(each.text) > len(ARTICLE) / 2 for each in first.documents] == [True, True]
        assert first.documents[0].id == server.url("/ferry")
        assert (first.teasers, server.count("/ferry")) == (1, 1)
        assert [each.id for each in again.documents] == ["https://e.org/1"]  # the other's text is known from its page
        assert (again.entries, again.seen) == (2, {server.url("/ferry")})


def test_a_feed_of_teasers_that_have_all_been_seen_is_well():
    with serving({}) as server:
        server.routes["/feed"] = feed(teaser(server), entry(server.url("/gone"), ""))
        found = result(server.url("/feed"), seen=lambda ids: {server.url("/ferry")})

    assert (found.documents, found.error, found.entries) == ((), None, 2)


def test_one_page_completes_the_teasers_of_two_feeds():
    with serving({"/ferry": PAGE}) as server:
        server.routes |= {"/a": feed(teaser(server)), "/b": feed(teaser(server, title="Boots"))}

        found = results(server.url("/a"), server.url("/b"))

        assert server.count("/ferry") == 1
        assert [len(each.documents[0].text) > 500 for each in found.values()] == [True, True]


@pytest.mark.parametrize(
    "page",
    [Route(status=403), "<p>Sign in.</p>", Route(b"%PDF-1.4 nothing", headers={"Content-Type": "application/pdf"})],
)
def test_a_teaser_stays_where_its_page_gives_nothing(page):
    with serving({"/ferry": page}) as server:
        server.routes["/feed"] = feed(teaser(server))
        found = result(server.url("/feed"))

    assert [each.text for each in found.documents] == [f"{BEGINNING} …"]
    assert (found.problems, found.error) == ((), None)


def test_a_headline_becomes_an_article_by_its_page_alone():
    with serving({"/ferry": PAGE}) as server:
        server.routes["/feed"] = feed(entry(server.url("/ferry"), ""), entry(server.url("/gone"), ""))
        found = result(server.url("/feed"))

    assert [each.url for each in found.documents] == [server.url("/ferry")]
    assert (found.entries, found.teasers, found.problems) == (2, 2, ())


def test_a_feed_of_headlines_whose_pages_give_nothing_fails():
    with serving({}) as server:
        server.routes["/feed"] = feed(entry(server.url("/gone"), ""))
        address = server.url("/feed")

        assert str(result(address).error) == (
            "headlines without a text, and no page that they link to gives one (the server answers 404 Not Found)"
        )
        assert [each.reason for each in read([address], limits=LOCAL)] == [str(result(address).error)]  # type: ignore[union-attr]


def test_of_a_new_source_only_news_are_completed():
    with serving({"/a": PAGE, "/b": PAGE, "/c": PAGE}) as server:
        server.routes["/feed"] = feed(
            teaser(server, "/a", days=0.5), teaser(server, "/b", days=2), teaser(server, "/c")
        )
        address = server.url("/feed")

        result(address)
        assert [server.count(path) for path in ("/a", "/b", "/c")] == [1, 0, 1]
        result(address, known={address: Known()})
        assert [server.count(path) for path in ("/a", "/b", "/c")] == [2, 1, 2]


def test_of_a_bare_day_the_end_counts():
    with serving({"/a": PAGE, "/b": PAGE}) as server:
        dated = [
            teaser(server, path).replace("</item>", f"<pubDate>{day}</pubDate></item>")
            for path, day in (("/a", "2026-11-22"), ("/b", "2026-11-21"))
        ]
        server.routes["/feed"] = feed(*dated)
        result(server.url("/feed"))

        assert [server.count(path) for path in ("/a", "/b")] == [1, 0]


def test_a_thousand_new_teasers_ask_for_a_hundred_pages():
    with serving({}) as server:
        server.routes["/feed"] = feed(*(teaser(server, f"/{number}") for number in range(150)))
        found = result(server.url("/feed"))

        assert len(found.documents) == 150
        assert len(server.asked) == 101
        assert server.most_open <= 4


@pytest.mark.parametrize(("settled", "pages"), [(True, [1, 1]), (False, [0, 0])])
@pytest.mark.parametrize("name", ["Isle News", "http://127.0.0.1:{port}/feed"])
def test_a_source_may_settle_whether_its_texts_are_completed(settled, pages, name):
    with serving({"/a": PAGE, "/b": PAGE}) as server:
        server.routes["/feed"] = feed(entry(server.url("/a")), teaser(server, "/b"))
        result(server.url("/feed"), full_text={name.format(port=server.port): settled})

        assert [server.count("/a"), server.count("/b")] == pages


def test_pages_on_a_private_host_are_named_with_the_line_that_allows_them():
    with serving({"/ferry": PAGE}) as server:
        server.routes["/feed"] = feed(*(teaser(server, f"/ferry?{number}") for number in range(3)))
        found = result(server.url("/feed"), limits=Limits())

        assert server.count("/ferry") == 0
        assert [each.text[-1] for each in found.documents] == ["…"] * 3
        [problem] = found.problems
        assert problem.input == "Isle News"
        assert '; in your briefing.toml, private_hosts = ["127.0.0.1"] under [fetch] allows it' in problem.reason


def test_a_page_is_another_article_when_its_text_has_changed():
    with serving({"/status": Route(PAGE, conditional=True)}) as server:
        address = f"page:{server.url('/status')}"

        first = result(address)
        unchanged = result(address, known={address: Known(etag=first.etag)})
        server.routes["/status"] = Route(PAGE.replace("boots", "shoes"), conditional=True)
        changed = result(address, known={address: Known(etag=first.etag)})

    assert unchanged.unchanged
    assert first.documents[0].url == changed.documents[0].url == address.removeprefix("page:")
    assert first.documents[0].id != changed.documents[0].id
    assert first.documents[0].id.startswith(f"{address.removeprefix('page:')}~")


def test_a_page_without_text_fails():
    with serving({"/status": "<html></html>"}) as server:
        assert str(result(f"page:{server.url('/status')}").error) == "no text in it"


def test_forty_sources_are_read_at_once_and_none_is_lost():
    with serving({}, loopback(40)) as server:
        for number in range(40):
            server.routes[f"/{number}"] = Route(feed(entry(f"https://e.org/{number}")), latency=0.05)
        addresses = [server.url(f"/{number}", address) for number, address in enumerate(server.addresses)]

        found = results(*addresses)

        assert {each.documents[0].id for each in found.values()} == {f"https://e.org/{number}" for number in range(40)}
        assert server.most_open > 10


def letter(number: int, *, id: bool = True) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Letter <letter@e.org>"
    message["Subject"] = f"Issue {number}"
    message["Date"] = "Sun, 22 Nov 2026 07:00:00 +0000"
    if id:
        message["Message-ID"] = f"<{number}@e.org>"
    message.set_content(f"{BEGINNING}. This is issue {number}.\n")
    return message


def test_a_maildir_is_read_and_a_message_stays_the_same_when_it_was_read(tmp_path):
    box = mailbox.Maildir(tmp_path / "box", create=True)
    key = box.add(letter(1))
    path = str(tmp_path / "box")

    first = result(path)
    message = box[key]
    message.set_subdir("cur")
    message.set_flags("S")
    box[key] = message
    again = result(path)

    assert [(each.title, each.source) for each in first.documents] == [("Issue 1", "The Letter")]
    assert [each.id for each in again.documents] == [each.id for each in first.documents]
    assert str(tmp_path) not in repr(first.documents)


def test_messages_that_have_been_seen_are_not_opened(tmp_path):
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(letter(1))
    path = str(tmp_path / "box")
    seen = {each.id for each in result(path).documents}
    next((tmp_path / "box" / "new").iterdir()).chmod(0)
    box.add(letter(2))

    assert [each.title for each in result(path, seen=lambda ids: seen & set(ids)).documents] == ["Issue 2"]


def test_old_letters_of_a_maildir_are_no_news(tmp_path):
    mailbox.Maildir(tmp_path / "box", create=True)
    for name in ("1600000000.M1.host", f"{int(NOW.timestamp()) - 86400}.M2.host:2,S", "odd-name"):
        (tmp_path / "box" / "cur" / name).write_bytes(letter(1).as_bytes())

    assert [each.id for each in result(str(tmp_path / "box")).documents] == [
        f"maildir:{int(NOW.timestamp()) - 86400}.M2.host", "maildir:odd-name",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["letters.mbox", "letters"])
def test_a_mailbox_is_read_and_its_messages_are_known_by_their_ids(tmp_path, name):
    box = mailbox.mbox(tmp_path / name)
    for each in (letter(1), letter(2), letter(3, id=False)):
        box.add(each)
    box.flush()
    first = result(str(tmp_path / name))
    box.remove(0)
    box.flush()
    box.close()
    rest = result(str(tmp_path / name))
    unseen = result(str(tmp_path / name), seen=lambda ids: {"mid:2@e.org"} & set(ids))

    assert [each.id for each in first.documents][:2] == ["mid:1@e.org", "mid:2@e.org"]
    assert [each.id for each in rest.documents] == [each.id for each in first.documents][1:]
    assert [each.title for each in unseen.documents] == ["Issue 3"]


def test_a_folder_is_read_and_a_file_that_is_written_anew_is_another_article(tmp_path):
    (tmp_path / "sea").mkdir()
    (tmp_path / "sea" / "tide.txt").write_text(f"Tides\n\n{BEGINNING}.")
    (tmp_path / "list.jsonl").write_text('{"id": "x", "text": "A given id stays."}\n')
    first = result(str(tmp_path))
    (tmp_path / "sea" / "tide.txt").write_text(f"Tides\n\n{BEGINNING} again.")
    second = result(str(tmp_path))

    assert [each.id.partition("~")[0] for each in first.documents] == ["x", "sea/tide.txt"]
    assert [each.section for each in first.documents] == [None, "sea"]
    assert [one.id == two.id for one, two in zip(first.documents, second.documents, strict=True)] == [True, False]


def test_a_path_that_is_not_there_fails():
    assert str(result("/nowhere/at/all").error).startswith("no such file or folder")


def test_a_feed_by_its_address_stands_for_its_entries():
    with serving({"/ferry": PAGE}) as server:
        server.routes["/"] = feed(teaser(server), entry("https://e.org/1"))
        found = list(read([server.url("/")], limits=LOCAL))

    assert all(isinstance(each, Document) for each in found)
    assert [len(each.text) > 500 for each in found if isinstance(each, Document)] == [True, True]


def test_a_file_of_a_feed_is_read_without_the_network(tmp_path: Path):
    with serving({"/ferry": PAGE}) as server:
        (tmp_path / "feed.xml").write_text(feed(teaser(server)))
        [found] = read([str(tmp_path / "feed.xml")], limits=LOCAL)

        assert not isinstance(found, Problem)
        assert found.text == f"{BEGINNING} …"
        assert server.asked == []


def test_a_feed_that_has_moved_is_asked_with_the_login_that_the_user_gave():
    asked = []

    def answer(request):
        asked.append(request.headers.get("authorization"))
        return feed(entry("https://e.org/1"))

    with serving({"/feed": answer, "/old": moved("/feed", 301)}) as server:
        address = server.url("/old").replace("//", "//ann:secret@")
        first = result(address)
        again = result(address, known={address: Known(moved_to=first.moved_to)})

    assert first.moved_to
    assert len(again.documents) == 1
    assert asked == ["Basic YW5uOnNlY3JldA=="] * 2
