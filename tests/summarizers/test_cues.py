"""Sentences that need the one before them, in the languages that have a word list."""

import pytest

from briefing.parts import shipped
from briefing.summarizers import _cues
from tests.summarizers.texts import article

LANGUAGES = ["de", "en", "es", "fr", "it", "pt", "ru"]


def needs(*lines: str, language: str = "en") -> list[bool]:
    return _cues.dependent(article("0", lines), _cues.openings(language))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "He left the town."),
        ("en", "But the bridge stood."),
        ("en", "“They will pay,” the mayor said."),
        ("en", "This surprised nobody."),
        ("en", "Together the five hold most of the loans."),
        ("en", "Other agencies sent tents."),
        ("en", "Another was due at noon."),
        ("de", "Gemeinsam halten sie die meisten Kredite."),
        ("de", "Er verließ die Stadt."),
        ("de", "Doch die Brücke hielt."),
        ("es", "Ella dejó la ciudad."),
        ("es", "Pero el puente resistió."),
        ("fr", "Il a quitté la ville."),
        ("fr", "C’est la troisième crue."),
        ("it", "Lui ha lasciato la città."),
        ("it", "Tuttavia il ponte ha retto."),
        ("pt", "Ele deixou a cidade."),
        ("pt", "Porém a ponte resistiu."),
        ("ru", "Он покинул город."),
        ("ru", "Однако мост устоял."),
        ("de", "Andere widersprachen."),
        ("es", "Otros huyeron."),
        ("fr", "D’autres ont fui."),
        ("it", "Altri sono fuggiti."),
        ("pt", "Outros fugiram."),
        ("ru", "Другие ушли."),
    ],
)
def test_a_pronoun_or_connective_at_the_opening_points_back(language: str, line: str) -> None:
    assert needs("One.", line, language=language) == [False, True]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "This week the river rose."),
        ("en", "The mayor said that he was safe."),
        ("en", "Hebrew is taught there."),
        ("en", "Other than the mayor nobody was heard."),
        ("en", "Together with the mayor a baker was heard."),
        ("de", "Zusammen mit dem Bürgermeister sprach ein Bäcker."),
        ("de", "Diese Woche stieg der Fluss."),
        ("it", "Il ponte ha retto."),
        ("es", "Esta semana subió el río."),
        ("pt", "Esta semana o rio subiu."),
        ("ru", "Мост устоял."),
    ],
)
def test_other_openings_stand_alone(language: str, line: str) -> None:
    assert needs("One.", line, language=language) == [False, False]


def test_the_first_sentence_needs_none_before_it() -> None:
    assert needs("He left the town.") == [False]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("« ", " »"), ("«\u00a0", "\u00a0»"), ("``", "''"), ("»", "«")],
)
def test_what_stands_inside_a_quotation_needs_its_opening(opening: str, closing: str) -> None:
    lines = [f"The mayor said: {opening}We saw it.", "Nobody slept.", f"Boats came{closing}.", "Rain fell."]

    assert needs(*lines) == [False, True, True, False]


def test_a_quotation_ends_with_its_paragraph() -> None:
    assert needs('The mayor said: "We saw it.', "", "Rain fell.") == [False, False]


def test_an_inch_mark_opens_nothing() -> None:
    assert needs('A pipe of 6" broke.', "Rain fell.") == [False, False]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The mayor of the town and the crew went to the bridge."),
        ("de", "Der Fluss und die Stadt sind in den Schlagzeilen."),
        ("fr", "Le pont et le maire du village."),
        ("es", "El puente y los barcos del río."),
        ("pt", "O rio e os barcos em Lisboa."),
        ("it", "Il ponte di Roma, che non cede."),
        ("ru", "Мост в городе и лодки на реке."),
        ("", "洪水が町を襲った。"),
    ],
)
def test_frequent_words_tell_the_language(language: str, line: str) -> None:
    assert _cues.language_of(article("0", [line])) == language


def test_each_language_of_the_vote_has_its_lists() -> None:
    files = sorted(path.stem for path in (shipped("summarizers") / "openings").glob("*.txt"))

    assert files == LANGUAGES == sorted(set(_cues.MARKS.values()))
    for words in map(_cues.openings, LANGUAGES):
        assert words.pronoun
        assert words.connective
        assert words.voice
        assert words.time
    assert _cues.openings("xx") == _cues.Openings()
