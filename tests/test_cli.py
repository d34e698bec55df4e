"""Commands by their whole output and exit code, run as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = """\
The city council of Larkhaven voted on Tuesday to close the old harbor bridge to cars. The vote was 9 to 4.

Mayor Ada Quill said the bridge, built in 1911, needs repairs worth 4 million crowns. Work begins in March.

Shop owners near the bridge fear for their trade. About 6,000 cars cross it every day, the council said.
"""


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "bridge.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def test_briefing_alone_shows_the_first_four_steps() -> None:
    code, out, err = run()

    assert (code, err) == (0, "")
    assert [line.split()[1] for line in out.splitlines() if line.startswith("  briefing")] == [
        "demo",
        "read",
        "build",
        "init",
    ]


def test_unknown_command_names_the_nearest() -> None:
    code, out, err = run("biuld")

    assert (code, out) == (2, "")
    assert err.startswith("briefing: no command called 'biuld'; did you mean 'build'?")


def test_unknown_option_is_wrong_usage() -> None:
    code, _, err = run("build", "--minuets", "3")

    assert code == 2
    assert "--minutes" in err


def test_summarize_reads_standard_input() -> None:
    code, out, _ = run("summarize", "-", "-n", "1", stdin=ARTICLE.encode())

    assert code == 0
    assert out == "The city council of Larkhaven voted on Tuesday to close the old harbor bridge to cars.\n"


def test_piped_output_has_no_escape_codes_and_no_trailing_blanks(article: Path) -> None:
    for command in ("summarize", "extract", "sentences", "stories"):
        code, out, _ = run(command, str(article), TERM="xterm-256color")

        assert code == 0
        assert "\x1b" not in out
        assert all(line == line.rstrip() for line in out.splitlines()), command


def test_control_characters_of_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil.jsonl"
    record = {
        "id": "\x1b[2Jx",
        "title": "\x1b]0;owned\x07Title",
        "text": "A \x1b[31mred\u202e sentence stands here. " * 3,
    }
    file.write_text(json.dumps(record), encoding="utf-8")

    for command in ("summarize", "extract", "sentences", "stories"):
        _, out, err = run(command, str(file))

        assert not {character for character in out + err if not character.isprintable()} - {"\n"}, command


def test_missing_input_is_named_and_fails(tmp_path: Path) -> None:
    code, out, err = run("summarize", "none.txt", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert err.startswith("none.txt: ")


def test_one_bad_input_among_good_ones_is_named_and_the_rest_goes_on(article: Path) -> None:
    (article.parent / "empty.txt").write_bytes(b"")

    code, out, err = run("summarize", "empty.txt", article.name, "-n", "1", cwd=article.parent)
    lenient, _, _ = run("summarize", "empty.txt", article.name, "-n", "1", "--lenient", cwd=article.parent)

    assert code == 3
    assert out.count("\n") == 1
    assert err.startswith("empty.txt: ")
    assert lenient == 0


def test_empty_folder_is_nothing_found(tmp_path: Path) -> None:
    code, out, err = run("build", str(tmp_path))
    quiet = run("build", str(tmp_path), "-q")

    assert (code, out) == (4, "")
    assert "nothing found" in err
    assert quiet == (4, "", "")


def test_extract_lists_what_it_removed(article: Path) -> None:
    article.write_text(
        ARTICLE + "\nSign up for our newsletter and get the day's news in your inbox.\n", encoding="utf-8"
    )

    code, out, _ = run("extract", "--json", str(article))
    record = json.loads(out)

    assert code == 0
    assert "newsletter" not in record["text"]
    assert [each["reason"] for each in record["removed"]] == ["newsletter"]


def test_extract_without_cleaning_gives_the_text_whole(article: Path) -> None:
    article.write_text(
        ARTICLE + "\nSign up for our newsletter and get the day's news in your inbox.\n", encoding="utf-8"
    )

    _, out, _ = run("extract", "--json", "--no-clean", str(article))

    assert json.loads(out)["text"].endswith("in your inbox.")
    assert json.loads(out)["removed"] == []


def test_sentences_have_exact_offsets() -> None:
    text = "Dr. Smith paid $3.5 million to the U.S. Treasury. He left at 5 p.m. on Monday."

    _, out, _ = run("sentences", "-", "--json", stdin=text.encode())
    record = json.loads(out)

    assert [each["text"] for each in record["sentences"]] == [text[:49], text[50:]]
    assert all(record["text"][each["start"] : each["end"]] == each["text"] for each in record["sentences"])


def test_raw_sentences_stand_in_the_input_as_decoded(tmp_path: Path) -> None:
    file = tmp_path / "raw.jsonl"
    text = "One  sentence\there.\r\nAnother one follows it."
    file.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")

    _, out, _ = run("sentences", "--raw", "--json", str(file))
    record = json.loads(out)

    assert record["id"] == "a"
    assert record["text"] == text
    assert [text[each["start"] : each["end"]] for each in record["sentences"]] == [
        "One  sentence\there.",
        "Another one follows it.",
    ]


def test_build_writes_every_format_and_says_so(article: Path) -> None:
    code, out, err = run("build", article.name, "--date", "2026-11-22", "-f", "md,html,txt,json", cwd=article.parent)
    again = run("build", article.name, "--date", "2026-11-22", "-f", "md", cwd=article.parent)

    names = [f"out/briefing-2026-11-22.{suffix}" for suffix in ("md", "html", "txt", "json")]
    assert code == 0, err
    assert sorted(out.split()) == sorted(names)
    assert all((article.parent / name).is_file() for name in [*names, "out/latest.md"])
    assert again[1] == "out/briefing-2026-11-22.md\n"
    assert "replaced out/briefing-2026-11-22.md" in again[2]


def test_build_to_a_file_takes_the_format_from_its_suffix(article: Path) -> None:
    code, out, _ = run("build", article.name, "--date", "2026-11-22", "-o", "review.html", cwd=article.parent)

    assert (code, out) == (0, "review.html\n")
    assert (article.parent / "review.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert not (article.parent / "out").exists()


def test_build_to_stdout_takes_one_format(article: Path) -> None:
    code, out, _ = run("build", str(article), "--date", "2026-11-22", "-f", "json", "-o", "-")
    refused, _, err = run("build", str(article), "-f", "json,md", "-o", "-")

    assert code == 0
    assert json.loads(out)["date"] == "2026-11-22"
    assert refused == 2
    assert "one file takes one format" in err


def test_build_names_every_article_it_was_given(article: Path) -> None:
    texts = [f"Story number {n} tells of village {n * 'x'}. It has a bridge numbered {n}." for n in range(1, 9)]
    file = article.parent / "many.jsonl"
    file.write_text("\n".join(json.dumps({"id": f"n{n}", "title": f"T{n}", "text": t}) for n, t in enumerate(texts)))

    _, out, _ = run("build", str(file), "--date", "2026-11-22", "--max-stories", "2", "-f", "json", "-o", "-")
    briefing = json.loads(out)

    named = {id for section in briefing["sections"] for story in section["stories"] for id in story["articles"]}
    counts = briefing["ledger"]["articles"]
    assert named | set(briefing["also"]) == {f"n{n}" for n in range(8)}
    assert counts["seen"] == 8
    assert counts["seen"] == sum(counts[key] for key in ("copies", "known", "muted", "cut", "printed"))


def test_build_loses_no_article_where_two_folders_have_files_of_one_name(tmp_path: Path) -> None:
    for folder, place in (("mon", "Ostrey"), ("tue", "Quarnby")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(
            f"The council of {place} met today. It voted on the {place} budget."
        )

    _, out, _ = run(
        "build", "mon/news.txt", "tue/news.txt", "--date", "2026-11-22", "-f", "json", "-o", "-", cwd=tmp_path
    )
    briefing = json.loads(out)

    assert briefing["ledger"]["articles"]["seen"] == 2
    assert briefing["ledger"]["articles"]["copies"] == 0
    assert sorted(facts["path"] for facts in briefing["articles"].values()) == ["mon/news.txt", "tue/news.txt"]


def test_summary_of_several_loses_no_article_where_two_folders_have_files_of_one_name(tmp_path: Path) -> None:
    for folder, text in (("mon", ARTICLE), ("tue", ARTICLE.replace("Larkhaven", "Quarnby"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text, encoding="utf-8")

    _, out, _ = run("summarize", "mon/news.txt", "tue/news.txt", "--together", "--json", cwd=tmp_path)

    assert len(set(json.loads(out)["articles"])) == 2


def test_summary_of_several_reads_undated_parts_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for part in (1, 2, 10):
        (tmp_path / f"part {part}.txt").write_text(f"Report {part} tells of bridge {part}.", encoding="utf-8")

    _, out, _ = run("summarize", ".", "--together", "--json", cwd=tmp_path)

    assert json.loads(out)["articles"] == ["part 1.txt", "part 2.txt", "part 10.txt"]


def test_pictures_and_styles_beside_a_page_are_no_articles_but_a_folder_of_pictures_is_named(tmp_path: Path) -> None:
    for folder, names in (("page", ["a.html", "bridge.JPG", "style.css", "script.js"]), ("scans", ["1.jpg"])):
        (tmp_path / folder).mkdir()
        for name in names:
            text = f"<p>{ARTICLE}</p>" if name.endswith("html") else "\0\1\2"
            (tmp_path / folder / name).write_text(text, encoding="utf-8")

    code, _, told = run("extract", ".", cwd=tmp_path)

    assert (code, [line.partition(":")[0] for line in told.splitlines()]) == (3, ["scans/1.jpg"])


def test_address_without_a_host_is_named() -> None:
    assert run("summarize", "https://") == (1, "", "https://: an address without a host; is it whole?\n")


def test_every_line_of_a_briefing_stands_in_its_source(article: Path) -> None:
    _, out, _ = run("build", str(article), "--date", "2026-11-22", "--full", "-f", "json", "-o", "-")
    briefing = json.loads(out)

    lines = [
        line for story in briefing["sections"][0]["stories"] for line in story["lines"] if line["start"] is not None
    ]
    assert lines
    for line in lines:
        assert briefing["articles"][line["article"]]["text"][line["start"] : line["end"]] == line["text"]


def test_same_input_and_date_give_the_same_bytes(article: Path) -> None:
    for format in ("md", "html", "txt", "json"):
        outputs = {
            run("build", str(article), "--date", "2026-11-22", "-f", format, "-o", "-", PYTHONHASHSEED=seed)[1]
            for seed in ("1", "2", "3")
        }

        assert len(outputs) == 1, format


def test_source_date_epoch_is_the_clock(article: Path) -> None:
    _, out, _ = run("build", str(article), "-f", "json", "-o", "-", SOURCE_DATE_EPOCH="0")

    assert json.loads(out)["date"] == "1970-01-01"


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "²", "99999999999999999999"])
def test_source_date_epoch_that_is_no_time_is_refused(article: Path, epoch: str) -> None:
    code, out, err = run("build", str(article), "-f", "json", "-o", "-", SOURCE_DATE_EPOCH=epoch)

    assert (code, out) == (2, "")
    assert err.startswith(f"briefing: SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds")


@pytest.mark.parametrize("day", ["2026-11-22", "20261122", "2026-W47-7"])
def test_bare_date_is_the_end_of_its_day(article: Path, day: str) -> None:
    _, out, _ = run("build", str(article), "-f", "json", "-o", "-", "--date", day)

    assert json.loads(out)["ledger"]["window"]["until"] == "2026-11-22T23:59:59+00:00"


def test_nul_without_a_list_of_paths_is_wrong_usage(article: Path) -> None:
    code, _, err = run("summarize", str(article), "-0")

    assert (code, err) == (2, "briefing: -0 says how --files-from parts its paths; give that, too\n")


def test_verbose_says_what_each_stage_did(article: Path) -> None:
    code, out, err = run("build", str(article), "-f", "md", "-o", "-", "-v", "--no-clean")
    silent = run("build", str(article), "-f", "md", "-o", "-", "--no-clean")

    assert (code, out) == silent[:2]
    assert "briefing: bridge.txt: en, 6 sentences\n" in err
    assert "briefing: articles: 1, muted: 0, stories: 1\n" in err
    assert "sentences" not in silent[2]


def test_build_does_not_read_the_issues_that_it_wrote(article: Path) -> None:
    once, again = (
        run("build", ".", "-f", "md,json", "--date", "2026-11-22", "-o", "issues/", cwd=article.parent)
        for _ in range(2)
    )

    assert (once[0], again[0]) == (0, 0), again[2]
    assert once[2].splitlines()[-1] == again[2].splitlines()[-1]
    assert "briefing: issues/ is where issues are written; what lies there is not read\n" in again[2]
    assert "is not read" not in once[2]


def test_build_reads_the_output_folder_when_it_is_named(article: Path) -> None:
    code, out, err = run("build", ".", "-f", "md", "-o", "-", "--date", "2026-11-22", cwd=article.parent)
    run("build", ".", "-f", "md", cwd=article.parent)

    named = run("stories", "out", cwd=article.parent)

    assert code == 0, out + err
    assert named[0] == 0
    assert "is not read" not in named[2]


@pytest.mark.parametrize("arguments", [("-f", "MD", "-o", "-"), ("-o", "a.MD")])
def test_format_may_be_in_capitals(article: Path, arguments: tuple[str, ...]) -> None:
    assert run("build", str(article), *arguments, cwd=article.parent)[0] == 0


def test_json_that_is_no_lines_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"version": 1, "lines": [{"text": "One."}]}, indent=2))

    code, _, err = run("summarize", "a.json", cwd=tmp_path)

    assert code == 1
    assert err.count("\n") == 1
    assert err.startswith("a.json: JSON without articles")


def test_option_from_the_environment_counts(article: Path) -> None:
    _, out, _ = run("build", str(article), "-f", "json", "-o", "-", BRIEFING_BUILD_DATE="2020-02-29")

    assert json.loads(out)["date"] == "2020-02-29"


@pytest.mark.parametrize("name", ["", " ", "../x", "a/b", "a\nb"])
def test_name_that_is_no_files_name_is_wrong_usage(article: Path, name: str) -> None:
    code, _, err = run("build", str(article), "--name", name, cwd=article.parent)

    assert code == 2
    assert err.startswith(f"briefing: --name {name!r} is no file's name")
    assert not (article.parent / "out").exists()


@pytest.mark.parametrize("language", ["German", "de\nx", "e", "!"])
def test_language_that_is_no_code_is_wrong_usage(article: Path, language: str) -> None:
    code, _, err = run("summarize", str(article), "--language", language)

    assert (code, err) == (2, f"briefing: no language code: {language!r}; give one such as en, de or pt-BR\n")


def test_read_of_what_is_no_issue_says_what_is(tmp_path: Path) -> None:
    code, _, err = run("read", "nosuch.json", cwd=tmp_path)

    assert code == 1
    assert err.startswith("briefing: nosuch.json: no such file; an issue is a date")


def test_an_older_issue_built_again_is_not_the_latest(article: Path) -> None:
    for day in ("2026-11-22", "2026-11-20"):
        run("build", article.name, "--date", day, "-f", "json,md", cwd=article.parent)

    latest = json.loads((article.parent / "out/latest.json").read_text(encoding="utf-8"))

    assert latest["date"] == "2026-11-22"
    assert (article.parent / "out/briefing-2026-11-20.json").is_file()


def test_labels_in_a_language_without_them_are_refused(article: Path) -> None:
    (article.parent / "briefing.toml").write_text('[edition]\nlabels = "xx"\n')

    code, _, err = run("build", article.name, cwd=article.parent)

    assert code == 2
    assert "no language of labels called 'xx'" in err


def test_output_that_is_a_link_stays_one(article: Path) -> None:
    (article.parent / "link.md").symlink_to("real.md")

    run("build", article.name, "--date", "2026-11-22", "-o", "link.md", cwd=article.parent)

    assert (article.parent / "link.md").is_symlink()
    assert (article.parent / "real.md").read_text(encoding="utf-8").startswith("# ")


def test_headline_and_lead_agree_where_the_sources_do_not(tmp_path: Path) -> None:
    told = {
        "Gazette": (
            "Twelve killed as ferry sinks off Cape Hale",
            "A ferry sank in a storm off Cape Hale on Friday night, leaving 12 dead, the coast guard said.",
        ),
        "Mirror": (
            "Ferry sinks off Cape Hale, 15 dead",
            "At least 15 people were killed when the ferry sank off Cape Hale, the county hospital said.",
        ),
    }
    rest = " The ferry Maren Sol left Port Ansel at ten. Rescuers searched the sea off Cape Hale all night."
    records = [
        {"id": name, "source": name, "title": title, "text": text + rest, "published": f"2026-11-21T0{hour}:00:00Z"}
        for hour, (name, (title, text)) in enumerate(told.items(), 6)
    ]
    (tmp_path / "ferry.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")

    _, out, _ = run("build", "ferry.jsonl", "--date", "2026-11-22", "-f", "json", "-o", "-", cwd=tmp_path)
    (story,) = json.loads(out)["sections"][0]["stories"]

    assert [value["value"] for value in story["figures"][0]["values"]] == ["12", "At least 15"]
    assert story["lines"][0]["article"] == story["lines"][1]["article"]


def test_render_makes_another_format_of_a_stored_briefing(article: Path) -> None:
    run("build", article.name, "--date", "2026-11-22", "-f", "json,md", cwd=article.parent)

    code, out, _ = run("render", "out/latest.json", "-f", "md", "-o", "-", cwd=article.parent)

    assert code == 0
    assert out == (article.parent / "out/latest.md").read_text(encoding="utf-8")


def test_render_of_something_else_is_refused(article: Path) -> None:
    code, _, err = run("render", str(article))

    assert code == 1
    assert "is no briefing in JSON" in err


def test_read_prints_the_newest_issue_and_older_ones(article: Path) -> None:
    for day in ("2026-11-20", "2026-11-22"):
        run("build", article.name, "--date", day, "-f", "json", cwd=article.parent)

    newest, older = run("read", cwd=article.parent), run("read", "-1", cwd=article.parent)
    by_date, none = run("read", "2026-11-20", cwd=article.parent), run("read", "2026-01-01", cwd=article.parent)

    assert "22 November 2026" in newest[1]
    assert "20 November 2026" in older[1]
    assert by_date == older
    assert none[0] == 1


def test_build_marks_what_is_new_since_earlier_issues(tmp_path: Path) -> None:
    def record(id: str, text: str, title: str) -> str:
        return json.dumps({"id": id, "title": title, "text": text, "published": f"2026-11-2{id[-1]}", "source": id})

    fire = "A fire destroyed the paper mill at Quarnby on Friday night. No one was hurt, the fire brigade said."
    more = (
        "The fire that destroyed the paper mill at Quarnby was set on purpose, police said on Saturday. "
        "Detectives arrested a former night watchman, 43, who is due in court next week."
    )
    other = "Voters in the valley of Ostrey elected their first mayor in a decade. Turnout reached 71 percent."
    (tmp_path / "one.jsonl").write_text(record("a0", fire, "Fire destroys paper mill at Quarnby"))
    (tmp_path / "two.jsonl").write_text(
        "\n".join(
            [
                record("a0", fire, "Fire destroys paper mill at Quarnby"),
                record("b1", more, "Paper mill fire at Quarnby was set on purpose, police say"),
                record("c1", other, "Ostrey elects a mayor"),
            ]
        )
    )

    run("build", "one.jsonl", "--date", "2026-11-20", "-f", "json", cwd=tmp_path)
    _, same, _ = run(
        "build", "one.jsonl", "--date", "2026-11-21", "-f", "json", "-o", "-", "--previous", "out", cwd=tmp_path
    )
    _, out, _ = run(
        "build", "two.jsonl", "--date", "2026-11-21", "-f", "json", "-o", "-", "--previous", "out", cwd=tmp_path
    )

    first = json.loads((tmp_path / "out/latest.json").read_text())["sections"][0]["stories"][0]
    again = json.loads(same)["sections"][0]["stories"][0]
    stories = {story["articles"][0]: story for story in json.loads(out)["sections"][0]["stories"]}
    assert (first["mark"], again["mark"]) == (None, "continuing")
    assert again["id"] == first["id"] == stories["a0"]["id"]
    assert {id: story["mark"] for id, story in stories.items()} == {"a0": "update", "c1": "new"}
    assert {line["article"] for line in stories["a0"]["lines"] if line["role"] != "headline"} == {"b1"}


def test_configuration_in_the_working_directory_is_named(article: Path) -> None:
    (article.parent / "briefing.toml").write_text('[edition]\ntitle = "Harbor News"\nformats = ["md"]\n')

    code, out, err = run("build", article.name, "--date", "2026-11-22", cwd=article.parent)

    assert (code, out) == (0, "out/briefing-2026-11-22.md\n")
    assert "briefing: using ./briefing.toml" in err
    assert "Harbor News" in (article.parent / "out/latest.md").read_text(encoding="utf-8")


def test_mistake_in_the_configuration_is_wrong_usage(article: Path) -> None:
    (article.parent / "briefing.toml").write_text("[editon]\n")

    code, _, err = run("build", article.name, cwd=article.parent)

    assert code == 2
    assert "unknown key 'editon'; did you mean 'edition'?" in err


def test_more_undated_articles_than_allowed_are_refused(article: Path) -> None:
    (article.parent / "briefing.toml").write_text("[limits]\nundated_articles = 1\n")
    (article.parent / "second.txt").write_text(ARTICLE.replace("bridge", "tunnel"), encoding="utf-8")

    code, out, err = run("build", article.name, "second.txt", cwd=article.parent)

    assert (code, out) == (1, "")
    assert "2 articles without a date, more than 1 in one run" in err


def test_closed_pipe_ends_in_silence(article: Path) -> None:
    command = f"{sys.executable} -m briefing summarize {' '.join([str(article)] * 400)} | head -n 1"

    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.count("Broken pipe"), done.stderr.count("Traceback")) == (0, 0, 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_line(article: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefing", "summarize", str(article), "-q"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (1, "briefing: cannot write: No space left on device\n")


def test_interrupt_while_starting_has_no_traceback() -> None:
    code = """
import briefing.cli, briefing.__main__
def interrupted():
    raise KeyboardInterrupt
briefing.cli.main = interrupted
briefing.__main__.main()
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (130, "")


def test_unexpected_error_leaves_a_log_and_no_traceback(article: Path) -> None:
    code = "import briefing.pipeline as p; p.articles = None; from briefing.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", code, "summarize", str(article)], capture_output=True, text=True, check=False
    )

    log = Path(done.stderr.rsplit("details are in ", 1)[1].strip())
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize("method", ["lead", "briefing", "sumy:lex-rank"])
def test_methods_summarize(article: Path, method: str) -> None:
    code, out, err = run("summarize", str(article), "--method", method, "--json", "-n", "2")
    record = json.loads(out)

    assert code == 0, err
    assert record["method"] == method
    assert [each["rank"] for each in record["sentences"]] in ([1, 2], [2, 1])


def test_doctor_tells_what_works() -> None:
    code, out, _ = run("doctor", "--json")
    findings = {record["subject"]: record["state"] for record in map(json.loads, out.splitlines())}

    assert code in (0, 3)
    assert findings["briefing"] == "ok"
    assert (findings["PDF"] == "missing") == (code == 3)


def test_templates_can_be_copied_and_used(article: Path) -> None:
    copied = run("templates", "copy", "daily", "mine", cwd=article.parent)
    built = run("build", article.name, "-t", "mine", "-f", "html", "-o", "a.html", cwd=article.parent)

    assert (copied[0], built[0]) == (0, 0), copied[2] + built[2]
    assert copied[1].splitlines() == sorted(str(each.relative_to(article.parent)) for each in _files(article, "mine"))
    assert (article.parent / "a.html").is_file()


def _files(article: Path, folder: str) -> list[Path]:
    return list((article.parent / folder).iterdir())


SETTLED = """\
mute = ['a "quoted" word']
[edition]
title = "Line one\\nline two, \\u001b and ünï"
[[topics]]
label = "Climate"
words = ["drought"]
[[sources]]
name = "The Example Herald"
drop = ['^Our \\d+ picks']
[profiles."ann b.c"]
edition = { title = "Ann's" }
[[profiles."ann b.c".topics]]
label = "Trains"
words = ["rail"]
[stories]
split = [["a.txt", "b.txt"]]
"""


def test_shown_configuration_is_one_that_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(SETTLED, encoding="utf-8")

    _, shown, _ = run("config", "show", "--config", "first.toml", cwd=tmp_path)
    (tmp_path / "second.toml").write_text(shown, encoding="utf-8")
    first, second = (
        run("config", "show", "--json", "--config", f"{n}.toml", cwd=tmp_path) for n in ("first", "second")
    )

    assert first[0] == 0, first[2]
    assert (second[0], second[1]) == (0, first[1]), second[2]
