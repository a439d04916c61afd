"""How long a window must be, lest luck pass for coordination.

If a period is coordinated by chance with probability p, independently of the others, the rule of
`passages` finds an emergence somewhere in T periods with a probability that the rule's own
automaton gives exactly (`coopgames.play.chance_of_emergence`; theory.md 1.4.2). The shortest window
with few enough false alarms follows. Because m = ⌈qL⌉ is rounded up, the probability does not fall
steadily with L; *safe* is a window from which on all longer ones are good too, as far as they
were tried.

Where p ≥ q no window separates emergence from luck: what chance alone exceeds is no threshold.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake
from coopgames.play import chance_of_emergence
from coopgames.readings.rule import Rule

ALARM = 0.05
"""How often luck may pass for coordination."""

LONGEST = 20
"""Windows are tried up to this length unless more is asked for; the work doubles with every two."""


def false_alarm(p: float, periods: int, rule: Rule | None = None) -> float:
    """Find how likely luck alone makes coordination seem to emerge.

    Parameters
    ----------
    p : float
        Probability that a period is coordinated by chance.
    periods : int
        Length of the record.
    rule : Rule, optional
        The window and the share of it; the usual ones by default.
    """
    r = rule or Rule()
    return chance_of_emergence(p, periods, r.L, r.m)


def shortest_window(
    p: float, periods: int, q: float = Rule.q, alarm: float = ALARM, longest: int = LONGEST
) -> int | None:
    """Find the shortest window with which luck seldom passes for coordination.

    Parameters
    ----------
    p : float
        Probability that a period is coordinated by chance.
    periods : int
        Length of the record.
    q : float
        Share of the window in which coordination must hold.
    alarm : float
        How likely a false alarm may be.
    longest : int
        How long windows are tried.

    Returns
    -------
    int or None
        None where p ≥ q, for then no length separates emergence from luck.

    Raises
    ------
    Mistake
        If no window up to the longest will do.
    """
    if p >= q:
        return None
    for L in range(1, longest + 1):
        if false_alarm(p, periods, Rule(L=L, q=q)) <= alarm:
            return L
    raise Mistake(
        f"no window of up to {longest} periods keeps false alarms below {alarm:g} where a period "
        f"is coordinated by chance with probability {p:g}; raise q = {q:g}, or try longer windows"
    )
