"""The documents say what the program does: every command's help, the configuration, the Python example."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from briefing.cli import COMMANDS, cli
from briefing.config import parse_config

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
HELP = re.compile(r"(?<=<!-- help -->\n).*(?=<!-- /help -->)", re.DOTALL)


def invocations() -> list[list[str]]:
    """Return the words of every command and subcommand."""
    found = []
    for name in (name for commands in COMMANDS.values() for name in commands):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        found.append([name])
        if isinstance(command, click.Group):
            found += [[name, below] for below in command.commands]
    return found


def help_of(words: list[str]) -> str:
    result = CliRunner().invoke(cli, [*words, "--help"], prog_name="briefing", terminal_width=96)
    assert result.exit_code == 0, result.output
    return result.output


def help_section() -> str:
    blocks = [
        f"```console\n$ {' '.join(['briefing', *words, '--help'])}\n{help_of(words)}```\n"
        for words in [[], *invocations()]
    ]
    return "\n".join(blocks)


def test_readme_has_the_help_of_every_command(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        README.write_text(HELP.sub(lambda _: help_section(), text), encoding="utf-8")
        text = README.read_text(encoding="utf-8")

    found = HELP.search(text)

    assert found is not None
    assert found[0] == help_section(), "run `pytest tests/test_readme.py --update-golden` and read the difference"


@pytest.mark.parametrize("document", ["README.md", "DESIGN.md"])
def test_documents_count_the_lists_of_abbreviations_that_there_are(document: str) -> None:
    lists = list((ROOT / "briefing" / "text" / "abbreviations").glob("*.txt"))

    assert f"with the abbreviations of {len(lists)} languages" in (ROOT / document).read_text(encoding="utf-8")


def test_list_of_commands_says_what_each_command_says_of_itself() -> None:
    listed = {name: line for commands in COMMANDS.values() for name, line in commands.items()}

    own = {name: (cli.get_command(click.Context(cli), name) or cli).get_short_help_str(100) for name in listed}

    assert own == listed


def test_configuration_in_the_readme_is_accepted() -> None:
    import tomllib

    block = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None

    config = parse_config(tomllib.loads(block[1]), "README.md")

    assert config.profiles["ann"].edition["minutes"] == 3


def test_python_in_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    block = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    names: dict[str, object] = {}

    exec(block[1], names)

    page = names["page"]
    assert isinstance(page, bytes)
    assert b"</html>" in page


def test_links_of_the_documents_lead_to_files() -> None:
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?://|#)([^)]+)\)", document.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{document.name}: {target}"
