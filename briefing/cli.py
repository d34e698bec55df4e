"""The Click group: commands loaded when they are asked for, errors turned into one line and an exit code.

Exit codes: 0 done; 1 failed, nothing written; 2 wrong usage or configuration; 3 written, but something asked for is
missing; 4 nothing found; 5 written, delivery failed; 130 interrupted. A closed pipe ends in silence.
"""

import importlib
import os
import sys

import click

from briefing import __version__
from briefing.errors import BriefingError
from briefing.parts import unknown

# Heading -> command -> its line in the list. The lines stand here so that `--help` imports no command; a test holds
# them against the commands' own docstrings.
COMMANDS = {
    "Make": {
        "build": "Make today's briefing from articles.",
        "summarize": "Summarize single articles.",
        "render": "Render a stored briefing in another format.",
        "demo": "Make a briefing from the sample articles.",
    },
    "Every day": {
        "init": "Set up: a configuration and a list of feeds.",
        "feeds": "Add, remove, list and check the feeds.",
        "run": "Read the feeds, make today's briefing, and mail it.",
        "fetch": "Read the feeds into the archive.",
        "send": "Mail an issue to each reader once.",
        "schedule": "Print or install what runs the briefing every day.",
    },
    "Read": {
        "read": "Read a briefing in the terminal.",
        "search": "Find articles in the archive.",
        "timeline": "Show one story's dated sentences over several issues.",
    },
    "Check": {
        "why": "Say why a story stands where it stands.",
        "trace": "Show a printed line in its source's paragraph.",
        "verify": "Hold every line of a briefing against its source.",
        "doctor": "Tell what works on this machine and what to do.",
    },
    "Look inside": {
        "extract": "Show the article without its furniture.",
        "sentences": "Show where the sentences stand.",
        "stories": "Show which articles tell one story.",
        "methods": "List the ways to choose sentences.",
        "templates": "List or copy the templates.",
        "archive": "Fill, prune, check and export the archive.",
        "config": "Show the configuration in force.",
    },
}

FIRST_STEPS = """\
Four first steps:

  briefing demo             a briefing from the sample articles, in out/
  briefing read             the newest briefing, here in the terminal
  briefing build FOLDER     one of your own articles: text, web pages, mail, feeds
  briefing init             one every morning, from the feeds you name

`briefing --help` lists every command, `briefing doctor` tells what works on this machine.
"""


class _ClosedPipe(Exception):
    """A closed pipe under a name that click does not know: what it knows it ends with exit code 1."""


class Commands(click.Group):
    """The group of all commands, each in a file of its own under `commands/`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"briefing.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the nearest name."""
        if args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise unknown("command", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ClosedPipe from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings."""
        for heading, commands in COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="briefing")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn a pile of articles into a short daily briefing that a person can trust.

    Every line is a sentence that its source printed. Works offline, without a key and without a language model.
    """
    if context.invoked_subcommand is None:
        click.echo(FIRST_STEPS, nl=False)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        code = cli.main(arguments, prog_name="briefing", auto_envvar_prefix="BRIEFING", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        code = error.exit_code
    except (BrokenPipeError, _ClosedPipe):
        _drop_output()
        code = 0
    except Exception as error:
        code = _unexpected(error)
    sys.exit(code if isinstance(code, int) else 0)


def _drop_output() -> None:
    """Throw away what stdout still holds: Python writes it once more at exit, which would print a second error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> int:
    """Keep the traceback in a log file and tell the user what happened and where it is."""
    import errno
    import tempfile
    import traceback

    if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # there may be no room for a log either
        click.echo(f"briefing: cannot write: {error.strerror}", err=True)
        _drop_output()
        return 1

    with tempfile.NamedTemporaryFile("w", prefix="briefing-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    text = " ".join(str(error).split())[:200]
    click.echo(f"briefing: unexpected error: {type(error).__name__}: {text}; details are in {log.name}", err=True)
    return 1
