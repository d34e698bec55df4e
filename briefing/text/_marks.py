"""Whether a mark ends its sentence, judged by the word before it and the first letter after it."""

import re
from functools import cache

from briefing.text._full_stops import LONGEST, Place, ends_after_word
from briefing.text._rules import Rules

_OPENERS = "\"'“‘”’„‚«»‹›([{¿¡-–—•·⁃*_#@<>~|$£€¥`"  # may stand before the first letter of a sentence
_GOES_ON = ",;:)]}/&+=%.!?…，、；：）"  # belongs to what stands before it
_QUOTES = "\"'”’»“‘"
_DOTS = (". .", "..", "…")
_PLAIN = 4  # letters of a small word that is hardly an unlisted abbreviation

_compiled = cache(re.compile)  # when a quotation closes
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone, eBay
_ALONE = re.compile(r"i\b")
_SPEAKER = r"(?:[A-Z][\w.'’-]* +){1,3}([a-z]+)[.,]"  # "Really?" Smith asked.

# Chinese: the speaker after a closed quotation, up to the next stop or quotation.
_SAYS = r"[^，。！？：；“”\"「」\s]{0,12}?(?:說|说|道|問|问|表示|稱|称|喊|叫)(?:[。！]|，[“\"「])"
# After a closed quotation: marks that go on, and Japanese particles.
_PARTICLES = frozenset("とっはがをにもので、")
_KEEPS = _PARTICLES.union("，,；;：:）)」』”")
_FIRST_SOLID = "\u3041"
_QUOTATION = 300  # characters looked at for the ends of a quotation


def ends_spaced(text: str, start: int, match: re.Match[str], known: Rules) -> bool:
    """Judge a mark that white space follows, in the sentence that begins at `start`."""
    mark = match.start()
    if mark == start:  # marks alone are no sentence
        return False
    after = match.end()
    char = text[after]
    if not char.isalpha():
        if char in _GOES_ON:
            return False
        after = _first_letter(text, after, match.endpos)
        char = text[after]
        if char in ",;:":  # closing quotes by themselves, then the sentence goes on
            return False
    low = max(start, mark - LONGEST)
    word = text[max(text.rfind(" ", low, mark) + 1, low) : mark]
    plain = known.plain and word not in known.any and len(word) > 1 and word.isalpha()
    if plain and char.isupper() and text[mark] == "." and match.end(1) - mark == 1:  # by far the commonest case
        return True
    place = Place(text, start, word, mark, after, known)
    if char.islower() and not _BRAND.match(text, after):
        return _opens_small(place, match)
    return _ends_run(place, text[mark : match.end(1)])


def ends_glued(text: str, match: re.Match[str], known: Rules) -> bool:
    """Judge a mark whose white space was lost, as on scraped pages ("he said.The talks"): only a sure opener counts."""
    after = match.end()
    if text[after] >= _FIRST_SOLID:  # Chinese and Japanese with a half-width mark
        return text[after - 1] != "." and text[after - 2] >= _FIRST_SOLID
    if not text[after].isupper() or not text[after - 2].islower():
        return False
    low = max(match.start() - LONGEST, 0)
    if text[low : match.start()].split()[-1] in known.any:  # "Inc.The" is rather a name
        return False
    found = _WORD.match(text, after)
    return found is not None and found.group() in known.starters


def ends_solid(text: str, start: int, match: re.Match[str]) -> bool:
    """Judge 。！？: they end a sentence, unless a quotation goes on, or its speaker or a particle follows it."""
    after = match.end()
    if after >= match.endpos:
        return True
    if text[after - 1] in "\"'”’»」』）)":
        return text[after] not in _KEEPS and not _compiled(_SAYS).match(text, after)
    return not _inside(text, max(start, after - _QUOTATION), after)


def _inside(text: str, low: int, after: int) -> bool:
    """Tell whether a Japanese quotation is open here and a particle makes it part of a longer sentence."""
    if text.rfind("「", low, after) <= text.rfind("」", low, after):
        return False
    close = text.find("」", after, after + _QUOTATION)
    if close < 0 or any(map(str.isspace, text[after:close])):
        return False
    return text[close + 1 : close + 2] in _PARTICLES


def _first_letter(text: str, first: int, stop: int) -> int:
    """Return where quotes, brackets, dashes and spaces give way to a letter, digit or comma; `first` when to none."""
    after, last = first, min(first + 8, stop - 1)
    while after < last and (text[after] in _OPENERS or text[after] == " "):
        after += 1
    return after if text[after].isalnum() or text[after] in ",;:" else first


def _opens_small(place: Place, match: re.Match[str]) -> bool:
    """Judge a mark before a small letter: casual writing opens sentences with one, abbreviations go on with one.

    In casual English (EWT) this finds a hundred sentences; in 30,000 sentences of news it cuts one wrongly.
    """
    text, word, mark, after = place.text, place.before, place.mark, place.after
    if text[after - 1] in "¿¡":
        return True
    company = text[mark + 1 : match.end(1)]
    goes_on = text[mark] == "…" or company.strip("!?") or text[match.end()] in "[(-–—"
    if goes_on or not word.isalpha() or word in place.known.any:
        return False
    if (text[place.start].islower() and len(word) > 1) or _ALONE.match(text, after):
        return True
    # Other languages than English have more abbreviations than their lists.
    if text[mark] == ".":
        return place.known.casual and word.islower() and len(word) >= _PLAIN
    return word.islower() or company != ""


def _ends_run(place: Place, run: str) -> bool:
    """Judge a mark before a capital, with what stands with it: more dots, closing quotes, brackets."""
    if run.startswith(_DOTS):
        # Words left out: "[...] The", "credit … While"; a fourth dot ends the sentence.
        before = place.text[place.mark - 1]
        return not (before in "[(" or before.isspace()) or run.count(".") > 3
    if run[0] == ".":
        return ends_after_word(place)
    speaker = _compiled(_SPEAKER).match(place.text, place.after) if run[-1] in _QUOTES else None
    return speaker is None or speaker.group(1) not in place.known.speech
