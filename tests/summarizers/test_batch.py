"""Many articles at once get the sentences that each of them gets alone."""

import random
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import pipeline, summarizers
from briefing.drafting import Choosing
from briefing.models import Article, Choice, Document, Length, Text
from briefing.summarizers import _batch, _batch_graphs, _select, briefing, lex_rank, text_rank
from tests.summarizers.texts import CONTENT, STOP, articles, text_of, wild_articles

BATCHED = ["briefing", "lex-rank", "text-rank"]
TITLES = ["Flood in the town", "", "A vote on the Bridge of Nowhere", "😀"]


def batches(lines: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[Text]]:
    """Return batches of articles that have sentences, each with a title or none."""
    text = st.builds(lambda each, title: text_of(each, titles=[title]), lines, st.sampled_from(TITLES))
    return st.lists(text.filter(len), min_size=1, max_size=6)


@settings(max_examples=60)
@given(texts=st.one_of(batches(articles), batches(wild_articles)))
def test_every_score_of_a_batch_is_that_of_the_article_alone(texts: list[Text]) -> None:
    wanted = [3] * len(texts)

    for module in (lex_rank, text_rank):
        together = module.score_batch(texts, wanted)

        assert together == [pytest.approx(module.score(text, 3), abs=1e-11) for text in texts]


@settings(max_examples=60)
@given(texts=st.one_of(batches(articles), batches(wild_articles)))
def test_the_default_judges_a_batch_as_it_judges_the_article_alone(texts: list[Text]) -> None:
    together = briefing.judge_batch(texts, [3] * len(texts))

    for text, (scores, dependent) in zip(texts, together, strict=True):
        alone, needing = briefing.judge(text, 3)
        assert scores == pytest.approx(alone, abs=1e-11)
        assert list(dependent) == list(needing)


@pytest.mark.parametrize("method", summarizers.names())
def test_many_texts_get_the_choices_that_each_gets_alone(method: str) -> None:
    texts = [Text(()), text_of(["One.", "Two rivers."], ["A town."]), *_random_texts(summarizers.MANY + 4)]
    length = Length(4)

    together = summarizers.choose_many(texts, length, method)

    alone = [summarizers.choose(text, length, method) for text in texts]
    assert [list(map(_to_the_digits, each)) for each in together] == [list(map(_to_the_digits, each)) for each in alone]


@pytest.mark.parametrize("method", BATCHED)
def test_equal_sentences_in_a_batch_are_ties_that_the_earlier_wins(method: str) -> None:
    texts = [text_of(["The river rose.", "The town saw the river.", "The river rose."])] * summarizers.MANY

    together = summarizers.choose_many(texts, Length(1), method)

    assert [[each.index for each in choices] for choices in together] == [[0]] * summarizers.MANY


def test_an_article_whose_ranks_fade_for_hundreds_of_rounds_is_scored_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text_of(["The river rose in the town.", "The.", "Rain fell on the river.", "A boat."]), *_random_texts(3)]
    monkeypatch.setattr(_batch_graphs, "MOST_ROUNDS", 5)

    together = _batch_graphs.text_ranks(texts)

    assert together == [pytest.approx(text_rank.score(text, 3), abs=1e-12) for text in texts]


def test_words_of_a_batch_are_found_in_their_own_article_only() -> None:
    batch = _batch.Batch([text_of(["river town"]), text_of(["bridge"])])

    found = batch.find([0, 1, 0, 0, 1], ["river", "river", "bridge", "boat", "bridge"]).tolist()

    assert found == [0, -1, -1, -1, 2]


def test_many_articles_are_read_ahead_by_a_batch_and_summarized_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "FEW", 2)
    monkeypatch.setattr(pipeline, "BATCH", summarizers.MANY)
    articles = [_article(str(number), text) for number, text in enumerate(_random_texts(40))]
    choosing = Choosing(Length(3))
    coming = iter(articles)

    summaries = pipeline.summarize_each(coming, choosing)
    first, second, third = islice(summaries, 3)
    left = list(coming)

    assert [article for article, _ in (first, second, third)] == articles[:3]
    assert left == articles[2 + summarizers.MANY :]
    for article, summary in (first, second, third, *summaries):
        alone = pipeline.summarize_articles([article], choosing)
        assert list(map(_to_the_digits, summary.sentences)) == list(map(_to_the_digits, alone.sentences))
        assert (summary.id, summary.language, summary.method) == (alone.id, "en", "briefing")


def _article(id: str, text: Text) -> Article:
    """Return the sentences of a text as an article."""
    return Article(Document(id=id, text=" ".join(each.text for each in text)), "en", (), tuple(text), ())


def _random_texts(count: int) -> list[Text]:
    """Return articles of 3 to 40 sentences, the same ones every time."""
    draw = random.Random(4)
    words = CONTENT + STOP + [f"{word}s" for word in CONTENT]
    return [
        text_of([" ".join(draw.choices(words, k=draw.randint(1, 14))) + "." for _ in range(draw.randint(3, 40))])
        for _ in range(count)
    ]


def _to_the_digits(choice: Choice) -> tuple[object, ...]:
    """Return what must be equal; scores may differ in their last bits."""
    return choice.index, choice.rank, choice.text, choice.article, round(choice.score, _select.DIGITS - 2)
