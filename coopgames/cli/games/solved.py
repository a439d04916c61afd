"""The solutions of a game, gathered for ``coopgames games solve``: what is found, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.games import Correlated, Equilibria, Game, Polygon, Structure
    from coopgames.games.equilibrium import Profile
    from coopgames.games.levels import Floats

IN_KIND = ("grim", "tit-for-tat")
"""Strategies whose threshold is told."""


@dataclass(frozen=True)
class Solved:
    """All that is told of a game.

    Parameters
    ----------
    game : Game
        The game.
    structure : Structure or None
        What it encodes; None where that would take too long.
    pure : tuple of profiles
        The equilibria in pure actions.
    equilibria : Equilibria or None
        All of them; None where only the pure ones are known.
    remark : str
        Why only these are known, or why the structure is not.
    efficient : tuple of profiles
        The Pareto efficient outcomes.
    held_to : tuple of ndarray
        Minmax payoffs, mixed and pure.
    correlated : dict of str to Correlated
        The best by purpose; empty where that would take too long.
    delta : float or None
        Of the repeated game, if it was asked for.
    repeated : Polygon or None
        Its payoffs in equilibrium.
    """

    game: Game
    structure: Structure | None
    pure: tuple[Profile, ...]
    equilibria: Equilibria | None
    remark: str
    efficient: tuple[Profile, ...]
    held_to: tuple[Floats, Floats]
    correlated: dict[str, Correlated]
    delta: float | None
    repeated: Polygon | None


def solved(game: Game, delta: float | None = None) -> Solved:
    """Find all that is told of a game; what would take too long is left out, with a remark."""
    from coopgames.games import (
        correlated_equilibrium,
        minmax,
        nash_equilibria,
        pareto_profiles,
        pure_equilibria,
        repeated_payoffs,
        structure,
    )
    from coopgames.mistakes import Mistake

    repeated = None if delta is None else repeated_payoffs(game, delta)
    remarks, s, equilibria = [], None, None
    correlated: dict[str, Correlated] = {}
    try:
        s = structure(game)
    except Mistake as mistake:
        remarks.append(str(mistake))
    try:
        equilibria = nash_equilibria(game)
    except Mistake as mistake:
        remarks.append(str(mistake))
    try:
        correlated = {p: correlated_equilibrium(game, p) for p in ("sum", "fair")}
        correlated |= {seat: correlated_equilibrium(game, i) for i, seat in enumerate(game.seats)}
    except Mistake as mistake:
        remarks.append(str(mistake))
    return Solved(
        game, s, pure_equilibria(game), equilibria, "\n".join(remarks), pareto_profiles(game),
        (minmax(game), minmax(game, mixed=False)), correlated, delta, repeated,
    )  # fmt: skip


def as_dict(found: Solved) -> dict[str, Any]:
    """Give solutions as the stable JSON of ``games solve --json``."""
    game, s, e = found.game, found.structure, found.equilibria
    before = None if s is None else s.before.tolist()
    bargain = None if s is None or s.bargain is None else s.bargain.tolist()
    purposes = list(found.correlated.values())
    return {
        "game": game.name,
        "seats": list(game.seats),
        "equilibria": _equilibria(found),
        "mixed": e is not None,
        "degenerate": None if e is None else e.degenerate,
        "infinite": None if e is None else e.infinite,
        "sets": None if e is None else [list(members) for members in e.sets],
        "efficient": [
            {"actions": named(game, p), "payoffs": paid(game, p)} for p in found.efficient
        ],
        "before": before,
        "bargain": bargain,
        "minmax": dict(
            zip(("mixed", "pure"), (x.tolist() for x in found.held_to), strict=True)
        ),
        "correlated": None if not purposes else {
            "sum": _lottery(purposes[0]), "fair": _lottery(purposes[1]),
            "seats": [_lottery(c) for c in purposes[2:]],
        },
        **_sets(game),
        "repeated": None if found.repeated is None else {
            "delta": found.delta, **_polygon(found.repeated), "thresholds": thresholds(game),
        },
        "remarks": found.remark.splitlines(),
    }  # fmt: skip


def named(game: Game, profile: Profile) -> list[str]:
    """Give the names of a profile's actions."""
    return [own[a] for own, a in zip(game.actions, profile, strict=True)]


def paid(game: Game, profile: Profile) -> list[float]:
    """Give what everyone gets at a profile."""
    return [float(u[profile]) for u in game.payoffs]


def _equilibria(found: Solved) -> list[dict[str, Any]]:
    if found.equilibria is None:
        return [
            {"actions": named(found.game, p), "mix": None, "exact": None,
             "payoffs": paid(found.game, p)}
            for p in found.pure
        ]  # fmt: skip
    return [
        {
            "actions": None if e.profile is None else named(found.game, e.profile),
            "mix": [[float(p) for p in own] for own in e.mix],
            "exact": [[str(p) for p in own] for own in e.mix],
            "payoffs": list(e.payoffs),
        }
        for e in found.equilibria.listed
    ]


def _lottery(c: Correlated) -> dict[str, Any]:
    import numpy as np

    return {
        "payoffs": c.payoffs.tolist(),
        "lottery": [
            {"actions": named(c.game, tuple(at)), "probability": float(c.lottery[tuple(at)])}
            for at in np.argwhere(c.lottery > 0).tolist()
        ],
    }


def _sets(game: Game) -> dict[str, Any]:
    from coopgames.games import feasible_set, rational_set

    if game.n != 2:
        return {"feasible": None, "rational": None}
    return {"feasible": _polygon(feasible_set(game)), "rational": _polygon(rational_set(game))}


def _polygon(polygon: Polygon) -> dict[str, Any]:
    return {"vertices": [list(v) for v in polygon.vertices], "area": polygon.area}


def thresholds(game: Game) -> dict[str, float | None] | None:
    """Say from which continuation probability on returning in kind is a Nash equilibrium.

    Returns
    -------
    dict of str to float or None, or None
        By strategy; None where they never are, or, for all, where they cannot be played.
    """
    from coopgames.games import Game, accommodation, by_choice
    from coopgames.play import critical_continuation
    from coopgames.strategies import strategy

    orders = accommodation(game)
    if game.shape != (2, 2) or orders is None:
        return None
    # What is returned are actions by their roles; whether it pays, what drives choice decides.
    played = Game(game.name, by_choice(game).payoffs, game.actions, game.seats, orders)
    return {name: critical_continuation(played, strategy(name), strategy(name)) for name in IN_KIND}
