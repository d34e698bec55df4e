"""The scripts in copies of their folder, with a Python that plays `venv` and `pip`: no network, no real installation.

Here stands when they set up, when not, and what they say; what they install is tried on bare machines.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file())
PUBLIC = [path for path in SCRIPTS if not path.name.startswith("_")]

Environment = dict[str, str]

# Answers `-c` as Python does; makes an environment of itself and a command that shows its folder and arguments; counts
# what pip is asked for. PIP_FAILS makes pip fail as it does without a network, PIP_KILLS ends the script meanwhile.
PLAYED_PYTHON = f"""\
#!/bin/sh
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
        printf '#!/bin/sh\\necho "$PWD"; printf "<%%s>" "$@"\\n' >"$3/bin/briefing"; chmod +x "$3/bin/briefing" ;;
    "-m pip") [ "$3" = --version ] || echo "$*" >>"$PIP_LOG"; [ -z "${{PIP_FAILS:-}}" ] || exit 1
        [ -z "${{PIP_KILLS:-}}" ] || kill -9 $PPID ;;
    "-m benchmarks."*) echo "$2 of $3" ;;
    "-V "*) echo "Python 3.11.2" ;;
    *) [ "$1" = -c ] && case $2 in *os.path.realpath*) echo "$0" ;; *) exec {sys.executable} "$@" ;; esac ;;
esac
"""


class Clone:
    """A folder with the scripts, and the played Python to set it up with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder.parent / "my tools" / "python3"
        self.pip_log = folder.parent / "pip.log"
        shutil.copytree(ROOT / "script", folder / "script")
        (folder / "pyproject.toml").write_text("[project]\n")
        self.python.parent.mkdir()
        self.python.write_text(PLAYED_PYTHON)
        self.python.chmod(0o755)

    def start(
        self,
        *arguments: str,
        script: Path | None = None,
        cwd: Path | None = None,
        environment: Environment | None = None,
    ) -> subprocess.Popen[str]:
        """Start script/briefing (or another path to it)."""
        own = {"BRIEFING_PYTHON": str(self.python), "BRIEFING_NO_APT": "1", "PIP_LOG": str(self.pip_log)}
        return subprocess.Popen(
            [script or self.folder / "script" / "briefing", *arguments],
            cwd=cwd or self.folder.parent,
            env={**os.environ, **own, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        *arguments: str,
        script: Path | None = None,
        cwd: Path | None = None,
        environment: Environment | None = None,
    ) -> tuple[int, str, str]:
        """Run it and return exit code, output and messages."""
        process = self.start(*arguments, script=script, cwd=cwd, environment=environment)
        output, messages = process.communicate(timeout=30)
        return process.returncode, output, messages

    def installations(self) -> int:
        """Return how often pip was asked for the package."""
        return self.pip_log.read_text().count("--editable") if self.pip_log.exists() else 0


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "a clone")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_says_in_its_first_line_what_it_is_for(script: Path) -> None:
    lines = [line for line in script.read_text().splitlines() if not line.startswith("#!")]

    assert lines[0].startswith("# ")
    assert lines[0].endswith((".", ";", ",")) or len(lines[0]) > 60


@pytest.mark.parametrize("script", PUBLIC, ids=lambda path: path.name)
def test_public_script_can_be_run(script: Path) -> None:
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_written_for_any_shell(script: Path) -> None:
    checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)

    assert checked.stderr == ""


def test_first_call_sets_up_and_runs_the_command_where_the_user_is(clone: Clone, tmp_path: Path) -> None:
    elsewhere = tmp_path / "somewhere else"
    elsewhere.mkdir()

    code, output, messages = clone.run("build", "two words", cwd=elsewhere)

    assert (code, output) == (0, f"{elsewhere}\n<build><two words>")
    assert all(line.startswith("briefing: ") for line in messages.splitlines())
    assert clone.installations() == 1


def test_later_call_installs_nothing_and_says_nothing(clone: Clone) -> None:
    clone.run()

    code, _, messages = clone.run("doctor")

    assert (code, messages, clone.installations()) == (0, "", 1)


def test_set_up_for_the_tests_serves_the_program_too(clone: Clone) -> None:
    clone.run(script=clone.folder / "script" / "test")

    _, _, messages = clone.run("doctor")

    assert (messages, clone.installations()) == ("", 1)


def test_call_through_a_link_finds_its_clone(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "today"
    link.symlink_to("../a clone/script/briefing")

    code, output, _ = clone.run("read", script=link)

    assert (code, output) == (0, f"{tmp_path}\n<read>")


def test_changed_requirements_are_installed_again(clone: Clone) -> None:
    clone.run()
    (clone.folder / "pyproject.toml").write_text("[project]\nname = 'another'\n")

    clone.run()

    assert clone.installations() == 2


def test_moved_clone_is_set_up_again(clone: Clone, tmp_path: Path) -> None:
    clone.run()
    clone.folder.rename(tmp_path / "moved")
    clone.folder = tmp_path / "moved"

    code, _, messages = clone.run()

    assert code == 0
    assert f"setting up {tmp_path}/moved/.venv" in messages
    assert clone.installations() == 2


def test_failed_set_up_is_not_believed_complete(clone: Clone) -> None:
    code, output, messages = clone.run(environment={"PIP_FAILS": "1"})

    assert (code, output) == (1, "")
    assert "pip could not install the packages" in messages
    assert not (clone.folder / ".venv" / "setup" / "run").exists()
    assert clone.run()[0] == 0


def test_killed_set_up_is_done_again(clone: Clone) -> None:
    killed, _, _ = clone.run(environment={"PIP_KILLS": "1"})

    code, output, messages = clone.run("doctor")

    assert (killed, code) == (-9, 0)
    assert output.endswith("<doctor>")
    assert "waiting" not in messages


def test_environment_that_a_user_made_is_kept(clone: Clone) -> None:
    own = clone.folder / ".venv" / "lib" / "own-package"
    subprocess.run([clone.python, "-m", "venv", clone.folder / ".venv"], check=True)
    own.mkdir(parents=True)

    code, _, _ = clone.run()

    assert (code, own.exists(), clone.installations()) == (0, True, 1)


def test_calls_at_the_same_time_set_up_once(clone: Clone) -> None:
    calls = [clone.start("doctor") for _ in range(3)]

    outputs = [call.communicate(timeout=30)[0] for call in calls]

    assert outputs == [f"{clone.folder.parent}\n<doctor>"] * 3
    assert clone.installations() == 1


def test_old_python_is_named_in_one_sentence(clone: Clone) -> None:
    clone.python.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" || exit 1\n')

    code, _, messages = clone.run(environment={"PATH": f"{clone.python.parent}:{os.environ['PATH']}"})

    assert code == 1
    assert messages == (
        "briefing: needs Python 3.11 or newer, found Python 3.9.2; "
        "install a newer python3, or name one with BRIEFING_PYTHON=/path/to/python3\n"
    )


def test_missing_venv_module_names_the_package(clone: Clone) -> None:
    played = clone.python.read_text().replace("*os.path", "*ensurepip*) exit 1 ;; *os.path")
    clone.python.write_text(played)

    code, _, messages = clone.run()

    assert code == 1
    assert "has no venv module; install it with: apt-get install python3-venv" in messages


def play_system(clone: Clone, user: int) -> Environment:
    """Return the environment of a Debian without Pango, where apt brings one package and writes down what it did."""
    folder = clone.folder.parent / "system"
    folder.mkdir()
    programs = {
        "id": f"echo {user}",
        "apt-get": """echo "$*" >>"$APT_LOG"
            for each; do case $each in Dir::Cache=*) touch "${each#*=}/archives/pango.deb" ;; esac; done""",
        "dpkg-deb": 'mkdir -p "$3/usr/lib" && touch "$3/usr/lib/libpango-1.0.so.0"',
    }
    for name, body in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    clone.python.write_text(clone.python.read_text().replace("*os.path", "*ctypes*) exit 1 ;; *os.path"))
    return {"PATH": f"{folder}:{os.environ['PATH']}", "APT_LOG": str(folder / "apt.log"), "BRIEFING_NO_APT": ""}


def test_root_gets_pango_by_apt_after_the_line_is_printed(clone: Clone) -> None:
    system = play_system(clone, user=0)

    code, _, messages = clone.run(environment=system)

    assert code == 0
    assert "briefing: apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in messages
    assert "install libpango-1.0-0" in Path(system["APT_LOG"]).read_text()


def test_ordinary_user_gets_pango_unpacked_beside_the_packages(clone: Clone) -> None:
    code, _, messages = clone.run(environment=play_system(clone, user=1000))

    pango = clone.folder / ".venv" / "pango"
    assert code == 0
    assert f"unpacking into {pango}" in messages
    assert (pango / "usr/lib/libpango-1.0.so.0").exists()
    assert f"<dir>{pango}/usr/share/fonts</dir>" in (pango / "etc/fonts/fonts.conf").read_text()


def test_without_apt_one_sentence_says_what_the_pdf_needs(clone: Clone) -> None:
    system = play_system(clone, user=0) | {"BRIEFING_NO_APT": "1"}

    code, output, messages = clone.run("demo", environment=system)

    needs = [line for line in messages.splitlines() if "Pango" in line]
    assert (code, output.endswith("<demo>"), len(needs)) == (0, True, 1)
    assert "apt-get install libpango-1.0-0" in needs[0]


@pytest.fixture
def tables(clone: Clone) -> Clone:
    """Return a clone with two tables of quality and one of speed."""
    (clone.folder / "benchmarks").mkdir()
    for name in ("_read", "stories", "summaries", "speed"):
        (clone.folder / "benchmarks" / f"{name}.py").touch()
    return clone


@pytest.mark.parametrize(("script", "run"), [("quality", ["stories", "summaries"]), ("bench", ["speed"])])
def test_benchmark_script_runs_the_tables_of_its_kind(
    tables: Clone, script: str, run: list[str], tmp_path: Path
) -> None:
    code, output, _ = tables.run(".", script=tables.folder / "script" / script)

    assert code == 0
    assert output.split("\n")[2::3] == [f"benchmarks.{name} of {tmp_path}" for name in run]


def test_benchmark_script_asks_for_the_data(tables: Clone) -> None:
    code, _, messages = tables.run("nowhere", script=tables.folder / "script" / "quality")

    assert code == 1
    assert messages == (
        "briefing: usage: script/quality DATA [TABLE...]; DATA is a folder; tables: stories summaries \n"
    )


def test_benchmark_script_refuses_an_unknown_table_before_any_set_up(tables: Clone) -> None:
    code, _, messages = tables.run(".", "story", script=tables.folder / "script" / "quality")

    assert (code, tables.installations()) == (1, 0)
    assert messages == "briefing: no table called 'story'; choose one of: stories summaries \n"
