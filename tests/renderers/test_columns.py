"""Lines in columns."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.renderers._columns import TIE, width, wrap

WORDS = st.lists(st.text(alphabet="abc,.é中文、。", min_size=1, max_size=12), min_size=1, max_size=20).map(" ".join)


def test_wide_and_combining_characters_are_counted_as_they_are_drawn() -> None:
    assert [width(text) for text in ("abc", "中文", "e\u0301", "👍", "\x1b")] == [3, 4, 1, 2, 0]


@given(text=WORDS)
def test_wrapping_loses_no_character(text: str) -> None:
    lines = wrap(text, 20)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=WORDS)
def test_a_line_is_longer_than_the_columns_only_when_nothing_in_it_can_be_broken(text: str) -> None:
    for line in wrap(text, 30, "- "):
        assert width(line) <= 30 or " " not in line.removeprefix("- ").strip()


def test_later_lines_hang_under_the_first() -> None:
    assert wrap("one two three", 9, "1. ") == ["1. one", "   two", "   three"]


def test_chinese_breaks_between_characters_but_not_before_a_stop() -> None:
    assert wrap("新桥周日开通。", 12) == ["新桥周日开", "通。"]


def test_an_address_is_never_broken() -> None:
    address = "https://a.example/" + "b" * 60

    assert wrap(f"see {address} now", 40) == ["see", address, "now"]


def test_a_tie_holds_words_together_and_takes_a_column() -> None:
    assert width(f"2{TIE}Ш") == 3
    assert wrap(f"one two 3{TIE}sources", 12) == ["one two", f"3{TIE}sources"]
    assert wrap(f"漢字漢字。{TIE}[1]", 12) == ["漢字漢", f"字。{TIE}[1]"]
