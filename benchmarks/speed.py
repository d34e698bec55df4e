"""What a summary costs: microseconds an article beside a floor and beside sumy, growth, start-up and memory.

DATA/summaries/*.jsonl gives the articles. The floor is what nobody can avoid: decode the bytes, find the words with one
regular expression and the sentence ends with another. All times are CPU time on one core, both sides in one run.
"""

import json
import math
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._read import files, records
from briefing import summarizers
from briefing.models import Article, Document, Length, Text
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


def read(text: str, vocabulary: Vocabulary) -> Article:
    """Return an article as `--no-clean --language en` has it."""
    return read_article(Document(id="0", text=text), vocabulary, language="en", clean=False)


def summarize(texts: Sequence[str], vocabulary: Vocabulary, method: str) -> list[list[int]]:
    """Return the sentences chosen from each text, from the text on."""
    return [
        [choice.index for choice in summarizers.choose(Text(read(text, vocabulary).sentences), FIVE, method)]
        for text in texts
    ]


def times(texts: Sequence[str]) -> None:
    """Print time, multiples and agreement of every method: warm, one at a time, and a batch with its first words."""
    blobs = [text.encode() for text in texts]
    base = seconds(lambda: floor(blobs)) / len(texts)
    warm = Vocabulary()
    print(f"{len(texts)} articles of {sum(map(len, blobs)) / len(blobs) / 1000:.1f} KB, floor {base * 1e6:.0f} µs\n")
    print(f"{'':<12}{'µs':>8}{'x floor':>9}{'batch µs':>10}{'x floor':>9}{'sumy µs':>10}{'x ours':>8}{'same':>8}")
    for method in OURS:
        one = seconds(lambda method=method: summarize(texts, warm, method)) / len(texts)  # type: ignore[misc]
        batch = seconds(lambda method=method: summarize(texts, Vocabulary(), method), 2) / len(texts)  # type: ignore[misc]
        print(f"{method:<12}{one * 1e6:8.0f}{one / base:9.1f}{batch * 1e6:10.0f}{batch / base:9.1f}", end="")
        print(beside_sumy(texts[:SUMY_SAMPLE], warm, method, one) if method in summarizers.SUMY else "", flush=True)


def beside_sumy(texts: Sequence[str], vocabulary: Vocabulary, method: str, ours: float) -> str:
    """Return sumy's time with our sentences and words, how many times ours it is, and how many choices are equal."""
    reference = summarizers.PREFIX + method
    theirs = seconds(lambda: summarize(texts, vocabulary, reference), 1) / len(texts)
    same = [
        a == b
        for a, b in zip(summarize(texts, vocabulary, method), summarize(texts, vocabulary, reference), strict=True)
    ]
    return f"{theirs * 1e6:10.0f}{theirs / ours:8.1f}{sum(same) / len(same):8.1%}"


def growth() -> None:
    """Print, for every method, the exponent of its time from few to many sentences of one text."""
    rows = chain.from_iterable(records(path) for path in files("summaries"))
    text = "\n\n".join(islice((text for row in rows if row["lang"] == "en" for text in row["docs"]), 400))
    sentences = read(text, Vocabulary()).sentences
    few, many = (Text(sentences[:count]) for count in GROWTH)
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
    texts = news()
    times(texts)
    growth()
    start_up(texts)


if __name__ == "__main__":
    main()
