"""What actors that form expectations believe: in each joint state, and along a course.

Nothing is kept while a match is played. A belief is a function of the state of its automaton
(`coopgames.play.expecting`), and of a course the states are worked out again, from what was done
and from its luck: who misperceived what, and which public signal was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.chain import Chain, joint_states
from coopgames.play.chance import SIGHT, lanes, stream_keys
from coopgames.play.expecting import Formed, formed
from coopgames.play.match import Match, both
from coopgames.play.python import erring, told_by
from coopgames.strategies import Expecting

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Believed:
    """The joint chain of a match, and what is believed in its states.

    Parameters
    ----------
    chain : Chain
        The joint chain.
    p : ndarray, shape (J, 2)
        How likely each seat takes the other to do what is asked of it; NaN for a seat that forms no
        expectations.
    """

    chain: Chain
    p: Floats


def believed(match: Match) -> Believed:
    """Say what is believed in each joint state of a match.

    Parameters
    ----------
    match : Match
        Two automata, at least one of which forms expectations.

    Raises
    ------
    Mistake
        If neither does, or a strategy is no automaton.
    """
    found = _all_formed(match)
    chain, states = joint_states(match)
    own = np.array(states).T
    p = np.full(own.shape, np.nan)
    for i, f in enumerate(found):
        if f is not None:
            p[i] = f.believed[own[i]]
    return Believed(chain, p.T)


def believed_along(
    match: Match, played: NDArray[np.integer[Any]], *, seed: int, repetition: int = 0
) -> Floats:
    """Give what was believed in each period of a course, before anybody acted.

    Parameters
    ----------
    match : Match
        What was played; at least one of the two forms expectations.
    played : ndarray of int, shape (T,)
        The profile of each period, as `course` gives it.
    seed, repetition
        Of the course.

    Returns
    -------
    ndarray, shape (T, 2)
        As `Believed.p`.
    """
    found = _all_formed(match)
    names, T, Y = sorted(set(match.seat_labels)), len(played), match.signals
    seats = sorted(names.index(label) for label in match.seat_labels)
    key = stream_keys(seed, names, [seats], [repetition])[0]
    order, errors = lanes(match.seat_labels), both(match.perception.error)
    public = match.perception.public
    report = erring(key, SIGHT, T, order if public else order[::-1],
                    errors if public else errors[::-1], match.game.shape)  # fmt: skip
    told = told_by(match, key, T)
    roles = [np.argsort(r) for r in match.roles]  # the role of each action
    done = zip(*(r[x].tolist() for r, x in zip(
        roles, np.unravel_index(np.asarray(played, dtype=np.int64), match.game.shape), strict=True
    )), strict=True)  # fmt: skip
    following = {i: (f, f.automaton.next.tolist()) for i, f in enumerate(found) if f}
    states = {i: f.automaton.initial for i, (f, _) in following.items()}
    m = 0 if match.regime is None else match.regime.initial
    out = np.full((T, 2), np.nan)
    for t, (a, b) in enumerate(done):
        v, w = report(t, a, b)
        y, m = told(t, m, a, b)
        own, seen = (v, w) if public else (a, b), (w, v)
        for i, (f, to) in following.items():
            s = states[i]
            out[t, i] = f.believed[s]
            states[i] = to[s][own[i]][seen[i] * Y + y if Y > 1 else seen[i]]
    return out


def _all_formed(match: Match) -> tuple[Formed | None, Formed | None]:
    first, second = (
        formed(s.rule, match.conditions(seat), match.signals)
        if isinstance(s.rule, Expecting)
        else None
        for seat, s in enumerate(match.strategies)
    )
    if first is None and second is None:
        names = " and ".join(sorted({s.name for s in match.strategies}))
        raise Mistake(f"{names}: nobody forms expectations; regime-shaped-expectations does")
    return first, second
