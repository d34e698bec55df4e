"""What earlier issues have told is not told again, and whatever is not surely the same is news."""

import pytest

from briefing.models import Article, Document
from briefing.stories.reprints import find_reprints
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

TEXT = (
    "The harbor bridge at Lindmouth will close for eleven months from the first week of March, the council decided. "
    "Engineers had found cracks in four of its twelve hangers when they hung cameras below the deck in October. "
    "Lorries will be sent over the old ferry road, which is to get a second lane before the bridge is closed. "
    "The repair is to cost 34 million crowns, of which the harbor company pays a third."
)
FRESH = "A bakery below the eastern ramp sued the council on Tuesday because nobody had asked its owner."


def article(id: str, text: str, title: str = "Lindmouth closes its harbor bridge") -> Article:
    return read_article(Document(id=id, text=text, title=title, source="Ledger"), Vocabulary(), language="en")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="the same"),
        pytest.param(TEXT.replace("engineers", "inspectors").replace("decided", "said"), id="two words changed"),
        pytest.param(TEXT.rpartition("The repair")[0], id="cut"),
    ],
)
def test_what_was_told_is_a_reprint(text: str) -> None:
    assert find_reprints([article("tuesday", text)], [article("monday", TEXT)]) == {"tuesday": "monday"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TEXT} {FRESH}", id="a fresh sentence"),
        pytest.param(TEXT.replace("34 million", "51 million"), id="another number"),
        pytest.param(FRESH, id="another text"),
        pytest.param("", id="no text"),
    ],
)
def test_what_says_more_is_news(text: str) -> None:
    assert find_reprints([article("tuesday", text)], [article("monday", TEXT)]) == {}


def test_another_number_in_the_title_is_news() -> None:
    monday = article("monday", TEXT, "Day 3: the bridge stays open")

    assert find_reprints([article("tuesday", TEXT, "Day 4: the bridge stays open")], [monday]) == {}


def test_two_copies_of_today_are_no_reprints() -> None:
    assert find_reprints([article("one", TEXT), article("two", TEXT)], []) == {}


def test_an_article_is_no_reprint_of_itself() -> None:
    assert find_reprints([article("monday", TEXT)], [article("monday", TEXT)]) == {}
