"""Feeds of every format, whole and damaged: nothing raises, nothing is fetched, titles come out right."""

import codecs
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.intake import read
from briefing.intake.feed import read as read_feed
from briefing.models import Blob, Document, Problem
from tests.intake.test_cases import shown

CASES = Path(__file__).parent.parent / "cases" / "feeds"
FEEDS = sorted(path for path in CASES.glob("*") if path.suffix in (".xml", ".json"))
ITEM = "<item><title>{title}</title><link>https://example.org/a</link><description>{text}</description></item>"
RSS = '<rss version="2.0"><channel><title>The News</title>{items}</channel></rss>'
TEXT = "The council met on Monday and said nothing about it."


def found_in(data: bytes, **facts: str) -> list[Document | Problem]:
    return list(read_feed(Blob(data=data, name="feed.xml", **facts)))


def first(data: bytes, **facts: str) -> Document:
    found = found_in(data, **facts)
    assert isinstance(found[0], Document), found
    return found[0]


def reason(data: bytes, **facts: str) -> str:
    [found] = found_in(data, **facts)
    assert isinstance(found, Problem), found
    return found.reason


def rss(title: str, text: str = TEXT) -> str:
    return RSS.format(items=ITEM.format(title=title, text=text))


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_is_read_as_expected(path):
    found = found_in(path.read_bytes(), base=path.name)

    assert "=====\n".join(map(shown, found)).replace("feed.xml", path.name) == path.with_name(
        f"{path.name}.expected"
    ).read_text(encoding="utf-8").replace("feed.xml", path.name)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("<![CDATA[AT&T]]>", "AT&T"),
        ("<![CDATA[AT&amp;T]]>", "AT&T"),
        ("<![CDATA[AT&T & <b>more</b> &nbsp;]]> & so on", "AT&T & more & so on"),
        ("R&D; ends & begins &", "R&D; ends & begins &"),
        ("caf&eacute; it&#8217;s it&#146;s", "café it’s it’s"),
        ("Tom &amp;#8217;s", "Tom ’s"),
        ("&lt;i&gt;Titanic&lt;/i&gt; found", "Titanic found"),
        ("One&lt;br&gt;Two", "One Two"),
        ("<b>Bold</b> move", "Bold move"),
        ("&lt;vector&gt; in C++", "<vector> in C++"),
        ("a &lt; b and c &gt; d", "a < b and c > d"),
        ("a\x0b\x00b", "ab"),
        ("&#0;&#x1F600; &#55296;ok", "😀 ok"),
        ("  two\n   lines ", "two lines"),
        ("\u202eevil\u202c title", "evil title"),
    ],
)
def test_a_title_is_what_a_reader_would_see(written, title):
    assert first(rss(written).encode()).title == title


@pytest.mark.parametrize(
    ("title", "encoding", "declared"),
    [
        ("Le café", "latin-1", None),
        ("Le café", "latin-1", "utf-8"),
        ("it’s", "cp1252", "utf-8"),
        ("“it’s” – he said", "cp1252", None),
        ("Le café", "utf-8", "iso-8859-1"),
        ("Le café – it’s", "cp1252", "iso-8859-1"),
        ("Дума приняла закон", "cp1251", None),
        ("Дума приняла закон", "koi8-r", "koi8-r"),
        ("今日の天気は晴れ", "shift_jis", "shift_jis"),
        ("今日の天気は晴れ", "euc_jp", "utf-8"),
        ("今日の天気は晴れ", "iso2022_jp", "iso-2022-jp"),
        ("Le café", "utf-16", "utf-16"),
        ("Le café", "utf-16-le", None),
        ("Le café", "utf-16-be", "utf-16"),
        ("Le café", "utf-32", None),
        ("Le café", "utf-8-sig", "utf-8"),
    ],
)
def test_a_title_survives_its_encoding(title, encoding, declared):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""

    assert first((declaration + rss(title)).encode(encoding)).title == title


@pytest.mark.parametrize(("language", "title", "encoding"), [("pl", "Żółć", "cp1250"), ("tr", "Işık", "cp1254")])
def test_a_few_letters_are_read_in_the_language_that_the_feed_states(language, title, encoding):
    data = rss(title).replace("<item>", f"<language>{language}-XX</language><item>").encode(encoding)

    assert first(data).title == title


def test_a_piece_from_elsewhere_does_not_spoil_a_feed_in_utf_8():
    data = rss("naïve café").encode().replace(b"nothing", b"\x93nothing\x94")

    assert first(data).title == "naïve café"
    assert "said “nothing” about" in first(data).text


def test_what_the_server_says_of_the_encoding_counts_where_it_can_be():
    assert first(rss("Дума").encode("koi8-r"), charset="koi8-r").title == "Дума"
    assert first(rss("Дума").encode(), charset="iso-8859-1").title == "Дума"


def test_links_begin_at_the_feed_or_its_site():
    relative = rss("A").replace("https://example.org/a", "../a?x=1&amp;utm_source=rss#top")
    with_home = relative.replace("<item>", "<link>https://home.example.org/</link><item>")

    assert first(relative.encode(), url="https://example.org/feeds/all.xml").url == "https://example.org/a?x=1"
    assert first(with_home.encode()).url == "https://home.example.org/a?x=1"
    assert first(relative.encode()).url is None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("HTTPS://Example.ORG:443", "https://example.org/"),
        ("http://example.org:8080/a#b", "http://example.org:8080/a"),
        ("https://example.org/a?fbclid=1&amp;b=%20c&amp;utm_content=x&amp;ref=rss", "https://example.org/a?b=%20c"),
        ("https://example.org/a?ref=home", "https://example.org/a?ref=home"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("http://[bad", None),
        ("javascript:alert(1)", None),
        ("mailto:a@example.org", None),
    ],
)
def test_an_article_has_one_address(link, address):
    document = first(rss("A").replace("https://example.org/a", link).encode())

    assert document.url == address


def test_the_longest_text_of_an_entry_is_its_text():
    short, long = "<description>Short.</description>", "<content>{}</content>".replace("content", "content:encoded")
    items = ITEM.format(title="A", text="Short.") + ITEM.format(title="B", text=TEXT).replace("/a<", "/b<")
    data = RSS.format(items=items.replace(short, short + long.format(TEXT), 1).replace(
        f"{TEXT}</description></item>", f"{TEXT}</description>{long.format('Cut.')}</item>"
    ))  # fmt: skip
    head = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'

    assert [each.text for each in found_in(data.replace("<rss", head).encode())] == [TEXT, TEXT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One.\n\nTwo."),
        ("&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;R&amp;amp;amp;D.&amp;lt;/p&amp;gt;", "One.\n\nR&D."),
        ("One &lt;b&gt;bold&lt;/b&gt;.\n\nTwo.", "One bold.\n\nTwo."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("&lt;ul&gt;&lt;li&gt;One&lt;/li&gt;&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;", "One\n\nTwo"),
        ("&lt;figure&gt;&lt;figcaption&gt;A gull.&lt;/figcaption&gt;&lt;/figure&gt;", "A gull."),
        ("&lt;style&gt;p {}&lt;/style&gt;&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;", "One."),
    ],
)
def test_markup_becomes_paragraphs(text, expected):
    assert first(rss("A", text).encode()).text == expected


def test_an_entry_that_is_but_a_link_away_is_a_headline():
    comments = '&lt;a href="https://example.org/comments"&gt;Comments&lt;/a&gt;'
    items = ITEM.format(title="A", text=comments) + ITEM.format(title="B", text=TEXT).replace("/a<", "/b<")

    assert [each.title for each in found_in(RSS.format(items=items).encode())] == ["B"]
    assert reason(rss("A", comments).encode()).startswith("headlines without a text")


@pytest.mark.parametrize(
    "last",
    [
        "The post &lt;a&gt;Gulls &amp;amp; crumbs&lt;/a&gt; appeared first on &lt;a&gt;The News&lt;/a&gt;.",
        "Der Beitrag Gulls &amp;amp; crumbs erschien zuerst auf The News.",
        "La entrada Gulls &amp;amp; crumbs se publicó primero en The News.",
    ],
)
def test_the_line_under_every_entry_is_not_its_text(last):
    text = f"&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;{last}&lt;/p&gt;"

    assert first(rss("Gulls &amp; crumbs", text).encode()).text == TEXT
    assert first(rss("Bakers on strike", text).encode()).text.startswith(f"{TEXT}\n\n")
    assert first(rss("Gulls &amp; crumbs", f"&lt;p&gt;{last}&lt;/p&gt;").encode()).text.endswith("The News.")


def test_a_feed_by_date_tells_no_places_and_one_in_another_order_does():
    def dated(*days: int) -> str:
        items = "".join(
            ITEM.format(title=day, text=TEXT)
            .replace("/a<", f"/{day}<")
            .replace("<desc", f"<pubDate>{day} Nov 2026 08:00 GMT</pubDate><desc", 1)
            for day in days
        )
        return RSS.format(items=items)

    assert [each.place for each in found_in(dated(12, 11, 10).encode())] == [None, None, None]  # type: ignore[union-attr]
    assert [each.place for each in found_in(dated(11, 12, 10).encode())] == [0, 0.5, 1]  # type: ignore[union-attr]
    assert first(dated(11).encode()).place is None


def test_a_date_with_a_year_of_two_digits_is_understood():
    data = rss("A").replace("<desc", "<pubDate>Sun, 22 Nov 26 07:30:00 GMT</pubDate><desc", 1)

    assert first(data.encode()).published == "2026-11-22T07:30:00Z"


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (b"", "empty, not a feed"),
        (b" \n\t ", "empty, not a feed"),
        (b"<!DOCTYPE html><html><body><p>Hi</p></body></html>", "a web page, not a feed; `briefing feeds add URL`"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "a web page, not a feed"),
        (b'{"error": "no such feed"}', "JSON, but no JSON Feed; check the address"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"', "JSON that is damaged or cut off"),
        (b"[1, 2]", "JSON, but no JSON Feed"),
        (b"<urlset><url><loc>https://example.org/</loc></url></urlset>", "no feed (RSS, Atom, RDF or JSON Feed)"),
        (b"<opml><body><outline xmlUrl='https://example.org/'/></body></opml>", "a list of feeds (OPML), not a feed"),
        (b"Not found", "no feed (RSS, Atom"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "binary, not a feed"),
    ],
)
def test_what_is_no_feed_is_named_in_one_sentence(data, beginning):
    assert reason(data).startswith(beginning)
    assert "\n" not in reason(data)


def test_a_feed_without_entries_is_empty_and_no_problem():
    assert found_in(RSS.format(items="").encode()) == []


def test_a_feed_on_the_disk_stands_for_its_entries(tmp_path):
    (tmp_path / "a.rss").write_text(rss("A"))
    (tmp_path / "b.xml").write_text(rss("B").replace("org/a", "org/b"))
    (tmp_path / "c.xml.gz").write_bytes(gzip.compress(rss("C").replace("org/a", "org/c").encode()))
    (tmp_path / "d.json").write_bytes((CASES / "json-feed.json").read_bytes())

    found = [each for each in read([str(tmp_path)]) if isinstance(each, Document)]

    assert [each.title for each in found] == ["A", "B", "C", "Twelve ropes & a knot", None, "Linked"]
    assert [each.path for each in found[:4]] == ["a.rss", "b.xml", "c.xml.gz", "d.json"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>' + rss("&l9;"),
    "quadratic blow-up": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]>' + rss("&a;" * 10_000),
    "external entity": '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + rss("A", "&f;"),
    "external subset": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + rss("A"),
    "parameter entity": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>' + rss("A"),
    "deep elements": "<rss version='2.0'><channel><item><description>" + "<div>" * 20_000,
    "deep markup": rss("A", "<![CDATA[" + "<div>" * 50_000 + "x]]>"),
    "deep lists": rss("A", "<![CDATA[" + "<ul><li>" * 50_000 + "x]]>"),
    "nulls": rss("A").replace("o", "o\0"),
    "brackets": rss("A", "<" * 50_000),
    "unclosed": rss("A", '<a b="' * 20_000),
    "ampersands": rss("&" * 100_000),
    "cdata": rss("A", "<![CDATA[" * 20_000),
    "comments": "<!--" * 50_000 + rss("A"),
    "namespaces": "<rss " + " ".join(f'xmlns:a{n}="x"' for n in range(20_000)) + "><channel/></rss>",
    "attributes": '<rss version="2.0"><channel><item ' + "a='1' " * 20_000 + "/></channel></rss>",
    "json depth": '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
    "json types": '{"version": "https://jsonfeed.org/version/1", "title": [], "items": [{"id": {}, "url": 3}]}',
    "json surrogates": '{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "\\ud800 x"}]}',
    "json keys": '{"version": "https://jsonfeed.org/version/1", "items": [{"con\\ud800tent_text": "x"}]}',
    "json constants": '{"version": "https://jsonfeed.org/version/1", "items": NaN}',
    "dates": rss("A").replace("<desc", "<pubDate>99 Xyz 99999 99:99:99 +9999</pubDate><desc", 1),
    "dates of feedparser": rss("A").replace("<desc", "<pubDate>0000-00-00T99:99:99</pubDate><desc", 1),
    "categories": rss("A").replace("<desc", "".join(f"<category>{n}</category>" for n in range(20_000)) + "<desc", 1),
    "odd categories": rss("A").replace("<desc", "".join(f"<category>{n}<b/></category>" for n in range(3_000))),
    "author": rss("A").replace("<desc", f"<author>{'a.b-' * 100_000}</author><desc", 1),
    "author in pieces": rss("A").replace("<desc", f"<author>{'<b/>'.join(['a' * 900] * 200)}</author><desc", 1),
    "port": rss("A").replace("https://example.org/a", "https://example.org:99999999/a"),
    "base": rss("A").replace("<rss", '<rss xml:base="http://[bad"'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_raise_nothing_and_read_nothing_of_the_machine(name):
    found = found_in(HOSTILE[name].encode(), url="https://example.org/feed")

    assert "root:" not in repr(found)
    assert len(repr(found)) < 1_500_000


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_cut_off_at_any_byte_raises_nothing(path):
    data = path.read_bytes()

    for end in range(0, len(data), 7):
        for each in found_in(data[:end]):
            assert isinstance(each, Document | Problem)


PIECES = st.lists(
    st.sampled_from([
        "<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "<feed>", "<entry>", "<content>",
        '<content type="xhtml">', "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&", "&#x0;", "&lt;p&gt;", "<p", "</div>",
        "http://[", "<guid>", "<pubDate>", "Mon, 31 Feb 2026", "<source>", "<author>", 'xml:base="', "<?xml", "?>",
        "<image>", "<textinput>", "<itunes:image>", "<media:content>", "<dc:date>", "<!DOCTYPE", "<svg>", "<geo:lat>",
        "<rdf:RDF>", "</rss>", "<x:y>", "'", '"', "\0", "é", "\ud800",
    ]),
    max_size=30,
)  # fmt: skip


@settings(max_examples=300)
@given(PIECES, st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_no_arrangement_of_markup_raises(pieces, encoding):
    found_in(b"<rss>" + "".join(pieces).encode(encoding, "ignore"))


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from([b"", b"<rss>", b"<feed>", b"{", codecs.BOM_UTF16_LE, b"\x1f\x8b"]))
def test_no_bytes_raise(data, start):
    found_in(start + data)


@settings(max_examples=200)
@given(st.data())
def test_no_damage_to_a_feed_raises(data):
    path = data.draw(st.sampled_from(FEEDS))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    found_in(bytes(content))
