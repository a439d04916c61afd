"""The payoffs of subgame-perfect equilibria of the discounted repeated game.

Two actors play the game again and again, see what was done, and value a payoff of the next period
at δ times the same payoff now; δ is also the probability that a further period follows. A public
lottery may be drawn before each. V is the set of payoffs per period, (1−δ) Σ δ^t u, of the
equilibria in pure actions. Whoever deviates gains (1−δ) h_i(a) at once, h_i(a) being what its best
reply to a_−i adds, and is then held to m_i, the lowest that it gets in V. So a can be played if
what follows, w ∈ V, has w_i ≥ m_i + h_i(a) (1−δ)/δ for both, and V is the largest bounded set that
equals the hull of the payoffs (1−δ) u(a) + δ w that come about so (D. Abreu, D. Pearce and E.
Stacchetti, "Toward a theory of discounted repeated games with imperfect monitoring",
Econometrica 58, 1990).

It is found from outside, beginning with all that is feasible and with the pure minmax payoffs as
threats, by the operator R of D. Abreu and Y. Sannikov ("An algorithm for two-player repeated games
with perfect monitoring", Theoretical Economics 9, 2014): of what follows a only those w count in
which a constraint binds, and where none does, a is played for ever. So each profile adds four
corners at most.

Why not quantecon, which has this algorithm? It hands every set to Qhull, which refuses a segment or
a point: of 300 random games at a random δ it fails on 186, and on the prisoner's dilemma below its
threshold, where the answer is one point. And its threats begin at the lowest payoffs, so that at
δ = 0.99 it stops before they have risen to the minmax. The tests hold this against it elsewhere.
"""

from __future__ import annotations

import numpy as np

from coopgames.games.game import Game, by_choice
from coopgames.games.levels import Floats, ranges
from coopgames.games.payoff_sets import feasible_set, minmax
from coopgames.games.polygon import Point, Polygon, hull
from coopgames.mistakes import Mistake

SLACK = 1e-9
"""A constraint holds that is missed by this share of a seat's range."""
STILL = 1e-12
"""The set has been found when no corner moves by more than (1−δ) times this share."""
MOST = 20_000
"""So many rounds; each brings the set nearer by the factor δ at least."""


def repeated_payoffs(game: Game, delta: float) -> Polygon:
    """Find the payoffs of subgame-perfect equilibria of the repeated game.

    Parameters
    ----------
    game : Game
        Two actors, who choose by their choice payoffs; it is these that are given.
    delta : float
        δ: the discount factor, or the probability that a further period follows; between 0 and 1.

    Returns
    -------
    Polygon
        The payoffs per period, by pure actions and public lots. It has no vertices where no
        equilibrium is in pure actions.

    Raises
    ------
    Mistake
        If there are not two actors, or δ is not between 0 and 1.
    """
    if not 0 < delta < 1:
        raise Mistake(
            f"delta = {delta:g} is no discount factor; it must lie between 0 and 1, these excluded"
        )
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors; equilibrium payoffs of the repeated game are "
            "computed for two"
        )
    game = by_choice(game)
    low = game.payoffs.min(axis=(1, 2), keepdims=True)
    width = ranges(game).reshape(2, 1, 1)
    scaled = Game(game.name, (game.payoffs - low) / np.where(width > 0, width, 1.0))
    best = [scaled.payoffs[i].max(axis=i, keepdims=True) - scaled.payoffs[i] for i in range(2)]
    now, tempted = _pairs(scaled.payoffs), _pairs(np.array(best))
    found, threat = feasible_set(scaled), minmax(scaled, mixed=False).tolist()
    for _ in range(MOST):
        smaller = hull(
            corner
            for payoffs, gain in zip(now, tempted, strict=True)
            for corner in _led_to(payoffs, gain, found, threat, delta)
        )
        if not smaller.vertices:
            return smaller
        raised = [max(threat[i], min(v[i] for v in smaller.vertices)) for i in range(2)]
        moved = max(
            *(smaller.distance(v) for v in found.vertices), *np.subtract(raised, threat).tolist()
        )
        found, threat = smaller, raised
        if moved <= STILL * (1 - delta):
            found = found.simplified(SLACK)
            (x, y), (dx, dy) = low.ravel().tolist(), width.ravel().tolist()
            return hull((x + dx * v[0], y + dy * v[1]) for v in found.vertices)
    raise Mistake(
        f"delta = {delta:g}: the equilibrium payoffs of game {game.name!r} have not settled after "
        f"{MOST:,} rounds; a delta farther from 1 needs fewer"
    )


def _pairs(table: Floats) -> list[Point]:
    """List what both seats get, profile by profile."""
    return [(x, y) for x, y in table.reshape(2, -1).T.tolist()]


def _led_to(
    payoffs: Point, gain: Point, after: Polygon, threat: list[float], delta: float
) -> list[Point]:
    """List what a profile adds: itself for ever, or once and then what just keeps both to it."""
    floor = [threat[i] + gain[i] * (1 - delta) / delta for i in range(2)]
    at_ease = all(payoffs[i] >= floor[i] - SLACK for i in range(2))
    if at_ease and after.distance(payoffs) <= SLACK:
        return [payoffs]
    for i in range(2):
        after = after.above(i, floor[i], SLACK)
    return [
        (delta * w[0] + (1 - delta) * payoffs[0], delta * w[1] + (1 - delta) * payoffs[1])
        for w in after.vertices
        if any(w[i] <= floor[i] + SLACK for i in range(2))
    ]
