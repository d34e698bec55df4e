"""NLTK's Punkt with our abbreviations: the reference engine."""

import subprocess
import sys

from briefing.text.punkt import split_sentences


def test_punkt_knows_our_abbreviations() -> None:
    text = "Dr. Lopez paid 5 dollars approx. to Mrs. Ito. She left."

    assert [text[start:end] for start, end in split_sentences(text)] == [
        "Dr. Lopez paid 5 dollars approx. to Mrs. Ito.",
        "She left.",
    ]


def test_punkt_uses_the_abbreviations_of_the_language() -> None:
    text = "Er aß ca. fünf Äpfel bzw. Birnen. Danach ging er."

    assert len(split_sentences(text, "de")) == 2


def test_importing_the_module_does_not_import_nltk() -> None:
    code = "import sys, briefing.text.punkt; sys.exit('nltk' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
