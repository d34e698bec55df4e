"""CONTRIBUTING.md holds: its example works, and what it names is there."""

import re
from pathlib import Path

from briefing.models import Sentence, Text

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_example_of_a_summarizer_scores_sentences() -> None:
    source = GUIDE.partition("```python\n")[2].partition("```")[0]
    example: dict[str, object] = {}
    words = [("ferri", "sink"), ("storm", "storm", "storm")]
    text = Text(Sentence("a", at, 0, 0, 0, "", each, each) for at, each in enumerate(words))

    exec(source, example)

    score = example["score"]
    assert callable(score)
    assert score(text, 1) == [2.0, 1.0]


def test_every_script_is_explained() -> None:
    scripts = {path.name for path in (ROOT / "script").iterdir() if path.is_file() and not path.name.startswith("_")}

    assert {name for name in scripts if f"`script/{name}" not in GUIDE} == set()


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`((?:briefing|tests|templates|seeds|script|\.ci)/[\w./-]*|[A-Z]+\.md)", GUIDE)
    files = [name for name in named if "CODE" not in name and "NAME" not in name and "SCRIPT" not in name]

    assert [name for name in files if not (ROOT / name).exists()] == []
