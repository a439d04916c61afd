"""Play under a regime becomes ordinary play: automata that carry the public state themselves.

A seat's state becomes a pair (q, m) of its own and the public one. It is shown label[m] before it
acts; after the period it moves by its own table and m by the public signal y.

- If the signal is a function of the profile, and every seat sees the profile as it is, each seat
  can work out y for itself. The pair (q, m) is then an automaton that observes the other's action
  like any other, and nothing else of play has to know that there is a regime. The regime is
  *narrow*.
- If not, y is one more thing to be observed: what a seat sees in a period is the pair (o, y),
  written as the number o·Y + y, and y is the same draw for all. The regime is *wide*.

Ordinary automata stay as they are in the first case and ignore y in the second. Where no strategy
reads what the regime shows, there is nothing to translate and play is what it would be without it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Guided, Label

Told = Callable[[int, int], int]
"""``(own action, observation) -> public signal``, where the profile decides it."""


def without_regime(name: str) -> str:
    """Say that a strategy cannot be played where no regime shows what it reads."""
    return f"{name} reads what a regime shows, and there is none here; give the match a regime"


def check_guided(
    name: str, rule: Guided, regime: PublicRegime | None, seat: int, k: int, observations: int
) -> None:
    """Refuse a guided automaton in a seat where it cannot be played.

    Parameters
    ----------
    name, rule
        Who it is.
    regime : PublicRegime or None
        What it would play under.
    seat : int
        Where.
    k, observations : int
        How many actions it has there, and how many it may observe.
    """
    if regime is None:
        raise Mistake(without_regime(name))
    missing = [] if not rule.labels else sorted(set(regime.shown(seat)) - set(rule.labels))
    if missing:
        raise Mistake(
            f"{name} does not read the label that the regime shows seat {seat}: "
            f"{'; '.join(map(str, missing))}"
        )
    Y = regime.next.shape[1]
    if rule.next.shape[4] not in {1, Y}:
        raise Mistake(
            f"{name} reads {rule.next.shape[4]} public signals, and the regime gives {Y}: "
            f"{', '.join(regime.signals)}"
        )
    if rule.k != k or rule.next.shape[3] not in {1, observations}:
        raise Mistake(
            f"{name} is written for {rule.k} own actions and {rule.next.shape[3]} observations; "
            f"seat {seat} has {k} actions and observes {observations}; its parameter k says for "
            "how many actions it is"
        )


def carried(
    rule: Guided, regime: PublicRegime, seat: int, observations: int, told: Told | None
) -> Automaton:
    """Make the ordinary automaton that a guided one is in a seat under a regime.

    Parameters
    ----------
    rule, regime, seat
        Who is shown what.
    observations : int
        How many observations there are besides the signal.
    told : callable, optional
        What works out the signal from what is seen; without it the signal is observed.

    Returns
    -------
    Automaton
        With the states (q, m) that can be reached, and as many observations, or as many times the
        number of signals.
    """
    M, Y = regime.next.shape
    k, seen = rule.k, observations
    number: dict[Label, int] = {label: c for c, label in enumerate(rule.labels)}
    label = [number.get(shown, 0) for shown in regime.shown(seat)]
    own = np.broadcast_to(rule.next, (*rule.next.shape[:3], seen, Y))
    after: NDArray[np.int64] = own[:, label] * M  # (S, M, k, O, Y)
    after = after + regime.next[:, None, None, :]
    if told is None:
        leads = after.reshape(-1, k, seen * Y)
    else:
        signal = np.array([[told(a, o) for o in range(seen)] for a in range(k)])
        leads = np.take_along_axis(after, signal[None, None, :, :, None], axis=4)
        leads = leads.reshape(-1, k, seen)
    names = [f"{q} ({m})" for q in rule.states for m in regime.states]
    whole = Automaton(
        rule.mix[:, label].reshape(-1, k), leads, rule.initial * M + regime.initial, names
    )
    return _reached(whole)


@lru_cache(maxsize=1024)
def carried_by(
    rule: Guided, regime: PublicRegime, seat: int, observations: int, signals: int
) -> Automaton:
    """Make the ordinary automaton that a guided one is in a seat of a game for two.

    The signal is observed if there are several `signals`; if not, it is worked out.
    """
    if signals > 1:
        return carried(rule, regime, seat, observations, None)
    table = regime.signal.argmax(axis=-1)
    told = table if seat == 0 else table.T
    return carried(rule, regime, seat, observations, lambda a, o: int(told[a, o]))


def _reached(rule: Automaton) -> Automaton:
    """Drop the states that cannot be reached."""
    kept = rule.reachable()
    number = np.full(len(rule.mix), -1)
    number[kept] = np.arange(len(kept))
    return Automaton(
        rule.mix[kept], number[rule.next[kept]], int(number[rule.initial]),
        [rule.states[s] for s in kept],
    )  # fmt: skip


def widened(rule: Automaton, signals: int) -> Automaton:
    """Let an ordinary automaton observe a signal too, which it ignores."""
    return Automaton(rule.mix, np.repeat(rule.next, signals, axis=2), rule.initial, rule.states)
