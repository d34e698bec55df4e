"""Days and numbers: what they make of a likeness, and that twins of one kind stay apart by them."""

import pytest

from briefing.stories._particulars import Particulars, consistency
from tests.stories.made import made, together

REST = (
    " The ministry in Belmor counts new claims every week, and its speaker Ana Torrel said that the labor market was "
    "recovering more slowly than in spring, when shops and hotels had opened again."
)


def told(text: str, language: str = "en") -> Particulars:
    """Return the particulars of an article."""
    return Particulars(made("a", None, text + REST, language=language))


@pytest.mark.parametrize(
    ("one", "other", "stronger"),
    [
        ("Claims fell, it said on Thursday.", "Claims fell, it said Thursday.", True),
        ("Claims fell, it said on Thursday.", "Claims fell, it said Monday.", False),
        ("Claims fell to 881,000 last week.", "Some 881,000 people claimed aid.", True),
        ("Claims fell to 881,000 last week.", "Claims rose to 712,000.", False),
    ],
)
def test_the_same_day_and_number_strengthen_and_others_weaken(one, other, stronger):
    found = consistency(told(one), told(other))

    assert found > 1 if stronger else found < 1
    assert found == consistency(told(other), told(one))


def test_the_day_after_weakens_less_than_another_day():
    thursday, friday, monday = (told(f"Claims fell, it said on {day}.") for day in ("Thursday", "Friday", "Monday"))

    assert consistency(thursday, monday) < consistency(thursday, friday) < 1


@pytest.mark.parametrize("text", ["Claims fell last week.", ""])
def test_what_is_not_said_speaks_for_nothing(text):
    assert consistency(told(text), told("Claims fell to 881,000, it said on Thursday.")) == 1


@pytest.mark.parametrize(
    ("language", "monday", "friday"),
    [
        ("de", "am Montag", "am Freitag"),
        ("pt", "na segunda-feira", "na sexta-feira"),
        ("ru", "в понедельник", "в пятницу"),
    ],
)
def test_days_are_known_in_other_languages(language, monday, friday):
    assert told(f"Text {monday}.", language).days == (0,)
    assert told(f"Text {friday}.", language).days == (4,)


def test_a_headline_has_no_numbers():
    assert Particulars(made("a", "Claims fall to 881,000")).numbers == frozenset()


def test_two_strikes_at_one_harbor_are_two_stories():
    march = [
        made(
            "march-1",
            "Port Ansel dockers walk out over pay",
            "Dockers at Port Ansel walked out on Thursday over pay, and 41 ships are waiting in the bay. Their union "
            "asks for six percent; the harbor company offered three.",
        ),
        made(
            "march-2",
            "Strike over pay halts the harbor of Port Ansel",
            "A strike for six percent more pay halted the harbor of Port Ansel on Thursday. The union of the dockers "
            "refused three percent. In the bay 41 ships lay at anchor.",
        ),
    ]
    june = [
        made(
            "june-1",
            "Port Ansel dockers walk out over night shifts",
            "Dockers at Port Ansel walked out on Monday over night shifts, and 17 ships are waiting at the pier. Their "
            "union says that cranes were run by tired crews.",
        ),
        made(
            "june-2",
            "Tired crews on cranes: strike against night shifts at Port Ansel",
            "A strike against night shifts halted the harbor of Port Ansel on Monday. The union of the dockers speaks "
            "of tired crews on cranes. At the pier 17 ships lay moored.",
        ),
    ]

    assert together([*march, *june]) == {frozenset({"march-1", "march-2"}), frozenset({"june-1", "june-2"})}
