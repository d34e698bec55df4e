"""Our versions of sumy's methods against sumy itself, over generated articles and the samples."""

import pytest
from hypothesis import given, settings

from briefing import summarizers
from briefing.intake import read
from briefing.models import Document, Length, Text
from briefing.parts import shipped
from briefing.text.article import read_article
from briefing.text.words import Vocabulary
from tests.summarizers.texts import articles as generated
from tests.summarizers.texts import text_of

# One pick of equal value taken before another changes all that follow: orders cannot be compared number by number.
GREEDY = {"sum-basic", "kl"}


@pytest.mark.parametrize("name", [name for name in summarizers.SUMY if name not in GREEDY])
@settings(max_examples=60)
@given(lines=generated, more=generated)
def test_every_score_is_that_of_sumy(name: str, lines: list[str], more: list[str]) -> None:
    text = text_of(lines, more, titles=["Flood in the town", "A vote"])

    ours = summarizers.load(name).score(text, len(text))

    assert ours == pytest.approx(summarizers.load(f"sumy:{name}").score(text, len(text)), abs=1e-9)


@pytest.mark.parametrize("name", sorted(GREEDY))
@settings(max_examples=60)
@given(lines=generated)
def test_the_first_choice_is_that_of_sumy(name: str, lines: list[str]) -> None:
    text = text_of(list(dict.fromkeys(lines)))  # sumy forgets when it chose the first of two equal sentences

    ours = summarizers.load(name).score(text, 1)
    theirs = summarizers.load(f"sumy:{name}").score(text, 1)

    assert not text or ours.index(max(ours)) == theirs.index(max(theirs))


@pytest.mark.parametrize("name", summarizers.SUMY)
def test_the_samples_get_the_sentences_that_sumy_chooses(name: str) -> None:
    texts = sample_texts()

    different = [text[0].article for text in texts for count in (1, 3, 6) if not same_choice(text, count, name)]

    assert len(texts) >= 12
    assert different == []


def same_choice(text: Text, count: int, name: str) -> bool:
    """Tell whether both choose the same sentences, ties apart: sumy leaves equal scores to the last bits."""
    score = summarizers.load(name).score(text, count)
    ours, theirs = (
        sorted(score[each.index] for each in summarizers.choose(text, Length(count), method))
        for method in (name, f"sumy:{name}")
    )
    return ours == pytest.approx(theirs, abs=1e-9)


def sample_texts() -> list[Text]:
    documents = [each for each in read([str(shipped("seeds"))]) if isinstance(each, Document)]
    vocabulary = Vocabulary()
    articles = [read_article(each, vocabulary) for each in documents]
    return [Text(article.sentences, {article.id: article.title_words}) for article in articles]
