"""Selection: whole words in any case with their endings, and what each mark of a rule asks of an article."""

import pytest

from briefing.errors import UsageError
from briefing.stories.selection import Wishes, fulfilled, label, labels, read_wishes, topic
from tests.stories.made import made

ARTICLE = made(
    "a",
    "Banks raise rates",
    "The Fed's decision moved Wall Street, which doesn’t like it. Covid-19 aid ends, as do 40 low-cost loans. "
    "股市上涨。 서울은 덥다. Café owners shrug. The İstanbul tram runs 24 hours.",
    source="The Ledger",
)
OTHER = made("b", "Ferry sinks", "The ferry of Port Salvo sank.", source="Herald")


def finds(rule: str, article=ARTICLE) -> bool:
    return bool(fulfilled(article, read_wishes([rule])))


@pytest.mark.parametrize(
    "word",
    [
        *("bank", "BANKS", "fed", "wall street", "Wall-Street", "股市", "café", "shrug", "doesn't", "doesn’t"),
        *("covid 19", "covid-19", "low cost loan", "서울", "istanbul", "24"),
    ],
)
def test_a_word_is_found_whole_in_any_case_with_its_endings(word):
    assert finds(word)
    assert finds(f"+{word}" if " " not in word else f'+"{word}"')
    assert not finds(f"!{word}" if " " not in word else f'!"{word}"')


@pytest.mark.parametrize(
    "word",
    [
        "ban",
        "banker",
        "street wall",
        "rat",
        "",
        "  ",
        "own",
        ".",
        "hour ferry",
        "股票",
        "covid-1",
        "-",
        "loans aid",
        "울은",
    ],
)
def test_a_part_of_a_word_is_not_found(word):
    assert not finds(word)


@pytest.mark.parametrize(
    "rule",
    [
        "+fed !ferry",
        "ferry fed => Money",
        "+fed ferry rates",
        '"wall street" +bank',
        "!ferry",
        "/wall s.r/",
        "/^banks .* rates$/",
        "/^CAFÉ/ +bank",
        "+/\\d+ low-cost/",
        "+股市 !足球 => 财经",
        "“wall street” => Money",
    ],
)
def test_a_rule_is_fulfilled_by_an_article_that_says_what_it_asks(rule):
    assert finds(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "+fed +ferry",
        "bank !fed",
        "ferry tram-line",
        "+fed ferry sailor",
        '+"street wall"',
        "/wall  street/",
        "/^rates/",
        "/owners shrug. The/",
        "!/bank/",
    ],
)
def test_a_rule_is_not_fulfilled_otherwise(rule):
    assert not finds(rule)


def test_a_long_sentence_is_searched_to_its_end():
    article = made("a", "A title", " ".join(["word"] * 200) + " and then the ferry sank in the harbor.")

    assert finds("/ferry +sank/", article)


def test_nothing_is_fulfilled_by_no_rules():
    assert fulfilled(ARTICLE, Wishes()) == ()


def test_rules_of_a_source_are_for_its_articles_alone():
    wishes = read_wishes(["bank"], [(" the ledger", ["!golf"]), ("Herald", ["ferry"]), ("Herald", ["port"])])

    assert [rule.text for rule in fulfilled(ARTICLE, wishes)] == ["bank", "!golf"]
    assert [rule.text for rule in fulfilled(OTHER, wishes)] == ["ferry", "port"]


def test_a_malformed_rule_is_named():
    with pytest.raises(UsageError, match=r"the rule '\+': '\+' stands alone"):
        read_wishes(["bank", "+"])


def test_the_section_is_where_rules_lead_most_articles_and_in_a_tie_the_first_written():
    wishes = read_wishes(["ferry => Sea", "bank => Money", "street => Money"], [("Herald", ["port => Ports"])])
    told = [fulfilled(ARTICLE, wishes), fulfilled(OTHER, wishes)]

    assert labels(wishes) == ["Sea", "Money", "Ports"]
    assert label(told, wishes) == "Sea"
    assert label([*told, told[0]], wishes) == "Money"
    assert label([()], wishes) is None


def test_the_topic_is_the_one_whose_words_are_used_most():
    topics = {"Science": ["decision"], "Money": ["bank", "rate"]}

    assert topic([ARTICLE], topics) == "Money"
    assert topic([ARTICLE], {"Sports": ["goal"]}) is None
    assert topic([ARTICLE], {"One": ["bank"], "Two": ["rate"]}) == "One"
