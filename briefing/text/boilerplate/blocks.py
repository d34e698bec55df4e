"""Lines judged with their neighbors and their place: appeals run on, hints count in company."""

import re
from collections.abc import Sequence

from briefing.text.boilerplate.lines import Line

_SQUASH = re.compile(r"\W+")
APPEALS = frozenset({"donation", "newsletter", "account"})


def judge(lines: Sequence[Line], title: str | None) -> None:
    """Mark the lines that their surroundings give away."""
    _mark_title(lines, title)
    _run_appeals(lines)
    _run_back(lines)
    _heed_hints(lines)


def _mark_title(lines: Sequence[Line], title: str | None) -> None:
    wanted = _squash(title or "")
    for line in lines[:3] if wanted else ():
        if _squash(line.text) == wanted:
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
            inside, opened = line.kind, opened or line.opener
        elif line.kind:
            continue
        elif line.opener and _is_followed(lines, number):
            inside, opened = "donation", True
            line.kind = "donation"
        elif inside and _goes_on(line, opened):
            line.kind = inside
        else:
            inside, opened = "", False


def _is_followed(lines: Sequence[Line], number: int) -> bool:
    """Return whether one of the next lines asks something of the reader."""
    following = lines[number + 1 : number + 4]
    return any(line.kind in APPEALS or line.opener or line.voice.asking >= 3 for line in following)


def _goes_on(line: Line, opened: bool) -> bool:
    """Return whether a line carries an appeal on."""
    voice = line.voice
    if voice.is_news and not voice.we:
        return False
    return voice.asking >= (1 if opened and voice.we + voice.you else 3)


def _run_back(lines: Sequence[Line]) -> None:
    """Join what stands before an appeal and sounds like it."""
    for number in range(len(lines) - 2, -1, -1):
        line = lines[number]
        if lines[number + 1].kind == "donation" and not line.kind and line.voice.asking >= 3 and not line.voice.is_news:
            line.kind = "donation"


def _heed_hints(lines: Sequence[Line]) -> None:
    """Take a hint where the line before or after is furniture, or at the very top."""
    for number, line in enumerate(lines):
        if line.hint and not line.kind:
            around = [each.kind for each in (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])]
            if any(around):
                line.kind = line.hint
