"""Page sizes by name, with margins that leave a column of about 66 characters."""

from msgspec import Struct

from briefing import parts


class Paper(Struct, frozen=True):
    """A page in millimetres; `gutter` is the strip beside the column that holds marks, `size` the type in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    gutter: float = 0
    size: float = 10


PAPERS = {
    "a4": Paper(210, 297, 19, 38, 24, 24, gutter=34),
    "letter": Paper(215.9, 279.4, 18, 41, 23, 27, gutter=34),
    "a5": Paper(148, 210, 15, 18, 19, 18, size=9.5),
    # E-readers: the visible size of the screen, so that a page is shown without scaling (makers' data sheets).
    "remarkable2": Paper(157.2, 209.6, 12, 20, 17, 20, size=10.5),
    "paper-pro": Paper(179.6, 239.5, 13, 28, 18, 28, size=11),
    "kobo": Paper(107, 142, 8, 8, 12, 8, size=9.5),
    "kindle": Paper(90.6, 122.4, 7, 7, 11, 7, size=9),
}

# Countries that print on Letter (ISO 216 is used everywhere else; Unicode CLDR 45, paperSize).
_LETTER = frozenset(["US", "CA", "MX", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE", "BZ"])


def find_paper(name: str | None, language: str) -> Paper:
    """Return the page of a name, or that of the language's country; raise UsageError for an unknown name."""
    if name is None:
        country = language.replace("_", "-").rpartition("-")[2].upper()
        return PAPERS["letter" if country in _LETTER else "a4"]
    if name.lower() not in PAPERS:
        raise parts.unknown("page size", name, list(PAPERS))
    return PAPERS[name.lower()]
