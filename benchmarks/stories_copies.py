"""Copies: how many texts that are printed again are found, and how many of those found are copies, beside datasketch.

Of every set in DATA/stories with texts, articles of at least 60 words are printed again in five ways: cut to half,
with an appeal glued on, with 5 % of the words changed, with another title and dateline, with a foreign paragraph
inside. All articles of the set stand beside them, those on the same event too; a pair of those that is found counts
as wrong.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from benchmarks._read import files, records
from benchmarks.stories import article
from briefing.models import Article
from briefing.stories.copies import find_copies

AGAIN = 250  # texts a set
LEAST = 60  # words
APPEAL = (
    "\n\nReporting like this costs money, and we have no owner to pay for it. If you can, give what a newspaper costs "
    "you in a week. Every amount helps our reporters to go where others do not. Thank you for reading to the end."
)


def half(text: str, other: str, chance: random.Random) -> str:
    """Return the first or the second half."""
    words = text.split()
    return " ".join(chance.choice([words[: len(words) // 2], words[len(words) // 2 :]]))


def appeal(text: str, other: str, chance: random.Random) -> str:
    """Return the text with an appeal at its end."""
    return text + APPEAL


def changed(text: str, other: str, chance: random.Random) -> str:
    """Return the text with one in twenty words replaced by another text's."""
    strangers = other.split()
    return " ".join(word if chance.random() > 0.05 else chance.choice(strangers) for word in text.split())


def dateline(text: str, other: str, chance: random.Random) -> str:
    """Return the text with a dateline; its title is another one's anyway."""
    return f"MORROW, Nov. 22 (CPA) -- {text}"


def foreign(text: str, other: str, chance: random.Random) -> str:
    """Return the text with a paragraph of another one in its middle."""
    words = text.split()
    middle = len(words) // 2
    return " ".join([*words[:middle], *other.split()[: min(60, middle)], *words[middle:]])


WAYS: list[Callable[[str, str, random.Random], str]] = [half, appeal, changed, dateline, foreign]


def pool(rows: Sequence[dict[str, str]]) -> tuple[list[Article], dict[str, str]]:
    """Return the articles with those printed again among them, and for each of these the original."""
    chance = random.Random(20)
    whole = [row for row in rows if len((row["text"] or "").split()) >= LEAST]
    again = {}
    articles = [article(row) for row in rows]
    for number, row in enumerate(chance.sample(whole, min(AGAIN, len(whole)))):
        other = chance.choice(whole)
        text = WAYS[number % len(WAYS)](row["text"], other["text"], chance)
        id = f"again-{number}"
        copy = {"id": id, "title": other["title"], "text": text, "source": "Another", "published": None}
        articles.append(article(copy))
        again[id] = row["id"]
    return articles, again


def ours(articles: Sequence[Article]) -> dict[str, str]:
    """Return for each article the one that stands."""
    copies = find_copies(articles)
    return {each.id: copies.get(each.id, each.id) for each in articles}


def datasketch(articles: Sequence[Article]) -> dict[str, str]:
    """Return the connected components of datasketch's MinHash LSH (128 permutations, 3-word shingles, .5)."""
    from datasketch import MinHash, MinHashLSH

    index, home = MinHashLSH(threshold=0.5, num_perm=128), {each.id: each.id for each in articles}
    for each in articles:
        tokens = [token for sentence in each.sentences for token in sentence.tokens]
        sketch = MinHash(num_perm=128)
        sketch.update_batch(
            [" ".join(shingle).encode() for shingle in zip(tokens, tokens[1:], tokens[2:], strict=False)]
        )
        for near in index.query(sketch):
            old, new = home[each.id], home[near]
            home = {id: new if root == old else root for id, root in home.items()}
        index.insert(each.id, sketch)
    return home


def runs(one: Article) -> set[tuple[str, ...]]:
    """Return the runs of five words."""
    tokens = [token for sentence in one.sentences for token in sentence.tokens]
    return {tuple(tokens[at : at + 5]) for at in range(max(1, len(tokens) - 4))}


def is_reprint(one: Article, other: Article) -> bool:
    """Tell whether most of the shorter text stands in the longer one: agencies' texts that the set itself has twice."""
    first, second = runs(one), runs(other)
    return len(first & second) >= 0.5 * min(len(first), len(second))


def figures(
    home: Mapping[str, str], again: Mapping[str, str], articles: Sequence[Article]
) -> tuple[float, float, Counter[str]]:
    """Return recall, precision and what was missed by way.

    Right are the pairs of a text with itself printed again; any other pair of texts of the set is wrong unless the one
    reprints the other.
    """
    missed = Counter(
        WAYS[int(copy.partition("-")[2]) % len(WAYS)].__name__ for copy, of in again.items() if home[copy] != home[of]
    )
    together: dict[str, set[str]] = {}
    for id, root in home.items():
        together.setdefault(root, set()).add(again.get(id, id))
    by_id = {each.id: each for each in articles}
    pairs = (pair for ids in together.values() for pair in combinations(sorted(ids), 2))
    wrong = sum(not is_reprint(by_id[one], by_id[other]) for one, other in pairs)
    right = len(again) - missed.total()
    return right / len(again), right / ((right + wrong) or 1), missed


def main() -> None:
    """Print a line a set and method."""
    for path in files("stories"):
        rows = records(path)
        if "story" not in rows[0] or not any(row["text"] for row in rows):
            continue
        articles, again = pool(rows)
        for name, method in (("briefing", ours), ("datasketch", datasketch)):
            try:
                recall, precision, missed = figures(method(articles), again, articles)
            except ImportError:
                print(f"{path.stem:14s} {name:12s} is not installed")
                continue
            print(f"{path.stem:14s} {name:12s} recall {recall:.3f}  precision {precision:.3f}  missed {dict(missed)}")


if __name__ == "__main__":
    main()
