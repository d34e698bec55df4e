"""Furniture inside a text is found by class, and news about furniture is left alone."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.boilerplate import dateline_end, find_furniture

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


def test_an_appeal_goes_line_by_line_and_the_news_before_it_stays():
    text = "\n\n".join(NEWS + APPEAL)

    removed = find_furniture(text)

    assert [each.text for each in removed] == list(APPEAL)
    assert {each.reason for each in removed} == {"donation", "account"}


def test_news_has_no_furniture():
    assert find_furniture("\n\n".join(NEWS)) == ()


def test_cleaning_never_empties_an_article():
    assert find_furniture("Port reopens", title="Port reopens") == ()
    assert find_furniture("\n\n".join(APPEAL)) == ()


def test_a_repeated_title_goes():
    text = "\n\n".join(("Port reopens!", *NEWS))

    removed = find_furniture(text, title="Port Reopens")

    assert [(each.text, each.reason) for each in removed] == [("Port reopens!", "title")]


def test_a_sentence_begins_after_its_dateline():
    text = "LONDON (Reuters) — The port reopened."

    assert text[dateline_end(text, 0, len(text)) :] == "The port reopened."


LINES = st.one_of(st.sampled_from(NEWS + APPEAL), st.text(max_size=80))


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n\n"]), st.sampled_from(["en", "de", "xx"]))
def test_spans_are_exact_and_in_order_and_leave_something(lines, between, language):
    text = between.join(lines)

    removed = find_furniture(text, language=language)

    end = 0
    for each in removed:
        assert end <= each.start < each.end
        assert text[each.start : each.end] == each.text == each.text.strip()
        end = each.end
    rest = text
    for each in reversed(removed):
        rest = rest[: each.start] + rest[each.end :]
    assert bool(rest.strip()) == bool(text.strip())
    assert removed == find_furniture(text, language=language)
