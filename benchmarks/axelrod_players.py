"""Write coopgames/strategies/bridge/players.json: what is known of Axelrod-Python's players.

    python benchmarks/axelrod_players.py            # all of them, some ten minutes
    python benchmarks/axelrod_players.py TF1 Pun1   # learn these only, and say so; writes nothing

A player becomes an automaton if it has at most `LIMIT` states, if two sets of `COURSES` random
courses lead to the same one, if that agrees with courses ten times as long, and if it is what the
player's own table says, where it has one. Players who act by the length of the match, are slow, or
are ours already are not learnt.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

import numpy as np

from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course, to_automaton
from coopgames.strategies import Automaton, Strategy, memory_one
from coopgames.strategies.bridge.known import DATA
from coopgames.strategies.bridge.names import NATIVE
from coopgames.strategies.bridge.package import VERSION, axelrod
from coopgames.strategies.bridge.player import AxelrodPlayer
from coopgames.strategies.bridge.rules import WRITTEN
from coopgames.strategies.bridge.tables import table_of

LIMIT, COURSES = 64, 2000
PLAIN = {r"$\phi$": "φ", r"$\pi$": "π", "$e$": "e"}
TEAMS = ("MetaMajorityMemoryOne", "MetaWinnerMemoryOne", "NMWEMemoryOne")
REFUSED = {
    "Darwin": "all Darwins share one memory, which they keep from one match to the next; what it "
    "does would depend on which matches were played before",
}


def described(kind: Any) -> dict[str, Any]:
    package = axelrod()
    player, ask = kind(), package.Classifiers
    row: dict[str, Any] = {
        "title": PLAIN.get(player.name, player.name),
        "stochastic": bool(ask["stochastic"](player)),
        "uses": sorted(ask["makes_use_of"](player) or ()),
        "slow": bool(ask["long_run_time"](player)),
    }
    if kind.__name__ in TEAMS:
        row["team"] = [type(member).__name__ for member in player.team]
    return row


def found(kind: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Learn the automaton of a player, or say why there is none."""
    name = kind.__name__
    if name in REFUSED:
        return {"why": REFUSED[name]}
    if "length" in row["uses"]:
        return {"why": "acts by the length of the match"}
    if row["slow"]:
        return {"why": "takes long to run, so its automaton was not looked for"}
    player = Strategy(name, AxelrodPlayer(name=name, stochastic=row["stochastic"]))
    try:
        automaton, again = (
            to_automaton(player, limit=LIMIT, courses=COURSES, seed=seed).automaton
            for seed in (0, 1)
        )
    except Mistake as mistake:
        return {"why": reason(str(mistake))}
    if automaton != again or not (row["stochastic"] or agrees(player, automaton)):
        return {"why": "no automaton that was found agrees with its play everywhere"}
    table = table_of(kind())
    if table is not None and table != automaton:
        raise SystemExit(f"{name}: what is learnt is not what its table says")
    p = automaton.mix[:, 0]
    return {
        "accommodates": p.astype(int).tolist() if automaton.deterministic else p.tolist(),
        "next": automaton.next.ravel().tolist(),
        "evidence": "tested" if table is None else "proved",
    }


def reason(mistake: str) -> str:
    """Put a refusal into words that do not change with the course that it was met on."""
    if "more than one number" in mistake:
        return "draws more than one number a period"
    if "does not go by one number" in mistake:
        return "what it drew before counts, beside what was done"
    return f"has more than {LIMIT} states"


def agrees(player: Strategy, automaton: Automaton) -> bool:
    """Play both on long courses that nothing was learnt from."""
    game, luck = named_game("prisoners-dilemma"), np.random.default_rng(7)
    for number in range(40):
        w = luck.random(5)
        other = Strategy("other", memory_one(*(0.02 + 0.96 * np.round(w) if number % 2 else w)))
        noise = (0.0, 0.01, 0.1, 0.5)[number % 4]
        one, two = (
            course(
                Match(game, (Strategy("it", rule), other), Horizon(2000), noise, ("it", "other")),
                seed=number,
            )
            for rule in (player.rule, automaton)
        )
        if (one != two).any():
            return False
    return True


def main() -> None:
    warnings.simplefilter("ignore")
    package, names = axelrod(), sys.argv[1:]
    players = {kind.__name__: kind for kind in package.all_strategies}
    rows = {}
    for name, kind in players.items():
        if names and name not in names:
            continue
        row = described(kind)
        if names or (name not in NATIVE and name not in WRITTEN):
            row |= found(kind, row)
        rows[name] = row
        print(name, row.get("evidence") or row.get("why", "ours"), flush=True)
    if not names:
        lines = ",\n".join(f'"{name}": {json.dumps(row)}' for name, row in sorted(rows.items()))
        text = f'{{"axelrod": "{VERSION}", "players": {{\n{lines}\n}}}}\n'
        DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
