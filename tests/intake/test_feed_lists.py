"""Lists of feeds in any form, and bytes in none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import InputError
from briefing.intake._feed_lists import read_list
from briefing.models import Blob
from briefing.subscriptions import Subscription

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["rss", "https://e.org/f"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["provider", "type", "config", "rss_path", "url", "server", "x"]), inner)
    ),
    max_leaves=12,
)


def listed(data: bytes) -> list[Subscription]:
    try:
        return list(read_list(Blob(data=data, name="list")).subscriptions)
    except InputError:
        return []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", ["https://e.org/f\n", "<opml><outline xmlUrl='https://e.org/f'/></opml>"])
def test_a_list_is_read_in_any_encoding(encoding, text):
    assert listed(text.encode(encoding)) == [Subscription("https://e.org/f")]


def test_the_feeds_behind_goosepaper_are_found():
    sources = [
        {"type": "reddit", "subreddit": "news", "limit": 6},
        {"type": "mastodon", "server": "https://e.org/", "username": "@ann"},
        {"type": "bluesky", "username": "ann.e.org"},
        {"type": "wikipedia"},
    ]

    assert [each.address for each in listed(json.dumps({"version": 2, "sources": sources}).encode())] == [
        "https://www.reddit.com/r/news.rss", "https://e.org/@ann.rss", "https://bsky.app/profile/ann.e.org/rss"
    ]  # fmt: skip


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_list_or_say_what_they_are(data):
    listed(data)


@given(stories=st.lists(VALUES, max_size=4))
def test_any_configuration_of_goosepaper_names_web_addresses_or_problems(stories):
    data = json.dumps({"stories": stories}).encode()

    assert all(each.path is None for each in listed(data))
