"""``coopgames strategies show``: the card of a strategy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.strategies import Strategy


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "-o",
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.svg",
    help="Draw an automaton's states into this file.",
)
def show(name: str, as_json: bool, file: Path | None) -> None:
    """Show the strategy NAME: one of the library, or a TOML or Python file.

    Parameters may be given, as in "generous-tit-for-tat(q=0.2)".
    """
    from coopgames.cli.strategycard import as_dict, drawing
    from coopgames.specs import strategy_from

    s = strategy_from(name)
    if file is not None:
        if file.suffix != ".svg":
            raise Mistake(f"{file}: the drawing is SVG; the file's name must end in .svg")
        _write(file, drawing(s))
    if as_json:
        click.echo(json.dumps(as_dict(s), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(s, name, file)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake(f"{file}: cannot be written: {error.strerror}") from None


def _show(s: Strategy, name: str, file: Path | None) -> None:
    import shlex

    from rich.markup import escape

    from coopgames.cli.strategycard import MOST, description, facts, state_table
    from coopgames.cli.style import console
    from coopgames.strategies import Automaton

    out = console()
    out.print()
    out.print(f"[bold]{escape(s.label)}[/]")
    if s.voice:
        out.print(f"[italic]“{escape(s.voice)}”[/]")
    out.print()
    for paragraph in filter(None, description(s).split("\n\n")):
        # Written in a docstring: lines end anywhere, and backquotes mark names.
        out.print(escape(" ".join(paragraph.split()).replace("`", "")))
        out.print()
    out.print(facts(s))
    out.print()
    again = shlex.quote(name)
    steps = []
    if isinstance(s.rule, Automaton):
        out.print(state_table(s.rule))
        more = len(s.rule.states) - MOST
        cut = f" And {more} more states; --json has them all." if more > 0 else ""
        out.print(
            "[dim]→ where it starts. C accommodated, D withheld, in the period before; own "
            f"action first.{cut}[/]"
        )
        out.print()
        if more <= 0 and file is None:
            drawn = shlex.quote(f"{s.name}.svg")
            steps.append(f"coopgames strategies show {again} -o {drawn}")
    if file is not None:
        out.print(f"[bold]Drawn[/]  {escape(str(file))}", soft_wrap=True)
    if s.reads_regime:  # there is no match without a regime
        steps.append(f"coopgames match {again} tit-for-tat --regime pledge")
    else:
        steps.append(f"coopgames match {again} tit-for-tat --noise 0.01")
    for i, step in enumerate(steps):
        out.print(f"{'      ' if i else '[bold]Next[/]  '}{escape(step)}", soft_wrap=True)
