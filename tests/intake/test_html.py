"""What of a page is the article: one small page for each rule, read by one extractor and by several."""

import pytest

from briefing.intake import html, html_several
from briefing.models import Blob, Document

FIRST = (
    "The harbor board decided on Friday to buy two new cranes for the northern quay, because the old ones, which were "
    "built in 1961, will hardly stand another winter. It is the largest purchase in the history of the port."
)
SECOND = (
    "Three members voted against the purchase, since the price had risen by a fifth in half a year. They had asked for "
    "another offer, which nobody could get in time, the chairwoman said after the meeting."
)
THIRD = "The cranes come by ship from Brenn in the first week of May, if the ice allows it, and will be set up at once."


def page(body: str, head: str = "<title>Board buys cranes</title>") -> str:
    menu = "<nav><a href='/'>Home</a> <a href='/harbor'>Harbor</a></nav>"
    return f"<html><head>{head}</head><body>{menu}<main>{body}</main><footer>© Harbor Post</footer></body></html>"


@pytest.fixture(params=[html, html_several], ids=["html", "html-several"])
def read(request):
    if request.param is html_several:
        pytest.importorskip("readability")

    def read_page(source: str, url: str | None = None) -> Document:
        (found,) = request.param.read(Blob(data=source.encode(), name="page.html", base="page.html", url=url))
        assert isinstance(found, Document)
        return found

    return read_page


def article(*blocks: str) -> str:
    return page(f"<article><h1>Board buys cranes</h1><div class='body'>{''.join(blocks)}</div></article>")


def p(text: str) -> str:
    return f"<p>{text}</p>"


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param("<p><a href='/x'>Read more: The crane that fell into the sea</a></p>", id="labeled link"),
        pytest.param(
            "<h3>More</h3><ul><li><a href='/1'>A barge sinks</a><li><a href='/2'>A mayor goes</a></ul>", id="links"
        ),
        pytest.param(
            "<div class='newsletter-box'><p>Get the harbor's news by mail every morning.</p></div>", id="sign-up"
        ),
        pytest.param("<aside><p>The largest purchase in the history of the port, say all.</p></aside>", id="aside"),
        pytest.param(
            "<figure><img src='c.jpg'><figcaption>The old cranes, in May.</figcaption></figure>", id="caption"
        ),
        pytest.param("<script>var text = 'The cranes are a variable here.';</script>", id="script"),
        pytest.param("<!-- The cranes are a comment here. -->", id="comment"),
    ],
)
def test_what_is_not_the_article_goes(read, extra):
    found = read(article(p(FIRST), p(SECOND), extra, p(THIRD)))

    assert found.text.split("\n\n") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        pytest.param("<h2>Three against</h2>", "Three against", id="heading"),
        pytest.param("<h2><a href='/c'>Three against</a></h2>", "Three against", id="linked heading"),
        pytest.param(
            "<blockquote><p>A good day for the port.</p></blockquote>", "A good day for the port.", id="quotation"
        ),
        pytest.param("<p>They all went <a href='/h'>home</a>.</p>", "They all went home.", id="short paragraph"),
        pytest.param("<p>It was <b>not</b> <i>un</i>expected.</p>", "It was not unexpected.", id="inline marks"),
        pytest.param("<p>It was <!-- so --> expected by all.</p>", "It was expected by all.", id="comment inside"),
    ],
)
def test_what_is_the_article_stays(read, extra, expected):
    found = read(article(p(FIRST), p(SECOND), extra, p(THIRD)))

    assert found.text.split("\n\n") == [FIRST, SECOND, expected, THIRD]


def test_the_title_is_no_part_of_the_text(read):
    found = read(article(p(FIRST), p(SECOND)))

    assert found.title == "Board buys cranes"
    assert found.text == f"{FIRST}\n\n{SECOND}"


def test_lines_parted_by_breaks_are_paragraphs_and_wrapped_ones_are_not(read):
    head, tail = SECOND.split(", since ")
    found = read(page(f"<div>{FIRST}<br><br>{head},<br>since {tail}<br>{THIRD}</div>"))

    assert found.text.split("\n\n") == [FIRST, SECOND, THIRD]


def test_a_table_gives_a_paragraph_a_row():
    rows = "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2025</td><td>412</td></tr></table>"
    source = article(p(FIRST), p(SECOND), rows, p(THIRD))

    (found,) = html.read(Blob(data=source.encode(), name="page.html"))

    assert isinstance(found, Document)
    assert found.text.split("\n\n")[2:4] == ["Year Ships", "2025 412"]


def test_a_page_without_an_article_gives_what_can_be_read(read):
    assert read(page("<p>Only a few words.</p>")).text == "Only a few words."


def test_facts_are_read_from_meta_elements_when_there_is_no_json(read):
    head = (
        "<title>Board buys cranes - Harbor Post</title><meta property='og:site_name' content='Harbor Post'>"
        "<meta name='author' content='Mara Lindqvist'>"
        "<meta property='article:published_time' content='2026-11-20T18:05:00Z'>"
        "<meta property='og:url' content='https://post.example/cranes?id=1'>"
        "<link rel='canonical' href='https://post.example/'>"
    )
    found = read(page(p(FIRST) + p(SECOND), head))

    assert (found.title, found.source) == ("Board buys cranes", "Harbor Post")
    assert found.published == "2026-11-20T18:05:00Z"
    assert found.authors == ("Mara Lindqvist",)
    assert found.id == found.url == "https://post.example/cranes?id=1"


def test_the_host_stands_for_an_outlet_without_a_name(read):
    found = read(page(p(FIRST)), url="https://www.post.example/cranes")

    assert (found.source, found.url) == ("post.example", "https://www.post.example/cranes")


@pytest.mark.parametrize("path", ["2026/11/22/cranes", "world/2026/nov/22/cranes", "2026-11-22/cranes"])
def test_the_address_tells_the_day_when_nothing_else_does(read, path):
    assert read(page(p(FIRST)), url=f"https://post.example/{path}").published == "2026-11-22"


@pytest.mark.parametrize(("locale", "expected"), [("en_GB", "en"), ("de_DE", None)])
def test_a_page_that_contradicts_itself_states_no_language(read, locale, expected):
    source = page(p(FIRST), f"<meta property='og:locale' content='{locale}'>").replace("<html>", "<html lang='en-US'>")

    assert read(source).language == expected


def test_broken_json_about_the_page_costs_nothing(read):
    head = '<title>T</title><script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>'

    assert read(page(p(FIRST), head)).title == "T"


def test_a_page_that_an_extractor_cannot_read_is_read_without_a_traceback(caplog):
    pytest.importorskip("readability")
    broken = (
        b'no page but a record of one, "content": "<p>It opened on &#0;day.</p>", "url": "http://post.example/"\x18<b'
    )

    (found,) = html_several.read(Blob(data=broken, name="page.html", base="page.html"))

    assert isinstance(found, Document)
    assert "It opened on" in found.text
    assert not any(record.exc_info for record in caplog.records)
