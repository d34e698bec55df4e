"""Addresses and text fragments."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.renderers._links import host, safe_url, text_fragment


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//a.example",
        "https:",
        "https://",
        "http:///path",
        "java\nscript:x",
        "",
        None,
        "about:blank",
    ],
)
def test_other_schemes_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize("url", ["https://a.example/b?c=d&e=f#g", "http://a.example", "mailto:desk@a.example"])
def test_web_and_mail_addresses_stay_as_they_are(url: str) -> None:
    assert safe_url(url) == url


@given(path=st.text(st.characters(exclude_categories=["Cs"])))
def test_an_address_cannot_leave_its_quotes(path: str) -> None:
    made = safe_url(f"https://a.example/{path}")

    assert made is not None
    assert made.isascii()
    assert not set(made) & set("\"'<>()[]{}\\^`| \t\r\n")
    assert urlsplit(made).hostname == "a.example"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.a.example/b", "a.example"),
        ("http://user:word@A.example:8080", "a.example"),
        ("mailto:x@y.example", None),
    ],
)
def test_host_is_named_without_www(url: str, name: str | None) -> None:
    assert host(url) == name


def test_a_short_quotation_is_given_whole() -> None:
    made = text_fragment("https://a.example/b", "It rained, well-known rain & more.")

    assert made == "https://a.example/b#:~:text=It%20rained%2C%20well%2Dknown%20rain%20%26%20more."


def test_a_long_quotation_is_given_by_its_ends() -> None:
    made = text_fragment("https://a.example/b", "one two three four five six seven eight nine ten")

    assert unquote(made).endswith("#:~:text=one two three four,seven eight nine ten")


def test_a_long_quotation_without_spaces_is_given_by_its_ends() -> None:
    sentence = "连接两岸的新桥于周日上午开通，比原计划提前了三周，市政府表示工程费用比预算低了百分之六。"

    made = unquote(text_fragment("https://a.example/", sentence)).partition("text=")[2]

    first, last = made.split(",")
    assert sentence.startswith(first)
    assert sentence.endswith(last)


def test_a_fragment_of_the_page_is_kept() -> None:
    assert text_fragment("https://a.example/b#part", "rain") == "https://a.example/b#part:~:text=rain"


def test_an_older_text_fragment_is_replaced() -> None:
    assert text_fragment("https://a.example/b#part:~:text=sun", "rain") == "https://a.example/b#part:~:text=rain"
