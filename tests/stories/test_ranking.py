"""Ranking: what lifts a story, what never does, and that its reasons sum to its score."""

import math
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

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
places = st.none() | st.floats(0, 1)
rules = st.lists(st.sampled_from(["ferry", "tram"]), max_size=2)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), hours, places, rules), min_size=1, max_size=8), hours, places, rules
)
def test_another_independent_outlet_never_lowers_a_story(told_by, age, place, wishes):
    told = [
        made(str(i), "A title", source=source, published=ago(hour), place=its_place)
        for i, (source, hour, its_place, _) in enumerate(told_by)
    ]
    followed = {str(i): its for i, (_, _, _, its) in enumerate(told_by)}
    another = made("another", "A title", source="The Stranger", published=ago(age), place=place)
    before = Group(tuple(article.id for article in told))
    after = Group((*before.articles, "another"))

    raised = score([*told, another], after, followed={**followed, "another": wishes})

    assert raised > score(told, before, followed=followed)


def ago(hours):
    return None if hours is None else (NOW - timedelta(hours=hours)).isoformat()


def test_a_copy_never_lifts_a_story():
    article = made("a", "A title", source="One", place=0.9)
    copy = made("b", "A title", source="Two", published="2026-11-22", place=0.0)
    both, followed = [article, copy], {"b": ["title"]}

    assert score(both, Group(("a",), (Copy("b", "a"),)), followed=followed) == score(both, Group(("a",)))


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

    assert ranked([tram], [ferry], followed={"ferry": ["ferry"]}) == ["ferry", "tram"]
    assert ranked([ferry], [tram], source_weights={"LEDGER": 2.0}) == ["tram", "ferry"]


def test_the_first_entry_of_a_feed_comes_before_its_last_and_both_behind_another_outlet():
    first, last = made("first", "A title", place=0.0), made("last", "A title", place=1.0)
    two = [made(f"two-{name}", "A title", source=name) for name in ("One", "Two")]

    assert ranked([last], [first], two) == ["two-One", "first", "last"]
    assert math.isclose(score([first], Group(("first",))) - score([last], Group(("last",))), 0.1)


def test_a_place_outside_of_its_range_counts_as_its_end():
    assert ranked([made("a", "A title", place=9.0)], [made("b", "A title", place=1.0)]) == ["a", "b"]


def test_what_is_followed_is_named_with_its_rules():
    told = [made("a", "Ferry sinks"), made("b", "Tram stops")]
    followed = {"a": ["ferry", "+sinks"], "b": ["ferry", "tram => Trams"], "c": ["x"]}

    [(_, _, reasons)] = rank([Group(("a", "b"))], {each.id: each for each in told}, until=NOW, followed=followed)

    assert {each.part: each.rules for each in reasons} == {
        "outlets": UNSET,
        "articles": UNSET,
        "interest": ("ferry", "+sinks", "tram => Trams"),
    }


def test_ties_go_to_the_earlier_then_to_the_id():
    assert ranked([made("b", "A title")], [made("a", "A title")], until=None) == ["a", "b"]


def test_a_date_that_is_none_counts_as_unknown():
    assert ranked([made("a", "A title", published="yesterday")], [made("b", "A title")]) == ["a", "b"]


def test_the_zone_of_the_issue_does_not_matter():
    group = Group(("a",))
    article = made("a", "A title", published="2026-11-22T06:00:00+02:00")

    east = NOW.astimezone(timezone(timedelta(hours=9)))

    assert score([article], group) == score([article], group, until=east)
