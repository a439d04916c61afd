"""Nash equilibria of two actors, mixed ones included, with nothing lost where games are degenerate.

A pair of mixtures is an equilibrium if every action is left out or a best reply. The extreme
equilibria are the pairs of `corners` that have all labels between them, and every equilibrium is a
mixture of these: the set of equilibria is the union of conv(X) × conv(Y) over the maximal X, Y such
that each x in X with each y in Y is an extreme equilibrium (O. L. Mangasarian, "Equilibrium points
of bimatrix games", SIAM Journal 12, 1964; H. M. Winkels, 1979; D. Avis, G. Rosenberg, R. Savani and
B. von Stengel, "Enumeration of Nash equilibria for two-player games", Economic Theory 42, 2010). So
there are infinitely many if and only if two extreme equilibria share the mixture of one actor.

A game is *degenerate* if some mixture has more best replies than actions it uses. Then there may
be infinitely many equilibria, or an even number of them. Actions that another one beats whatever
the other actor does are struck out first, again and again: no equilibrium uses them.

What drives choice counts: an equilibrium is one by the choice payoffs, and its payoffs are those of
the goals.

Why not nashpy? Of 500 small games, two thirds of them degenerate, its vertex enumeration loses
equilibria of 85 and fails on 9, since it takes a payoff of 0 for the absence of a bound; its
support enumeration loses some of every fifth. With payoffs made positive the former finds all, and
so it is what the tests hold this against, beside Gambit. But it compares with a tolerance of 1e-5,
within which near-ties become equilibria, and takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from coopgames.games.corners import Corner, corners, too_many
from coopgames.games.equilibrium import Profile
from coopgames.games.exact import exact_payoffs
from coopgames.games.game import Game, by_choice
from coopgames.games.levels import TOLERANCE, Floats, levelled, ranges
from coopgames.mistakes import Mistake

MOST_ACTIONS = 30
"""If neither actor has fewer, there are too many corners, but in games made up for the purpose."""

Mix = tuple[Fraction, ...]


@dataclass(frozen=True)
class Equilibrium:
    """A Nash equilibrium.

    Parameters
    ----------
    mix : tuple of tuple of Fraction
        For each seat the probability of each of its actions.
    payoffs : tuple of float
        What each seat expects, in goal payoffs.
    """

    mix: tuple[Mix, Mix]
    payoffs: tuple[float, ...]

    @property
    def profile(self) -> Profile | None:
        """The actions, if nobody mixes."""
        if any(1 not in own for own in self.mix):
            return None
        return tuple(own.index(Fraction(1)) for own in self.mix)


@dataclass(frozen=True)
class Equilibria:
    """All Nash equilibria of a game of two actors.

    Parameters
    ----------
    game : Game
        The game.
    listed : tuple of Equilibrium
        The extreme ones: pure equilibria first, in the order of the game's actions.
    sets : tuple of tuple of int
        The maximal sets of equilibria, each as the numbers of the listed ones it is spanned by: any
        mixture of what the first actor does in these goes with any mixture of what the second does.
        A set of one is that equilibrium alone.
    degenerate : bool
        Whether some mixture has more best replies than actions it uses.
    """

    game: Game
    listed: tuple[Equilibrium, ...]
    sets: tuple[tuple[int, ...], ...]
    degenerate: bool

    @property
    def infinite(self) -> bool:
        """Whether there are infinitely many."""
        return any(len(members) > 1 for members in self.sets)


def nash_equilibria(game: Game) -> Equilibria:
    """Find all Nash equilibria of a game of two actors.

    Parameters
    ----------
    game : Game
        Two actors. Small games take milliseconds, 12 × 12 actions some seconds.

    Raises
    ------
    Mistake
        If there are not two actors, or so many actions that the mixtures to look at are too many.
    """
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors, and mixed equilibria are computed for two; "
            "equilibria in pure actions are found for any number"
        )
    (k, m), (rows, columns) = game.shape, _undominated(levelled(by_choice(game)).payoffs)
    try:
        if min(len(rows), len(columns)) > MOST_ACTIONS:
            raise too_many(len(rows), len(columns))
        A, B = exact_payoffs(by_choice(game), (rows, columns))
        xs, ys = corners(list(zip(*B, strict=True))), corners(A)
    except Mistake as mistake:
        raise Mistake(f"game {game.name!r}: {mistake}") from None
    pairs = [
        (_spread(x.mix, rows, k), _spread(y.mix, columns, m))
        for x in xs for y in ys if _everything(x, y, len(rows), len(columns))
    ]  # fmt: skip
    pairs.sort(key=_order)
    for mix in pairs:
        if (regret(game, mix) > TOLERANCE * ranges(by_choice(game))).any():
            raise RuntimeError(f"game {game.name!r}: {mix} was taken for an equilibrium")
    return Equilibria(
        game=game,
        listed=tuple(Equilibrium(mix, _expected(game, mix)) for mix in pairs),
        sets=_maximal_sets(pairs),
        degenerate=any(
            (c.unplayed.bit_count() + c.best.bit_count()) > len(c.mix) for c in (*xs, *ys)
        ),
    )


def regret(game: Game, mix: Sequence[Sequence[Fraction | float]]) -> Floats:
    """Say how much more each seat could get by another action, in choice payoffs.

    Parameters
    ----------
    game : Game
        Any number of actors.
    mix : sequence of sequence of numbers
        For each seat the probability of each of its actions.

    Returns
    -------
    ndarray, shape (n,)
        0 for all at an equilibrium, up to rounding.
    """
    own = [np.array([float(p) for p in probabilities]) for probabilities in mix]
    found = []
    for seat, left in enumerate(by_choice(game).payoffs):
        for other in reversed(range(game.n)):
            if other != seat:
                left = np.tensordot(left, own[other], axes=(other, 0))  # noqa: PLW2901 — it shrinks
        found.append(left.max() - left @ own[seat])
    return np.array(found)


def _undominated(payoffs: Floats) -> tuple[list[int], list[int]]:
    """List the actions left when those that another one strictly dominates are struck out."""
    rows, columns = (list(range(k)) for k in payoffs.shape[1:])
    while True:
        left = _beaten_by_none(payoffs[0][np.ix_(rows, columns)])
        some = [rows[a] for a in left]
        left = _beaten_by_none(payoffs[1][np.ix_(some, columns)].T)
        others = [columns[b] for b in left]
        if (some, others) == (rows, columns):
            return rows, columns
        rows, columns = some, others


def _beaten_by_none(own: Floats) -> list[int]:
    """List the rows that no other row beats in every column."""
    return [a for a, row in enumerate(own) if not (own > row).all(axis=1).any()]


def _everything(x: Corner, y: Corner, k: int, m: int) -> bool:
    """Whether every action of either is left out or a best reply."""
    return (x.unplayed | y.best) == (1 << k) - 1 and (y.unplayed | x.best) == (1 << m) - 1


def _spread(mix: Mix, actions: list[int], k: int) -> Mix:
    """Give actions that were struck out their probability, 0."""
    spread = [Fraction(0)] * k
    for action, p in zip(actions, mix, strict=True):
        spread[action] = p
    return tuple(spread)


def _order(mix: tuple[Mix, Mix]) -> tuple[int, list[list[Fraction]]]:
    """Put those that use few actions first, and among these the game's first actions."""
    used = sum(p > 0 for own in mix for p in own)
    return used, [[-p for p in own] for own in mix]


def _expected(game: Game, mix: tuple[Mix, Mix]) -> tuple[float, ...]:
    x, y = (np.array([float(p) for p in own]) for own in mix)
    return tuple(float(x @ u @ y) for u in game.payoffs)


def _maximal_sets(pairs: list[tuple[Mix, Mix]]) -> tuple[tuple[int, ...], ...]:
    """Find the maximal X, Y all of whose pairs are there, as the numbers of these pairs.

    For such a set Y is what all of X go with. So the candidates for Y are what single x go with,
    and what several do; X is then all that go with every one of Y.
    """
    number = {pair: i for i, pair in enumerate(pairs)}
    goes_with: dict[Mix, set[Mix]] = {}
    for x, y in pairs:
        goes_with.setdefault(x, set()).add(y)
    candidates: set[frozenset[Mix]] = set()
    for ys in goes_with.values():
        candidates |= {frozenset(ys), *(frozenset(ys & other) for other in candidates)}
    sets = set()
    for shared in candidates - {frozenset()}:
        xs = [x for x, partners in goes_with.items() if partners >= shared]
        sets.add(tuple(sorted(number[x, y] for x in xs for y in shared)))
    return tuple(sorted(sets))
