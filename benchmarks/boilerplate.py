"""Furniture inside a text: how much of it goes, class by class, and how much of the news goes with it.

DATA/boilerplate/lines.jsonl holds lines with `label` (boilerplate or body), `category`, `source`. Each line, together
with those of its class from the same page, is set into five paragraphs of news where such a thing stands on the web.
Gone means: not in the text that is left. The peers read web pages, so they get the same paragraphs as a page.
"""

import html
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks._read import folder, records
from briefing.models import Document
from briefing.text.article import kept_text, read_article
from briefing.text.words import Vocabulary

FIRST = {"byline_dateline"}
AMONG = {"read_more", "ad", "photo_credit", "share", "cookie"}
HARD = "hard_pair_news_about_boilerplate"
AROUND = 5  # paragraphs of news about each piece

Record = dict[str, Any]


def documents(lines: Sequence[Record]) -> Iterator[tuple[list[Record], str]]:
    """Yield the lines that belong together and the text in which they stand."""
    chance = random.Random(20)
    news = [line["text"] for line in lines if line["label"] == "body" and len(line["text"]) > 80]
    groups = defaultdict(list)
    for line in lines:
        alone = line["label"] == "body" or not line.get("source")
        groups[line["id"] if alone else (line["source"], line["category"])].append(line)
    for group in groups.values():
        own = [line["text"] for line in group]
        paragraphs = chance.sample([text for text in news if text not in own], AROUND)
        place = _place(group[0], chance)
        yield group, "\n\n".join([*paragraphs[:place], *own, *paragraphs[place:]])


def _place(line: Record, chance: random.Random) -> int:
    """Return before which paragraph such a line stands."""
    if line["label"] == "body":
        return 3
    if line["category"] in FIRST:
        return 0
    return chance.choice([2, 3, AROUND]) if line["category"] in AMONG else AROUND


def ours(text: str) -> str:
    """Return what our cleaning leaves."""
    document = Document(id="", text=text, source="The Outlet")
    return kept_text(text, read_article(document, Vocabulary(), language="en").removed)


def as_page(text: str) -> str:
    """Return the paragraphs as a plain page."""
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
    return f"<html><head><title>News</title></head><body><article>{body}</article></body></html>"


def trafilatura(text: str) -> str:
    """Return what trafilatura leaves."""
    import trafilatura

    return trafilatura.extract(as_page(text), favor_precision=True, include_comments=False) or ""


def readability(text: str) -> str:
    """Return what readability-lxml leaves."""
    from readability import Document as Page

    return html.unescape(re.sub(r"<[^>]+>", " ", Page(as_page(text)).summary()))


def squeezed(text: str) -> str:
    """Return the letters and digits alone, for comparing."""
    return re.sub(r"\W+", "", text.lower())


def tally(clean: Callable[[str], str], lines: Sequence[Record]) -> dict[str, list[int]]:
    """Return for each class how many lines are gone and how many there were."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for group, text in documents(lines):
        left = squeezed(clean(text))
        for line in group:
            counts[line["category"]][0] += squeezed(line["text"]) not in left
            counts[line["category"]][1] += 1
    return counts


def main() -> None:
    """Print the table: share of lines gone, by class, for us and two peers."""
    lines = records(folder() / "boilerplate" / "lines.jsonl")
    tools = {"briefing": ours, "trafilatura": trafilatura, "readability": readability}
    counts = {name: tally(tool, lines) for name, tool in tools.items()}
    print(f"{'share gone of':<36}{'lines':>6}" + "".join(f"{name:>13}" for name in tools))
    furniture = {line["category"] for line in lines if line["label"] == "boilerplate"}
    news = {line["category"] for line in lines if line["label"] == "body"}
    rows = {category: [category] for category in sorted(furniture) + sorted(news)}
    for title, categories in {**rows, "all furniture": sorted(furniture), "all news": sorted(news)}.items():
        total = sum(counts["briefing"][each][1] for each in categories)
        shares = [sum(counts[tool][each][0] for each in categories) / total for tool in tools]
        print(f"{title:<36}{total:>6}" + "".join(f"{share:>13.3f}" for share in shares))


if __name__ == "__main__":
    main()
