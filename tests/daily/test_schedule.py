"""The lines for systemd and cron, read by systemd's own checker, run as cron runs them, and installed."""

import os
import plistlib
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import cli
from briefing.commands import _schedule_cron, _schedule_launchd, _schedule_systemd
from briefing.commands._schedule import Job, parse_time
from briefing.errors import UsageError

ODD = """it's 100% "$HOME" \\ `id` ; # ä"""

Call = Callable[..., Result]


def job(*arguments: str, folder: str | None = None, **environment: str) -> Job:
    return Job("briefing", arguments, folder, environment, 6, 5)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with stand-ins for the programs that would change the machine's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    program(tmp_path / "bin" / "systemctl", 'echo "$@" >>"$HOME/called"')
    program(tmp_path / "bin" / "crontab", 'if [ "$1" = -l ]; then cat "$HOME/tab"; else cat >"$HOME/tab"; fi')
    return tmp_path


@pytest.fixture
def schedule(home: Path) -> Call:
    """Call `briefing schedule`."""
    return lambda *arguments: CliRunner().invoke(cli, ["schedule", *arguments], catch_exceptions=False)


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def as_cron_runs(line: str, home: Path) -> str:
    """Return what a line of a crontab prints: five fields, then a command for sh with next to nothing around it."""
    command = line.split(" ", 5)[5]
    unescaped = re.sub(r"\\%|%", lambda found: "%" if found[0] == "\\%" else "\n", command)
    done = subprocess.run(
        ["/bin/sh", "-c", unescaped.partition("\n")[0]],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", ["plain", ODD], ids=["plain", "odd"])
def test_systemd_finds_nothing_wrong(home: Path, name: str) -> None:
    folder = home / name
    folder.mkdir()
    script = program(folder / "briefing", "exit 0")
    own = job(str(script), "run", "-c", ODD, folder=str(folder), PATH=f"{ODD}:/usr/bin")
    for path, content in _schedule_systemd.files(own).items():
        (home / path.name).write_text(content, encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(home / "briefing.timer"), str(home / "briefing.service")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{home}:"},
    )

    assert "briefing" not in done.stderr + done.stdout
    assert done.returncode == 0


def test_a_unit_says_words_that_systemd_reads_back() -> None:
    """Quotes, backslashes, percent signs and dollars: systemd.syntax(7), systemd.unit(5), systemd.service(5)."""
    unit = _schedule_systemd.service(job("/opt/a b/briefing", "run", "-c", ODD, PATH=ODD))

    command = re.search("^ExecStart=(.*)$", unit, re.MULTILINE)
    variable = re.search("^Environment=(.*)$", unit, re.MULTILINE)

    assert command is not None
    assert variable is not None
    assert [word.replace("$$", "$") for word in as_systemd_reads(command[1])] == ["/opt/a b/briefing", "run", "-c", ODD]
    assert not re.search(r"(?<!\$)\$(?!\$)", command[1])
    assert as_systemd_reads(variable[1]) == [f"PATH={ODD}"]
    assert "SuccessExitStatus=3 4\n" in unit


def as_systemd_reads(value: str) -> list[str]:
    """Return the words of a value, quotes and specifiers resolved; no bare percent sign may be left."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    assert not re.search("(?<!%)%(?!%)", value)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]


def test_the_timer_catches_up() -> None:
    timer = _schedule_systemd.timer(job("/bin/briefing"))

    assert "OnCalendar=*-*-* 06:05:00\n" in timer
    assert "Persistent=true\n" in timer


def test_a_profile_names_the_unit() -> None:
    assert _schedule_systemd.unit_name("briefing-ann") == "briefing-ann"
    assert _schedule_systemd.unit_name("briefing-Ann B/ä") == r"briefing-Ann\x20B\x2f\xc3\xa4"


@pytest.mark.parametrize("name", ["plain", ODD], ids=["plain", "odd"])
def test_cron_runs_what_was_meant(home: Path, name: str) -> None:
    folder = home / name.replace("/", "")
    folder.mkdir()
    script = program(folder / "briefing", 'printf "%s\\n" "$PWD" "$XDG_DATA_HOME" "$@"')

    line = _schedule_cron.line(job(str(script), "run", "-c", ODD, folder=str(folder), XDG_DATA_HOME=ODD))

    assert line.startswith("5 6 * * * ")
    assert as_cron_runs(line, home).splitlines() == [str(folder), ODD, "run", "-c", ODD, "-q"]


def test_cron_gets_the_real_program(home: Path, schedule: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that is printed starts this program, whatever folder and environment: here it says its version."""
    monkeypatch.setattr(sys, "argv", [str(Path(sys.executable).parent / "briefing"), "schedule"])

    line = schedule("--cron").stdout.splitlines()[1]

    assert line.startswith("30 6 * * * ")
    assert line.endswith(" run -q")
    assert as_cron_runs(line.removesuffix("run -q") + "--version", home).startswith("briefing, version ")


def test_the_line_is_absolute_and_knows_its_folder_where_the_configuration_lies_there(
    home: Path, schedule: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    elsewhere = home / "elsewhere.toml"
    elsewhere.write_text(f'[output]\ndirectory = "{home}/out"\n', encoding="utf-8")

    relative, absolute = schedule("--cron").stdout, schedule("--cron", "-c", "elsewhere.toml").stdout

    assert f"* * * cd {home} && PATH=" in relative
    assert "cd " not in absolute
    assert absolute.endswith(f" run -c {elsewhere} -q\n")


def test_a_folder_stands_once_in_the_path(home: Path, schedule: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/opt/x/bin:/usr/bin:/bin:/opt/x/bin:/usr/local/bin:/usr/bin")

    assert " PATH=/opt/x/bin:/usr/bin:/bin:/usr/local/bin " in schedule("--cron").stdout
    assert '"PATH=/opt/x/bin:/usr/bin:/bin:/usr/local/bin"' in schedule("--systemd").stdout


def test_installing_for_systemd_writes_the_units_and_starts_the_timer(home: Path, schedule: Call) -> None:
    result = schedule("--systemd", "--install", "--at", "7:15")

    units = home / ".config" / "systemd" / "user"
    assert result.exit_code == 0
    assert sorted(path.name for path in units.iterdir()) == ["briefing.service", "briefing.timer"]
    assert "OnCalendar=*-*-* 07:15:00" in (units / "briefing.timer").read_text(encoding="utf-8")
    assert (home / "called").read_text(encoding="utf-8").splitlines() == [
        "--user daemon-reload",
        "--user enable --now briefing.timer",
    ]
    assert "every day at 07:15" in result.stdout


def test_installing_for_cron_replaces_its_own_line_and_leaves_the_others(home: Path, schedule: Call) -> None:
    (home / "tab").write_text("# mine\n0 * * * * true 50\\%\n", encoding="utf-8")

    schedule("--cron", "--install", "--at", "7:15")
    schedule("--cron", "--install", "--at", "8:20")

    lines = (home / "tab").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# mine", "0 * * * * true 50\\%", "# briefing: the daily briefing"]
    assert len(lines) == 4
    assert lines[3].startswith("20 8 * * * ")


def test_a_scheduler_that_refuses_is_one_sentence(home: Path, schedule: Call) -> None:
    program(home / "bin" / "systemctl", 'echo "Failed to connect to bus" >&2; exit 1')

    done = subprocess.run(
        [sys.executable, "-m", "briefing", "schedule", "--systemd", "--install"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "briefing: systemctl --user daemon-reload: Failed to connect to bus\n"


def test_launchd_gets_a_property_list() -> None:
    read = plistlib.loads(_schedule_launchd.text(job("/bin/briefing", ODD, folder="/a b", PATH=ODD)).encode())

    assert read["ProgramArguments"] == ["/bin/briefing", ODD]
    assert read["EnvironmentVariables"] == {"PATH": ODD}
    assert read["StartCalendarInterval"] == {"Hour": 6, "Minute": 5}
    assert read["WorkingDirectory"] == "/a b"


def test_secrets_are_not_written(home: Path, schedule: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:hidden-word@proxy.example")
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("BRIEFING_MAIL_PASSWORD", "hidden-word")

    result = schedule("--systemd")

    assert "hidden-word" not in result.stdout
    assert 'Environment="http_proxy=http://proxy.example:3128"' in result.stdout
    assert "BRIEFING_MAIL_PASSWORD" in result.stderr


@pytest.mark.parametrize("text", ["24:00", "6", "06:60", "noon", "٠٦:٣٠"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no time of day; give one such as 06:30"):
        parse_time(text)


def test_what_would_end_a_line_is_refused(home: Path, schedule: Call) -> None:
    with pytest.raises(UsageError, match="cannot be written into a schedule"):
        schedule("--cron", "-c", str(named_over_two_lines(home)))


def named_over_two_lines(home: Path) -> Path:
    file = home / "a\nb.toml"
    file.write_text("", encoding="utf-8")
    return file
