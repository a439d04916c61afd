"""Whether a regime exists (theory.md 1.5.3).

The text's test is that of oil after the mid-1960s: there was none, since no injunction could be
said to be accepted as obligatory by all influential actors (After Hegemony, ch. 4). On a record

    accepted(q, i) ⇔ i's compliance rate where it could have violated q ≥ .7
                     and i believes that compliance is expected, ≥ .5        if beliefs are recorded
                     and P(adverse reaction | violation) > P(… | compliance), unless untested
    EXISTS         ⇔ some intermediate q is accepted by all influential actors
    weak           ⇔ EXISTS, but what is accepted is only implicit: practice without a formal rule

Regularity is not obligation: two who always do the same have no regime unless something demands
it. An *adverse reaction* to what i did is that another turns, in the next period, to an action that
i likes less than what that one did before, i's own and the rest's actions being what they are.
With no violation on record the third clause is untested. Shown beside it: compliance *under
temptation*, where the best violation would have paid more at once than the best compliance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.regimes.record import Course, Record, checked, records
from coopgames.regimes.regime import Regime
from coopgames.regimes.strength import influential, intermediate
from coopgames.regimes.when import Mask

COMPLIANCE, BELIEF = 0.7, 0.5
"""From these rates on an injunction can be accepted; conventions."""


@dataclass(frozen=True)
class Acceptance:
    """Whether one seat accepts one injunction, and on what evidence.

    Parameters
    ----------
    injunction : str
        Which.
    seat : int
        Who.
    feasible : int
        In how many periods it held and could have been violated.
    compliance : float
        Share of these in which the seat complied; NaN if there were none.
    tempted : int
        In how many of them the best violation would have paid more at once.
    under_temptation : float
        Share of those in which it complied; NaN if there were none.
    violations : int
        How many there were.
    answered : bool or None
        Whether violations were answered more often than compliance; None, untested, if there was
        no violation that could be answered.
    after_violation, after_compliance : float
        How often an adverse reaction followed each; NaN if there was none of it.
    belief : float
        How sure the seat is that others expect it to comply; NaN if not recorded.
    accepted : bool
        Whether it counts as accepted; not where it could never have been violated.
    """

    injunction: str
    seat: int
    feasible: int
    compliance: float
    tempted: int
    under_temptation: float
    violations: int
    answered: bool | None
    after_violation: float
    after_compliance: float
    belief: float
    accepted: bool


@dataclass(frozen=True)
class Existence:
    """Whether a regime exists, on a record.

    Parameters
    ----------
    exists, weak : bool
        See the module.
    accepted : tuple of str
        The injunctions accepted by all influential seats they address, intermediate or not.
    evidence : tuple of Acceptance
        For each injunction on record and each seat it addresses.
    """

    exists: bool
    weak: bool
    accepted: tuple[str, ...]
    evidence: tuple[Acceptance, ...]


def acceptance(
    regime: Regime,
    course: ArrayLike,
    issue: str = "",
    *,
    beliefs: Mapping[str, Sequence[float]] | None = None,
    flags: Mapping[str, ArrayLike] | None = None,
) -> tuple[Acceptance, ...]:
    """Find out who accepts what about an issue.

    Parameters
    ----------
    regime : Regime
        The regime.
    course : array_like of int, shape (T, n)
        The number of the action that each seat took in each period.
    issue : str
        In which issue; the regime's first by default.
    beliefs : mapping of str to sequence of float, optional
        By injunction, how sure each seat is that others expect it to comply.
    flags : mapping, optional
        See `record.records`.

    Returns
    -------
    tuple of Acceptance
        For each injunction that demands something, and each seat it addresses.
    """
    about = regime.issue(issue)
    played = checked(about, course)
    game = about.game
    adverse = None if game is None else _adverse(game, played)
    found = []
    for name, record in records(regime, played, about.name, flags).items():
        q = regime.injunction(name)
        if q.deontic == "permit":
            continue
        tempted = None if game is None else _tempted(game, played, record)
        held = None if beliefs is None else beliefs.get(name)
        if held is not None and len(held) != len(about.seats):
            raise Mistake(f'beliefs about "{name}": one for each of {len(about.seats)} seats')
        for seat in regime.addressed(q):
            belief = math.nan if held is None else float(held[seat])
            found.append(_acceptance(name, seat, record, tempted, adverse, belief))
    return tuple(found)


def existence(
    regime: Regime,
    course: ArrayLike | Mapping[str, ArrayLike],
    *,
    beliefs: Mapping[str, Sequence[float]] | None = None,
) -> Existence:
    """Test whether a regime exists in what was played.

    Parameters
    ----------
    regime : Regime
        The regime.
    course : array_like or mapping of str to array_like
        What was played in its first issue, or in several by name (`acceptance`).
    beliefs : mapping, optional
        See `acceptance`.
    """
    courses = course if isinstance(course, Mapping) else {regime.issues[0].name: course}
    evidence: list[Acceptance] = []
    for issue, played in courses.items():
        evidence += acceptance(regime, played, issue, beliefs=beliefs)
    accepted = []
    for q in regime.injunctions:
        powerful = set(influential(regime, q.issue))
        asked = [a for a in evidence if a.injunction == q.name and a.seat in powerful]
        if asked and all(a.accepted for a in asked):
            accepted.append(q.name)
    exists, weak = judged(regime, accepted)
    return Existence(exists, weak, tuple(accepted), tuple(evidence))


def judged(regime: Regime, accepted: Sequence[str]) -> tuple[bool, bool]:
    """Say whether a regime exists, and whether it is weak, by what is accepted.

    Parameters
    ----------
    regime : Regime
        The regime.
    accepted : sequence of str
        The injunctions accepted by all influential actors.
    """
    essence = [regime.injunction(name) for name in intermediate(regime) if name in accepted]
    return bool(essence), bool(essence) and all(q.implicit for q in essence)


def _acceptance(
    name: str, seat: int, r: Record, tempted: Mask | None, adverse: Mask | None, belief: float
) -> Acceptance:
    feasible, complied = r.feasible[:, seat], r.complied[:, seat]
    compliance = _share(complied, feasible)
    tried = feasible & tempted[:, seat] if tempted is not None else feasible & False
    answered, after = None, [math.nan, math.nan]
    if adverse is not None:
        cases = [(feasible & ~complied)[:-1], (feasible & complied)[:-1]]
        after = [_share(adverse[:, seat], case) for case in cases]
        if cases[0].any():
            answered = after[0] > (0.0 if math.isnan(after[1]) else after[1])
    accepted = (
        compliance >= COMPLIANCE
        and (math.isnan(belief) or belief >= BELIEF)
        and answered is not False
    )
    return Acceptance(
        name, seat, int(feasible.sum()), compliance, int(tried.sum()), _share(complied, tried),
        int((feasible & ~complied).sum()), answered, after[0], after[1], belief, bool(accepted),
    )  # fmt: skip


def _share(what: Mask, where: Mask) -> float:
    return float(what[where].mean()) if where.any() else math.nan


def _adverse(game: Game, played: Course) -> Mask:
    """Say who met with an adverse reaction to what it did in each period but the last."""
    T, n = played.shape
    found = np.zeros((max(T - 1, 0), n), bool)
    for i, u in enumerate(game.payoffs):
        slack = 1e-7 * float(np.ptp(u))
        for j in (j for j in range(n) if j != i):
            now, before = played[1:].copy(), played[1:].copy()
            before[:, j] = played[:-1, j]
            found[:, i] |= u[tuple(now.T)] < u[tuple(before.T)] - slack
    return found


def _tempted(game: Game, played: Course, record: Record) -> Mask:
    """Say to whom the best violation would have paid more at once than the best compliance."""
    drive = game.payoffs if game.choice is None else game.choice
    found = np.zeros(played.shape, bool)
    for t, i in np.argwhere(record.feasible):
        at = list(map(int, played[t]))
        options = np.moveaxis(drive[i], i, -1)[tuple(at[:i] + at[i + 1 :])]
        allowed = record.allowed[t, i, : len(options)]
        found[t, i] = options[~allowed].max() > options[allowed].max()
    return found
