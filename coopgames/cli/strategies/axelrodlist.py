"""What ``coopgames strategies list --source axelrod`` shows: how each player runs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.strategies import Runs

WORDS = {
    "native": "strategies of ours",
    "converted": "converted",
    "python": "run by their own code",
    "not": "cannot be played",
}


def as_rows() -> list[dict[str, Any]]:
    """Give each player as what JSON can hold."""
    from coopgames.strategies import AXELROD, axelrod_players

    return [
        {
            "name": f"{AXELROD}{name}",
            "title": player.title,
            **asdict(found),
            "stochastic": player.stochastic,
            "uses": list(player.uses),
            "slow": player.slow,
        }
        for name, (player, found) in axelrod_players().items()
    ]


def show() -> None:
    """Print the players, a line each."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import console
    from coopgames.strategies import AXELROD, VERSION, axelrod_players, missing

    players = axelrod_players()
    kinds = [found.runs for _, found in players.values()]
    counts = ", ".join(
        f"{kinds.count(kind)} {words}" for kind, words in WORDS.items() if kind in kinds
    )
    table = Table(box=None, header_style="dim", padding=(0, 1))
    for column in ("player", "runs", "states", "draws lots", "goes by", "how"):
        table.add_column(column, no_wrap=column != "how")
    for name, (player, found) in players.items():
        table.add_row(
            f"{AXELROD}{name}", found.runs, "" if found.states is None else str(found.states),
            "yes" if player.stochastic else "", ", ".join(player.uses), escape(_how(found)),
        )  # fmt: skip
    out = console()
    out.print(f"{len(players)} players of Axelrod-Python {VERSION}: {counts}.", highlight=False)
    out.print()
    out.print(table)
    out.print()
    if needed := missing():
        out.print(f"Those run by their own code need it: {escape(needed)}", highlight=False)
    out.print("[bold]Next[/]  coopgames match axelrod:EvolvedFSM16 axelrod:Grudger")


def _how(found: Runs) -> str:
    only = "" if found.any_payoffs else "; the same for the payoffs 5, 3, 1, 0 only"
    if found.ours:
        return found.ours + only
    if found.runs == "converted":
        return f"{found.form}, {found.evidence}{only}"
    return found.why
