"""Where a language's lists lie: `abbreviations/CODE.txt`, `stopwords/CODE.txt`; some languages share theirs."""

import os.path

_FOLDER = os.path.dirname(__file__)

# So close in writing that one list serves both.
_SHARED = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "sh": "hr", "gl": "pt", "be": "ru", "mk": "bg", "lb": "de"}


def read_list(kind: str, language: str) -> str | None:
    """Return a list of a language as it is written, or None when there is none; any text may be asked for."""
    code = _SHARED.get(language, language)
    path = os.path.join(_FOLDER, kind, f"{code}.txt")
    # A code comes from the user or a feed: it must not lead elsewhere.
    if not (code.isalpha() and len(code) < 4 and os.path.isfile(path)):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()
