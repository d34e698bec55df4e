"""Articles in any number, each made of a real one: its sentences in another order, under other numbers and names.

Words, their frequencies and what compresses are as in news; names that nobody has read before never cease to come, as
in news. A name that is changed is changed wherever the article has it.
"""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

from benchmarks._read import files, records
from briefing.models import Document

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
A_DAY = 350
OUTLETS = [
    f"The {place} {kind}" for kind in ("Herald", "Post", "Ledger", "Times") for place in ("North", "Bay", "Hill")
]
_ENDS = re.compile(r"(?<=[.!?])\s+")
_CHANGED = re.compile(r"\b\d+\b|(?<=[a-z] )[A-Z][a-z]{3,}\b")
_SYLLABLES = ["ba", "den", "gro", "hal", "ken", "lin", "mar", "nor", "pel", "rus", "sta", "tor", "ver", "wick", "zan"]


def documents(count: int, characters: int) -> Iterator[Document]:
    """Yield so many articles of about so many characters, `A_DAY` a day, one after the other."""
    chance = random.Random(20)
    real = _real_sentences()
    for number in range(count):
        sentences = list(chance.choice(real))
        chance.shuffle(sentences)
        changed = _changed("\n\n".join([sentences[0][:90], _cut(sentences[1:], characters)]), chance)
        title, text = changed.split("\n\n", 1)
        url = f"https://www.example.org/news/{number:07d}/{'-'.join(title.lower().split()[:6])}"
        published = (FIRST + timedelta(days=number / A_DAY)).isoformat(timespec="seconds")
        source = chance.choice(OUTLETS)
        yield Document(id=url, url=url, title=title, text=text, source=source, published=published, language="en")


def _real_sentences() -> list[list[str]]:
    """Return the sentences of each English article in the data."""
    rows = chain.from_iterable(records(path) for path in files("summaries"))
    texts = (text for row in rows if row["lang"] == "en" for text in row["docs"])
    split = ([each for each in _ENDS.split(text) if len(each) > 20] for text in texts)
    return [sentences for sentences in split if len(sentences) > 4]


def _cut(sentences: list[str], characters: int) -> str:
    """Return as many sentences as make up a text of that length, three a paragraph."""
    taken: list[str] = []
    while sentences and sum(map(len, taken)) < characters:
        taken.append(sentences.pop())
    return "\n\n".join(" ".join(taken[at : at + 3]) for at in range(0, len(taken), 3))


def _changed(text: str, chance: random.Random) -> str:
    """Return the text with other numbers, and with names never read before in the place of every fifth."""
    return _CHANGED.sub(partial(_change, {}, chance), text)


def _change(changes: dict[str, str], chance: random.Random, found: re.Match[str]) -> str:
    """Return what stands in the place of a number or a name, the same each time."""
    word = found[0]
    if word not in changes:
        name = "".join(chance.choices(_SYLLABLES, k=3)).title() if chance.random() < 0.2 else word
        changes[word] = str(chance.randrange(10 ** len(word))) if word.isdigit() else name
    return changes[word]
