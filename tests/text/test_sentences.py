"""The rule splitter: cases as files, and what holds for every text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import punkt, sentences
from briefing.text._rules import read_abbreviations

CASES = sorted((Path(__file__).parents[1] / "cases" / "sentences").glob("*.txt"))
ABBREVIATIONS = sorted(path.stem for path in (Path(sentences.__file__).parent / "abbreviations").glob("*.txt"))

# Texts made of what decides: marks, quotes, brackets, white space of all kinds, letters of several scripts.
marked = st.text("aZéßъГمさ字1I.!?…。！？।؟;:,\n\u2029\t\r\x1c \u00a0\u200b\"”“»«'’)([」「—-_*`¿", max_size=100)
# Texts made of what is hard: abbreviations, speakers and quotations that meet in every order.
PIECES = [
    *[
        "Mr.",
        "U.S.",
        "a.m.",
        "z.",
        "B.",
        "г.",
        "т.",
        "д.",
        "l'art.",
        "J.-C.",
        "I.",
        "5",
        "3.",
        "Smith",
        "asked.",
        "iPhone",
    ],
    *["said", "The", "he", '"Really?"', "...", ". . .", "…", "(", ".", '?"', "! ", "-- ", "«", "»", "\n", "\n\n", "Kč"],
    *["「", "」", "猫。", "と", "。”", "他说。"],
]
spelled = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
texts = marked | spelled | st.text(max_size=100)
languages = st.sampled_from(["en", "de", "fr", "ru", "cs", "el", "ar", "ja", "zh", "xx", "../en"])


def read_case(path: Path) -> tuple[str, list[str]]:
    """Return the text of a case and its sentences; the first line says why, ⏎ stands for a newline in a sentence."""
    head, _, tail = path.read_text(encoding="utf-8").partition("\n---\n")
    return head.partition("\n")[2], [line.replace("⏎", "\n") for line in tail.splitlines()]


def gaps(text: str, spans: list[tuple[int, int]]) -> str:
    """Return all characters that are in no span; fail where spans overlap or run backwards."""
    between, position = "", 0
    for start, end in spans:
        assert position <= start < end
        between += text[position:start]
        position = end
    return between + text[position:]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_is_split_as_its_file_says(path: Path) -> None:
    text, expected = read_case(path)

    spans = sentences.split_sentences(text, path.stem[:2])

    assert [text[start:end] for start, end in spans] == expected


@pytest.mark.parametrize("language", ABBREVIATIONS)
def test_abbreviation_lists_hold_words_without_their_full_stop(language: str) -> None:
    lists = read_abbreviations(language)

    entries = [entry for name, entries in lists.items() if name != "day" for entry in entries]

    assert lists["title"]
    assert not [entry for entry in entries if entry.endswith(".")]


@pytest.mark.parametrize("split", [sentences.split_sentences, punkt.split_sentences], ids=["rules", "punkt"])
@given(text=texts, language=languages)
def test_no_character_is_lost_or_doubled(split, text: str, language: str) -> None:
    spans = split(text, language)

    assert not gaps(text, spans).strip()
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.parametrize("split", [sentences.split_sentences, punkt.split_sentences], ids=["rules", "punkt"])
@given(text=texts, language=languages)
def test_a_blank_line_ends_a_sentence(split, text: str, language: str) -> None:
    spans = split(text, language)

    assert not [text[start:end] for start, end in spans if re.search(r"\n[^\S\n]*\n", text[start:end])]


@given(text=texts, language=languages)
def test_the_same_text_gives_the_same_sentences(text: str, language: str) -> None:
    assert sentences.split_sentences(text, language) == sentences.split_sentences(text, language)


@given(paragraphs=st.lists(texts, max_size=4), language=languages)
def test_paragraphs_are_split_one_by_one(paragraphs: list[str], language: str) -> None:
    joined = "\n\n".join(paragraphs)

    together = [joined[start:end] for start, end in sentences.split_sentences(joined, language)]

    alone = [part[start:end] for part in paragraphs for start, end in sentences.split_sentences(part, language)]
    assert together == alone


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("word " * 1_000_000, 1),
        ("a" * 5_000_000, 1),
        ("." * 1_000_000, 1),
        ("." * 1_000_000 + "a", 1),
        (". " * 500_000, 1),
        (".\u00a0»" * 200_000, 40_000),
        ("A line\n\n" * 100_000, 100_000),
        ("\n \n" * 300_000, 0),
        ("Mr.\n" * 200_000, 1),
        ("The cat sat. " * 300_000, 300_000),
        ("猫。" * 300_000, 300_000),
        ("「猫。" * 200_000, 200_000),
        (" " * 3_000_000 + "a", 1),
    ],
    ids=lambda value: repr(value[:8]) if isinstance(value, str) else "",
)
def test_long_texts_take_linear_time(text: str, count: int) -> None:
    """A quadratic step anywhere would take hours here."""
    assert len(sentences.split_sentences(text)) == count
