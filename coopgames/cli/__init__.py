"""The command line. One file a command; a command is loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from coopgames import __version__
from coopgames.mistakes import Mistake

COMMANDS = {
    "run": "Run an experiment: a shipped one by name, or your own TOML file.",
    "report": "Write the report of a folder of results.",
    "plot": "Draw a figure of a folder of results.",
    "match": "Play two strategies against each other.",
    "reply": "Find the best reply to a strategy, and what it is worth.",
    "classify": "Say whether a game is harmony, mixed or opposed interests.",
    "strategies": "List the strategies, or show one.",
    "games": "List the named games, or show one.",
    "tournaments": "List the shipped experiments, or copy one to change it.",
    "schema": "Print the JSON Schema of experiment files, for editors.",
    "doctor": "Check the installation: what is there, what is missing, what to do.",
}
"""What each command does, known without loading it, so that --help is instant."""


class _Lazy(click.Group):
    """Commands by the name of their module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"coopgames.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from coopgames.mistakes import unknown

        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise Mistake(unknown("command", args[0], COMMANDS))
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopgames")
def coopgames() -> None:
    """Experiments on harmony, cooperation and discord.

    Given what actors face, how they decide and what they expect of each other: does policy
    coordination emerge, when, and does it last?
    """


def main() -> None:
    """Run the command line; a user's mistake is one clear line and exit code 2."""
    # What is printed has characters that a legacy console encoding lacks.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        coopgames.main(standalone_mode=False)
    except Mistake as mistake:
        sys.exit(_say(str(mistake), 2))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(_say("interrupted", 130))
    except BrokenPipeError:
        # Whoever read the output has gone; closing stderr too keeps Python from saying so.
        sys.stderr.close()
        sys.exit(0)


def _say(line: str, code: int) -> int:
    click.echo(f"coopgames: {line}", err=True)
    return code
