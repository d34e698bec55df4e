"""Updates: ROUGE-2 recall of what today adds to yesterday, beside everything and the newest lead.

DATA/stories/updates.jsonl holds topics with the sets A, B and C of articles, one after the other, and people's
summaries of what B adds to A and C to both. 100 words, mean over the references.
"""

from collections.abc import Sequence

from benchmarks._read import folder, records
from benchmarks.stories import article
from briefing.drafting import standing_alone
from briefing.models import Article, Length, Sentence, Text
from briefing.stories.novelty import fresh_sentences
from briefing.summarizers import choose

WORDS = 100
ROOM = Length(130, "words")  # more than is counted, so that a long sentence does not leave a hole


def summarized(sentences: Sequence[Sentence], new: Sequence[Article]) -> list[str]:
    """Return the sentences that the default summarizer chooses, best first."""
    text = Text(sentences, {each.id: each.title_words for each in new})
    chosen = choose(text, ROOM, together=True)
    return [each.text for each in sorted(chosen, key=lambda each: each.rank or 0)]


def fresh(old: Sequence[Article], new: Sequence[Article]) -> list[str]:
    """Return the summary of what is fresh."""
    covered = [sentence for each in old for sentence in each.sentences]
    found = fresh_sentences([sentence for each in new for sentence in each.sentences], covered)
    return summarized(standing_alone(found, new) or found, new)


def everything(old: Sequence[Article], new: Sequence[Article]) -> list[str]:
    """Return the summary of all new articles."""
    return summarized([sentence for each in new for sentence in each.sentences], new)


def newest_lead(old: Sequence[Article], new: Sequence[Article]) -> list[str]:
    """Return the top of the newest article."""
    return [sentence.text for sentence in max(new, key=lambda each: each.document.published or "").sentences]


def recall(sentences: Sequence[str], references: Sequence[str]) -> float:
    """Return the mean ROUGE-2 recall of the first words."""
    from rouge_score.rouge_scorer import RougeScorer

    text = " ".join(" ".join(sentences).split()[:WORDS])
    scorer = RougeScorer(["rouge2"], use_stemmer=True)
    return float(sum(scorer.score(each, text)["rouge2"].recall for each in references) / len(references))


def main() -> None:
    """Print the mean over the topics' two updates."""
    topics = records(folder() / "stories" / "updates.jsonl")
    for method in (fresh, everything, newest_lead):
        scores = []
        for topic in topics:
            sets = {name: [article(row) for row in rows] for name, rows in topic["sets"].items()}
            scores.append(recall(method(sets["A"], sets["B"]), topic["models"]["B"]))
            scores.append(recall(method([*sets["A"], *sets["B"]], sets["C"]), topic["models"]["C"]))
        print(f"{method.__name__:12s} ROUGE-2 recall {sum(scores) / len(scores):.4f}")


if __name__ == "__main__":
    main()
