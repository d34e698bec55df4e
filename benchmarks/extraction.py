"""Web page to article: F1 of four-word shingles and the share of pages that are exactly right, beside other extractors.

DATA/extraction/ground-truth.json maps a page's key to its `articleBody`; html/KEY.html.gz is the page. The figures
are those of the article extraction benchmark of Scrapinghub (2020): precision and recall are means over pages, F1 is
that of the means.
"""

import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from benchmarks._read import folder
from briefing.intake import html
from briefing.models import Blob, Document
from briefing.text.article import kept_text, read_article
from briefing.text.words import Vocabulary

SHINGLE = 4  # words


def words(text: str) -> list[str]:
    """Return the words of a text, as the benchmark counts them."""
    return re.findall(r"\w+", text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return how often each run of four words occurs; a shorter text is one run."""
    found = words(text)
    return Counter(tuple(found[at : at + SHINGLE]) for at in range(max(1, len(found) - SHINGLE + 1)) if found)


def figures(wanted: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, int]:
    """Return F1, the share of exact pages, and the number of empty ones."""
    precision, recall, exact = [], [], 0
    for key, body in wanted.items():
        gold, own = shingles(body), shingles(found[key])
        both = (gold & own).total()
        if own:
            precision.append(both / own.total())
        recall.append(both / gold.total())
        exact += words(body) == words(found[key])
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r), exact / len(wanted), sum(not text for text in found.values())


def as_read(page: bytes) -> str:
    """Return the article as intake reads it, before our cleaning."""
    return next((each.text for each in html.read(_blob(page)) if isinstance(each, Document)), "")


def ours(page: bytes) -> str:
    """Return the article as `briefing extract` prints it."""
    found = [each for each in html.read(_blob(page)) if isinstance(each, Document)]
    return kept_text(found[0].text, read_article(found[0], Vocabulary()).removed) if found else ""


def _blob(page: bytes) -> Blob:
    """Return the page as a file would give it."""
    return Blob(data=page, name="page.html", kind="html")


def trafilatura(page: bytes) -> str:
    """Return trafilatura's text, in the mode that scores best here."""
    import trafilatura

    text = page.decode(errors="replace")
    return trafilatura.extract(text, favor_precision=True, include_comments=False) or ""


def readability(page: bytes) -> str:
    """Return readability-lxml's text."""
    from lxml.html import fromstring
    from readability import Document as Page

    return str(fromstring(Page(page.decode(errors="replace")).summary()).text_content())


def main() -> None:
    """Print the table: quality and CPU time of our two steps and of two peers."""
    base = folder() / "extraction"
    gold = msgspec.json.decode((base / "ground-truth.json").read_bytes())
    wanted = {key: page["articleBody"] for key, page in gold.items()}
    pages = {key: gzip.decompress((base / "html" / f"{key}.html.gz").read_bytes()) for key in wanted}
    tools: dict[str, Callable[[bytes], str]] = {
        "trafilatura": trafilatura,
        "readability": readability,
        "briefing, --no-clean": as_read,
        "briefing": ours,
    }
    print(f"{len(pages)} pages{'':<13}{'F1':>8}{'exact':>8}{'empty':>7}{'CPU s':>8}")
    for name, tool in tools.items():
        tool(next(iter(pages.values())))  # imports are not what is measured
        start = time.process_time()
        found = {key: tool(page) for key, page in pages.items()}
        seconds = time.process_time() - start
        f1, exact, empty = figures(wanted, found)
        print(f"{name:<21}{f1:>8.3f}{exact:>8.3f}{empty:>7}{seconds:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
