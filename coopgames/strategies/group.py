"""Strategies for groups: automata that read how many of the others did what.

A group strategy is an `Automaton` whose observation is the number of the others' tally, as
`coopgames.games.counts` numbers them; with two actions ``next[s, a, o]`` is the state after *s*
when one's own realised action was *a* and *o* of the others accommodated. It is a table for a
group of a certain size, so each is made for n from a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from coopgames.games import tallies
from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE
from coopgames.strategies.registry import probability, whole
from coopgames.strategies.strategy import Parameter, Strategy

Follow = Callable[[int, int, tuple[int, ...]], int]
"""``(state, own action, others' tally) -> next state``."""


def group_automaton(
    n: int, mix: ArrayLike, follow: Follow, *, initial: int = 0, states: Sequence[str] = ()
) -> Automaton:
    """Make the automaton of a rule for a group of n.

    Parameters
    ----------
    n : int
        Number of actors in the group, oneself included.
    mix : array_like, shape (S, k)
        Probability of each action in each state.
    follow : callable
        ``follow(state, own, others)``: the next state when one's own realised action was *own* and
        ``others[a]`` of the others took action *a*.
    initial : int
        The state in the first period.
    states : sequence of str, optional
        What each state is called.
    """
    if n < 2:
        raise Mistake(f"a group of {n} is none; it needs at least 2 actors")
    S, k = np.shape(np.asarray(mix, dtype=np.float64))
    rows = [tuple(int(c) for c in row) for row in tallies(n, k)]
    to = [[[follow(s, a, others) for others in rows] for a in range(k)] for s in range(S)]
    return Automaton(mix, to, initial, states)


def trigger(
    n: int,
    tolerance: int = 0,
    *,
    own: bool = False,
    k: int = 2,
    punishment: int | None = None,
) -> Strategy:
    """Accommodate until too many have not, then punish for ever: grim for groups.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    tolerance : int
        How many may fail to accommodate in a period without consequence.
    own : bool
        Whether one's own failure counts, a slip included; else the others' alone.
    k : int
        Number of actions; whatever is not the most accommodating one is a failure.
    punishment : int, optional
        The action that punishes; the most withholding one by default.

    Notes
    -----
    J. W. Friedman, "A non-cooperative equilibrium for supergames", Rev. Econ. Studies 38, 1971.
    """
    whole("tolerance", tolerance)
    last = k - 1 if punishment is None else punishment
    if last not in range(1, k):
        raise Mistake(f"punishment = {last} is none of the actions 1 to {k - 1} that withhold")

    def follow(state: int, mine: int, others: tuple[int, ...]) -> int:
        failed = sum(others[1:]) + (own and mine != ACCOMMODATE)
        return int(state == 1 or failed > tolerance)

    rule = group_automaton(n, np.eye(k)[[0, last]], follow, states=("trust", "never"))
    given: dict[str, Parameter] = {
        "n": n, "tolerance": tolerance, "own": int(own), "k": k, "punishment": last,
    }  # fmt: skip
    usual: dict[str, Parameter] = {"tolerance": 0, "own": 0, "k": 2, "punishment": k - 1}
    return named("group-trigger", rule, given, usual)


def group_tit_for_tat(n: int, threshold: int | None = None) -> Strategy:
    """Accommodate in the first period, then whenever enough of the others just did.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    threshold : int, optional
        How many of the others are enough; all n−1 by default.

    Notes
    -----
    M. Taylor, The Possibility of Cooperation, 1987; R. Boyd and P. J. Richerson, "The evolution of
    reciprocity in sizable groups", J. Theor. Biol. 132, 1988.
    """
    enough = n - 1 if threshold is None else whole("threshold", threshold)
    rule = group_automaton(
        n, np.eye(2), lambda _, __, others: int(others[0] < enough),
        states=("enough did", "too few did"),
    )  # fmt: skip
    return named("group-tit-for-tat", rule, {"n": n, "threshold": enough}, {"threshold": n - 1})


def group_reactive(n: int, opening: float, after: Sequence[float]) -> Strategy:
    """Accommodate with a probability that depends on how many of the others just did.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    opening : float
        The probability in the first period.
    after : sequence of float, length n
        ``after[o]``: the probability after *o* of the others accommodated.
    """
    if len(after) != n:
        raise Mistake(
            f"a reactive strategy for {n} actors needs {n} probabilities, after 0 to {n - 1} of "
            f"the others accommodated, not {len(after)}"
        )
    chances = [probability("opening", opening), *(probability("after", p) for p in after)]
    rule = group_automaton(
        n, [[p, 1 - p] for p in chances], lambda _, __, others: 1 + others[0],
        states=("start", *(f"{o} did" for o in range(n))),
    )  # fmt: skip
    given: dict[str, Parameter] = {
        "n": n,
        "opening": opening,
        "after": " ".join(repr(float(p)) for p in after),
    }
    return named("group-reactive", rule, given, {})


def group_always(n: int, k: int = 2) -> Strategy:
    """Accommodate in every period."""
    return _constant("group-always-accommodate", n, k, ACCOMMODATE)


def group_never(n: int, k: int = 2) -> Strategy:
    """Withhold as much as can be in every period."""
    return _constant("group-always-withhold", n, k, k - 1)


def _constant(name: str, n: int, k: int, action: int) -> Strategy:
    rule = group_automaton(n, np.eye(k)[[action]], lambda *_: 0, states=("always",))
    return named(name, rule, {"n": n, "k": k}, {"k": 2})


def named(
    name: str, rule: Automaton, given: dict[str, Parameter], usual: dict[str, Parameter]
) -> Strategy:
    """Give a rule its name and those of its parameters that are not as usual."""
    unusual = tuple((key, v) for key, v in given.items() if usual.get(key) != v)
    return Strategy(name, rule, unusual, family="group")
