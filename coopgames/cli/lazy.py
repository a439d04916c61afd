"""Groups of commands that load a command only when it is called, so that --help is instant."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from coopgames.mistakes import Mistake, unknown


class Lazy(click.Group):
    """Commands by the name of their module in a package, where each has the module's name.

    A command ``by-name`` stands in ``by_name``; one whose name Python has a use for, such as
    ``list`` or ``class``, in ``list_``, ``class_``.

    Parameters
    ----------
    package : str
        The package that holds the modules.
    sections : mapping of str to mapping of str to str
        By the heading they stand under in the help text, what each command does, known without
        loading it.
    """

    def __init__(
        self, *args: Any, package: str, sections: Mapping[str, Mapping[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.package, self.sections = package, sections
        self.summaries = {name: does for part in sections.values() for name, does in part.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """List the names of the commands."""
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command."""
        if cmd_name not in self.summaries:
            return None
        taken = hasattr(builtins, cmd_name) or keyword.iskeyword(cmd_name)
        name = cmd_name.replace("-", "_") + "_" * taken
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does."""
        width = max(len(name) for name in self.summaries)
        for heading, part in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), does) for name, does in part.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was asked for; a misspelt one gets the nearest names."""
        if args[0] not in self.summaries and not args[0].startswith("-"):
            raise Mistake(unknown("command", args[0], self.summaries))
        return super().resolve_command(ctx, args)
