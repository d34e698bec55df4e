"""Headline and identity: which title stands over a story, and its id."""

import random
import re

import pytest

from briefing.models import Group
from briefing.stories.headline import choose_headline, plain_title
from briefing.stories.identity import story_id
from tests.stories.made import made

TEXT = (
    "The ferry Maren Sol sank off Port Ansel in a gale on Friday, leaving 12 dead. The coast guard searches for nine."
)


def chosen(*titles):
    articles = {str(number): made(str(number), title, TEXT) for number, title in enumerate(titles)}
    headline = choose_headline(Group(tuple(articles)), articles)
    return headline and headline[1]


@pytest.mark.parametrize(
    "worse",
    [
        "What we know about the ferry Maren Sol that sank off Port Ansel",
        "Ferry Maren Sol sank off Port Ansel: who is to blame?",
        "Ferry tragedy",
        "5 things to know about the ferry that sank off Port Ansel",
        "Ferry Maren Sol sank off Port Ansel in a gale on Friday leaving 12 dead as the coast guard searches for "
        "nine people and the minister promises an inquiry into the bow door",
        "Shares of Tarn Line fall",
        None,
    ],
)
def test_a_title_that_says_what_happened_wins(worse):
    good = "Ferry sinks off Port Ansel in gale, 12 dead"

    assert chosen(worse, good) == chosen(good, worse) == good


def test_a_story_without_titles_has_no_headline():
    assert chosen(None, None) is None


@pytest.mark.parametrize(
    ("title", "source", "url"),
    [
        ("Ferry sinks | Ansel Coast Herald", "Ansel Coast Herald", None),
        ("Ferry sinks - The Herald", "Herald", None),
        ("Herald: Ferry sinks", "Herald", None),
        ("Ferry sinks — coastherald.example", None, "https://www.coastherald.example/ferry"),
    ],
)
def test_the_outlet_at_the_end_of_a_title_is_left_out(title, source, url):
    assert plain_title(made("a", title, TEXT, source=source, url=url)) in ("Ferry sinks", "Herald: Ferry sinks")


def test_what_is_no_outlet_stays_in_the_title():
    assert plain_title(made("a", "Ferry sinks - 12 dead", TEXT, source="Herald")) == "Ferry sinks - 12 dead"


def test_a_story_is_called_by_its_earliest_article_whatever_the_order():
    articles = {
        "late": made("late", "A", published="2026-11-22"),
        "early": made("early", "B", published="2026-11-21T23:00:00Z"),
        "undated": made("undated", "C"),
    }
    ids = list(articles)

    found = {story_id(Group(tuple(random.Random(seed).sample(ids, 3))), articles) for seed in range(6)}

    assert found == {story_id(Group(("early",)), articles)}
    assert re.fullmatch("[a-z0-9-]+", *found)
