"""Which language a text is in: a vote of scripts first, then of function words. No model, no import.

A script that one language has to itself decides alone (Greek, Hangul, Kana ...). Among languages that share a script
each of its function words in the text votes; words that several languages have count for each a little less.
"""

import re
from functools import cache
from pathlib import Path

_SAMPLE = 4000  # characters looked at: the vote does not change after about 600

# Scripts and the language they stand for when it has no rival in this program.
_SCRIPTS = (
    ("latin", "A-Za-z\u00aa-\u024f\u1e00-\u1eff"),
    ("cyrillic", "\u0400-\u052f"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("devanagari", "\u0900-\u097f"),
    ("hebrew", "\u0590-\u05ff"),
    ("ja", "\u3040-\u30ff\uff66-\uff9f"),
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff\u1c90-\u1cbf"),
    ("th", "\u0e00-\u0e7f"),
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),
    ("km", "\u1780-\u17ff"),
    ("am", "\u1200-\u139f"),
    ("bo", "\u0f00-\u0fff"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("or", "\u0b00-\u0b7f"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
)
_LETTERS = tuple((name, re.compile(f"[{span}]")) for name, span in _SCRIPTS)

# One file a script: `language: function words`, the commonest first.
_FOLDER = Path(__file__).parent / "languages"
_SHARED_SCRIPTS = frozenset(["latin", "cyrillic", "arabic", "devanagari", "hebrew"])

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def detect_language(text: str, default: str = "en") -> str:
    """Return the ISO 639-1 code of the language of a text; the default when nothing in it tells."""
    sample = text[:_SAMPLE]
    counts = _scripts(sample)
    if not counts:
        return default
    script = max(counts, key=lambda name: counts[name])
    # Japanese writes nouns in Han: a tenth of kana is never Chinese.
    if script == "han":
        return "ja" if counts.get("ja", 0) * 10 > counts["han"] else "zh"
    if script not in _SHARED_SCRIPTS:
        return script
    return _vote(sample, script, default)


def _scripts(sample: str) -> dict[str, int]:
    if sample.isascii():
        return {"latin": 1} if _LETTERS[0][1].search(sample) else {}
    counts = {name: len(letters.findall(sample)) for name, letters in _LETTERS}
    return {name: count for name, count in counts.items() if count}


@cache
def _ballots(script: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return, for each function word of a script, its languages and the weight of its vote in each."""
    owners: dict[str, list[str]] = {}
    for line in (_FOLDER / f"{script}.txt").read_text(encoding="utf-8").splitlines():
        language, _, words = line.partition(": ")
        for word in words.split():
            owners.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(languages)) for language in languages) for word, languages in owners.items()}


def _vote(sample: str, script: str, default: str) -> str:
    votes: dict[str, float] = {}
    ballots = _ballots(script)
    for word in _WORD.findall(sample.lower().replace("’", "'")):
        for language, weight in ballots.get(word, ()):
            votes[language] = votes.get(language, 0.0) + weight
    return max(votes, key=lambda language: votes[language]) if votes else default
