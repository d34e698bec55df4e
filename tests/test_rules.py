"""Rules as they are written: what each mark means, and what is said of one that is malformed."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.rules import Rule, Term, read_rule


def words(*texts: str) -> tuple[Term, ...]:
    return tuple(map(Term, texts))


@pytest.mark.parametrize(
    "text",
    ["climate", "heat wave", "C++", "Yahoo!", "AC/DC", "rock'n'roll", 'a 12" record', "x=>y", "CD-ROM", "", "."],
)
def test_an_entry_without_marks_is_one_word_or_phrase(text):
    assert read_rule(text) == Rule(text, any=words(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("+climate", Rule("+climate", must=words("climate"))),
        ("!golf", Rule("!golf", without=words("golf"))),
        ("heat drought => Climate", Rule("heat drought => Climate", any=words("heat", "drought"), label="Climate")),
        ('"heat wave" drought', Rule('"heat wave" drought', any=words("heat wave", "drought"))),
        ("“heat wave”", Rule("“heat wave”", any=words("heat wave"))),
        (
            '+"heat wave" !"World Cup"',
            Rule('+"heat wave" !"World Cup"', must=words("heat wave"), without=words("World Cup")),
        ),
        ("/heat ?waves?/", Rule("/heat ?waves?/", any=(Term("heat ?waves?", True),))),
        ("!/a b/ +/c\\/d/", Rule("!/a b/ +/c\\/d/", must=(Term("c\\/d", True),), without=(Term("a b", True),))),
        ("/a/b/", Rule("/a/b/", any=(Term("a/b", True),))),
        ("  +a  =>  Two words  ", Rule("+a  =>  Two words", must=words("a"), label="Two words")),
        ('"a => b" c', Rule('"a => b" c', any=words("a => b", "c"))),
        ("+气候 !足球 => 气候", Rule("+气候 !足球 => 气候", must=words("气候"), without=words("足球"), label="气候")),
    ],
)
def test_marks_say_what_must_and_must_not_be_found(text, rule):
    assert read_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("climate + change", "'+' stands alone"),
        ("climate !", "'!' stands alone"),
        ("=> World", "nothing stands before =>"),
        ('"heat wave"s', 'is opened by " and not closed before a space'),
        ("climate =>", "no section is named behind =>"),
        ('climate "heat wave', "'\"heat wave' is opened by \" and not closed"),
        ("/r/news", "'/r/news' is opened by / and not closed before a space; quote it"),
        ("+& climate", "'+&' has no letter or digit; a sign is found by a pattern"),
        ('climate ""', "has no letter or digit"),
        ("/(/", "/(/ is no regular expression (missing )"),
        ("/[a-/", "is no regular expression"),
        ("climate //", "is found by everything"),
        ("/a*/", "is found by everything"),
        ("+/(a+)+$/", "could take minutes for one sentence"),
        ("/" + "a" * 501 + "/", "is longer than 500 characters"),
    ],
)
def test_a_malformed_rule_is_refused_with_what_is_wrong(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        read_rule(text)


@given(st.text(alphabet='ab +!/"“”=>\\(*', max_size=24))
def test_any_text_is_a_rule_or_refused(text):
    with suppress(ValueError):
        rule = read_rule(text)
        assert rule.any or rule.must or rule.without
