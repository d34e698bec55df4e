"""Lists of feeds as people's readers write them, and as we do."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InputError
from briefing.intake import read
from briefing.intake._places import Limits
from briefing.intake.opml import parse_list, write_list
from briefing.models import Blob, Document, Problem
from briefing.subscriptions import Subscription
from tests.web.routes import Route
from tests.web.server import serving

LIST = "<opml version='2.0'><head><title>Mine</title></head><body>{}</body></opml>"
TEXT = "The council met on Monday and said nothing about the bridge. " * 20
LOCAL = Limits(private_hosts=("127.0.0.1",))


def subscriptions(source: str | bytes) -> list[Subscription]:
    data = source if isinstance(source, bytes) else source.encode()
    return list(parse_list(Blob(data=data, name="feeds.opml")).subscriptions)


def feed(title: str, address: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>{title}</title><item><title>{title} says</title>"
        f"<link>{address}</link><description>{TEXT}</description></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("outlines", "expected"),
    [
        (
            '<outline text="News & Views"><outline text="A&B" xmlUrl="http://e.org/?a=1&b=2&copy=3"/></outline>',
            Subscription("http://e.org/?a=1&b=2&copy=3", "A&B", ("News & Views",)),
        ),
        ('<OUTLINE TEXT="Caf&eacute;" XMLURL="http://e.org/f" />', Subscription("http://e.org/f", "Café")),
        ('<outline title="only a title" xmlUrl=" http://e.org/f\n"/>', Subscription("http://e.org/f", "only a title")),
        ('<outline xmlUrl="http://e.org/f"/>', Subscription("http://e.org/f")),
        ('<outline text="http://e.org/f" xmlUrl="http://e.org/f"/>', Subscription("http://e.org/f")),
        (
            "<outline text='F'><outline text='G'><outline text='d' xmlUrl='feed://e.org/f'></outline></outline>",
            Subscription("http://e.org/f", "d", ("F", "G")),
        ),
        ("<outline xmlUrl='http://e.org/f' category='/a/b,c'/>", Subscription("http://e.org/f", None, ("a", "b", "c"))),
        ("<outline text='~!# odd'><outline xmlUrl='http://e.org/é'/>", Subscription("http://e.org/é", None, ("odd",))),
        ("<outline text='&amp;amp; &lt;x&gt;' xmlUrl='http://e.org/f'/>", Subscription("http://e.org/f", "&amp; <x>")),
    ],
)  # fmt: skip
def test_a_list_is_read_however_it_is_written(outlines, expected):
    assert subscriptions(LIST.format(outlines)) == [expected]


def test_a_list_in_latin_1_keeps_its_letters():
    data = '<?xml version="1.0" encoding="iso-8859-1"?>' + LIST.format('<outline text="Café" xmlUrl="http://e.org/f"/>')

    assert subscriptions(data.encode("latin-1")) == [Subscription("http://e.org/f", "Café")]
    assert subscriptions(data.encode()) == [Subscription("http://e.org/f", "Café")]
    assert subscriptions(data.replace("iso-8859-1", "utf-16").encode("utf-16")) == [
        Subscription("http://e.org/f", "Café")
    ]


def test_a_list_that_is_cut_off_gives_what_is_there():
    whole = LIST.format('<outline text="A" xmlUrl="http://e.org/a"/><outline text="B" xmlUrl="http://e.org/b"/>')

    assert [each.title for each in subscriptions(whole[: whole.index("http://e.org/b")])] == ["A"]


@pytest.mark.parametrize("ends", ["</outline></outline></outline>", ""])
def test_ends_too_many_or_too_few_cost_no_feed(ends):
    outlines = f'<outline text="F"><outline text="A" xmlUrl="http://e.org/a">{ends}<outline xmlUrl="http://e.org/b"/>'

    assert [each.address for each in subscriptions(LIST.format(outlines))] == ["http://e.org/a", "http://e.org/b"]


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from([
            "<outline ", "</outline>", "<outline/>", ">", 'xmlUrl="http://e.org/', '"', "text='a'", "<x:opml>",
            "</opml>", "<head>", "<title>", "<body>", "&", "<dateCreated>", "</dateCreated>", "<!--",
            "\0", "xmlns:a='", "é", "<gtml:tab>",
        ]),
        max_size=20,
    )
)  # fmt: skip
def test_no_arrangement_of_outlines_raises_anything_but_a_reason(pieces):
    with suppress(InputError):
        subscriptions(f"<opml>{''.join(pieces)}")


def test_what_is_no_feed_is_named():
    outlines = """
        <outline text="other" type="link" url="http://e.org/list.opml"/>
        <outline text="mine" xmlUrl="/etc/passwd"/> <outline text="mine" xmlUrl="file:///etc/passwd"/>
        <outline text="run" xmlUrl="exec:curl"/> <outline text="odd" xmlUrl="ftp://e.org/"/>
    """
    found = parse_list(Blob(data=LIST.format(outlines).encode(), name="feeds.opml"))

    assert found.title == "Mine"
    assert found.subscriptions == ()
    assert [problem.reason[:40] for problem in found.problems] == [
        "http://e.org/list.opml is a list of its own; import that"[:40],
        "/etc/passwd is no web address",
        "file:///etc/passwd is no web address",
        "exec:curl exec: lines run commands or as",
        "ftp://e.org/ ftp: is not read; give an https://"[:40],
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no OPML list"),
        ("<html><body>Hi</body></html>", "no OPML list"),
        (LIST.format(""), "a list without feeds"),
        (LIST.format("<outline text='a'>" * 5_000), "more than 20,000 feeds, or folders more than 100 deep"),
        (LIST.format("<outline xmlUrl='http://e.org/a'/>" * 20_001), "more than 20,000 feeds"),
    ],
)
def test_what_is_no_list_is_named(data, reason):
    with pytest.raises(InputError, match=reason):
        subscriptions(data)


TITLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
TAG = TITLE.filter(lambda text: text[0] not in "~!#")


@given(
    st.lists(
        st.builds(
            Subscription,
            st.integers().map(lambda number: f"https://e.org/?a={number}&b"),
            st.none() | TITLE,
            st.lists(TAG, max_size=3, unique=True).map(tuple),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda each: each.address,
    )
)
def test_what_is_written_is_read_again(feeds):
    feeds = [Subscription(*map(normalized, (each.address, each.title, each.tags))) for each in feeds]

    assert set(subscriptions(write_list(feeds, "Mine & yours"))) == set(feeds)  # each in its folder, not in its place


def normalized(value):  # type: ignore[no-untyped-def]
    """Return text in the form that all text has."""
    import unicodedata

    if isinstance(value, tuple):
        return tuple(dict.fromkeys(map(normalized, value)))
    return unicodedata.normalize("NFC", value) if value else value


def test_what_is_written_is_well_formed_and_leaves_out_what_is_no_feed():
    feeds = [Subscription("https://e.org/f", 'A <b> & "c"', ("x", "y")), Subscription("page:https://e.org/")]

    assert write_list([*feeds, Subscription("letters")], "Mine").decode() == (
        """<?xml version='1.0' encoding='utf-8'?>
<opml version="2.0">
  <head>
    <title>Mine</title>
  </head>
  <body>
    <outline text="x">
      <outline text="y">
        <outline type="rss" text="A &lt;b&gt; &amp; &quot;c&quot;" xmlUrl="https://e.org/f" />
      </outline>
    </outline>
  </body>
</opml>
"""
    )


@pytest.mark.parametrize("name", ["feeds.opml", "feeds.xml"])
def test_a_list_stands_for_the_entries_of_its_feeds(tmp_path, name):
    with serving({"/a": feed("A", "https://e.org/a"), "/b": feed("B", "https://e.org/b")}) as server:
        outlines = f"""<outline text="World"><outline text="The A & so on" xmlUrl="{server.url("/a")}"/></outline>
            <outline xmlUrl="{server.url("/b")}"/><outline text="gone" xmlUrl="{server.url("/c")}"/>"""
        (tmp_path / name).write_text(LIST.format(outlines))

        found = list(read([str(tmp_path / name)]))

    documents = {each.id: each for each in found if isinstance(each, Document)}
    assert {id: (each.source, each.section) for id, each in documents.items()} == {
        "https://e.org/a": ("The A & so on", "World"),
        "https://e.org/b": ("B", None),
    }
    assert [each for each in found if isinstance(each, Problem)] == [
        Problem(server.url("/c"), "the server answers 404 Not Found")
    ]


def test_a_list_from_the_web_names_no_private_host_but_its_own():
    with serving({"/a": feed("A", "https://e.org/a")}, ["127.0.0.1", "127.0.0.2"]) as server:
        own, other = server.url("/a"), server.url("/a", "127.0.0.2")
        outlines = f'<outline xmlUrl="{own}"/><outline xmlUrl="{other}"/>'
        server.routes["/list"] = Route(LIST.format(outlines), headers={"Content-Type": "text/xml"})

        found = list(read([server.url("/list")]))

    assert [each.id for each in found if isinstance(each, Document)] == ["https://e.org/a"]
    [refused] = [each for each in found if isinstance(each, Problem)]
    assert refused.input == other
    assert 'private_hosts = ["127.0.0.2"]' in refused.reason
