"""Stories: BCubed and pairwise F1 of the grouping, beside what feed readers and libraries do.

DATA/stories/*.jsonl hold articles with the `story` each belongs to. The peers get the same words as ours, uncleaned,
and of three thresholds the one that is best on the very set; ours has one for all.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks._read import files, records
from briefing.models import Article, Document
from briefing.stories.copies import find_copies
from briefing.stories.grouping import group_articles
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

Labels = Sequence[Hashable]
Record = dict[str, Any]
VOCABULARY = Vocabulary()


def article(row: Mapping[str, Any]) -> Article:
    """Return a record as an article; a headline without a text is its own text."""
    title, text = row["title"] or None, (row["text"] or row["title"] or "").replace("\n", "\n\n")
    document = Document(id=row["id"], text=text, title=title, source=row.get("source"), published=row.get("published"))
    return read_article(document, VOCABULARY, language="en", clean=False)


def words(one: Article) -> list[str]:
    """Return the words of an article, those of its title twice."""
    return [*one.title_words * 2, *(word for sentence in one.sentences for word in sentence.words)]


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grouping_figures(gold: Labels, found: Labels) -> tuple[float, float]:
    """Return F1 by BCubed (Bagga & Baldwin 1998) and over pairs."""
    both, wanted, given = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(count * count / given[label] for (_, label), count in both.items()) / len(gold)
    recall = sum(count * count / wanted[label] for (label, _), count in both.items()) / len(gold)
    same = _pairs(both)
    return f1(precision, recall), f1(same / (_pairs(given) or 1), same / (_pairs(wanted) or 1))


def _pairs(counts: Mapping[Any, int]) -> float:
    """Return how many pairs lie inside the groups."""
    return sum(count * (count - 1) / 2 for count in counts.values())


def ours(articles: Sequence[Article]) -> Labels:
    """Return our groups as labels."""
    groups = group_articles(articles, copies=find_copies(articles))
    label = {
        id: place for place, group in enumerate(groups) for id in (*group.articles, *(copy.id for copy in group.copies))
    }
    return [label[each.id] for each in articles]


def joined(count: int, pairs: Iterator[tuple[int, int]]) -> Labels:
    """Return the connected components: single link."""
    parent = list(range(count))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in pairs:
        parent[root(one)] = root(other)
    return [root(index) for index in range(count)]


def title_jaccard(articles: Sequence[Article], threshold: float) -> Labels:
    """Return the groups of titles that share words, as feed readers do it."""
    titles = [set(each.title_words) for each in articles]
    holders: dict[str, list[int]] = {}
    for index, title in enumerate(titles):
        for word in title:
            holders.setdefault(word, []).append(index)
    near = {(one, other) for held in holders.values() for one in held for other in held if one < other}
    alike = (
        (one, other)
        for one, other in near
        if len(titles[one] & titles[other]) >= threshold * len(titles[one] | titles[other])
    )
    return joined(len(articles), alike)


def _cosines(articles: Sequence[Article]) -> Any:
    """Return the matrix of cosines of scikit-learn's tf-idf."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(analyzer=words, sublinear_tf=True).fit_transform(articles)
    return (matrix @ matrix.T).toarray().astype("float32")


def single_link(articles: Sequence[Article], threshold: float) -> Labels:
    """Return the groups of articles that a chain of cosines connects."""
    import numpy

    ones, others = numpy.nonzero(numpy.triu(_cosines(articles) >= threshold, 1))
    return joined(len(articles), zip(ones.tolist(), others.tolist(), strict=True))


def average_link(articles: Sequence[Article], threshold: float) -> Labels:
    """Return the groups of scikit-learn's average linkage."""
    from sklearn.cluster import AgglomerativeClustering

    method = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - threshold
    )
    labels: Labels = method.fit_predict((1 - _cosines(articles)).clip(0)).tolist()
    return labels


PEERS: dict[str, tuple[Callable[[Sequence[Article], float], Labels], tuple[float, ...]]] = {
    "title Jaccard": (title_jaccard, (0.2, 0.3, 0.4)),
    "tf-idf, single link": (single_link, (0.3, 0.4, 0.5)),
    "scikit-learn average link": (average_link, (0.15, 0.2, 0.25)),
}


def print_grouping() -> None:
    """Print the figures of each set."""
    for path in files("stories"):
        rows = records(path)
        if "story" not in rows[0]:
            continue
        gold, articles = [row["story"] for row in rows], [article(row) for row in rows]
        print(f"{path.stem} ({len(rows)} articles, {len(set(gold))} events)      BCubed  pairwise")
        print("  {:30s} {:.3f}   {:.3f}".format("briefing", *grouping_figures(gold, ours(articles))), flush=True)
        for name, (method, thresholds) in PEERS.items():
            best = max(grouping_figures(gold, method(articles, each)) for each in thresholds)
            print("  {:30s} {:.3f}   {:.3f}".format(name, *best), flush=True)


if __name__ == "__main__":
    print_grouping()
