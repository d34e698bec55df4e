"""Facts about the sample articles: they are the demonstration that everyone sees and the fixtures of other tests.

Fifteen articles in thirteen files, from eleven invented outlets, on seven events of 20 to 22 November 2026. The ferry
(four articles, one of them a reprint with an appeal glued on, one a follow-up; 12, 15 and 17 dead) stands at the top;
the folders are the sections Business, Science and World.
"""

import json
import quopri
import re
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
FILES = sorted(path for path in SEEDS.rglob("*") if path.is_file())
NAMES = [path.relative_to(SEEDS).as_posix() for path in FILES]


def content(name: str) -> str:
    """Return a sample as it stands on disk, the mail without its transfer encoding."""
    data = (SEEDS / name).read_bytes()
    return (quopri.decodestring(data) if name.endswith(".eml") else data).decode()


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of three words of a text."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def test_every_kind_of_input_has_a_sample() -> None:
    kinds = sorted({path.suffix for path in FILES})

    assert kinds == [".eml", ".html", ".jsonl", ".md", ".txt"]


def test_there_are_fifteen_articles_in_thirteen_files() -> None:
    records = len(content("Business/agency-wire.jsonl").splitlines())

    assert len(FILES) == 13
    assert len(FILES) - 1 + records == 15


def test_folders_are_the_sections() -> None:
    sections = sorted({name.rpartition("/")[0] for name in NAMES})

    assert sections == ["", "Business", "Science", "World"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_names_no_real_host(name: str) -> None:
    hosts = set(re.findall(r"(?:https?://|@)([a-z0-9.-]+\.[a-z]{2,})", content(name)))

    allowed = re.compile(r"(.+\.)?example\.(com|org)|schema\.org")
    assert [host for host in hosts if not allowed.fullmatch(host)] == []


def test_agency_records_have_all_facts() -> None:
    records = [json.loads(line) for line in content("Business/agency-wire.jsonl").splitlines()]

    assert all(sorted(each) == ["id", "language", "published", "source", "text", "title", "url"] for each in records)


def test_reprint_repeats_the_agency_text_under_another_title() -> None:
    agency, reprint = content("ferry-sinking-agency.txt"), content("ferry-sinking-reprint.txt")

    kept = len(shingles(agency) & shingles(reprint)) / len(shingles(agency))
    assert kept > 0.8
    assert agency.partition("\n")[0] != reprint.partition("\n")[0]


def test_sources_disagree_about_the_dead() -> None:
    assert "12 dead" in content("ferry-sinking-agency.txt")
    assert "15 people were killed" in content("ferry-sinking-herald.html")
    assert "death toll to 17" in content("ferry-inquiry-ledger.md")


def test_one_sample_is_bare_text_without_a_header() -> None:
    first_line = content("Science/glider-pasted.txt").partition("\n")[0]

    assert not re.match(r"[A-Z][a-z]+:", first_line)


def test_two_samples_are_in_other_languages() -> None:
    assert 'lang="de"' in content("World/gruenfurt-fernwaerme.html")
    assert "Suscríbase" in content("Science/puente-embalse.txt")
