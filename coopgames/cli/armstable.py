"""What the arms of an experiment come to, on the terminal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from coopgames.specs import Experiment
    from coopgames.store import Results


def show_arms(out: Console, spec: Experiment, results: Results) -> None:
    """Show a row for each arm, who came first in it, and what is to be said of the differences."""
    from rich.table import Table
    from rich.text import Text

    from coopgames.reports import arm_words

    assert results.arms is not None
    rows, changes = arm_words.by_arm(spec, results.arms), arm_words.changes(spec)
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("arm", no_wrap=True)
    for heading in arm_words.SHOWN.values():
        table.add_column(heading, justify="right")
    table.add_column("came first")
    for name, row in rows.items():
        cells: list[Text] = []
        for measure in arm_words.SHOWN:
            found = arm_words.told(row[measure])
            cell = Text(found.value)
            if found.difference:
                style = "bold" if found.clear else "dim"
                cell.append(f"\n{found.difference}", style=style)
                cell.append(f"\n{found.interval}" if found.interval else "", style="dim")
            cells.append(cell)
        best = results.of(name).standings.row(0, named=True)["strategy"]
        table.add_row(Text(name, style="bold"), *cells, Text(best))
    say = partial(out.print, markup=False)
    say(arm_words.headline(spec, results.arms))
    out.print()
    out.print(table)
    out.print()
    first = spec.arms[0].name
    say(
        f"Below each value its difference from {first}, of shares in percentage points, and the "
        "95 % interval of that, over luck.",
        style="dim",
    )
    out.print()
    for name, change in list(changes.items())[1:]:
        say(f"{name}: {change}.", style="dim")
    out.print()
    for sentence in arm_words.sentences(spec, results.arms):
        say(sentence)
