"""Where a language's lists lie: `abbreviations/CODE.txt`, `stopwords/CODE.txt`; some languages share theirs."""

from pathlib import Path

_FOLDER = Path(__file__).parent

# So close in writing that one list serves both.
_SHARED = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "sh": "hr", "gl": "pt", "be": "ru", "mk": "bg", "lb": "de"}


def read_list(kind: str, language: str) -> str | None:
    """Return a list of a language as it is written, or None when there is none; any text may be asked for."""
    code = _SHARED.get(language, language)
    path = _FOLDER / kind / f"{code}.txt"
    # A code comes from the user or a feed: it must not lead elsewhere.
    return path.read_text(encoding="utf-8") if code.isalpha() and len(code) < 4 and path.is_file() else None
