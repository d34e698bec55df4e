"""Figures: numbers that disagree, and the many that only seem to."""

import pytest

from briefing.models import Article
from briefing.stories._phrases import phrases
from briefing.stories.figures import find_figures
from tests.stories.made import made

# What all articles of a story tell, so that their numbers are of one event.
EVENT = {
    "en": "An explosion wrecked the Corder spinning mill at Port Ansel.",
    "de": "Eine Explosion zerstörte die Spinnerei Corder im Hafen von Ansel und die Lagerhallen.",
    "fr": "Une explosion a détruit la filature Corder dans le quartier portuaire de Port Ansel.",
    "es": "Una explosión destruyó la hilandería Corder junto al puerto pesquero de Ansel.",
    "pt": "Uma explosão destruiu a fiação Corder junto do porto pesqueiro de Ansel.",
    "it": "Un'esplosione ha distrutto la filanda Corder vicino al porto peschereccio di Ansel.",
    "nl": "Een zware explosie verwoestte de spinnerij Corder naast de vissershaven van Ansel.",
    "ru": "Взрыв разрушил прядильную фабрику Кордер возле рыбацкой гавани Порт-Ансель.",
}


def article(number, text, *, source, language="en", hour=None, title=None, event=None) -> Article:
    published = f"2026-11-{22 + (hour or 0) // 24:02d}T{(number if hour is None else hour) % 24:02d}:00:00Z"
    whole = f"{EVENT[language] if event is None else event} {text}"
    return made(str(number), title, whole, source=source, published=published, language=language)


def figures(articles) -> dict[str, list[str]]:
    texts = {each.id: each.document.text for each in articles}
    found = find_figures(articles)
    for value in (value for figure in found for value in figure.values):
        assert texts[value.article][value.start : value.end] == value.value
    return {figure.what: [value.value for value in figure.values] for figure in found}


def found(*texts, sources="ABCDEF", language="en"):
    return figures(
        [article(number, text, source=sources[number], language=language) for number, text in enumerate(texts)]
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The blast left 12 dead.", "At least 15 people were killed.", {"dead": ["12", "At least 15"]}),
        ("It killed twelve people.", "The death toll rose to 15.", {"dead": ["twelve", "15"]}),
        ("It injured 1,200 people.", "Doctors said 1,300 were injured.", {"injured": ["1,200", "1,300"]}),
        ("Nine workers are missing.", "Eleven workers are missing.", {"workers missing": ["Nine", "Eleven"]}),
        ("Police arrested 23 people.", "Some said that 26 people were arrested.", {"arrested": ["23", "26"]}),
        ("12 people in Ansel were killed.", "It killed 15 people in Ansel.", {"dead": ["12", "15"]}),
        ("12 dead and 30 wounded in Ansel.", "12 dead and 34 wounded.", {"injured": ["30", "34"]}),
        (
            "The firm must pay a $4.5 million fine.",
            "A fine of $5,400,000 was set.",
            {"fine in $": ["$4.5 million", "$5,400,000"]},
        ),
        (
            "The Senate passed the bill in a 52-47 vote.",
            "The Senate approved it 52-48 on Friday.",
            {"votes in the Senate": ["52-47", "52-48"]},
        ),
    ],
)
def test_numbers_that_disagree_stand_side_by_side(one, other, expected):
    assert found(one, other) == expected


@pytest.mark.parametrize(
    ("language", "one", "other", "expected"),
    [
        ("de", "Dabei starben 12 Menschen.", "Es gab mindestens 15 Tote.", {"Tote": ["12", "mindestens 15"]}),
        (
            "de",
            "Acht Soldaten wurden verletzt.",
            "Neun Soldaten sind verletzt.",
            {"Soldaten (Verletzte)": ["Acht", "Neun"]},
        ),
        (
            "de",
            "Die Firma muss eine Geldstrafe von 4,5 Millionen Euro zahlen.",
            "Sie zahlt 5.400.000 Euro Geldstrafe.",
            {"Geldstrafe in €": ["4,5 Millionen Euro", "5.400.000 Euro"]},
        ),
        (
            "de",
            "Der Bundestag stimmte mit 312 zu 285 Stimmen zu.",
            "Der Bundestag nahm das Gesetz mit 312 zu 286 Stimmen an.",
            {"Stimmen: Bundestag": ["312 zu 285", "312 zu 286"]},
        ),
        ("fr", "Elle a fait 12 morts.", "Au moins 15 personnes ont été tuées.", {"morts": ["12", "Au moins 15"]}),
        (
            "fr",
            "Le groupe paiera une amende de 4,5 millions d'euros.",
            "Une amende de 5,4 millions d'euros est infligée.",
            {"amende en €": ["4,5 millions d'euros", "5,4 millions d'euros"]},
        ),
        ("es", "Murieron 12 personas.", "El ataque dejó 15 muertos.", {"muertos": ["12", "15"]}),
        (
            "es",
            "El Congreso lo aprobó por 176 votos a favor frente a 169.",
            "El Congreso lo aprobó por 176 votos contra 168.",
            {"votos: Congreso": ["176 votos a favor frente a 169", "176 votos contra 168"]},
        ),
        (
            "pt",
            "Pelo menos 15 pessoas morreram.",
            "O número de mortos subiu para 17.",
            {"mortos": ["Pelo menos 15", "17"]},
        ),
        ("it", "Almeno 15 persone sono morte.", "Il bilancio è salito a 17 morti.", {"morti": ["Almeno 15", "17"]}),
        (
            "nl",
            "Zeker 15 mensen kwamen om het leven.",
            "Het dodental is gestegen tot 17.",
            {"doden": ["Zeker 15", "17"]},
        ),
        ("ru", "Погибли 12 человек.", "Число погибших возросло до 15.", {"погибшие": ["12", "15"]}),
        (
            "ru",
            "Компания выплатит штраф в 4,5 миллиона рублей.",
            "Суд назначил штраф в размере 5,4 миллиона рублей.",
            {"штраф, руб.": ["4,5 миллиона рублей", "5,4 миллиона рублей"]},
        ),
    ],
)
def test_the_big_languages_have_their_phrases(language, one, other, expected):
    assert found(one, other, language=language) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It killed 12 people.", "Twelve people were killed."),
        ("It killed 12 people.", "It killed 12 people, including three children."),
        ("Fifteen soldiers were killed.", "Twelve people were killed."),
        ("It killed 12 people.", "A blast there killed 15 people in 2019."),
        ("It killed 12 people.", "In March 15 people were killed there."),
        ("It killed 12 people.", "The deadliest blast killed 15 people."),
        ("It killed 12 people.", "As many as 15 people could be dead."),
        ("It killed 12 people.", "More than ten people were killed."),
        ("It killed 12 people.", "About 15 people were killed."),
        ("It killed 12 people.", "Another three people died in hospital."),
        ("It killed 12 people.", "Three of the dead were children; 4 of them were injured."),
        ("It killed 12 people.", "The disease killed 25,000 people."),
        ("It killed 12 people.", "He was killed 15 hours later."),
        ("It killed 12 people.", "Ten people were killed here. Then 15 people were killed there."),
        ("It killed 12 people.", "Accidents have killed 15 people so far this year."),
        ("It killed 12 people.", "He also accused them of killing 15 people."),
        ("It killed 12 people.", "The war has killed 15 people in recent weeks."),
        ("It killed 19 people in Barra and five in Corder.", "It killed 15 people."),
        ("It killed 12 people in Ansel.", "It killed 15 people in Barra."),
        ("One man was killed and no one else was injured.", "Two people were injured."),
        ("It killed 12 people.", "The firm cut 15 jobs, killing hopes."),
        ("It injured 1,200 people.", "It injured 1,214 people."),
        ("He was 15 and died.", "It killed 12 people."),
        ("The firm must pay a $4.5 million fine.", "It agreed to a $9 million settlement."),
        ("The firm must pay a $4.5 million fine.", "It is part of a larger $9 million fine."),
        ("The firm must pay a $4.5 million fine.", "A fine of €5 million was set."),
        ("The firm must pay a $4.5 million fine.", "The firm must pay a fine of $4,500,000."),
        ("The firm must pay a $27 million fine.", "The firm must pay a fine of C$36 million."),
        ("The Senate passed it in a 52-47 vote.", "The House passed it in a 52-48 vote."),
        ("The Senate passed it in a 52-47 vote.", "The Senate rejected the amendment in a 52-48 vote."),
        ("The Senate passed it in a 52-47 vote.", "The Senate passed it in a 61-38 vote."),
        ("The Senate passed it in a 52-47 vote.", "The team won 52-48."),
    ],
)
def test_what_only_seems_to_disagree_is_left_out(one, other):
    assert found(one, other) == {}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Dabei starben 12 Menschen.", "Rund 15 Menschen starben."),
        ("de", "Dabei starben 12 Menschen.", "Vor zwei Jahren starben dort 15 Menschen."),
        ("de", "Dabei starben 12 Menschen.", "Darunter waren 15 Menschen verletzt und drei getötet."),
        ("fr", "Elle a fait 12 morts.", "Depuis janvier, 15 personnes ont été tuées."),
        ("es", "Murieron 12 personas.", "Más de 15 personas murieron."),
        ("pt", "Morreram 12 pessoas.", "Há dois anos morreram 15 pessoas."),
        ("it", "Ci sono 12 morti.", "Due anni fa ci furono 15 morti."),
        ("nl", "Er zijn 12 doden.", "Er vielen ruim 15 doden."),
        ("ru", "Погибли 12 человек.", "С начала года погибли 15 человек."),
    ],
)
def test_background_in_the_big_languages_is_left_out(language, one, other):
    assert found(one, other, language=language) == {}


def test_an_outlet_that_corrects_itself_does_not_disagree():
    assert found("It killed 12 people.", "It killed 15 people.", sources="AA") == {}


def test_of_an_outlet_the_latest_article_counts():
    texts = ["It killed 10 people.", "It killed 12 people.", "It killed 15 people."]

    assert found(*texts, sources="AAB") == {"dead": ["12", "15"]}


def test_an_article_whose_title_gives_another_number_says_nothing():
    articles = [
        article(0, "It killed 12 people.", source="A"),
        article(1, "It killed 15 people.", source="B", title="18 killed in Ansel"),
    ]

    assert figures(articles) == {}


def test_an_old_toll_is_not_set_beside_a_new_one():
    articles = [
        article(0, "It killed 8 people.", source="A", hour=0),
        article(1, "It killed 12 people.", source="B", hour=50),
        article(2, "It killed 15 people.", source="C", hour=52),
    ]

    assert figures(articles) == {"dead": ["12", "15"]}


def test_two_events_in_one_story_do_not_disagree():
    articles = [
        article(0, "It killed 12 people.", source="A"),
        article(1, "It killed 15 people.", source="B", event="A bus fell from the Barra bridge into the Tarn."),
    ]

    assert figures(articles) == {}


def test_two_days_of_one_series_do_not_disagree():
    texts = ["Two soldiers were killed on Thursday.", "Three soldiers were killed on Wednesday."]
    articles = [
        article(number, text, source="AB"[number], event="Corder rebels struck.") for number, text in enumerate(texts)
    ]

    assert figures(articles) == {}


def test_a_language_without_phrases_says_nothing():
    assert phrases("eo") is None
    assert phrases("../en") is None
    assert figures([made(each, None, f"{each} 12 mortintoj", source=each, language="eo") for each in "AB"]) == {}
