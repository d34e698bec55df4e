"""Tokens, stop words and stems, and the memo behind them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import words
from briefing.text.words import Vocabulary, stop_words

LANGUAGES = sorted(path.stem for path in (Path(words.__file__).parent / "stopwords").glob("*.txt"))


@pytest.mark.parametrize(
    ("language", "text", "tokens", "content"),
    [
        ("en", "The banks' losses were “running” high.", "the bank loss were run high", "bank loss run high"),
        (
            "en",
            "Don't pay $3.5 million — it's well-known!",
            "don't pay 3.5 million it well known",
            "pay 3.5 million known",
        ),
        ("de", "Die Häuser der Bürger", "die haus der burg", "haus burg"),
        ("fr", "L’homme n'a pas dit qu'il viendrait", "l homm n a pas dit qu il viendr", "homm viendr"),
        ("es", "Las canciones de los niños", "las cancion de los niñ", "cancion niñ"),
        ("ru", "Президенты говорили о мире", "президент говор о мир", "президент говор мир"),
        ("hi", "मंत्री ने बातचीत", None, "मंत्र बातचीत"),
        ("uk", "Міністри сказали так", "міністри сказали так", "міністри сказали"),
        ("uk", "П’ять пʼять п'ять _двері_", "п'ять п'ять п'ять двері", None),
        ("zh", "北京大學的COVID-19", "北京 京大 大學 學的 covid 19", None),
        ("ja", "東京で会議", "東京 京で で会 会議", None),
        ("ko", "대통령은 말했다", "대통 통령 령은 말했 했다", None),
        ("xx", "Unknown Words Here", "unknown words here", "unknown words here"),
    ],
)
def test_words_are_lower_case_stems(language: str, text: str, tokens: str | None, content: str | None) -> None:
    found, contents = Vocabulary().words(text, language)

    assert tokens is None or found == tuple(tokens.split())
    assert content is None or contents == tuple(content.split())


@pytest.mark.parametrize("text", ["", " \n ", "— … ( ) !?", "“”", "-", "'", "___"])
def test_punctuation_is_no_word(text: str) -> None:
    assert Vocabulary().words(text, "en") == ((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_lists_are_lower_case_and_hold_each_word_once(language: str) -> None:
    entries = (Path(words.__file__).parent / "stopwords" / f"{language}.txt").read_text(encoding="utf-8").split()

    assert len(entries) == len(set(entries)) == len(stop_words(language))
    assert [word for word in entries if word != word.lower()] == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"zh", "ja", "ko"}))
def test_no_stop_word_is_a_content_word(language: str) -> None:
    text = " ".join(sorted(stop_words(language)))

    assert Vocabulary().words(text, language)[1] == ()


@pytest.mark.parametrize("language", ["xx", "", "../stopwords/en", "e" * 5000, "en\0"])
def test_a_language_without_a_list_has_no_stop_words(language: str) -> None:
    assert stop_words(language) == frozenset()


def test_a_full_memo_is_emptied_and_gives_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MEMO", 3)
    vocabulary = Vocabulary()
    text = "Five senators voted against seven bills"

    first = vocabulary.words(text, "en")

    assert vocabulary.words(text, "en") == first == Vocabulary().words(text, "en")


@given(text=st.text(max_size=200), language=st.sampled_from(["en", "fr", "zh", "ar", "th", "xx"]))
def test_content_words_are_a_part_of_the_tokens_in_order(text: str, language: str) -> None:
    tokens, content = Vocabulary().words(text, language)

    rest = iter(tokens)
    assert all(word in rest for word in content)


@given(texts=st.lists(st.text(max_size=60), max_size=5))
def test_words_do_not_depend_on_what_was_read_before(texts: list[str]) -> None:
    vocabulary = Vocabulary()

    together = [vocabulary.words(text, "en") for text in texts]

    assert together == [Vocabulary().words(text, "en") for text in texts]
