"""Composing: what fits is printed, what does not is named, and the ledger accounts for everything."""

import msgspec
from msgspec import UNSET

from briefing.compose import Budget, Draft, Headline, Received, compose, make_story
from briefing.models import (
    Absence,
    Article,
    Briefing,
    Choice,
    Copy,
    Document,
    Group,
    InputCounts,
    Removed,
    Window,
)


def article(id: str, *, removed: tuple[Removed, ...] = ()) -> Article:
    return Article(Document(id=id, text=f"Text of {id}."), "en", removed, (), ())


def choice(article: str, rank: int, words: int = 10) -> Choice:
    text = " ".join(["word"] * words)
    return Choice(text=text, start=rank, end=rank + len(text), index=rank, score=1 / rank, rank=rank, article=article)


def draft(
    id: str, *, words: int = 10, section: str | None = None, copies: tuple[Copy, ...] = (), score: float = 1.0
) -> Draft:
    return Draft(
        id=f"s-{id}",
        group=Group((id,), copies),
        score=score,
        reasons=(),
        headline=Headline(id, f"Title {id}"),
        choices=(choice(id, 2, words), choice(id, 1, words)),
        section=section,
    )


def composed(drafts: list[Draft], budget: Budget = Budget(), order: tuple[str, ...] = (), **facts: object) -> Briefing:  # noqa: B008
    ids = [id for each in drafts for id in (*each.group.articles, *(copy.id for copy in each.group.copies))]
    articles = {id: article(id) for id in ids}
    received = Received(articles=articles, seen=len(ids), inputs=InputCounts(len(ids), 0, 0))
    return compose(
        drafts,
        received._replace(**facts),  # type: ignore[arg-type]
        title="T",
        date="2026-11-22",
        language="en",
        window=Window(None, None),
        budget=budget,
        section_order=order,
    )


def printed(briefing: Briefing) -> list[str]:
    return [story.articles[0] for section in briefing.sections for story in section.stories]


def test_compose_without_budget_prints_everything() -> None:
    briefing = composed([draft(id) for id in "abc"])

    assert printed(briefing) == ["a", "b", "c"]
    assert briefing.also == ()


def test_compose_names_under_also_what_does_not_fit() -> None:
    briefing = composed([draft(id, words=100) for id in "abc"], Budget(minutes=1))

    assert printed(briefing) == ["a"]
    assert briefing.also == ("b", "c")
    assert set(briefing.articles) == {"a", "b", "c"}


def test_compose_prints_a_nib_where_the_whole_story_does_not_fit() -> None:
    briefing = composed([draft("a", words=100), draft("b", words=20), draft("c", words=9)], Budget(minutes=1))

    stories = [story for section in briefing.sections for story in section.stories]

    assert [len(story.lines) for story in stories] == [3, 2]  # type: ignore[arg-type]
    assert briefing.also == ("c",)


def test_compose_always_prints_the_best_story() -> None:
    briefing = composed([draft("a", words=900)], Budget(minutes=1))

    assert printed(briefing) == ["a"]


def test_compose_keeps_to_max_stories() -> None:
    briefing = composed([draft(id) for id in "abc"], Budget(max_stories=2))

    assert printed(briefing) == ["a", "b"]
    assert briefing.also == ("c",)


def test_compose_prints_no_more_of_a_section_than_it_may() -> None:
    drafts = [draft(id, section="Arts") for id in "abc"] + [draft("d", section="World"), draft("e", section="arts")]

    briefing = composed(drafts, Budget(quotas={"Arts": 2}), ("World", "Arts"))

    assert [section.title for section in briefing.sections] == ["World", "Arts"]
    assert printed(briefing) == ["d", "a", "b"]
    assert briefing.also == ("c", "e")
    assert briefing.absent == (Absence("c", "section", "Arts"), Absence("e", "section", "arts"))


def test_compose_gives_the_room_of_a_full_section_to_the_next_story() -> None:
    drafts = [draft(id, section="Arts") for id in "ab"] + [draft("c")]

    briefing = composed(drafts, Budget(max_stories=2, quotas={"Arts": 1}))

    assert printed(briefing) == ["c", "a"]


def test_compose_prints_nothing_below_the_floor() -> None:
    drafts = [draft("a", score=2.0), draft("b", score=1.5), draft("c", score=1.49)]

    briefing = composed(drafts, Budget(floor=1.5))
    slow = composed(drafts, Budget(minutes=1, floor=3.0))

    assert printed(briefing) == ["a", "b"]
    assert briefing.also == ("c",)
    assert briefing.absent == (Absence("c", "floor", "1.49"),)
    assert slow.sections == ()
    assert slow.also == ("a", "b", "c")


def test_compose_without_wishes_says_of_none() -> None:
    briefing = composed([draft(id, words=100) for id in "abc"], Budget(minutes=1))

    assert briefing.absent is UNSET
    assert b"absent" not in msgspec.json.encode(briefing)


def test_compose_numbers_stories_in_the_order_of_the_sections() -> None:
    drafts = [draft("a", section="World"), draft("b", section="Arts"), draft("c"), draft("d", section="Arts")]

    briefing = composed(drafts, order=("Arts", "World"))

    assert [section.title for section in briefing.sections] == ["", "Arts", "World"]
    lines = [story.lines[0].id for section in briefing.sections for story in section.stories]  # type: ignore[index]
    assert printed(briefing) == ["c", "b", "d", "a"]
    assert lines == ["1.1", "2.1", "3.1", "4.1"]


def test_ledger_accounts_for_every_article() -> None:
    drafts = [draft("a", copies=(Copy("x", "a"),)), draft("b", words=400), draft("c", words=400)]

    counts = composed(drafts, Budget(minutes=1), seen=6, muted=("m",), known=("k",)).ledger.articles

    assert counts.seen == 6
    assert (counts.copies, counts.known, counts.muted, counts.cut, counts.printed) == (1, 1, 1, 2, 1)


def test_ledger_counts_removed_pieces_by_class() -> None:
    gone = (Removed(0, 4, "Text", "share"), Removed(5, 7, "of", "donation"), Removed(8, 9, "a", "share"))

    briefing = composed([draft("a")], articles={"a": article("a", removed=gone)})

    assert briefing.ledger.removed == {"donation": 1, "share": 2}


def test_story_leads_with_the_best_line() -> None:
    story = make_story(draft("a"), 3)

    assert [(line.id, line.role) for line in story.lines] == [  # type: ignore[union-attr]
        ("3.1", "headline"),
        ("3.2", "lead"),
        ("3.3", "point"),
    ]
    assert [line.start for line in story.lines] == [None, 1, 2]  # type: ignore[union-attr]


def test_story_leads_with_a_sentence_that_opens_its_article() -> None:
    opening = msgspec.structs.replace(choice("a", 3), index=0)
    story = make_story(draft("a")._replace(choices=(choice("a", 1), choice("a", 2), opening)), 1)

    assert [line.start for line in story.lines] == [None, 3, 1, 2]  # type: ignore[union-attr]


def test_story_without_a_title_is_headed_by_its_best_sentence() -> None:
    story = make_story(draft("a")._replace(headline=None), 1)

    assert [line.role for line in story.lines] == ["headline", "lead"]  # type: ignore[union-attr]
    assert story.title == story.lines[0].text  # type: ignore[index]
    assert story.lines[0].start == 1  # type: ignore[index]
