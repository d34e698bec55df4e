"""Novelty: what goes on from earlier issues, under which id, and what is fresh in it."""

from functools import partial

from briefing.models import ArticleCounts, Briefing, Facts, Group, InputCounts, Ledger, Line, Section, Story, Window
from briefing.stories.novelty import continue_stories, earlier_stories, fresh_sentences
from briefing.text.article import read_article
from tests.stories.made import VOCABULARY, made
from tests.stories.test_grouping import FERRY, STRIKE

READ = partial(read_article, vocabulary=VOCABULARY, clean=False)


def issue(id, article, date="2026-11-21"):
    lines = tuple(
        Line(f"1.{number}", "point", sentence.text, article.id, sentence.start, sentence.end)
        for number, sentence in enumerate(article.sentences)
    )
    story = Story(id=id, title=article.document.title, score=1.0, lines=lines, articles=(article.id,))
    facts = Facts(title=None, url=None, source=None, path=None, published=None, language="en", sha256="")
    counts = ArticleCounts(seen=1, copies=0, known=0, muted=0, cut=0, printed=1)
    ledger = Ledger(Window(None, None), InputCounts(1, 0, 0), counts, {})
    return Briefing(
        title="Daily", date=date, language="en", minutes=1, articles={article.id: facts}, also=(), ledger=ledger,
        sections=(Section("", (story,)),),
    )  # fmt: skip


def marks(groups, articles, *issues):
    by_id = {article.id: article for article in articles}
    return [
        (each.mark, each.id)
        for each in continue_stories([Group(tuple(group)) for group in groups], by_id, earlier_stories(issues, READ))
    ]


def test_without_earlier_issues_all_is_new():
    assert marks([["ferry-1"]], FERRY) == [("new", None)]


def test_the_same_articles_continue():
    assert marks([["ferry-1"], ["strike-1"]], [*FERRY, *STRIKE], issue("f1", FERRY[0])) == [
        ("continuing", "f1"),
        ("new", None),
    ]


def test_an_article_more_that_says_more_is_an_update():
    inquiry = made(
        "inquiry",
        "Inquiry into Maren Sol begins",
        "Investigators will interview the crew of the Maren Sol from Monday. Divers filmed the bow door of the "
        "ferry, which sank off Port Ansel on Friday with 12 dead.",
    )

    assert marks([["ferry-1", "inquiry"]], [*FERRY, inquiry], issue("f1", FERRY[0])) == [("update", "f1")]


def test_a_story_is_found_by_what_was_printed_of_it_when_its_articles_are_gone():
    assert marks([["ferry-2"], ["strike-2"]], [*FERRY, *STRIKE], issue("f1", FERRY[0]), issue("s1", STRIKE[0])) == [
        ("update", "f1"),
        ("update", "s1"),
    ]


def test_an_earlier_story_goes_on_in_one_group_alone():
    assert marks([["ferry-1"], ["ferry-2"]], FERRY, issue("f1", FERRY[0])) == [("continuing", "f1"), ("new", None)]


def test_a_story_of_several_issues_is_one_story():
    [story] = earlier_stories([issue("f1", FERRY[0]), issue("f1", FERRY[1], "2026-11-22")], READ)

    assert story.articles == {"ferry-1", "ferry-2"}
    assert [each.id for each in story.told] == ["2026-11-21/f1", "2026-11-22/f1"]


def test_a_sentence_is_fresh_when_no_earlier_one_has_most_of_its_words():
    earlier = made("a", None, "The ferry Maren Sol sank off Port Ansel on Friday. The minister promised an inquiry.")
    later = made("b", None, "The Maren Sol sank off Port Ansel last Friday. Divers filmed the bow door on Monday.\n\n…")

    fresh = fresh_sentences(later.sentences, earlier.sentences)

    assert [sentence.text for sentence in fresh] == ["Divers filmed the bow door on Monday."]
