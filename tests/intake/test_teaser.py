"""Which entries are teasers, and which pages may stand for them."""

import pytest

from briefing.intake._feed_items import Item
from briefing.intake._teaser import completed, find_teasers
from briefing.models import Document

SHORT = "The council met on Monday and said nothing about the bridge, which has been closed for a year."
ARTICLE = (
    "The council met on Monday evening and said nothing about the old bridge. It has been closed for a year. "
    "Forty people had come to hear when it would open again. The mayor asked them to be patient. "
) * 8


def item(text: str, *, title: str | None = "Bridge stays closed", label: str = "", number: int = 1) -> Item:
    url = f"https://example.org/{number}"
    return Item(Document(id=url, url=url, text=text, title=title), label)


def is_teaser(each: Item, *others: Item) -> bool:
    return each.document.id in find_teasers([each, *others], None)


@pytest.mark.parametrize(
    "end",
    [
        "…", "...", ". . .", "[…]", "[...]", "(…) »", "… Read more", "Read more »", "[Read the full story]",
        "Continue reading →", "Weiterlesen …", "Mehr lesen", "Lire la suite", "En savoir plus >", "Leer más",
        "Seguir leyendo", "Leia mais", "Leggi tutto", "Lees verder", "Läs mer", "Les mer", "Læs mere", "Czytaj dalej",
        "Číst dál", "Devamını oku", "Читать далее", "Подробнее", "Читати далі", "阅读全文", "続きを読む", "더 보기",
        "اقرأ المزيد",
    ],
)  # fmt: skip
def test_an_end_that_is_cut_or_invites_to_read_on_makes_a_teaser_of_any_length(end):
    assert is_teaser(item(f"{ARTICLE} And then {end}"))


@pytest.mark.parametrize("label", ["Read more", "Continue reading “Bridge stays closed”", "mehr", "Más", "(more…)"])
def test_a_link_that_leads_on_makes_a_teaser(label):
    assert is_teaser(item(ARTICLE, label=label))


@pytest.mark.parametrize("label", ["Comments", "[link] [comments]", "Email this"])
def test_another_link_makes_none(label):
    assert not is_teaser(item(ARTICLE, label=label))


@pytest.mark.parametrize(
    "end",
    ["He wanted to read more books.", "She has more.", "“Mehr”, sagte er, „mehr!“", "They continue reading it."],
)  # fmt: skip
def test_words_at_the_end_of_a_sentence_are_words(end):
    assert not is_teaser(item(f"{ARTICLE} {end}"))


def test_few_words_are_a_teaser_where_the_feed_has_few_words():
    long = [item(ARTICLE, number=number) for number in (2, 3)]

    assert is_teaser(item(SHORT))
    assert is_teaser(item(SHORT), item(SHORT, number=2), long[0])
    assert not is_teaser(item(SHORT), *long)
    assert not is_teaser(item(SHORT, title=None))
    assert is_teaser(item(""), *long)


def test_what_is_settled_for_a_source_counts_for_all_its_entries():
    items = [item(SHORT), item(ARTICLE, number=2), Item(Document(id="3", text=SHORT), "")]

    assert find_teasers(items, True) == {"https://example.org/1", "https://example.org/2"}
    assert find_teasers(items, False) == set()
    assert find_teasers(items, None) == {"https://example.org/1"}


def page(text: str, title: str = "Bridge stays closed") -> Document:
    return Document(id="page", url="https://example.org/other", text=text, title=title, source="Page", authors=("Ann",))


def test_a_page_that_says_the_same_and_more_gives_its_text_and_what_the_feed_did_not_know():
    teaser = item(SHORT).document

    found = completed(teaser, page(ARTICLE))

    assert found is not None
    assert (found.id, found.url, found.title, found.source) == (teaser.id, teaser.url, teaser.title, None)
    assert (found.text, found.authors) == (ARTICLE, ("Ann",))


@pytest.mark.parametrize(
    "text",
    [
        SHORT,
        SHORT + " Advertisement.",
        "We value your privacy. We and our partners store and access information on a device, such as cookies. " * 20,
        "Subscribe to read the article. Already a subscriber? Sign in. Choose a plan that suits you today. " * 20,
        "A new theatre opened in the harbor on Sunday with a play about gulls, ships and the sea itself. " * 20,
        "",
    ],
)
def test_a_page_that_says_something_else_or_no_more_gives_nothing(text):
    assert completed(item(SHORT).document, page(text, "Welcome")) is None


@pytest.mark.parametrize(
    ("title", "text", "is_the_page"),
    [
        ("Bridge stays closed", ARTICLE, True),
        ("Bakers end their strike", ARTICLE, False),
        ("Die Brücken bleiben gesperrt", "Die Brücke über den Fluss bleibt bis zum Herbst gesperrt. " * 10, True),
        ("橋はまだ閉鎖されている", "市議会によると、橋はまだ閉鎖されているという。" * 20, True),
        ("橋はまだ閉鎖されている", "新しい劇場が日曜日に港に開場した。" * 20, False),
        ("", ARTICLE, False),
    ],
)
def test_a_headline_is_held_against_its_page(title, text, is_the_page):
    assert (completed(item("", title=title).document, page(text, "Example News")) is not None) == is_the_page
