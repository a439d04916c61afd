"""``coopgames check``: whether a strategy keeps to the rules."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coopgames.classroom import Finding, Report


@click.command()
@click.argument("strategy")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(strategy: str, as_json: bool) -> None:
    """Check STRATEGY: a file of your own, or a plugin's by name.

    It is played many times, in a process of its own, and what is wrong is explained: where, why,
    and how to put it right. Exit code 1 if something is.
    """
    from coopgames.classroom import check as examine

    report = examine(strategy)
    if as_json:
        click.echo(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
    else:
        _show(report)
    if not report.conforms:
        sys.exit(1)


def _show(report: Report) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import DISCORD, console, painted

    out = console()
    passed, failed = sum(f.passed is True for f in report.findings), list(report.failed())
    name = escape(report.strategy or report.source)
    out.print()
    if report.conforms:
        out.print(f"[bold]{name} keeps to the rules.[/] All {passed} checks passed.")
    else:
        things = "One thing is" if len(failed) == 1 else f"{len(failed)} things are"
        out.print(f"{painted(name, DISCORD)}[bold] does not keep to the rules yet.[/] {things} "
                  "to put right.")  # fmt: skip
    out.print()
    table = Table.grid(padding=(0, 1))
    for f in report.findings:
        if f.passed is False:
            table.add_row(painted("  ✗", DISCORD), f"[bold]{f.check}[/]", _explained(f))
        elif f.passed:
            table.add_row("[dim]  ✓[/]", f"[dim]{f.check}[/]", f"[dim]{escape(f.says)}[/]")
    out.print(table)
    if left := [f.check for f in report.findings if f.passed is None]:
        out.print(f"[dim]  · not tried before that is right: {', '.join(left)}[/]")
    again = escape(shlex.quote(report.source))
    out.print()
    then = f"coopgames play {again} tit-for-tat" if report.conforms else f"coopgames check {again}"
    out.print(f"[bold]Next[/]  {then}", soft_wrap=True)
    among = Path(report.source).parent
    if report.conforms and report.source.endswith(".py") and among != Path():
        folder = escape(shlex.quote(str(among)))
        out.print(f"      coopgames class run {folder}", soft_wrap=True)


def _explained(f: Finding) -> str:
    """Write what failed: what happened, where, and how to put it right."""
    from rich.markup import escape

    where = f"[dim]line {f.line}[/]  {escape(f.code)}\n" if f.line else ""
    return f"{escape(f.says)}\n{where}{escape(f.remedy)}\n"
