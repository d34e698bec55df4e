"""What a summary costs: microseconds an article beside a floor and beside sumy, growth, start-up and memory.

DATA/summaries/*.jsonl gives the articles. The floor is what nobody can avoid: decode the bytes, find the words with one
regular expression and the sentence ends with another. All times are CPU time on one core, both sides in one run, and
the quickest of several repetitions. "One" is one article at a time with the run's vocabulary warm, from the text to the
sentences, as `--no-clean --language en` has it; "batch" the same articles read ahead together; "new" one at a time with
an empty vocabulary; "clean" one at a time with cleaning and detection of the language.
"""

import gc
import json
import math
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._read import files, records
from briefing import summarizers
from briefing.models import Choice, Document, Length, Text
from briefing.text.article import read_article
from briefing.text.words import Vocabulary

SIZE = range(1700, 2500)  # characters of an article; 2.1 KB on average
BATCH = 300
REPEATS = 5  # the quickest counts: on a shared machine everything else is somebody else's time
FIVE = Length(5)
OURS = ("lead", "briefing", *summarizers.SUMY)
GROWTH = (100, 5000)  # sentences
SUMY_SAMPLE = 60  # articles; sumy takes its time


def news() -> list[str]:
    """Return English articles of a newspaper's length."""
    rows = chain.from_iterable(records(path) for path in files("summaries"))
    texts = (text for row in rows if row["lang"] == "en" for text in row["docs"])
    return list(islice((text.replace("\n", "\n\n") for text in texts if len(text) in SIZE), BATCH))


def seconds(job: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the CPU time of the quickest repetition."""
    best = math.inf
    for _ in range(repeats):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
    return best


def floor(blobs: Sequence[bytes]) -> None:
    """Do to every article what nobody can avoid."""
    for blob in blobs:
        text = blob.decode()
        re.findall(r"\w+", text)
        re.split(r"(?<=[.!?])\s+", text)


def read(text: str, vocabulary: Vocabulary, *, clean: bool = False) -> Text:
    """Return the sentences of an article as `--no-clean --language en` has them, or cleaned and detected."""
    article = read_article(Document(id="0", text=text), vocabulary, language=None if clean else "en", clean=clean)
    return Text(article.sentences, language=article.language)


def summarize(texts: Sequence[str], vocabulary: Vocabulary, method: str, *, clean: bool = False) -> list[list[int]]:
    """Return the sentences chosen from each text, from the text on."""
    return [indices(summarizers.choose(read(text, vocabulary, clean=clean), FIVE, method)) for text in texts]


def summarize_together(texts: Sequence[str], vocabulary: Vocabulary, method: str) -> list[list[int]]:
    """Return the same for texts that are read ahead."""
    return list(map(indices, summarizers.choose_many([read(text, vocabulary) for text in texts], FIVE, method)))


def indices(choices: Iterable[Choice]) -> list[int]:
    """Return the numbers of the sentences in the article."""
    return [choice.index for choice in choices]


def times(texts: Sequence[str]) -> None:
    """Print time and multiples of the floor of every method, and how many choices a batch changes."""
    blobs = [text.encode() for text in texts]
    # What else runs on the machine disturbs all: the floor is taken many times, and the lowest counts.
    base = min(seconds(lambda: floor(blobs)) for _ in OURS) / len(texts)
    warm = Vocabulary()
    print(f"{len(texts)} articles of {sum(map(len, blobs)) / len(blobs) / 1000:.1f} KB, floor {base * 1e6:.0f} µs\n")
    print(f"{'':<12}{'one':>8}{'x floor':>9}{'batch':>8}{'x floor':>9}{'same':>8}{'clean':>8}{'x floor':>9}{'new':>8}")
    for method in OURS:
        jobs: list[Callable[[], list[list[int]]]] = [
            partial(summarize, texts, warm, method),
            partial(summarize_together, texts, warm, method),
            partial(summarize, texts, warm, method, clean=True),
        ]
        one, batch, clean = (seconds(job) / len(texts) for job in jobs)
        new = seconds(lambda method=method: summarize(texts, Vocabulary(), method), 2) / len(texts)  # type: ignore[misc]
        print(f"{method:<12}{one * 1e6:8.0f}{one / base:9.1f}{batch * 1e6:8.0f}{batch / base:9.1f}", end="")
        print(
            f"{share_equal(jobs[0](), jobs[1]()):8.1%}{clean * 1e6:8.0f}{clean / base:9.1f}{new * 1e6:8.0f}", flush=True
        )


def share_equal(ones: Sequence[object], others: Sequence[object]) -> float:
    """Return how many of the pairs are equal."""
    return sum([one == other for one, other in zip(ones, others, strict=True)]) / len(ones)


def beside_sumy(texts: Sequence[str]) -> None:
    """Print sumy's time with our sentences and words, and as its users run it, over ours; and how many agree."""
    print(f"\n{'':<12}{'sumy, ours in':>14}{'x one':>8}{'x batch':>9}{'sumy alone':>12}{'x one':>8}{'same':>8}")
    warm = Vocabulary()
    for method in summarizers.SUMY:
        one = seconds(partial(summarize, texts, warm, method)) / len(texts)
        batch = seconds(partial(summarize_together, texts, warm, method)) / len(texts)
        fed = seconds(partial(summarize, texts, warm, summarizers.PREFIX + method), 1) / len(texts)
        same = share_equal(summarize(texts, warm, method), summarize(texts, warm, summarizers.PREFIX + method))
        print(f"{method:<12}{fed * 1e6:14.0f}{fed / one:8.1f}{fed / batch:9.1f}", end="")
        print(f"{alone(texts, method, one):>20}{same:8.1%}", flush=True)


def alone(texts: Sequence[str], method: str, ours: float) -> str:
    """Return the time of sumy with its own words, over ours; "needs data" where it cannot run."""
    from benchmarks import _sumy  # with sumy, and numpy

    job = _sumy.job(texts, method, FIVE.amount)
    if not job:
        return "needs data"
    theirs = seconds(job, 1) / len(texts)
    return f"{theirs * 1e6:12.0f}{theirs / ours:8.1f}"


def growth() -> None:
    """Print, for every method, the exponent of its time from few to many sentences of one text."""
    rows = chain.from_iterable(records(path) for path in files("summaries"))
    text = "\n\n".join(islice((text for row in rows if row["lang"] == "en" for text in row["docs"]), 400))
    sentences = read(text, Vocabulary())
    few, many = (Text(sentences[:count], language="en") for count in GROWTH)
    print(f"\n{len(few)} to {len(many)} sentences: seconds, exponent")
    for method in OURS:
        short, long = (seconds(lambda t=t, m=method: summarizers.choose(t, FIVE, m), 3) for t in (few, many))  # type: ignore[misc]
        print(f"{method:<12}{long:8.3f}{math.log(long / short) / math.log(len(many) / len(few)):8.2f}", flush=True)


def child(arguments: Sequence[str], rounds: int) -> float:
    """Return the mean CPU time of a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(rounds):
        subprocess.run(arguments, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / rounds


def start_up(texts: Sequence[str]) -> None:
    """Print what starting costs, against starting Python, and the memory that all articles take."""
    with TemporaryDirectory() as folder:
        single, whole = Path(folder, "article.txt"), Path(folder, "articles.jsonl")
        single.write_text(texts[0], encoding="utf-8")
        whole.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        briefing = [sys.executable, "-m", "briefing"]
        python = child([sys.executable, "-I", "-c", "pass"], 20)
        print(f"\nstarts of Python ({python * 1e3:.0f} ms CPU)")
        print(f"{'--help':<12}{child([*briefing, '--help'], 10) / python:8.1f}")
        print(f"{'summarize':<12}{child([*briefing, 'summarize', str(single)], 10) / python:8.1f}")
        code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        peak = subprocess.check_output([sys.executable, "-c", code, *briefing, "summarize", "--json", str(whole)])
        print(f"\npeak memory of {len(texts)} articles: {int(peak) / 1024:.0f} MB")


def main() -> None:
    """Print the tables."""
    gc.set_threshold(100_000)  # as the program does
    texts = news()
    times(texts)
    beside_sumy(texts[:SUMY_SAMPLE])
    growth()
    start_up(texts)


if __name__ == "__main__":
    main()
