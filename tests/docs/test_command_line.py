"""The reference of the command line names every command and every option, and no others."""

import re
from pathlib import Path

import click
import pytest

from coopgames.cli import coopgames

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
SECTIONS: dict[str, str] = dict(
    re.findall(
        r"^## coopgames (\S+)[^\n]*\n(.*?)(?=^## |\Z)",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
EVERYWHERE = {"-h", "--help"}


def commands_below(command: click.Command) -> dict[str, click.Command]:
    """Give the commands of a group, loaded; none for a command."""
    if not isinstance(command, click.Group):
        return {}
    context = click.Context(command)
    found = {name: command.get_command(context, name) for name in command.list_commands(context)}
    return {name: below for name, below in found.items() if below is not None}


def options(command: click.Command) -> set[str]:
    """Give the options of a command and of those below it."""
    own = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    return own.union(*map(options, commands_below(command).values())) - EVERYWHERE


def test_every_command_has_its_section() -> None:
    assert list(SECTIONS) == list(coopgames.summaries)


@pytest.mark.parametrize("name", list(coopgames.summaries))
def test_every_option_is_there(name: str) -> None:
    command = coopgames.get_command(click.Context(coopgames), name)
    assert command is not None
    rows = re.findall(r"^\| (`-.*?) \|", SECTIONS[name], re.MULTILINE)
    written = {o for row in rows for o in re.findall(r"`(--?[a-z-]+)", row)}
    assert written == options(command)
    for below in commands_below(command):
        assert f"`coopgames {name} {below}" in SECTIONS[name]
