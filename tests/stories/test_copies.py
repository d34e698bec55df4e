"""Copies: five ways in which one text is printed again, and texts that are alike without being copies."""

import random

import pytest

from briefing.stories.copies import find_copies
from tests.stories.made import made

AGENCY = (
    "A passenger ferry sank in a gale off the northern coast of Varland late on Friday, leaving 12 dead and nine "
    "missing, the coast guard said. The Maren Sol had left Port Ansel at dusk with 163 people on board, among them "
    "a school choir on its way to the Isle of Tarn. Passengers told of a bang below the car deck, of water on the "
    "stairs and of lifeboats that could not be lowered on the weather side. Two trawlers and a pilot boat reached "
    "the wreck within the hour and pulled people from the sea until midnight.\n\nTransport minister Edda Kvist "
    "promised an inquiry and ordered the sister ship to stay in harbor. The operator, Tarn Line, said that the "
    "ferry had passed its inspection in spring. Divers are to look at the bow door as soon as the swell allows it, "
    "a spokesman for the coast guard said."
)
APPEAL = (
    "\n\nReporting like this costs money, and we have no owner to pay for it. If you can, give what a newspaper "
    "costs you in a week. Thank you for reading to the end."
)
FOREIGN = (
    "\n\nIn other news, the film prize of Belmor went to a documentary on beekeepers, which the jury called a quiet "
    "wonder. Its maker, aged 81, had carried her camera through nine summers."
)


def halves():
    words = AGENCY.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def with_changed_words(share, seed):
    chance = random.Random(seed)
    return " ".join(word if chance.random() > share else "rather" for word in AGENCY.split())


@pytest.mark.parametrize(
    "text",
    [
        AGENCY,
        *halves(),
        AGENCY + APPEAL,
        "MORROW, Nov 22 (CPA) — " + AGENCY,
        AGENCY.replace("\n\n", FOREIGN + "\n\n"),
        *(with_changed_words(0.05, seed) for seed in range(10)),
    ],
)
def test_the_same_text_again_is_a_copy(text):
    first = made("first", "Ferry sinks", AGENCY, published="2026-11-20")
    again = made("again", "Shock at sea", text, published="2026-11-21")

    copies = find_copies([again, first])

    assert copies in ({"again": "first"}, {"first": "again"})


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Maren Sol sank off Port Ansel on Friday. Twelve people are dead and nine are missing, the coast "
        "guard said. A school choir was on board. Trawlers pulled survivors from the sea; the minister promised an "
        "inquiry.",
        "Divers have begun to look at the bow door of the Maren Sol, which sank on Friday with 163 people on board. "
        "Tarn Line kept the sister ship in harbor. The inquiry that minister Edda Kvist promised starts on Monday.",
        "“Leaving 12 dead and nine missing, the coast guard said”: so began the report that every paper printed. "
        "How it was written, by whom and in which hurry, is what our reporter asked in the newsroom of the agency "
        "in Morrow that night.",
    ],
)
def test_another_text_on_the_event_is_no_copy(text):
    assert find_copies([made("a", "Ferry sinks", AGENCY), made("b", "Ferry sinks", text)]) == {}


def test_the_earliest_of_the_whole_ones_stands():
    late = made("late", None, AGENCY, published="2026-11-21T08:00:00Z")
    early = made("early", None, AGENCY + " It is cold.", published="2026-11-21T07:00:00Z")
    undated = made("undated", None, AGENCY)

    assert find_copies([late, undated, early]) == {"late": "early", "undated": "early"}


def test_an_excerpt_never_stands_for_the_whole():
    excerpt = made("excerpt", None, halves()[0], published="2026-11-20")
    whole = made("whole", None, AGENCY, published="2026-11-21")

    assert find_copies([excerpt, whole]) == {"excerpt": "whole"}


def test_teasers_with_one_text_and_two_titles_are_no_copies():
    pool = [made("a", "Ferry sinks", "Read the full story here."), made("b", "Trams stop", "Read the full story here.")]

    assert find_copies(pool) == {}


def test_one_text_in_two_places_is_a_copy_however_short():
    assert find_copies([made("a", "Ferry sinks"), made("b", "Ferry sinks")]) == {"b": "a"}


def test_texts_without_words_are_no_copies():
    assert find_copies([made("a", None, "…"), made("b", None, "…")]) == {}


def test_the_order_of_the_input_does_not_matter():
    texts = [AGENCY, *halves(), AGENCY + APPEAL, *(with_changed_words(0.05, seed) for seed in range(6))]
    pool = [made(str(number), None, text) for number, text in enumerate(texts)]
    expected = find_copies(pool)

    for seed in range(20):
        assert find_copies(random.Random(seed).sample(pool, len(pool))) == expected
