"""What is said of a game's equilibria in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from coopgames.cli.games.solved import Solved
    from coopgames.games import Equilibrium, Game

FEW = 3
"""So many are named in a sentence."""

PLAIN = 100
"""Fractions with a larger denominator are shown as decimals."""


def verdict(found: Solved) -> str:
    """Say in a sentence or two how many equilibria there are, and whether they are efficient."""
    from coopgames.games import title

    return f"{title(found.game)} has {_number(found)}.{_efficiency(found)}"


def _number(found: Solved) -> str:
    from coopgames.cli.style import listed

    game, pure = found.game, [outcome(found.game, p) for p in found.pure]
    if found.equilibria is None:
        if not pure:
            return "no equilibrium in pure actions; mixed ones were not looked for"
        some = f": {listed(pure)}" if len(pure) <= FEW else ""
        return f"{_count(len(pure), 'equilibrium')} in pure actions{some}"
    all_, mixed = found.equilibria.listed, len(found.equilibria.listed) - len(pure)
    if found.equilibria.infinite:
        return (
            f"infinitely many equilibria: {_count(len(all_), 'is', 'are')} listed, and with them "
            "the mixtures between those that share a set"
        )
    if len(all_) == 1:
        kind, whole = ("", pure[0]) if pure else (", in mixed actions", _mixed(game, all_[0]))
        return f"one equilibrium{kind}: {whole}"
    named = [*pure, *([f"{'one' if mixed == 1 else mixed} in mixed actions"] if mixed else [])]
    some = f": {listed(named)}" if len(pure) <= FEW else f", {mixed} of them in mixed actions"
    return f"{len(all_)} equilibria{some}"


def _count(number: int, one: str, several: str = "equilibria") -> str:
    return f"one {one}" if number == 1 else f"{number} {several}"


def _mixed(game: Game, e: Equilibrium) -> str:
    from coopgames.cli.style import listed

    each = [f"{seat} plays {mixture(game, i, own)}" for i, (seat, own) in enumerate(
        zip(game.seats, e.mix, strict=True)
    )]  # fmt: skip
    return listed(each)


def _efficiency(found: Solved) -> str:
    """Say whether all could do better than in equilibrium."""
    import numpy as np

    game = found.game
    listed = found.equilibria.listed if found.equilibria else ()
    payoffs = [e.payoffs for e in listed] or [
        tuple(float(u[p]) for u in game.payoffs) for p in found.pure
    ]
    if not payoffs:
        return ""
    u = game.payoffs.reshape(game.n, -1)
    width = np.ptp(u, axis=1)
    gains = [(u - np.array(p)[:, None]) / np.where(width > 0, width, 1)[:, None] for p in payoffs]
    better = [(g[width > 0] > 1e-9).all(axis=0) for g in gains]
    if not all(b.any() for b in better):
        return ""
    common = np.logical_and.reduce(better)
    them = "it" if len(payoffs) == 1 else "each of them"
    if not common.any():
        return f" Beside {them} there is an outcome that is better for {everyone(game)}."
    best = int(np.where(common, np.min([g.min(axis=0) for g in gains], axis=0), -1).argmax())
    at = outcome(game, tuple(int(a) for a in np.unravel_index(best, game.shape)))
    return f" In {at} {everyone(game)} would be better off than in {them}."


def everyone(game: Game) -> str:
    """Write "both" or "all"."""
    return "both" if game.n == 2 else "all"


def outcome(game: Game, profile: Sequence[int]) -> str:
    """Write a profile by the names of its actions: ``(C, D)``."""
    return f"({', '.join(own[a] for own, a in zip(game.actions, profile, strict=True))})"


def mixture(game: Game, seat: int, own: Sequence[Fraction]) -> str:
    """Write what a seat does: the action, or each with its probability."""
    names = game.actions[seat]
    played = [(names[a], p) for a, p in enumerate(own) if p > 0]
    if len(played) == 1:
        return played[0][0]
    return ", ".join(f"{name} {share(p)}" for name, p in played)


def share(p: Fraction) -> str:
    """Write a probability: as a fraction where that is a plain one."""
    from coopgames.cli.style import number

    return str(p) if p.denominator <= PLAIN else number(float(p))
