"""From a document to its sentences: what a source cut off is none."""

import pytest

from briefing.models import Document
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

FIRST = "The lighthouse keeper of Varn has retired after forty years."


def sentences(text: str, *, clean: bool = True) -> list[str]:
    document = Document(id="a", text=text, language="en")
    return [sentence.text for sentence in read_article(document, Vocabulary(), clean=clean).sentences]


@pytest.mark.parametrize("end", ["…", " …", "...", " [...]", " […]"])
def test_a_last_sentence_that_was_cut_off_is_none(end: str) -> None:
    assert sentences(f"{FIRST} The house has fourteen beds and took{end}") == [FIRST]


def test_an_only_sentence_stays_though_it_was_cut_off() -> None:
    assert sentences("The house has fourteen beds and took…") == ["The house has fourteen beds and took…"]


def test_a_pause_inside_the_text_cuts_nothing_off() -> None:
    assert len(sentences(f"It was quiet … too quiet. {FIRST}")) == 2


def test_uncleaned_text_keeps_what_was_cut_off() -> None:
    assert len(sentences(f"{FIRST} The house has fourteen beds and took…", clean=False)) == 2
