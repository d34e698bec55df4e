"""Lines judged with their neighbors and their place: appeals run on, hints count in company."""

import re
from collections.abc import Sequence

from briefing.text.boilerplate.lines import NOTHING, Line

# "Ada Quill and Tom Reed", "Ada Quill, Salvo Courier", "Ada Quill in Leeds".
_NAME = r"[^\W\d_][\w.'’-]+"
_SIGNATURE = re.compile(
    rf"(?:From |{_NAME} {_NAME}(?: {_NAME})??(?:,| and| &| in| for| The| reports$| \()|Associated Press)"
)
_SQUASH = re.compile(r"\W+")
_LONGEST_STOPPED = 60
# The longest last line that its tone alone gives away; a long one may end a speech or an essay.
_LONGEST_LAST = 160
# How many lines that ask for nothing may stand between two of one appeal.
_LONGEST_GAP = 4
# Lines at the beginning and at the end where bylines stand, and how many near each other are a list.
_HEAD, _FOOT, _LIST = 5, 2, 3
# Of the lines of a guide ("Five ways to save") every fourth at the least speaks to the reader, and four do.
_GUIDE = 4
_SPOKEN = frozenset({"donation", "newsletter", "account", "advertisement", "read-more", "share", "republication"})
_ABOUT_WRITERS = frozenset({"contributor", "byline", "contact", "separator"})
_STOPS = frozenset('.!?:"”’)')
APPEALS = frozenset({"donation", "newsletter", "account"})


def judge(lines: Sequence[Line], title: str | None) -> None:
    """Mark the lines that their surroundings give away."""
    _mark_title(lines, title)
    if all(line.verdict is NOTHING and not line.kind for line in lines):
        _heed_tone(lines)
        return
    _run_appeals(lines)
    _run_back(lines)
    _fill_appeals(lines)
    _heed_hints(lines)
    _spare_lists(lines)
    _spare_guides(lines)


def _mark_title(lines: Sequence[Line], title: str | None) -> None:
    wanted = _squash(title or "")
    for line in lines[:3] if wanted else ():
        # A report's first sentence may serve as its title; it has a full stop, a headline has none.
        if _squash(line.text) == wanted and not (line.text.endswith(".") and len(line.text) > _LONGEST_STOPPED):
            line.kind = "title"
            return


def _squash(text: str) -> str:
    return _SQUASH.sub("", text[:1000].casefold())


def _run_appeals(lines: Sequence[Line]) -> None:
    """Follow each appeal from its opening line to the line that no longer sounds like it."""
    inside = ""
    opened = False
    for number, line in enumerate(lines):
        if line.kind in APPEALS:
            inside, opened = line.kind, opened or line.verdict.opener
        elif line.kind:
            continue
        elif _opens(line) and (_is_asking(line) or _is_followed(lines, number)):
            inside, opened = "donation", True
            line.kind = "donation"
        elif inside and _goes_on(line, opened):
            line.kind = inside
        else:
            inside, opened = "", False


def _opens(line: Line) -> bool:
    """Return whether an opening phrase counts: in a heading or greeting, or in a sentence with a mark of an appeal."""
    return line.verdict.opener and (line.text[-1] not in ".!?" or line.voice.asking > 0)


def _is_followed(lines: Sequence[Line], number: int) -> bool:
    """Return whether one of the next lines asks something of the reader; more of them behind a heading or greeting."""
    reach = 3 if lines[number].text[-1] in ".!?" else 6
    following = lines[number + 1 : number + 1 + reach]
    return any(line.kind in APPEALS or line.verdict.opener or _is_asking(line) for line in following)


def _is_asking(line: Line) -> bool:
    """Return whether a line is an appeal in itself: an opening line that asks something of the reader."""
    return line.voice.asking >= 3 and not line.voice.is_news


def _goes_on(line: Line, opened: bool) -> bool:
    """Return whether a line carries an appeal on."""
    voice = line.voice
    if voice.is_news and not voice.we:
        return False
    return voice.asking >= (1 if opened and (voice.we or voice.you) else 3)


def _run_back(lines: Sequence[Line]) -> None:
    """Join what stands before an appeal and sounds like it."""
    for number in range(len(lines) - 2, -1, -1):
        line = lines[number]
        if lines[number + 1].kind == "donation" and not line.kind and line.voice.asking >= 3 and not line.voice.is_news:
            line.kind = "donation"


def _fill_appeals(lines: Sequence[Line]) -> None:
    """Join the lines between two of an appeal, and one that speaks for the outlet between furniture and an appeal."""
    last = -1
    for number, line in enumerate(lines):
        if line.kind not in APPEALS:
            continue
        between = lines[last + 1 : number]
        if last >= 0 and "donation" in (line.kind, lines[last].kind) and len(between) <= _LONGEST_GAP:
            if not any(each.voice.is_news for each in between):
                _mark(between, "donation")
        elif line.kind == "donation" and number > 1 and lines[number - 2].kind:
            before = lines[number - 1].voice
            _mark(lines[number - 1 : number] if before.we and not before.is_news else (), "donation")
        last = number


def _mark(lines: Sequence[Line], kind: str) -> None:
    for line in lines:
        line.kind = line.kind or kind


def _heed_tone(lines: Sequence[Line]) -> None:
    """Take the last lines of an article without a sign of furniture that sound like it."""
    for number, kind in _edges(lines).items():
        lines[number].kind = lines[number].kind or kind


def _heed_hints(lines: Sequence[Line]) -> None:
    """Take a hint where the line before or after is furniture, and some at the first and the last lines of the text."""
    known = [bool(line.kind) for line in lines]
    edges = _edges(lines)
    for number, line in enumerate(lines):
        if line.kind:
            continue
        if number in edges:
            line.kind = edges[number]
        elif not line.verdict.hint:
            continue
        elif any(known[max(number - 1, 0) : number + 2]) and _has_company(lines, number):
            line.kind = line.verdict.hint
            # A list of links goes on; names one below the other are also the rows of a table.
            known[number] = line.kind != "byline"


def _sounds_asking(line: Line) -> bool:
    """Return whether a last line asks something of the reader for the press, as only an appeal does."""
    if len(line.text) > _LONGEST_LAST or not line.may_address:
        return False
    voice = line.voice
    return not voice.is_news and voice.you and voice.press and voice.asking >= 3


def _has_company(lines: Sequence[Line], number: int) -> bool:
    """Return whether what stands beside a hint bears it out: "He also wrote" goes on with a writer's note only."""
    if lines[number].verdict.hint != "contributor":
        return True
    return any(each.kind in _ABOUT_WRITERS for each in lines[max(number - 1, 0) : number + 2])


def _is_head(lines: Sequence[Line], number: int) -> bool:
    """Return whether one of the first lines is a byline: names and a date, or at the very top names and a place.

    Names alone may be a title.
    """
    line = lines[number]
    if line.verdict.hint != "byline":
        return False
    if any(map(str.isdigit, line.text)):
        return True
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return number == 0 and len(below) > _LONGEST_STOPPED and _SIGNATURE.match(line.text) is not None


def _edges(lines: Sequence[Line]) -> dict[int, str]:
    """Return the first and the last lines that are furniture or may be, by their numbers, with their classes."""
    kinds = [line.kind or line.verdict.edge for line in lines]
    first = 0
    while first < len(lines) and (kinds[first] or _is_head(lines, first)):
        first += 1
    last = len(lines)
    while last > first:
        kinds[last - 1] = kinds[last - 1] or ("donation" if _sounds_asking(lines[last - 1]) else "")
        kinds[last - 1] = kinds[last - 1] or lines[last - 1].kind_at_end
        if not kinds[last - 1]:
            break
        last -= 1
    while last < len(lines) and _is_listed(lines, last):
        last += 1
    return {number: kinds[number] or lines[number].verdict.hint for number in (*range(first), *range(last, len(lines)))}


def _is_listed(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line that only its words give away stands below another that is no sentence: a list's end."""
    line, before = lines[number], lines[number - 1] if number else None
    if line.kind or line.verdict.edge or line.text[-1] in _STOPS:
        return False
    return before is not None and not before.kind and before.text[-1] not in _STOPS


def _spare_lists(lines: Sequence[Line]) -> None:
    """Give back the dates and names inside a text: a byline stands at its head or foot, a list of dates does not."""
    for number in range(_HEAD, len(lines)):
        if lines[number].kind != "byline":
            continue
        around = [*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2]]
        run = [line.kind == "byline" for line in lines[max(number - 2, 0) : number + 3]]
        is_inside = number < len(lines) - _FOOT and all(line.kind in ("", "byline") for line in around)
        if is_inside or sum(run) >= _LIST:
            lines[number].clear()


def _spare_guides(lines: Sequence[Line]) -> None:
    """Give back the prompts inside a text that speaks to its reader throughout: there they are what it has to say."""
    end = len(lines)
    while end and lines[end - 1].kind:
        end -= 1
    doubtful = [line for line in lines[:end] if line.kind in _SPOKEN and not line.verdict.certain]
    if not doubtful:
        return
    told = [line.voice for line in lines[:end] if not line.kind and len(line.text) > _LONGEST_STOPPED]
    addressed = sum(voice.you for voice in told)
    if addressed >= _GUIDE and addressed * _GUIDE >= len(told):
        for line in doubtful:
            line.clear()
