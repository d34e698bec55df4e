"""ROUGE as the package rouge-score has it (its tokenizer, Porter's stems), each text taken apart once."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A person's summary: its sentences, and how often each word and pair of words stands in it."""

    sentences: tuple[str, ...]
    words: Counter[str]
    pairs: Counter[tuple[str, str]]


class Scores(NamedTuple):
    """Means over the references, times 100: F1 of words, pairs and longest common subsequences; recall of two."""

    rouge_1: float
    rouge_2: float
    rouge_l: float
    recall_1: float
    recall_2: float


@cache
def _tokenizer(language: str) -> Any:
    """Return rouge-score's tokenizer for English; for other languages one that keeps their letters."""
    from rouge_score import tokenizers

    return tokenizers.DefaultTokenizer(use_stemmer=True) if language == "en" else _Words()


class _Words:
    """Words of any alphabet in lower case, without stems."""

    def tokenize(self, text: str) -> list[str]:
        """Return the words."""
        return re.findall(r"\w+", text.lower())


@lru_cache(100_000)
def tokens(text: str, language: str) -> tuple[str, ...]:
    """Return the words that ROUGE counts."""
    return tuple(_tokenizer(language).tokenize(text))


def reference(sentences: Iterable[str], language: str) -> Reference:
    """Return a person's summary, counted."""
    lines = tuple(sentences)
    words = [token for line in lines for token in tokens(line, language)]
    return Reference(lines, Counter(words), Counter(pairwise(words)))


def overlap(lines: Sequence[str], references: Sequence[Reference], language: str) -> tuple[float, ...]:
    """Return F1 and recall of words and of pairs of words (R1 F, R2 F, R1 recall, R2 recall), times 100."""
    words = [token for line in lines for token in tokens(line, language)]
    pairs = Counter(pairwise(words))
    rows = [(*_f1_recall(Counter(words), each.words), *_f1_recall(pairs, each.pairs)) for each in references]
    return tuple(100 * sum(column) / len(rows) for column in zip(*rows, strict=True))


def rouge(lines: Sequence[str], references: Sequence[Reference], language: str) -> Scores:
    """Return all figures of one summary."""
    from rouge_score import rouge_scorer

    f1, recall_1, f2, recall_2 = overlap(lines, references, language)
    scorer = rouge_scorer.RougeScorer(["rougeLsum"], tokenizer=_tokenizer(language))
    text = "\n".join(lines)
    longest = [scorer.score("\n".join(each.sentences), text)["rougeLsum"].fmeasure for each in references]
    return Scores(f1, f2, 100 * sum(longest) / len(longest), recall_1, recall_2)


def _f1_recall(found: Counter[Any], wanted: Counter[Any]) -> tuple[float, float]:
    """Return the harmonic mean of precision and recall, and the recall."""
    common = (found & wanted).total()
    total = found.total() + wanted.total()
    return (2 * common / total if total else 0.0), (common / wanted.total() if wanted else 0.0)
