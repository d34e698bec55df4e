"""Datelines: the place, day and agency in front of a report's first sentence."""

import re
from functools import cache

# Holds the longest seen twice: "ABOARD THE USS GEORGE WASHINGTON, Persian Gulf, June 3 (Reuters) —" has 68 letters.
_LONGEST = 160

# A dash, or a full stop behind an agency between slashes or brackets, ends it.
_CITY = r"[^\W\d_][\w.'’/ -]{1,40}"
_DAY = r"[\w. ]{1,24}"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/|\[[^\]\n]{2,40}\])"
_MARK = re.compile(r"[(/\[–—]|-\s")
_compiled = cache(re.compile)  # when the first mark is seen: 1.4 of the 11 ms of a start of Python
# Some agencies stand behind the dash ("МОСКВА, 3 июн — РИА Новости.").
_SIGNATURE = r"(?:[А-ЯЁІЇЄҐ][\w-]+(?: [А-ЯЁІЇЄҐ][\w-]+){0,2}\. )?"
_DATELINE = (
    rf"\W{{0,3}}(?:"
    rf"{_CITY}(?:, {_CITY}){{0,2}}(?:, {_DAY}){{0,2}}[,.]?\s?{_AGENCY}\s*(?:\.?[-–—]{{1,3}}|\.(?=\s))\s*"
    rf"|\([A-Z][\w.&/-]{{1,20}}(?: [A-Z][\w.&/-]{{1,20}}){{0,2}}\)\s*(?:[-–—]{{1,3}}\s*)?(?=[\"“‘'A-Z])"
    # Glued to the text, as pages of CNN have it ("Kuala Lumpur (CNN)The").
    rf"|(?=[A-Z]){_CITY}(?:, {_CITY}){{0,2}} \([A-Z]{{2,8}}\)(?=[\"“‘'A-Z])"
    rf"|[A-ZÀ-ÞА-ЯЁІЇЄҐ][A-ZÀ-ÞА-ЯЁІЇЄҐ.'’ -]{{2,40}}(?:, {_CITY}){{0,2}}(?:, {_DAY})?"
    rf"\s+[–—-]{{1,3}}\s+(?!\d){_SIGNATURE}"
    rf"|[^\W\d_][\w.'’-]{{2,30}}(?: [^\W\d_][\w.'’-]{{2,30}}){{0,2}}, {_DAY}\d{_DAY}\s+[–—-]{{1,3}}\s+"
    rf")"
)


def dateline_end(text: str, start: int, end: int) -> int:
    """Return the offset behind the dateline that opens `text[start:end]`, or `start` when there is none.

    The dateline stays in the text; the first sentence begins after it.
    """
    end_of_search = min(end, start + _LONGEST)
    if _MARK.search(text, start, end_of_search) is None:
        return start
    found = _compiled(_DATELINE).match(text, start, end_of_search)
    return found.end() if found and found.end() < end else start
