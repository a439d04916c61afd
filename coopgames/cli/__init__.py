"""The command line. One file a command; a command is loaded when it is called."""

from __future__ import annotations

import sys

import click

from coopgames import __version__
from coopgames.cli.lazy import Lazy
from coopgames.mistakes import Mistake

SECTIONS = {
    "Experiments": {
        "run": "Run an experiment: a shipped one, or your own TOML file.",
        "report": "Write the report of a folder of results.",
        "plot": "Draw a figure of a folder of results.",
        "compare": "Say what a regime does: with it, without it, channel by channel.",
        "tournaments": "List the shipped experiments, or copy one to change it.",
        "spread": "Say which strategies would spread if success is copied.",
        "invade": "Say who takes over whom in a finite population.",
    },
    "Matches and histories": {
        "match": "Work out what a match comes to: payoffs, outcome, emergence.",
        "play": "Watch a match period by period.",
        "reply": "Find the best reply to a strategy, or to a whole tournament.",
        "read": "Read a history from outside: what it was, when, and how.",
    },
    "Games and strategies": {
        "games": "List the named games, show, solve, convert or draw them.",
        "classify": "Say whether a game is harmony, mixed or opposed interests.",
        "strategies": "List the strategies, show one, or take its fingerprint.",
        "regimes": "List the regimes, show one, or compare one with what followed it.",
    },
    "Your own strategy, and a class": {
        "new": "Begin a strategy of your own: a file, or a package to share.",
        "check": "Check that a strategy keeps to the rules; explain what fails.",
        "class": "Play what a class handed in: a folder or zip of strategies.",
    },
    "Setting up": {
        "schema": "Print the JSON Schema of experiment files, for editors.",
        "doctor": "Check the installation, and say what to do.",
    },
}
"""What each command does, known without loading it, so that --help is instant."""


@click.group(
    cls=Lazy,
    package="coopgames.cli",
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
        said = error.format_message()
        if "\n" not in said:
            sys.exit(_say(said, 2))
        error.show()  # a group without a command: its help
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
