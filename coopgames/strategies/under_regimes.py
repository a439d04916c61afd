"""Strategies for play under a regime, which read what it shows.

None of them forces anybody: each decides for itself what to do about what is asked of it and about
the other's standing. They are for games of any number of actions k; what they do where nothing is
asked, `otherwise`, is to withhold as much as can be unless another action is given. Without a
regime they are refused, but for those that form expectations with one or without.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.strategies.compiled import ACCOMMODATE
from coopgames.strategies.expecting import Expecting
from coopgames.strategies.guided import FREE, Guided, Label, all_labels
from coopgames.strategies.registry import entry, whole

HEGEMONY = "R. O. Keohane, After Hegemony (1984)"
LAST = -1
"""In place of an action: the most withholding one."""


def _guided(
    k: int,
    states: tuple[str, ...],
    does: Callable[[int, Label], int],
    follow: Callable[[int, Label], int] = lambda state, _: state,
) -> Guided:
    """Make an automaton that goes by labels alone.

    Parameters
    ----------
    k : int
        Number of actions.
    states : tuple of str
        Its states, from the first on.
    does : callable
        ``does(state, label)``: its action.
    follow : callable
        ``follow(state, label)``: the next state; by default none is left.
    """
    labels = all_labels(whole("k", k, 2))
    acts = [[does(s, label) for label in labels] for s in range(len(states))]
    to = [[follow(s, label) for label in labels] for s in range(len(states))]
    table = np.broadcast_to(np.reshape(to, (*np.shape(to), 1, 1, 1)), (*np.shape(to), k, 1, 1))
    return Guided(np.eye(k)[np.array(acts)], table, labels, states=states)


def _own(k: int, otherwise: int) -> int:
    if otherwise not in range(LAST, k):
        raise Mistake(f"otherwise = {otherwise} is none of the actions 0 to {k - 1}")
    return k - 1 if otherwise == LAST else otherwise


def _asked(label: Label, own: int) -> int:
    return own if label.asked == FREE else label.asked


@entry(
    "compliance",
    voice="Tell me what we agreed on, and I do it.",
    source=f"Our rule, for what {HEGEMONY}, calls compliance.",
)
def compliance(k: int = 2, otherwise: int = LAST) -> Guided:
    """Do what is asked; where nothing is, do `otherwise`."""
    own = _own(k, otherwise)
    return _guided(k, ("complies",), lambda _, label: _asked(label, own))


@entry(
    "conditional-compliance",
    voice="I keep the rules as long as you are known to keep them.",
    source=f"Our rule, after {HEGEMONY}; norms of reciprocity: A. W. Gouldner (1960), Am. "
    "Sociol. Rev. 25.",
)
def conditional_compliance(k: int = 2, otherwise: int = LAST) -> Guided:
    """Do what is asked as long as the other is in good standing; if it is not, do `otherwise`."""
    own = _own(k, otherwise)
    return _guided(
        k, ("complies",), lambda _, label: _asked(label, own) if label.other else own
    )  # fmt: skip


@entry(
    "standing-reciprocity",
    voice="I make amends for what I did, and expect you to make amends for what you did.",
    source="R. Sugden (1986), The Economics of Rights, Co-operation and Welfare, ch. 6 (T1); R. "
    "Boyd (1989), J. Theor. Biol. 136.",
)
def standing_reciprocity(k: int = 2, otherwise: int = LAST) -> Guided:
    """Do `otherwise` if oneself is in good standing and the other is not; else accommodate."""
    own = _own(k, otherwise)
    return _guided(
        k, ("reads standings",),
        lambda _, label: own if label.own and not label.other else ACCOMMODATE,
    )  # fmt: skip


@entry(
    "free-riding",
    voice="Good rules: may the others keep them, and may I keep my name.",
    source=f"Our rule, for the temptation that {HEGEMONY}, speaks of.",
)
def free_riding(k: int = 2, otherwise: int = LAST) -> Guided:
    """Do `otherwise` while in good standing; do what is asked to regain it when it is lost."""
    own = _own(k, otherwise)
    return _guided(k, ("rides",), lambda _, label: own if label.own else _asked(label, own))


@entry(
    "testing-the-limits",
    voice="I keep the rules, and now and then see if anybody is watching.",
    source=f"Our rule, after {HEGEMONY}; probing as in Axelrod (1980), J. Conflict "
    "Resolution 24 (TESTER).",
)
def testing_the_limits(calm: int = 5, k: int = 2, otherwise: int = LAST) -> Guided:
    """Do what is asked, and after `calm` periods in good standing do `otherwise`, and see.

    As long as that goes unnoticed and one's standing is good, go on with it; once standing is lost,
    do again what is asked.
    """
    own, n = _own(k, otherwise), whole("calm", calm, 1)
    states = (*(f"{n - s} to go" for s in range(n)), "tests")

    def follow(state: int, label: Label) -> int:
        return min(state + 1, n) if label.own else 0

    return _guided(
        k, states, lambda s, label: own if s == n and label.own else _asked(label, own), follow
    )  # fmt: skip


@entry(
    "alarm-trigger",
    voice="I go by the alarm alone, whoever has set it off.",
    source="E. J. Green & R. H. Porter (1984), Econometrica 52: trigger-price strategies.",
)
def alarm_trigger(m: int = 0, k: int = 2, otherwise: int = LAST) -> Guided:
    """Accommodate until an alarm; then do `otherwise` for `m` periods, or for ever if `m` is 0.

    It reads the public signal, 0 for quiet and 1 for an alarm, and no labels.
    """
    own, n = _own(k, otherwise), whole("m", m)
    states = ("quiet", *(("broken",) if n == 0 else (f"{n - t} to go" for t in range(n))))
    after = [[0, 1]] + ([[1, 1]] if n == 0 else [[(s + 1) % (n + 1)] * 2 for s in range(1, n + 1)])
    acts = np.eye(whole("k", k, 2))[[ACCOMMODATE, *[own] * (len(states) - 1)]]
    to = np.broadcast_to(
        np.reshape(after, (len(states), 1, 1, 1, 2)), (len(states), 1, k, 1, 2)
    )  # fmt: skip
    return Guided(acts[:, None], to, states=states)


@entry(
    "regime-shaped-expectations",
    voice="I ask myself whether you will do your part, and what follows if I do not do mine.",
    source="Our rule, for the convergence of expectations in S. D. Krasner, ed., International "
    f"Regimes (1983), and {HEGEMONY}; the beliefs: H. P. Young (1993), Econometrica 61.",
)
def regime_shaped_expectations(
    prior: float = 0.5,
    weight: float = 1.0,
    trust: float = 4.0,
    memory: int = 3,
    future: float = 0.9,
    temperature: float = 0.1,
    review: float = 1.0,
    otherwise: int = LAST,
) -> Expecting:
    """Expect the other to do what is asked of it, as it has done it so far, and reply to that.

    `prior` with `weight` is what is expected before anything is known, a regime adds `trust` times
    its pull, and the last `memory` periods what was seen. The reply weighs what an action brings
    now against what follows from being noticed, `future` times as much a period later where the
    horizon does not say; it is a logit choice with `temperature`. With probability 1 − `review` it
    goes on with what it did. `otherwise` is what those do who do not regard the other. Without a
    regime what is expected is that the other accommodates.
    """
    return Expecting(prior, weight, trust, memory, future, temperature, review, otherwise)


@entry(
    "wary-expectations",
    voice="I have been told many things; I will believe it when I see it.",
    source="Our rule: regime-shaped-expectations with a low prior that counts for more; beliefs: "
    "H. P. Young (1993), Econometrica 61.",
)
def wary_expectations(
    prior: float = 0.1,
    weight: float = 3.0,
    trust: float = 4.0,
    memory: int = 3,
    future: float = 0.9,
    temperature: float = 0.1,
    review: float = 1.0,
    otherwise: int = LAST,
) -> Expecting:
    """Form expectations as regime-shaped-expectations does, but expect little at first."""
    return Expecting(prior, weight, trust, memory, future, temperature, review, otherwise)
