"""Furniture inside a text is found by class, and news about furniture is left alone."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.models import Removed, folded
from briefing.text.boilerplate import dateline_end, find_furniture, phrases
from briefing.text.boilerplate.finder import Finder

CASES = Path(__file__).parent.parent / "cases" / "boilerplate"
LANGUAGES = sorted(path.stem for path in CASES.glob("*.txt"))

# Where furniture of a class stands among four paragraphs of news; everything else stands at the end.
PLACES = {"byline": 0, "news": 2, "read-more": 2, "advertisement": 2, "photo-credit": 2, "share": 2, "cookie": 2}

NEWS = (
    "The harbor at Port Salvo reopened on Tuesday after four days of storms that had kept 300 ships at anchor.",
    "Engineers found two cracks in the northern breakwater, the port authority said in a statement.",
    "“We were lucky that nobody was on the wall that night,” said Ines Marek, who runs the lighthouse.",
    "Parliament is to vote on the repairs, which may cost 40 million crowns, before the end of the month.",
)
APPEAL = (
    "A note from the newsroom of the Salvo Courier:",
    "Dear readers,",
    "We have been sued four times this year, and the mayor calls our reporters “enemies of the town”.",
    "We do not give in. But we can only go on with your help.",
    "For as little as $3 a month you keep our journalism free for everyone. Thank you for being with us.",
    "Not now",
)


def written(language: str) -> list[tuple[str, str]]:
    """Return class and line of a language's cases."""
    text = (CASES / f"{language}.txt").read_text(encoding="utf-8")
    rows = [line.partition(" | ") for line in text.splitlines() if line and line[0] != "#"]
    return [(kind, line) for kind, _, line in rows]


def among_news(line: str, place: int, language: str) -> str:
    """Return an article of the language's first four lines of news, with another line before the one of that number."""
    news = [each for kind, each in written(language) if kind == "news" and each != line][:4]
    return "\n\n".join([*news[:place], line, *news[place:]])


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Give language, class, line and the document that it stands in."""
    for language in LANGUAGES:
        for kind, line in written(language):
            yield language, kind, line, among_news(line, PLACES.get(kind, 4), language)


def rest_of(text: str, removed: tuple[Removed, ...]) -> str:
    for each in reversed(removed):
        text = text[: each.start] + text[each.end :]
    return text


@pytest.mark.parametrize(("language", "kind", "line", "text"), list(cases()))
def test_furniture_goes_and_news_about_it_stays(language, kind, line, text):
    removed = find_furniture(text, language=language)

    assert [each.text for each in removed] == ([] if kind == "news" else [line])


def test_news_in_the_words_of_prompts_ends_few_articles_too_early():
    """At its end a line goes for its words alone; of news that was written to be mistaken one in twenty-five may go."""
    news = [line for kind, line in written("en") if kind == "news"]

    gone = [line for line in news if find_furniture(among_news(line, 4, "en"))]

    assert len(news) > 150
    assert len(gone) < len(news) / 25, gone


def test_an_appeal_goes_line_by_line_and_the_news_before_it_stays():
    text = "\n\n".join(NEWS + APPEAL)

    removed = find_furniture(text)

    assert [each.text for each in removed] == list(APPEAL)
    assert {each.reason for each in removed} == {"donation", "account"}


def test_an_appeal_that_tells_of_others_goes_from_its_heading_on():
    appeal = (
        "Before you leave the quay...",
        "Thousands of people come to the Salvo Courier for news that nobody has paid for.",
        "Unlike most other papers on the coast, we have kept our reporting open to all.",
        "It takes time and money to hold a port to account.",
        "Support the Salvo Courier from as little as $2. It takes less than a minute.",
    )

    removed = find_furniture("\n\n".join(NEWS + appeal))

    assert [each.text for each in removed] == list(appeal)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_are_lines_with_and_without_blank_ones(between):
    text = between.join((*NEWS, "Share this article", "© 2024 Salvo Courier"))

    reasons = [each.reason for each in find_furniture(text)]

    assert reasons == ["share", "copyright"]


def test_furniture_glued_to_the_news_goes_without_it():
    head = "By . Jan Novak . PUBLISHED: . 07:04 EST, 9 January 2014 . | . UPDATED: . 07:16 EST, 9 January 2014 ."
    text = f"{head} {NEWS[0]} Scroll down for video . {NEWS[1]}"

    rest = rest_of(text, find_furniture(text))

    assert rest.split() == f"{NEWS[0]} {NEWS[1]}".split()


def test_a_separator_goes_with_the_furniture_beside_it_alone():
    text = "\n\n".join((NEWS[0], "* * *", *NEWS[1:], "* * *", "Share this article"))

    assert [each.reason for each in find_furniture(text)] == ["separator", "share"]


def test_a_correction_has_its_own_reason():
    text = "\n\n".join((*NEWS, "Correction: An earlier version of this article gave the wrong number of ships."))

    assert [each.reason for each in find_furniture(text)] == ["correction"]


def test_cleaning_never_empties_an_article():
    assert find_furniture("Port reopens", title="Port reopens") == ()
    assert find_furniture("\n\n".join(APPEAL)) == ()


def test_a_title_stays_when_nothing_else_would():
    text = "Port reopens\n\nAdvertisement\n\nShare this article"

    removed = find_furniture(text, title="Port reopens")

    assert [each.reason for each in removed] == ["advertisement", "share"]


def test_a_repeated_title_goes():
    text = "\n\n".join(("Port reopens!", *NEWS))

    removed = find_furniture(text, title="Port Reopens")

    assert [(each.text, each.reason) for each in removed] == [("Port reopens!", "title")]


def test_a_first_sentence_that_serves_as_title_stays():
    assert find_furniture("\n\n".join(NEWS), title=NEWS[0]) == ()


def test_the_outlet_s_name_marks_its_bylines():
    text = "\n\n".join(("Jan Novak | Salvo Courier", *NEWS))

    assert find_furniture(text) == ()
    assert [each.reason for each in find_furniture(text, source="Salvo Courier")] == ["byline"]


def test_the_user_s_patterns_win():
    text = "\n\n".join((*NEWS, "Share this article"))

    removed = find_furniture(text, drop=["^Engineers"], keep=["article$"])

    assert [(each.text, each.reason) for each in removed] == [(NEWS[1], "source-rule")]


def test_lines_known_from_the_source_s_other_articles_go():
    known = {folded("The Salvo Courier is printed on the quay since 1911."), folded("Short  of the day")}
    text = "\n\n".join(("SHORT OF THE DAY", *NEWS, "The Salvo Courier is printed on the quay since 1911."))

    removed = find_furniture(text, repeated=known)

    assert [(each.text, each.reason) for each in removed] == [
        ("SHORT OF THE DAY", "repeated"),
        ("The Salvo Courier is printed on the quay since 1911.", "repeated"),
    ]
    assert find_furniture(text, repeated=known, keep=["quay", "SHORT"]) == ()


@pytest.mark.parametrize("title", [None, "Port reopens"])
def test_what_repeats_is_never_taken_when_nothing_else_would_stay(title):
    text = "Port reopens\n\nThe port is open.\n\nShare this article"

    removed = find_furniture(text, title=title, repeated={folded("The port is open."), folded("Port reopens")})

    assert "The port is open." in rest_of(text, removed)


def test_a_faulty_pattern_is_named():
    with pytest.raises(ConfigError, match=r"'\('"):
        find_furniture("One line.", drop=["("])


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("LONDON (Reuters) — ", "The port reopened."),
        ("(CNN)", "The port reopened."),
        ("(CNN) -- ", "The port reopened."),
        ("Port Salvo, Delta (CNN)", "The port reopened."),
        ("WASHINGTON, June 3 (AP) - ", "The port reopened."),
        ("PORT SALVO, Delta — ", "The port reopened."),
        ("Berlin (dpa) - ", "Der Hafen ist wieder offen."),
        ("Berlin/Bonn (dpa/lnw) – ", "Der Hafen ist wieder offen."),
        ("PARIS, 4 mai (AFP) – ", "Le port a rouvert."),
        ("Madrid, 3 jun (EFE).- ", "El puerto reabrió."),
        ("ROMA (ANSA) - ", "Il porto ha riaperto."),
        ("МОСКВА, 3 июня /ТАСС/. ", "Порт снова открыт."),
        ("МОСКВА, 3 июн — РИА Новости. ", "Порт снова открыт."),
        ("", "The port reopened on Tuesday."),
        ("", "The port - the largest of the coast - reopened."),
        ("", "NATO and the EU (European Union) agreed."),
        ("", "The union of ports (UP) Monday agreed."),
        ("", "Salvo (pop. 4,000) is a port."),
    ],
)
def test_a_sentence_begins_after_its_dateline(dateline, sentence):
    text = f"Before.\n\n{dateline}{sentence}"

    assert text[dateline_end(text, 9, len(text)) :] == sentence


LINES = st.one_of(st.sampled_from(NEWS + APPEAL), st.text(max_size=80))


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n\n"]), st.sampled_from([*LANGUAGES, "xx"]))
def test_spans_are_exact_and_in_order_and_leave_something(lines, between, language):
    text = between.join(lines)

    removed = find_furniture(text, language=language)

    assert removed == find_furniture(text, language=language)
    assert all(text[each.start : each.end] == each.text == each.text.strip() != "" for each in removed)
    assert all(one.end <= other.start for one, other in pairwise(removed))
    assert bool(rest_of(text, removed).strip()) == bool(text.strip())


@given(st.text(), st.integers(0, 50))
def test_a_dateline_ends_inside_the_text(text, start):
    start = min(start, len(text))

    end = dateline_end(text, start, len(text))

    assert end == start or start < end < len(text)


@pytest.mark.parametrize("piece", ["a", "sign ", "our ", "(a ", "x. ", '"', "Photo: A/", "the ad ", "\n\nShare it. "])
def test_a_long_text_of_one_piece_is_read_to_its_end(piece):
    """Quadratic patterns would take hours here."""
    text = piece * (300_000 // len(piece))

    found = find_furniture(text)

    assert all(text[each.start : each.end] == each.text for each in found)
    assert not found or found[0].text != text


def example(source: str) -> str:
    """Return a line in lower case that has a phrase: the first choice of every word, one word in each gap."""
    words = [token.rstrip("?").split("|")[0] for token in source.split() if token not in ("^", "$")]
    written = {"9": "5", "..": "it", "...": "it", "$": ""}
    return " ".join(written.get(word, word.replace("*", "ez")) for word in words).strip()


@pytest.mark.parametrize("language", phrases.languages())
def test_every_phrase_can_be_found(language):
    for name, lines in phrases.sections(language).items():
        for source in () if name.endswith("-word") else lines:
            line = example(source)
            found = Finder(phrases.Phrases([(name, [source])]), line).candidates(line)

            assert [phrase.source for phrase in found] == [source], line
            assert found[0].is_in(line), line
            assert not found[0].is_in("x" + line.replace(" ", "x")), line


def test_a_language_without_phrases_has_those_of_english():
    line = "sign up for our newsletter"
    found = [Finder(phrases.load(language), line).candidates(line) for language in ("xx", "en")]

    assert [each.source for each in found[0]] == [each.source for each in found[1]] != []


def test_dates_in_a_list_stay_where_a_byline_goes() -> None:
    dates = [f"Oct. {day} - Riverside Hall, Quarnby" for day in (3, 9, 12, 15)]
    news = ["The band will play the halls of the north for the first time in nine years, it said on Monday."] * 2
    text = "\n\n".join(["By Ada Quill", *news, "The dates so far:", *dates, *reversed(news), *news])

    found = find_furniture(text)

    assert [(piece.text, piece.reason) for piece in found] == [("By Ada Quill", "byline")]


def test_a_guide_that_speaks_to_its_reader_keeps_its_advice() -> None:
    advice = [
        "If you want to pay less for your account, look at what you pay for each month and write it down.",
        "If you already have an account there, visit your account page to cancel before it costs you $5 a month.",
        "You may not need the dearest plan, because you can share one with the people who live with you.",
        "When you leave, ask your provider for the rest of your money, and keep a copy of what you wrote.",
        "If you pay for two, you can put one of your memberships to rest and support the other with $10 a year.",
        "Your bank can tell you which of the payments go out by themselves, so call before you change anything.",
        "In the end you know best what you need, and nobody can take your time from you.",
    ]
    prompt = "Sign up for our free newsletter and get the news in your inbox every morning."

    found = find_furniture("\n\n".join([*advice, prompt]))

    assert [piece.text for piece in found] == [prompt]


@pytest.mark.parametrize(
    ("language", "appeal"),
    [
        ("de", "Unterstützen Sie unsere Arbeit mit einer Spende."),
        ("fr", "Abonnez-vous à notre lettre d'information pour recevoir l'actualité chaque matin."),
        ("es", "Suscríbete a nuestro boletín y recibe las noticias cada mañana en tu correo."),
        ("ru", "Подписывайтесь на наш телеграм-канал, чтобы не пропустить главное."),
    ],
)
def test_a_line_in_another_language_is_judged_by_its_own(language, appeal):
    """A record may be tagged wrongly, and a page in English may ask its readers abroad."""
    text = f"The council of Quarnby voted for the bridge on Tuesday.\n\nThe work begins in March.\n\n{appeal}"

    as_tagged, as_english = find_furniture(text, language=language), find_furniture(text, language="en")

    assert [piece.text for piece in as_english] == [appeal]
    assert [piece.text for piece in as_tagged] == [appeal]
