"""Figures: numbers that disagree, and the many that only seem to."""

import pytest

from briefing.stories.figures import find_figures
from tests.stories.made import made


def found(*texts, sources=None):
    articles = [
        made(str(number), None, text, source=(sources or "ABCDEF")[number], published=f"2026-11-22T1{number}:00:00Z")
        for number, text in enumerate(texts)
    ]
    by_id = {article.id: article.document.text for article in articles}
    figures = find_figures(articles)
    for value in (value for figure in figures for value in figure.values):
        assert by_id[value.article][value.start : value.end] == value.value
    return {figure.what: [value.value for value in figure.values] for figure in figures}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The ferry sank, leaving 12 dead.", "At least 15 people were killed.", {"dead": ["12", "At least 15"]}),
        ("A bomb killed twelve people.", "The death toll rose to 15.", {"dead": ["twelve", "15"]}),
        ("The storm injured 1,200 people.", "Doctors said 1,300 were injured.", {"injured": ["1,200", "1,300"]}),
        ("Nine passengers are missing.", "Eleven passengers are missing.", {"passengers missing": ["Nine", "Eleven"]}),
        ("Police arrested 23 people.", "Some said that 26 people were arrested.", {"arrested": ["23", "26"]}),
        (
            "The firm must pay a $4.5 million fine.",
            "A fine of $5,400,000 was set.",
            {"fine in $": ["$4.5 million", "$5,400,000"]},
        ),
        (
            "The Senate passed the bill in a 52-47 vote.",
            "The Senate approved it 52-48 on Friday.",
            {"votes in the senate": ["52-47", "52-48"]},
        ),
        ("Das Unglück forderte 12 Tote.", "Es gab mindestens 15 Tote.", {"dead": ["12", "mindestens 15"]}),
    ],
)
def test_numbers_that_disagree_stand_side_by_side(one, other, expected):
    assert found(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The crash killed 12 people.", "Twelve people were killed."),
        ("The crash killed 12 people.", "The crash killed 12 people, including three children."),
        ("Fifteen soldiers were killed.", "Twelve people were killed."),
        ("The crash killed 12 people.", "A crash on that road killed 15 people in 2019."),
        ("The crash killed 12 people.", "The deadliest crash killed 15 people."),
        ("The crash killed 12 people.", "As many as 15 people could be dead."),
        ("The crash killed 12 people.", "More than ten people were killed."),
        ("The crash killed 12 people.", "About 15 people were killed."),
        ("The crash killed 12 people.", "Another three people died in hospital."),
        ("The crash killed 12 people.", "Three of the dead were children; 4 of them were injured."),
        ("The crash killed 12 people.", "The disease killed 25,000 people."),
        ("The crash killed 12 people.", "He was killed 15 hours later."),
        ("The crash killed 12 people.", "First 10 people were killed here. Then 15 people were killed there."),
        ("The firm must pay a $4.5 million fine.", "It agreed to a $9 million settlement."),
        ("The firm must pay a $4.5 million fine.", "It is part of a larger $9 million fine."),
        ("The firm must pay a $4.5 million fine.", "A fine of €5 million was set."),
        ("The firm must pay a $4.5 million fine.", "The firm must pay a fine of $4,500,000."),
        ("The Senate passed it in a 52-47 vote.", "The House passed it in a 220-212 vote."),
        ("The Senate passed it in a 52-47 vote.", "The team won 52-48."),
        ("The crash killed 12 people.", "The firm cut 15 jobs, killing hopes."),
    ],
)
def test_what_only_seems_to_disagree_is_left_out(one, other):
    assert found(one, other) == {}


def test_an_outlet_that_corrects_itself_does_not_disagree():
    assert found("The crash killed 12 people.", "The crash killed 15 people.", sources="AA") == {}


def test_of_an_outlet_the_latest_article_counts():
    texts = ["The crash killed 10 people.", "The crash killed 12 people.", "The crash killed 15 people."]

    assert found(*texts, sources="AAB") == {"dead": ["12", "15"]}
