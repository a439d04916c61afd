"""Strategies that Axelrod-Python 4.13.1 has too play like it, turn for turn.

A match is played there. What the other did in it, and what one did oneself, is shown to our strategy,
which has to do the same in each period; or, where it draws lots, to do it with probabilities that
what was done there is consistent with.

Of n periods with probabilities p of accommodating, the number in which it does is Σp up to a martingale
whose steps are at most 1 and whose variance is Σp(1 − p) =: V. By Freedman (1975), Annals of Prob.
3:100-118, it is off by x or more with probability at most 2 exp(−x² / (2V + 2x/3)). Each such test
is made at 1e-9, for periods whose p fall into the same tenth; that any of them rings a false alarm has
a probability below 1e-6.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from types import ModuleType

import numpy as np
import pytest
from axelrod_names import DIFFERENT, HIDDEN, NAMES
from observed import course
from reference_player import Player, key

from coopgames.specs import strategy_from
from coopgames.strategies import Automaton, Strategy

TURNS = 200
ALARM = 1e-9

REAL = (
    "TitForTat", "TitFor2Tats", "Grudger", "WinStayLoseShift", "Prober", "Gradual", "OmegaTFT",
    "Bully", "SneakyTitForTat", "GTFT", "Random", "FirstByTullock", "ZDExtort2", "FirstByJoss",
)  # fmt: skip
"""Opponents that answer what is done to them."""


def fixed() -> list[str]:
    """Give courses of an opponent that pays no heed: constant, periodic, in blocks, by lot."""
    rng = np.random.default_rng(413)
    lots = [
        "".join("CD"[int(x)] for x in rng.random(TURNS) >= kindness)
        for kindness in (0.03, 0.1, 0.3, 0.5, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
    ]
    cycles = ["C", "D", "CD", "DDC", "CCCCD"]
    blocks = ["C" * 30 + "D" * 20 + "C" * 150, "D" * 25 + "C" * 175]
    return lots + [(cycle * TURNS)[:TURNS] for cycle in cycles] + blocks


@cache
def axelrod() -> ModuleType:
    """Import it where it is needed: that takes half a minute."""
    import axelrod

    return axelrod


def opponents() -> list[object]:
    axl = axelrod()
    mocks = [axl.MockPlayer([axl.Action.from_char(a) for a in other]) for other in fixed()]
    return mocks + [getattr(axl, name)() for name in REAL]


def played(of: str, parameters: dict[str, object], seed: int = 0) -> list[tuple[str, str]]:
    """Play a class against all opponents; both courses of each match."""
    axl = axelrod()
    courses = []
    for i, other in enumerate(opponents()):
        player = getattr(axl, of)(**parameters)
        match = axl.Match((player, other), turns=TURNS, seed=1000 * seed + i)
        rows = match.play()
        courses.append(tuple("".join(str(row[seat]) for row in rows) for seat in (0, 1)))
    return courses


def kindness(player: Player) -> float:
    """Give the probability with which it is about to accommodate, and leave it as it is."""
    if isinstance(player.rule, Automaton):
        return float(player.rule.mix[player.state, 0])
    memory = player.memory.copy()

    def accommodates(lot: float) -> bool:
        player.memory[:] = memory
        player.chance = key(lot)
        return player.act() == 0

    low, high = 0.0, 1 - 2.0**-32
    if not accommodates(low):
        return 0.0
    if accommodates(high):
        return 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if accommodates(middle) else (low, middle)
    return low


def shown(s: Strategy, own: str, other: str) -> list[float]:
    """Give the probabilities of accommodating along a course that was really played."""
    player, found = Player(s, horizon=TURNS), []
    for a, b in zip(own, other, strict=True):
        found.append(kindness(player) if s.stochastic else float(player.act() == 0))
        player.see("CD".index(a), "CD".index(b))
    return found


def consistent(pairs: list[tuple[float, bool]]) -> bool:
    """Whether what was done goes with these probabilities of accommodating."""
    tenths = defaultdict(list)
    for p, kind in pairs:
        if p in {0.0, 1.0}:
            if kind != bool(p):
                return False
        else:
            tenths[int(10 * p)].append((p, kind))
    for group in tenths.values():
        off = abs(sum(kind - p for p, kind in group))
        variance = sum(p * (1 - p) for p, _ in group)
        if 2 * math.exp(-(off**2) / (2 * variance + 2 * off / 3)) < ALARM:
            return False
    return True


@pytest.mark.parametrize("name", [name for name in NAMES if name not in HIDDEN])
def test_turn_for_turn(name):
    s = strategy_from(name)
    pairs = []
    for own, other in played(*NAMES[name]):
        probabilities = shown(s, own, other)
        if not s.stochastic:
            assert "".join("DC"[int(p)] for p in probabilities) == own
        pairs += [(p, action == "C") for p, action in zip(probabilities, own, strict=True)]
    assert consistent(pairs)


@pytest.mark.parametrize("name", DIFFERENT)
def test_deliberate_differences_are_differences(name):
    """By their first moves, or, where luck is kept in memory, by what never happens there."""
    of, parameters, reason = DIFFERENT[name]
    assert reason
    if name == "graaskamp":
        assert gaps_of_fifteen(name) > 0
        return
    s = strategy_from(name + "(p=1.0)" if "p" in parameters else name)
    assert any(
        any(p != (action == "C") for p, action in zip(shown(s, own, other), own, strict=True))
        for own, other in played(of, parameters)
    )


def gaps_of_fifteen(name: str) -> int:
    """Count how often two lapses are 15 moves apart against one who always accommodates."""
    found = 0
    for run in range(40):
        keys = np.random.default_rng(run).integers(2**64, size=TURNS, dtype=np.uint64)
        own = course(strategy_from(name), "C" * TURNS, keys)
        lapses = [t for t in range(57, TURNS) if own[t] == "D"]
        found += sum(b - a == 15 for a, b in zip(lapses, lapses[1:], strict=False))
    return found


def test_a_strategy_that_is_a_little_off_is_found_out():
    own_and_other = played("GTFT", {})
    for q, right in ((1 / 3, True), (0.25, False)):
        s = strategy_from(f"generous-tit-for-tat(q={q})")
        pairs = [
            (p, action == "C")
            for own, other in own_and_other
            for p, action in zip(shown(s, own, other), own, strict=True)
        ]
        assert consistent(pairs) == right
