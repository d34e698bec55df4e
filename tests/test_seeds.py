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
from click.testing import CliRunner

from briefing.cli import cli
from briefing.models import Article, Briefing
from briefing.pipeline import articles, build, read

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


# Stories by the ids of their articles; the reprint of the agency's ferry report is a copy and stands apart.
AGENCY, REPRINT = (
    "cpa.example.com/2026/11/21/varland-ferry-sinks",
    "morrowtimes.example.org/news/ferry-disaster-rescuers-search",
)
STORIES = {
    "ferry": {
        AGENCY,
        "herald.example.org/2026/11/21/maren-sol-sinks-cape-hale",
        "northernledger.example.com/maren-sol-bow-door",
    },
    "rate": {
        "cpa-20261120-0417",
        "cpa-20261121-0208",
        "calderpost.example.org/business/2026/nov/20/national-bank-rate-cut-mortgages",
    },
    "strike": {"cpa-20261120-0532", "Business/harbour-lines-newsletter.eml"},
    "glider": {"themeridian.example.org/science/petrel-7-glider-found", "Science/glider-pasted.txt"},
    "repair": {
        "varlandtoday.example.com/politics/right-to-repair-vote",
        "morrowtimes.example.org/politics/right-to-repair-explained",
    },
    "bridge": {"elfaro.example.org/cultura/puente-embalse-almadera"},
    "heating": {"gruenfurter-bote.example.org/lokales/fernwaerme-rechenzentrum"},
}
SOURCES = {
    "Ansel Coast Herald", "Continental Press Agency", "El Faro de Almadera", "Grünfurter Bote", "Harbour Lines",
    "Northern Ledger", "The Calder Post", "The Meridian", "The Morrow Times", "Varland Today", None,
}  # fmt: skip

# What the samples carry besides their articles, a phrase a line; none of it may be left.
FURNITURE = (Path(__file__).parent / "cases" / "seeds" / "furniture.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    return [each for each in articles(read(str(SEEDS))) if isinstance(each, Article)]


@pytest.fixture(scope="module")
def issue() -> Briefing:
    return build(read(str(SEEDS)))


def name(article: str) -> str:
    """Return an id without the scheme of an address."""
    return article.removeprefix("https://")


def test_every_sample_has_its_outlet_title_date_and_language(samples: list[Article]) -> None:
    facts = {name(each.id): each.document for each in samples}

    assert facts.keys() == set().union(*STORIES.values(), {REPRINT})
    assert {each.source for each in facts.values()} == SOURCES
    assert all(each.title for each in facts.values())
    assert [key for key, each in facts.items() if each.published is None] == ["Science/glider-pasted.txt"]
    assert sorted(each.language for each in samples) == ["de", *["en"] * 13, "es"]


def test_a_sample_has_the_length_of_a_news_article(samples: list[Article]) -> None:
    assert [each.id for each in samples if not 8 <= len(each.sentences) <= 30] == []


def test_samples_on_one_event_are_one_story(issue: Briefing) -> None:
    stories = [{name(article) for article in story.articles} for section in issue.sections for story in section.stories]

    assert sorted(stories, key=sorted) == sorted(STORIES.values(), key=sorted)
    assert issue.also == ()


def test_reprint_is_a_copy_of_the_agency_text(issue: Briefing) -> None:
    copies = [
        (name(copy.id), name(copy.of))
        for section in issue.sections
        for story in section.stories
        for copy in story.copies
    ]

    assert copies == [(REPRINT, AGENCY)]


def test_correction_is_a_note_of_its_story(issue: Briefing) -> None:
    notes = [note.text for section in issue.sections for story in section.stories for note in story.notes]

    assert len(notes) == 1
    assert "It is 640 metres." in notes[0]


@pytest.mark.parametrize("phrase", FURNITURE)
def test_nothing_but_the_article_is_left_of_a_sample(phrase: str, samples: list[Article]) -> None:
    left = [each.id for each in samples if any(phrase in sentence.text for sentence in each.sentences)]

    assert left == []


def test_a_list_of_the_stories_heads_them_as_an_issue_does() -> None:
    listed = CliRunner().invoke(cli, ["stories", str(SEEDS), "--json"]).stdout.splitlines()
    issue = build(read(str(SEEDS)))

    titles = {story.title for section in issue.sections for story in section.stories}
    assert {json.loads(line)["title"] for line in listed} == titles
