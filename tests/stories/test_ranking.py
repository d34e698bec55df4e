"""Ranking: what lifts a story, what never does, and that its reasons sum to its score."""

import math
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from briefing.models import Copy, Group
from briefing.stories.ranking import rank
from tests.stories.made import made

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def ranked(*groups, **options):
    articles = {article.id: article for group in groups for article in group}
    made_groups = [Group(tuple(article.id for article in group)) for group in groups]
    return [group.articles[0] for group, _, _ in rank(made_groups, articles, **{"until": NOW, **options})]


def score(articles, group, **options):
    [(_, total, reasons)] = rank([group], {each.id: each for each in articles}, **{"until": NOW, **options})
    assert math.isclose(total, sum(reason.value for reason in reasons), abs_tol=1e-6)
    return total


hours = st.none() | st.integers(0, 200)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), hours), min_size=1, max_size=8), hours)
def test_another_independent_outlet_never_lowers_a_story(outlets_and_hours, age):
    told = [
        made(str(i), "A title", source=source, published=ago(hour))
        for i, (source, hour) in enumerate(outlets_and_hours)
    ]
    another = made("another", "A title", source="The Stranger", published=ago(age))
    before = Group(tuple(article.id for article in told))
    after = Group((*before.articles, "another"))

    assert score([*told, another], after) > score(told, before)


def ago(hours):
    return None if hours is None else (NOW - timedelta(hours=hours)).isoformat()


def test_a_copy_never_lifts_a_story():
    article, copy = made("a", "A title", source="One"), made("b", "A title", source="Two", published="2026-11-22")

    assert score([article, copy], Group(("a",), (Copy("b", "a"),))) == score([article, copy], Group(("a",)))


def test_more_outlets_come_first_and_two_feeds_of_one_publisher_are_one():
    three = [made(f"three-{name}", "A title", source=name) for name in ("One", "Two", "Three")]
    feeds = [
        made("feeds-1", "A title", source="Ledger World", url="https://www.ledger.example/a"),
        made("feeds-2", "A title", source="Ledger Sport", url="https://ledger.example/b"),
        made("feeds-3", "A title", source="Ledger World"),
    ]

    assert ranked(feeds, three) == ["three-One", "feeds-1"]


def test_the_fresher_comes_first_and_halves_in_a_half_life():
    old, new = made("old", "A title", published=ago(24)), made("new", "A title", published=ago(0))

    assert ranked([old], [new]) == ["new", "old"]
    assert math.isclose(score([new], Group(("new",))) - score([old], Group(("old",))), 0.5, abs_tol=1e-6)


def test_interests_and_source_weights_move_a_story():
    tram = made("tram", "Tram drivers walk out", source="Ledger")
    ferry = made("ferry", "Ferry sinks", source="Herald")

    assert ranked([tram], [ferry], interests=["ferry"]) == ["ferry", "tram"]
    assert ranked([ferry], [tram], source_weights={"LEDGER": 2.0}) == ["tram", "ferry"]


def test_ties_go_to_the_earlier_then_to_the_id():
    assert ranked([made("b", "A title")], [made("a", "A title")], until=None) == ["a", "b"]


def test_a_date_that_is_none_counts_as_unknown():
    assert ranked([made("a", "A title", published="yesterday")], [made("b", "A title")]) == ["a", "b"]


def test_the_zone_of_the_issue_does_not_matter():
    group = Group(("a",))
    article = made("a", "A title", published="2026-11-22T06:00:00+02:00")

    east = NOW.astimezone(timezone(timedelta(hours=9)))

    assert score([article], group) == score([article], group, until=east)
