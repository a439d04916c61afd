"""What is known of each player of Axelrod-Python, without importing it.

`players.json` has a line for each; `benchmarks/axelrod_players.py` writes it. Names and properties
are Axelrod-Python's own. The automata are learnt from play (`coopgames.play.to_automaton`); those
of players who are nothing but a table were found equal to what is read off the table. They hold
for the payoffs 5, 3, 1, 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from coopgames.strategies.automaton import Automaton

DATA = Path(__file__).with_name("players.json")


@dataclass(frozen=True)
class Known:
    """A player of Axelrod-Python with its defaults.

    Parameters
    ----------
    name : str
        Its class.
    title : str
        What Axelrod-Python calls it.
    stochastic : bool
        Whether it draws lots.
    uses : tuple of str
        What it goes by beside the history: ``length`` of the match, ``game`` or neither.
    slow : bool
        Whether Axelrod-Python counts it among those that take long to run.
    automaton : Automaton or None
        What it was found to be.
    evidence : {"proved", "tested", ""}
        Whether the automaton was read off the player's own table, or agrees with its play.
    team : tuple of str
        Whom it asks, if it has a team.
    why : str
        Why it is no automaton.
    """

    name: str
    title: str
    stochastic: bool
    uses: tuple[str, ...] = ()
    slow: bool = False
    automaton: Automaton | None = None
    evidence: Literal["proved", "tested", ""] = ""
    team: tuple[str, ...] = ()
    why: str = ""


@cache
def known() -> Mapping[str, Known]:
    """All players by their class, in alphabetical order."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["players"]
    return {name: _read(name, row) for name, row in sorted(rows.items())}


def _read(name: str, row: dict[str, Any]) -> Known:
    kind, following = row.pop("accommodates", None), row.pop("next", None)
    automaton = None
    if kind is not None:
        p = np.array([float(x) for x in kind])
        automaton = Automaton(np.stack([p, 1 - p], axis=1), np.reshape(following, (len(p), 2, 2)))
    uses, team = tuple(row.pop("uses")), tuple(row.pop("team", ()))
    return Known(name, uses=uses, team=team, automaton=automaton, **row)
