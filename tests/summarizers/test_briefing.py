"""The default method: what it prefers, in one article and in several."""

import pytest

from briefing.models import Length, Text
from briefing.summarizers import briefing, choose
from briefing.summarizers._weights import ARTICLE, STORY
from tests.summarizers.texts import text_of

ARTICLE_LINES = [
    "The river rose in the night and took the bridge of the town.",
    "He said nothing.",
    '"We are tired," the mayor said.',
    "",
    "The bridge of the town was built by the crew of a boat.",
    "A cat slept on a chair.",
    "The river and the rain took boats, the bridge and a house of the town.",
]
STORY_LINES = [
    ["The ferry sank near Port Elm on Sunday with forty people.", "A cook sang on deck before lunch, guests recalled."],
    ["Rescue boats found ten people after the ferry sank near Port Elm.", "The owner wrote a book on birds in spring."],
    [
        "The ferry sank near Port Elm after its engine stopped, officers said.",
        "Tickets cost nine crowns before tax rose.",
    ],
]


def chosen(text: Text, count: int) -> list[str]:
    return [each.text for each in sorted(choose(text, Length(count)), key=lambda each: each.rank or 0)]


def test_what_the_article_goes_on_about_is_preferred_to_an_opening_that_it_drops() -> None:
    scores = briefing.score(text_of(["A dog sat under an old table.", *ARTICLE_LINES]), 3)

    assert scores[1] > scores[0]


def test_the_title_raises_a_sentence_that_shares_its_words() -> None:
    plain = briefing.score(text_of(ARTICLE_LINES), 3)
    titled = briefing.score(text_of(ARTICLE_LINES, titles=["A cat on a chair"]), 3)

    assert titled[4] > plain[4]
    assert titled[1] == pytest.approx(plain[1])


def test_a_summary_of_one_article_does_not_begin_with_a_pronoun() -> None:
    assert not any(line.startswith("He ") for line in chosen(text_of(ARTICLE_LINES), 1))


@pytest.mark.parametrize("count", range(1, 7))
def test_a_pronoun_has_a_sentence_before_it(count: int) -> None:
    choices = [each.index for each in choose(text_of(ARTICLE_LINES), Length(count))]

    assert 1 not in choices or 0 in choices


def test_a_story_prefers_what_its_articles_share() -> None:
    story = text_of(*STORY_LINES)

    assert all("sank near Port Elm" in line for line in chosen(story, 1))


def test_a_story_avoids_what_only_announces() -> None:
    announced = [["Rescue boats found ten people after the ferry sank near Port Elm:"], STORY_LINES[0], STORY_LINES[2]]

    dependent = [each["dependent"] for each in briefing.parts(text_of(*announced))]

    assert [weight < 0 for weight in dependent] == [True] + [False] * 4


def test_a_story_does_not_say_the_same_twice() -> None:
    line = "The ferry sank near Port Elm on Sunday with forty people on board."
    story = text_of([line, *STORY_LINES[0][1:]], [line, *STORY_LINES[1][1:]], [line, *STORY_LINES[2][1:]])

    assert chosen(story, 3).count(line) == 1


def test_scores_of_a_story_fall_in_the_order_of_choice() -> None:
    story = text_of(*STORY_LINES)

    scores = briefing.score(story, len(story))
    fewer = briefing.score(story, 2)

    best = sorted(range(len(story)), key=lambda position: -scores[position])[:2]
    assert best == sorted(range(len(story)), key=lambda position: -fewer[position])[:2]


def test_every_part_has_its_weight_and_every_weight_its_part() -> None:
    assert {name for each in briefing.parts(text_of(ARTICLE_LINES)) for name in each} == set(ARTICLE)
    assert {name for each in briefing.parts(text_of(*STORY_LINES)) for name in each} == set(STORY)
