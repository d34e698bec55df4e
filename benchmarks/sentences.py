"""Where sentences end: F1 of the boundaries on treebanks, and megabytes a second, beside other splitters.

DATA/sentences/LANGUAGE-SET.jsonl holds a sentence a line (`text`, `space_after`, `new_paragraph`), as in the test
sets of Universal Dependencies. Sentences are joined into paragraphs, split again, and the ends inside paragraphs
compared by how many characters other than white space stand before them.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks._read import files, records
from briefing.text import punkt, sentences

PARAGRAPH = 20  # sentences, where a set marks no paragraphs
UNSPACED = {"zh", "ja"}
OWN_SPACES = {"en-ewt", "en-gum", "uk-iu"}  # sets whose marks of spaces can be trusted

Splitter = Callable[[str, str], Sequence[str]]


def paragraphs(path: Path) -> Iterator[tuple[str, set[int]]]:
    """Yield each paragraph's text and the ends inside it."""
    rows = records(path)
    marks = [row["new_paragraph"] for row in rows]
    marked = any(marks[1:]) and not all(marks)
    group: list[Any] = []
    for number, row in enumerate(rows):
        if group and (marks[number] if marked else number % PARAGRAPH == 0):
            yield _joined(group, path.stem)
            group = []
        group.append(row)
    yield _joined(group, path.stem)


def _joined(rows: Sequence[Any], name: str) -> tuple[str, set[int]]:
    """Return sentences as one text, and after how many solid characters each but the last ends."""
    text, ends = "", set()
    for row in rows:
        text += row["text"]
        ends.add(solid(text))
        if name[:2] not in UNSPACED and (name not in OWN_SPACES or row["space_after"]):
            text += " "
    return text, ends - {solid(text)}


def solid(text: str) -> int:
    """Return how many characters are no white space."""
    return len(re.sub(r"\s", "", text))


def found_ends(pieces: Sequence[str]) -> set[int]:
    """Return after how many solid characters each piece but the last ends."""
    ends, total = set(), 0
    for piece in pieces[:-1]:
        total += solid(piece)
        ends.add(total)
    return ends


def splitters() -> dict[str, Splitter]:
    """Return our two splitters and the peers that are installed."""
    import nupunkt
    import pysbd

    def by_spans(module: Any) -> Splitter:
        return lambda text, language: [text[a:b] for a, b in module.split_sentences(text, language)]

    def by_pysbd(text: str, language: str) -> Sequence[str]:
        pieces: Sequence[str] = pysbd.Segmenter(language=language, clean=False).segment(text)
        return pieces

    return {
        "briefing": by_spans(sentences),
        "punkt": by_spans(punkt),
        "nupunkt": lambda text, _: nupunkt.sent_tokenize(text),
        "pysbd": by_pysbd,
    }


def main() -> None:
    """Print F1 by set and splitter, then the speed of each on all sets together."""
    tools = splitters()
    seconds = dict.fromkeys(tools, 0.0)
    size = 0
    print(f"{'boundary F1':<14}{'ends':>7}" + "".join(f"{name:>10}" for name in tools))
    for path in files("sentences"):
        texts = list(paragraphs(path))
        size += sum(len(text.encode()) for text, _ in texts)
        figures = []
        for name, split in tools.items():
            start = time.process_time()
            pieces = [split(text, path.stem[:2]) for text, _ in texts]
            seconds[name] += time.process_time() - start
            figures.append(_f1([found_ends(each) for each in pieces], [ends for _, ends in texts]))
        total = sum(len(ends) for _, ends in texts)
        print(f"{path.stem:<14}{total:>7}" + "".join(f"{figure:>10.4f}" for figure in figures), flush=True)
    print(f"{'MB/s':<21}" + "".join(f"{size / 1e6 / seconds[name]:>10.3f}" for name in tools))


def _f1(found: Sequence[set[int]], wanted: Sequence[set[int]]) -> float:
    """Return the harmonic mean of precision and recall over all ends."""
    right = sum(len(one & other) for one, other in zip(found, wanted, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(map(len, wanted)))


if __name__ == "__main__":
    main()
