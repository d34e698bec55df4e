"""Grouping: the known failures of such algorithms, each as a small pool of articles, and what must always hold."""

import itertools
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.stories._dates import span
from briefing.stories._linkage import link
from briefing.stories._similarity import similar_pairs
from briefing.stories.copies import find_copies
from briefing.stories.grouping import group_articles
from tests.stories.made import grouped, made, together

QUAKE_TALPA = [
    made(
        "talpa-1",
        "Earthquake of magnitude 6.4 shakes Talpa, 14 dead",
        "A magnitude 6.4 earthquake struck the coast of Talpa on Sunday, killing 14 people and flattening adobe "
        "houses in the fishing town of Corral. President Ruiz declared an emergency. The national seismological "
        "service in Talpa registered thirty aftershocks, and soldiers dug in the rubble of the Corral market.",
    ),
    made(
        "talpa-2",
        "Rescuers dig through rubble in Corral after Talpa quake",
        "Soldiers and volunteers searched collapsed adobe houses in Corral, on the coast of Talpa, after a "
        "magnitude 6.4 earthquake killed 14 people. President Ruiz flew to the fishing town and promised tents "
        "before the rains.",
    ),
]
QUAKE_HOSHIMA = [
    made(
        "hoshima-1",
        "Earthquake of magnitude 7.1 shakes Hoshima, tsunami warning lifted",
        "A magnitude 7.1 earthquake struck off the island of Hoshima on Sunday. The meteorological agency lifted a "
        "tsunami warning after two hours. Bullet trains stopped between Aoba and Kitamachi, and the Onami nuclear "
        "plant reported no damage. Nobody was killed.",
    ),
    made(
        "hoshima-2",
        "Trains halted, Onami plant safe after Hoshima quake",
        "Bullet trains between Aoba and Kitamachi stood still and the Onami nuclear plant was inspected after a "
        "magnitude 7.1 earthquake off Hoshima. The meteorological agency lifted its tsunami warning; nobody was "
        "killed.",
    ),
]
FERRY = [
    made(
        "ferry-1",
        "Ferry sinks off Port Ansel in gale",
        "The ferry Maren Sol sank off Port Ansel in a gale late on Friday, leaving 12 dead, the Varland coast guard "
        "said. Lifeboats from Port Ansel took 140 passengers off the ferry before it rolled over near Cape Hale.",
    ),
    made(
        "ferry-2",
        "Twelve dead as Maren Sol sinks off Cape Hale",
        "Twelve people died when the ferry Maren Sol rolled over and sank in heavy seas near Cape Hale. The coast "
        "guard of Varland and lifeboats from Port Ansel saved 140 passengers from the ferry.",
    ),
]
STRIKE = [
    made(
        "strike-1",
        "Tram drivers in Belmor walk out over pay",
        "Tram drivers in Belmor walked out on Monday over pay and night shifts, leaving commuters stranded. The "
        "transport union TWB demands nine percent; the city's operator offers four. Talks resume on Wednesday at "
        "the arbitration board.",
    ),
    made(
        "strike-2",
        "Belmor commuters stranded as tram strike begins",
        "Commuters in Belmor walked to work on Monday when tram drivers of the union TWB began a strike over pay. "
        "The operator offers four percent, the union wants nine. The arbitration board hears both sides on "
        "Wednesday.",
    ),
]


def ids(articles):
    return frozenset(article.id for article in articles)


def test_groups_articles_on_one_event_and_keeps_others_apart():
    assert together([*FERRY, *STRIKE]) == {ids(FERRY), ids(STRIKE)}


def test_twins_of_one_kind_stay_two_stories():
    assert together([*QUAKE_TALPA, *QUAKE_HOSHIMA]) == {ids(QUAKE_TALPA), ids(QUAKE_HOSHIMA)}


def test_a_round_up_does_not_bridge_the_events_it_names():
    roundup = made(
        "roundup",
        "Monday briefing: ferry, strike and what else matters",
        "Good morning. The ferry Maren Sol sank off Port Ansel with 12 dead. Tram drivers in Belmor walked out over "
        "pay. An earthquake shook Talpa. Markets fell a little, the film prize went to an outsider, and rain is on "
        "its way.",
    )

    found = together([*FERRY, *STRIKE, *QUAKE_TALPA, roundup])

    assert not any(ids(FERRY) <= group and ids(STRIKE) <= group for group in found)
    assert not any(ids(QUAKE_TALPA) <= group and ids(STRIKE) <= group for group in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wildfire live: Day 2 of the Sorrel fire", "Wildfire live: Day 21 of the Sorrel fire"),
        ("Lottery results for Saturday, November 7", "Lottery results for Saturday, November 14"),
        ("Daily crossword No. 4711", "Daily crossword No. 4712"),
        ("Weather forecast for Belmor: Monday", "Weather forecast for Belmor: Thursday"),
    ],
)
def test_template_headlines_with_other_numbers_stay_apart(one, other):
    pool = [made("a", one), made("b", other), *FERRY, *STRIKE]

    assert not any({"a", "b"} <= group for group in together(pool))


def test_one_actor_in_two_events_stays_two_stories():
    tax = [
        made(
            "tax-1",
            "President Ruiz signs tax reform into law",
            "President Ruiz signed a tax reform on Tuesday that lowers income tax for families and taxes second "
            "homes. The opposition party called the reform a gift to landlords and announced a challenge in the "
            "constitutional court.",
        ),
        made(
            "tax-2",
            "Opposition to challenge Ruiz's tax reform in court",
            "The opposition will go to the constitutional court against the tax reform that President Ruiz signed "
            "on Tuesday. It lowers income tax for families and taxes second homes.",
        ),
    ]
    visit = [
        made(
            "visit-1",
            "President Ruiz arrives in Varland for gas talks",
            "President Ruiz landed in Varland on Tuesday to negotiate a gas pipeline under the northern sea. A "
            "state dinner with King Olav is planned; engineers of both countries presented the pipeline's route.",
        ),
        made(
            "visit-2",
            "Varland and Talpa agree on pipeline route",
            "The route of a gas pipeline under the northern sea was presented in Varland, where King Olav receives "
            "President Ruiz for a state dinner. Engineers expect the pipeline to carry gas in four years.",
        ),
    ]

    found = together([*tax, *visit, *FERRY, *STRIKE])

    assert ids(tax) in found
    assert ids(visit) in found


def test_a_chain_of_likenesses_does_not_make_one_story():
    """Each neighbor shares half of its words with the next; the ends share nothing."""
    words = [f"name{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(90)]
    chain = [made(str(i), " ".join(words[i * 10 : i * 10 + 20])) for i in range(8)]

    assert not any({"0", "7"} <= group for group in together(chain))


def test_what_lies_more_than_a_window_apart_is_another_event():
    early = made("early", FERRY[0].document.title, FERRY[0].document.text, published="2026-11-02")
    late = made("late", FERRY[1].document.title, FERRY[1].document.text, published="2026-11-20T08:00:00+01:00")

    assert together([early, late]) == {frozenset(["early"]), frozenset(["late"])}


def test_of_two_alike_the_one_of_the_same_day_is_nearer():
    first, last = FERRY[0].document, FERRY[1].document
    days = ("2026-11-02", "2026-11-02", "2026-11-04")
    pool = [
        made(f"{n}", last.title if n else first.title, last.text if n else first.text, published=day)
        for n, day in enumerate(days)
    ]

    pairs = similar_pairs(pool, [span(day) for day in days])

    assert pairs[0, 1] > pairs[0, 2] > 0


def test_an_undated_article_joins_a_dated_one():
    dated = made("dated", FERRY[0].document.title, FERRY[0].document.text, published="2026-11-02")

    assert together([dated, FERRY[1], *STRIKE]) == {frozenset(["dated", "ferry-2"]), ids(STRIKE)}


def test_other_languages_group_too():
    fire = [
        made(
            "brand-1",
            "Großbrand in Lindenau: Hunderte verlassen ihre Häuser",
            "Ein Großbrand in einem Chemielager hat am Montag in Lindenau Hunderte Menschen aus ihren Häusern "
            "vertrieben. Die Feuerwehr warnte vor giftigem Rauch über dem Hafen.",
            language="de",
        ),
        made(
            "brand-2",
            "Giftiger Rauch über dem Hafen von Lindenau",
            "Nach dem Großbrand in einem Chemielager warnt die Feuerwehr in Lindenau vor giftigem Rauch. Hunderte "
            "Menschen mussten am Montag ihre Häuser am Hafen verlassen.",
            language="de",
        ),
    ]
    other = made(
        "bahn",
        "Bahn verkauft Fernbusse",
        "Die Bahn trennt sich von ihren Fernbussen. Der Käufer aus Belmor übernimmt alle Fahrer.",
        language="de",
    )

    assert together([*fire, other, *FERRY]) == {ids(fire), frozenset(["bahn"]), ids(FERRY)}


def test_the_order_of_the_input_does_not_matter():
    pool = [*FERRY, *STRIKE, *QUAKE_TALPA, *QUAKE_HOSHIMA, made("reprint", "Another title", FERRY[0].document.text)]
    expected = grouped(pool)

    for seed in range(20):
        shuffled = random.Random(seed).sample(pool, len(pool))
        assert grouped(shuffled) == expected


@pytest.mark.slow
def test_the_hash_seed_does_not_matter():
    code = "from tests.stories.test_grouping import *; print(grouped([*FERRY, *STRIKE, *QUAKE_TALPA, *QUAKE_HOSHIMA]))"

    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "0123"
    }

    assert len(printed) == 1


def test_a_split_holds_and_a_join_holds():
    pool = [*FERRY, *STRIKE]

    groups = group_articles(
        pool, copies={}, split=[("ferry-1", "ferry-2")], join=[("strike-1", "ferry-1"), ("strike-2", "nobody")]
    )

    assert {frozenset(group.articles) for group in groups} == {
        frozenset(["ferry-1", "strike-1", "strike-2"]),
        frozenset(["ferry-2"]),
    }


def test_a_split_makes_a_copy_an_article_again():
    reprint = made("reprint", "Another title", FERRY[0].document.text)
    copies = find_copies([FERRY[0], reprint])

    groups = group_articles([FERRY[0], reprint], copies=copies, split=[("reprint", "ferry-1")])

    assert [group.articles for group in groups] == [("ferry-1",), ("reprint",)]


@pytest.mark.parametrize("pool", [[], [made("only", "One headline")], [made("a", None, "!"), made("b", None, "!")]])
def test_nothing_one_and_no_words_give_groups_of_one(pool):
    assert [group.articles for group in grouped(pool)] == [(article.id,) for article in pool]


@pytest.mark.parametrize("size", [20, 36, 50, 200])
def test_a_story_that_everybody_tells_does_not_fall_to_pieces(size):
    """Each article has 24 words of the event and 20 that are its own; two of three articles are on other things."""
    chance = random.Random(size)
    names = ["".join(chance.choices("bdfgklmnprstvz", k=7)) for _ in range(3000)]
    event, others = names[:30], names[30:]
    told = [
        made(
            f"event-{n}",
            None,
            " ".join([*chance.choices(event, range(30, 0, -1), k=24), *chance.choices(others, k=20)]),
        )
        for n in range(size)
    ]
    rest = [made(f"other-{n}", None, " ".join(chance.choices(others, k=45))) for n in range(2 * size)]

    largest = max(together([*told, *rest]), key=len)

    assert len(largest & ids(told)) >= 0.9 * size
    assert len(largest - ids(told)) <= 0.05 * size


@pytest.mark.slow
def test_a_hundred_thousand_identical_articles_are_one_story():
    one = made("0", FERRY[0].document.title, FERRY[0].document.text)
    pool = [made(f"{i:06d}", "Ferry sinks", "Ferry sinks off Port Ansel in a gale.") for i in range(100_000)]

    groups = grouped([*pool, one])

    assert len(groups) <= 2
    assert sum(len(group.articles) + len(group.copies) for group in groups) == 100_001


@given(
    st.integers(1, 9).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.dictionaries(
                st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1]),
                st.floats(0.01, 1),
            ),
        )
    )
)
def test_linked_clusters_hold_each_item_once(made_up):
    count, pairs = made_up

    clusters = link(count, pairs, 0.1)

    assert sorted(item for cluster in clusters for item in cluster) == list(range(count))


def test_link_is_average_link():
    """0 and 1 are close; 2 is close to 1 alone: the mean of .9 and 0 decides."""
    pairs = {(0, 1): 1.0, (1, 2): 0.9}

    assert link(3, pairs, 0.5) == [[0, 1], [2]]
    assert link(3, pairs, 0.4) == [[0, 1, 2]]


def test_two_tight_clusters_with_a_gap_between_them_stay_apart():
    tight = {(i, j): 0.9 for i in range(5) for j in range(i + 1, 5)}
    tight |= {(i + 5, j + 5): 0.9 for i in range(5) for j in range(i + 1, 5)}
    between = {(i, j): 0.4 for i in range(5) for j in range(5, 10)}

    assert link(10, tight | between, 0.3) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_a_cluster_that_has_grown_needs_less_for_the_next():
    story = {(i, j): 0.3 for i in range(12) for j in range(i + 1, 12)}
    late = {(i, 12): 0.15 for i in range(12)} | {(13, 14): 0.15}

    assert link(15, story | late, 0.2, 0.1) == [list(range(13)), [13], [14]]
    assert link(15, story | late, 0.2) == [list(range(12)), [12], [13], [14]]


@pytest.mark.parametrize("size", [20, 60, 200])
def test_strangers_of_one_field_stay_apart_in_pools_of_any_size(size):
    """All articles share some of the field's hundred words; every second one has a partner on the same event."""
    chance = random.Random(size)
    names = ["".join(chance.choices("bdfgklmnprstvz", k=7)) for _ in range(100 + 30 * size)]
    field, rare = names[:100], iter(names[100:])
    pool, partners = [], set()
    for number in range(size):
        event = list(itertools.islice(rare, 12))
        told = [made(f"{number}-{each}", None, _report(chance, field, event)) for each in range(1 + number % 2)]
        pool += told
        partners.add(ids(told))

    found = together(pool)

    assert len(found & partners) >= 0.95 * len(partners)


def _report(chance: random.Random, field: Sequence[str], event: Sequence[str]) -> str:
    """Return a report of ten words of its field and eight of its event."""
    return " ".join([*chance.sample(field, 10), *chance.sample(event, 8)])


@pytest.mark.parametrize("size", [20, 36, 80])
def test_a_story_whose_reports_share_little_stays_whole_when_it_is_a_third_of_all(size):
    """Each article has 18 words of the event and 20 that are its own."""
    chance = random.Random(size)
    names = ["".join(chance.choices("bdfgklmnprstvz", k=7)) for _ in range(6000)]
    event, others = names[:30], names[30:]
    told = [
        made(f"event-{n}", None, " ".join(chance.choices(event, range(30, 0, -1), k=18) + chance.choices(others, k=20)))
        for n in range(size)
    ]
    rest = [made(f"other-{n}", None, " ".join(chance.choices(others, k=45))) for n in range(2 * size)]

    assert len(max(together([*told, *rest]), key=len) & ids(told)) >= 0.9 * size
