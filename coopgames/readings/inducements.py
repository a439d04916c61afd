"""What a conditional message holds out to the other: a promise, a threat, or both.

A message has three parts: what the other is to do, what the sender does if it complies, and what
the sender does if it does not. With δ what a payoff one period later is worth, payoffs per period
(a stream x_0, x_1, … counts as (1 − δ) Σ δ^t x_t), and for the other

    k   what it gets if it complies and the sender keeps its word
    o   what it gets if it complies and the sender acts as if it had refused
    x   what it gets if it refuses and the sender carries out what it said
    q   what it gets in the status quo

the inducements are (theory.md 1.3)

    I⁺ = max(0, k − o)      I⁻ = max(0, q − x)      s = I⁺ / (I⁺ + I⁻)

and the message is effective if k ≥ x. Who refuses does so in the first period, while the sender
still keeps its word, and is met with the consequence from the second on. A threat is credible if
carrying it out is no worse for the sender than letting the refusal pass; a promise, if keeping it
is no worse than the best breach, after which nobody adjusts to anybody (d, the mean over the
self-regarding profiles).

So the same words can be a promise or a threat: what they are depends on where the actors stand.
Grim, announced in a prisoner's dilemma (5, 3, 1, 0; δ = 0.8) out of mutual defection, is a pure
promise; out of mutual cooperation it has a threat in it, and s = 15/21.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, accommodation, structure
from coopgames.mistakes import Mistake
from coopgames.strategies import Stance, unfold

Floats = NDArray[np.float64]

ENOUGH = 10_000
"""So many periods of a stance's course are looked at; what comes later is worth nothing by then."""


@dataclass(frozen=True)
class Inducements:
    """What a conditional message holds out to the other, in its payoffs per period.

    Parameters
    ----------
    positive, negative : float
        I⁺ and I⁻.
    complied, refused, status_quo : float
        k, x and q.
    effective : bool
        Whether complying is no worse than refusing.
    credible_promise, credible_threat : bool
        Whether the sender would keep its word, in either case.
    """

    positive: float
    negative: float
    complied: float
    refused: float
    status_quo: float
    effective: bool
    credible_promise: bool
    credible_threat: bool

    @property
    def sign(self) -> float:
        """s: the positive share of the inducement; NaN where there is none."""
        total = self.positive + self.negative
        return self.positive / total if total > 0 else float("nan")


def inducements(
    game: Game,
    status_quo: Sequence[int],
    *,
    demand: int,
    then: int,
    otherwise: int,
    delta: float = 1.0,
    sender: int = 0,
) -> Inducements:
    """Weigh a conditional message between two actors.

    Parameters
    ----------
    game : Game
        A game of two actors.
    status_quo : sequence of int
        The profile at which the message is sent.
    demand : int
        What the other is to do.
    then, otherwise : int
        What the sender does for ever if the other complies, and if it does not.
    delta : float
        What a payoff one period later is worth; 1 looks at the long run only.
    sender : int
        The seat that sends it.

    Raises
    ------
    Mistake
        If the game has not two actors, or δ is not in [0, 1].
    """
    own, other = _payoffs(game, sender, delta)
    later, now = delta, 1.0 - delta
    start = (status_quo[sender], status_quo[1 - sender])
    tempted, answer = int(other[then].argmax()), int(other[otherwise].argmax())
    breach = now * own[:, demand].max() + later * structure(game).before[sender]
    return _weighed(
        k=other[then, demand],
        o=other[otherwise, demand],
        x=now * other[then, tempted] + later * other[otherwise, answer],
        q=other[start],
        kept=own[then, demand] - breach,
        executed=own[otherwise, answer] - own[then, answer],
        game=game,
        sender=sender,
    )


def stance_inducements(
    game: Game, stance: Stance, status_quo: Sequence[int], *, delta: float, sender: int = 0
) -> Inducements | None:
    """Weigh what a strategy of the library demands, as it says itself.

    Parameters
    ----------
    game : Game
        A game of two actors with two actions and roles.
    stance : Stance
        What the strategy demands, and what it does about it.
    status_quo : sequence of int
        The profile from which one looks at it.
    delta : float
        What a payoff one period later is worth, below 1.
    sender : int
        The seat of the strategy.

    Returns
    -------
    Inducements or None
        None where a course leaves something to lots, so that nothing certain is held out.

    Raises
    ------
    Mistake
        If the game has not two actors with two actions that have roles, or δ is not in [0, 1).
    """
    own, other = _payoffs(game, sender, delta)
    orders = accommodation(game)
    if orders is None or game.shape != (2, 2) or delta == 1:
        raise Mistake(
            f"game {game.name!r}: a stance is weighed in games of two actors with two actions that "
            "have roles, with δ below 1"
        )
    said = stance.announced or stance.refused
    courses = (stance.complied, said, stance.demand, stance.refused)
    if any("?" in course for course in courses):
        return None
    periods = ENOUGH if delta > 0.99 else 2000
    mine, theirs = orders[sender], orders[1 - sender]

    def acts(course: str, order: tuple[int, ...]) -> NDArray[np.int64]:
        return np.array([order["CD".index(a)] for a in unfold(course, periods)])

    weight = (1 - delta) * delta ** np.arange(periods)
    complied, demanded = acts(stance.complied, mine), acts(stance.demand, theirs)
    # Who refuses withholds from the first period on, and is answered from the second on.
    threatened = np.concatenate([complied[:1], acts(said, mine)[:-1]])
    executed = acts(stance.refused, mine)
    spared = acts("(C)", mine)
    withheld = np.full(periods, theirs[1])
    start = (status_quo[sender], status_quo[1 - sender])
    d = structure(game).before[sender]
    breach = (1 - delta) * own[:, demanded[0]].max() + delta * d
    return _weighed(
        k=float(weight @ other[complied, demanded]),
        o=float(weight @ other[acts(said, mine), demanded]),
        x=float(weight @ other[threatened, withheld]),
        q=other[start],
        kept=float(weight @ own[complied, demanded] - breach),
        executed=float(weight @ (own[executed, withheld] - own[spared, withheld])),
        game=game,
        sender=sender,
    )


def _payoffs(game: Game, sender: int, delta: float) -> tuple[Floats, Floats]:
    """Give the payoffs of the sender and of the other, the sender's action first."""
    if game.n != 2:
        raise Mistake(
            f"game {game.name!r} has {game.n} actors; inducements are weighed between two"
        )
    if not 0 <= delta <= 1:
        raise Mistake(f"a discount factor of {delta:g} is not in [0, 1]")
    u = game.payoffs if sender == 0 else game.payoffs.transpose(0, 2, 1)
    return u[sender], u[1 - sender]


def _weighed(
    *, k: float, o: float, x: float, q: float, kept: float, executed: float, game: Game, sender: int
) -> Inducements:
    mine, theirs = (1e-7 * float(np.ptp(game.payoffs[i])) for i in (sender, 1 - sender))

    def above(a: float, b: float) -> float:
        return 0.0 if isclose(a, b, abs_tol=theirs) else max(0.0, float(a - b))

    return Inducements(
        positive=above(k, o),
        negative=above(q, x),
        complied=float(k),
        refused=float(x),
        status_quo=float(q),
        effective=bool(k >= x - theirs),
        credible_promise=bool(kept >= -mine),
        credible_threat=bool(executed >= -mine),
    )
