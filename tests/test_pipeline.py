"""The public functions, as a program calls them."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document, build, intake, render, summarize
from briefing.drafting import Choosing
from briefing.errors import InputError, UsageError
from briefing.models import Problem
from briefing.settings import Source, Topic

TEXT = "The city council of Larkhaven voted on Tuesday to close the old harbor bridge. The vote was 9 to 4."


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T00:00:00Z", "2026-11-22"),
        ("2026-11-22T23:59:59Z", "2026-11-22"),
        ("2026-11-23T00:30:00+01:00", "2026-11-22"),
    ],
)
def test_an_issue_without_a_day_is_dated_by_its_newest_article(published: str, date: str) -> None:
    documents = [Document(id="a", text=TEXT, published=published), Document(id="b", text=TEXT, published="2026-11-20")]

    assert build(documents).date == date


def test_an_issue_without_a_title_is_called_in_the_language_of_its_labels() -> None:
    german = "Der Rat der Stadt hat am Dienstag beschlossen, die alte Brücke zu schließen. Es war nicht die erste."
    documents = [Document(id=str(number), text=german, published="2026-11-22") for number in range(3)]

    titles = [build(documents, labels=labels).title for labels in (None, "en", "pt-BR", "xx")]
    own = build(documents, title="Der Bote").title

    assert titles == ["Tagesüberblick", "Daily Briefing", "Resumo diário", "Daily Briefing"]
    assert own == "Der Bote"


def test_the_account_says_of_all_that_is_named_only_how_many_they_are() -> None:
    """Below the floor, over a section's limit or without room: they stand by title, and length is not always why."""
    documents = [
        Document(id="a", text=TEXT, title="The bridge", published="2026-11-22"),
        Document(id="b", text="A bakery in Ostrey won the prize for the best rye bread.", published="2026-11-22"),
    ]

    low = build(documents, choosing=Choosing(floor=9))
    short = build(documents, max_stories=1)

    assert (low.ledger.articles.cut, short.ledger.articles.cut) == (2, 1)
    assert "By title only: 2" in render(low, "md").decode()
    assert "By title only: 1" in render(short, "md").decode()


def test_an_update_prints_nothing_that_points_to_what_was_told_before() -> None:
    told = "Five lenders in Varland said that they would lower the cost of variable home loans after the central bank."
    adds = (
        "Together the five hold 83 percent of all mortgages in the country.\n\n"
        "Brokers warned customers of long queues at the counters on Monday."
    )
    first = Document(id="a", title="Lenders in Varland lower home loans", text=told, published="2026-11-21")
    second = Document(
        id="b", title="Home loans: Varland's lenders follow", text=f"{told}\n\n{adds}", published="2026-11-22"
    )

    yesterday = build([first])
    today = build([first, second], previous=[yesterday])

    ((story,),) = (section.stories for section in today.sections)
    sentences = [line.text for line in story.lines or () if line.role != "headline"]
    assert story.mark == "update"
    assert sentences == ["Brokers warned customers of long queues at the counters on Monday."]


def test_an_update_of_sentences_that_all_point_back_prints_them() -> None:
    told = "Five lenders in Varland said that they would lower the cost of variable home loans after the central bank."
    second = Document(
        id="b",
        title="Varland",
        text=f"{told}\n\nTogether the five hold 83 percent of all mortgages in the country.",
        published="2026-11-22",
    )

    today = build([second], previous=[build([Document(id="a", title="Varland", text=told, published="2026-11-21")])])

    assert [line.role for story in today.sections[0].stories for line in story.lines or ()] == ["headline", "lead"]


def test_an_issue_of_undated_articles_alone_needs_a_day() -> None:
    with pytest.raises(InputError, match="no article has a date"):
        build([Document(id="a", text=TEXT)])


def test_pages_of_a_folder_are_read_by_several_extractors_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    (tmp_path / "plain.txt").write_text(TEXT)
    monkeypatch.setitem(sys.modules, "readability", None)  # which tells the two readers of pages apart

    page, plain = intake.read([str(tmp_path)], kind="html-several")

    assert isinstance(page, Problem)
    assert "several extractors" in page.reason
    assert isinstance(plain, Document)


def test_summary_is_sentences_of_the_text() -> None:
    summary = summarize(Document(id="a", text=TEXT), length=1)

    assert [TEXT[each.start : each.end] for each in summary.sentences] == [each.text for each in summary.sentences]
    assert len(summary.sentences) == 1


WORDS = ("ferry", "tram", "budget", "school", "harbor", "mayor", "storm", "court")
RULES = ("ferry", "+tram !budget", "/scho+l/", "mayor harbor => Town")
reported = st.builds(
    Document,
    id=st.sampled_from("abcdefgh"),
    text=st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(lambda said: f"The {' '.join(said)} is here."),
    title=st.none() | st.sampled_from(WORDS).map(str.title),
    source=st.sampled_from(["Gazette", "Herald"]),
    path=st.sampled_from(["one", "two"]),
    published=st.sampled_from(["2026-11-21", "2026-11-22"]),
    section=st.none() | st.sampled_from(["town", "Sea"]),
    place=st.none() | st.floats(0, 1),
)
rules = st.lists(st.sampled_from(RULES), max_size=2).map(tuple)
sources = st.builds(Source, name=st.just("Gazette"), follow=rules, mute=st.sampled_from([(), ("storm",)]))
topics = st.builds(Topic, label=st.sampled_from(["Sea", "Law"]), words=st.just(("court",)), max_stories=st.just(1))
choosings = st.fixed_dictionaries(
    {
        "topics": st.lists(topics, max_size=2, unique_by=lambda topic: topic.label),
        "follow": rules,
        "mute": st.sampled_from([(), ("tram",), ("+school",), ("!harbor",)]),
        "sources": st.lists(sources, max_size=1),
        "floor": st.sampled_from([0.0, 1.5, 2.5]),
    }
).map(lambda choosing: Choosing(**choosing))


@given(
    st.lists(reported | st.just(Problem("page", "gone")), min_size=1, max_size=12),
    choosings,
    st.none() | st.just(1),
    st.none() | st.integers(1, 3),
)
@settings(max_examples=150, deadline=None)
def test_every_article_is_accounted_for(found, choosing, minutes, most):
    """seen = copies + known + muted + cut + printed, and each article that came in is named or was muted."""
    issue = build(found, minutes, until=datetime(2026, 11, 22, 18, tzinfo=UTC), max_stories=most, choosing=choosing)

    counts = issue.ledger.articles
    stories = [story for section in issue.sections for story in section.stories]
    printed = {id for story in stories for id in story.articles}
    absent = issue.absent or ()
    limits = {topic.label.casefold(): topic.max_stories for topic in choosing.topics}
    assert counts.seen == counts.copies + counts.known + counts.muted + counts.cut + counts.printed
    assert counts.seen == sum(isinstance(each, Document) for each in found)
    assert (counts.printed, counts.cut) == (len(printed), len(issue.also))
    assert {each.article for each in absent if each.why != "muted"} <= {*issue.also}
    assert not printed & {*issue.also, *(each.article for each in absent)}
    assert all(story.score >= choosing.floor for story in stories)
    assert len(stories) <= (most or len(stories))
    assert all(len(each.stories) <= (limits.get(each.title.casefold()) or 99) for each in issue.sections)


def section_titles(**choosing: Any) -> list[str]:
    documents = [
        Document(id="a", text="The court of Larkhaven ruled against two bankers.", section="sea"),
        Document(id="b", text="A tram hit the town hall in Ostrey.", section="sea"),
        Document(id="c", text="Divers found the ferry that sank off Quarnby.", section="zoo"),
        Document(id="d", text="Teachers from Delmar will open their own school.", section="Arts"),
    ]
    issue = build(documents, until=datetime(2026, 11, 22, tzinfo=UTC), choosing=Choosing(**choosing))
    return [section.title for section in issue.sections]


def test_sections_are_topics_then_where_rules_lead_then_subfolders() -> None:
    law, school = Topic(label="Law", words=("court",)), Topic(label="School", words=("school",))

    assert section_titles() == ["Arts", "sea", "zoo"]
    assert section_titles(topics=[school, law]) == ["School", "Law", "sea", "zoo"]
    assert section_titles(topics=[law], follow=["+ferry => Boats", "tram => Law", "+school => Arts"]) == [
        "Law",
        "Boats",
        "Arts",
    ]
    assert section_titles(topics=[Topic(label="Sea", words=("ferry",))], follow=["court => SEA"]) == ["Sea", "Arts"]


def test_a_malformed_rule_of_a_program_is_a_briefing_error() -> None:
    with pytest.raises(UsageError, match="the rule '=> x': nothing stands before =>"):
        section_titles(follow=["=> x"])
