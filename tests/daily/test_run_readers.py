"""What a run makes for its readers: files, mail, hooks, and one who does not suffer for another's mistake."""

import sys
from datetime import timedelta

from tests.daily.desk import MAIL, PLAIN, Desk, inbox, issue
from tests.daily.test_month import named
from tests.daily.world import DAY, START, World


def test_one_readers_mistake_does_not_cost_the_others_issue(desk: Desk, world: World) -> None:
    (desk.home / "broken").mkdir()
    (desk.home / "broken" / "briefing.md").write_text("{{ title }\n", encoding="utf-8")
    profiles = '[profiles.ann]\n[profiles.ben]\nedition = { template = "broken" }\n'
    desk.configure(PLAIN + profiles)

    half = desk("run")
    (desk.home / "broken" / "briefing.md").write_text("{{ page.title }}\n", encoding="utf-8")
    whole = desk("run", now=START + timedelta(hours=1))

    assert half.code == 3
    assert half.out.startswith("ann 2026-11-02: ")
    assert half.err.startswith("ben: broken")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.splitlines()[0] == "ann 2026-11-02: nothing new since 2026-11-02 07:00, 3 feeds"
    assert whole.out.splitlines()[1].startswith("ben 2026-11-02: ")
    assert named(issue(desk, "ben-latest")) == named(issue(desk, "ann-latest"))


def test_where_every_reader_fails_nothing_is_written(desk: Desk, world: World) -> None:
    (desk.home / "out").write_text("in the way", encoding="utf-8")

    failed = desk("run")

    assert (failed.code, failed.out) == (1, "")
    assert failed.err.startswith("briefing: cannot write out/")
    (desk.home / "out").unlink()
    assert desk("run", now=START + timedelta(hours=1)).code == 0
    assert named(issue(desk))


def test_each_reader_gets_one_mail_a_day(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL)

    first = desk("run")
    world.serve(1)
    again = desk("run", now=START + timedelta(hours=9))
    world.serve(2)
    second = desk("run", now=START + 2 * DAY)

    assert first.out.endswith("; sent to 2\n")
    assert again.code == 0
    assert "sent" not in again.out
    assert second.out.endswith("; sent to 2\n")
    assert inbox(desk) == [
        (f"{name}@example.org", f"Daily Briefing, {day}")
        for name in ("ann", "ben")
        for day in ("Monday, 2 November 2026", "Wednesday, 4 November 2026")
    ]


def test_no_send_mails_nothing_also_later(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL)

    answer = desk("run", "--no-send")
    desk("run", now=START + timedelta(hours=1))

    assert answer.code == 0
    assert "sent" not in answer.out
    assert inbox(desk) == []


def test_mail_that_does_not_go_out_is_told_and_goes_with_the_next_run(desk: Desk, world: World) -> None:
    (desk.home / "mail").write_text("in the way", encoding="utf-8")
    desk.configure(PLAIN + MAIL)

    failed = desk("run")
    (desk.home / "mail").unlink()
    later = desk("run", now=START + timedelta(hours=1))

    assert failed.code == 5
    assert failed.out.endswith("; sent to 0\n")
    assert "2 messages wait in the outbox" in failed.err
    assert named(issue(desk))
    assert later.code == 4
    assert len(inbox(desk)) == 2


def test_a_mistake_in_the_mails_configuration_is_told_before_anything_is_read(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL.replace("maildir:mail", "carrier:pigeon"))

    refused = desk("run")

    assert refused.code == 2
    assert refused.err.startswith("briefing: no way out called 'carrier'")
    assert not world.server.asked


def test_hooks_see_the_files_of_an_issue_that_is_committed(desk: Desk, world: World) -> None:
    look = desk.home / "look.py"
    look.write_text(
        "import json, sqlite3, sys\n"
        "state = sqlite3.connect(sys.argv[2]).execute('SELECT state FROM issue_records').fetchall()\n"
        "print(json.load(open(sys.argv[1]))['date'], state)\n",
        encoding="utf-8",
    )
    archive = desk.home / "data" / "briefing" / "archive.db"
    desk.configure(PLAIN + f'[hooks]\nafter = [["{sys.executable}", "{look}", "{{json}}", "{archive}"], ["false"]]\n')

    answer = desk.really("run")

    assert answer.code == 3
    assert "2026-11-02 [('committed',)]" in answer.err
    assert "hook false: ended with exit code 1" in answer.err
    assert desk.ask("SELECT state FROM issue_records") == [("done",)]


def test_a_readers_issue_can_be_read_and_mailed_by_its_name(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + MAIL + '[profiles.ann]\nedition = { title = "For Ann" }\nto = ["ann@example.org"]\n')
    desk("run")

    read, sent = desk("read", "--profile", "ann"), desk("send", "--profile", "ann")

    assert read.out.startswith("For Ann")
    assert sent.code == 0
    assert sent.out.startswith("sent ann@example.org (before, on ")
    assert [recipient for recipient, _ in inbox(desk)] == ["ann@example.org"]


def test_files_go_where_and_as_the_options_say(desk: Desk, world: World) -> None:
    desk("run", "-f", "txt,json", "-o", "elsewhere/")
    several = PLAIN + "[profiles.a]\n[profiles.b]\n"

    assert sorted(path.name for path in (desk.home / "elsewhere").iterdir()) == [
        "briefing-2026-11-02.json",
        "briefing-2026-11-02.txt",
        "index.html",
        "latest.json",
        "latest.txt",
    ]
    assert desk("run", "-o", "-").code == 2
    desk.configure(several)
    assert "one file for 2 readers" in desk("run", "-o", "a.json").err
    desk.configure(PLAIN + '[profiles."a/b"]\n')
    assert "no file can be called so" in desk("run").err


def test_an_issue_without_json_is_read_from_the_archive(desk: Desk, world: World) -> None:
    desk.configure('[edition]\nformats = ["md"]\n[profiles.ann]\nedition = { title = "Ann" }\n')
    none = desk("read", "--profile", "ann")
    desk("run")
    world.serve(1)
    desk("run", now=START + DAY)

    newest = {desk("read", each, "--profile", "ann", now=START + DAY).out for each in ("latest", "today", "2026-11-03")}
    before = {desk("read", each, "--profile", "ann", now=START + DAY).out for each in ("-1", "yesterday")}
    other = desk("read", "2026-11-05", "--profile", "ann")

    assert (none.code, none.err[: none.err.index(";")]) == (1, "briefing: no issue of ann in out/")
    assert [page.splitlines()[1].split(" · ")[0] for page in newest] == ["Tuesday, 3 November 2026"]
    assert [page.splitlines()[1].split(" · ")[0] for page in before] == ["Monday, 2 November 2026"]
    assert (other.code, other.err[: other.err.index(";")]) == (1, "briefing: no issue 2026-11-05 of ann in out/")


def test_the_first_profile_ends_the_issue_for_everybody_and_a_run_says_so_once(desk: Desk, world: World) -> None:
    said = (
        "briefing: the issue for everybody ends with that of 2026-11-02: where there are profiles, a run makes theirs "
        "alone; an empty [profiles.NAME] in briefing.toml keeps it, under that name\n"
    )
    before = desk("run")
    desk.configure(PLAIN + "[profiles.ann]\n")
    world.serve(1)

    rehearsed, first = (desk("run", *options, now=START + DAY) for options in (["--dry-run"], []))
    world.serve(2)
    second = desk("run", now=START + 2 * DAY)

    assert (before.err, rehearsed.err, first.err, second.err) == ("", said, said, "")
    assert (rehearsed.code, first.code, second.code) == (0, 0, 0)


def test_profiles_from_the_start_end_nothing(desk: Desk, world: World) -> None:
    desk.configure(PLAIN + "[profiles.ann]\n")

    assert desk("run").err == ""
