"""Who punishes? The victim, whoever catches the contagion, or all who are told.

n actors meet in pairs, drawn anew each period. A breach becomes known to its victim, and with
probability h to m − 1 of the others besides, any of them being as likely; both sides see a label
that says so, and withhold when they meet again. So a breach gains T − R once and loses R − P with
each of those who know. With j of them the best that one can do is

    V(j) = max { honest for ever:  [p R + (1 − p) P]/(1 − w),
                 another breach:   p (T + w E V(j')) + (1 − p)(P + w V(j)) },   p = 1 − j/(n − 1),

with j' − j the victim and those among the others told who did not know yet. No breach pays where
V(0) = R/(1 − w). In two cases that is, with M = n − 1,

    bilateral       m = 1         w ≥ M (T − R)/(M (T − R) + R − P)     the seldomer one meets again
    multilateral    m = M, h = 1  w ≥ (T − R)/(T − P)                   as of two, whatever n
    contagion       nobody is told anything; victims withhold from everybody (`contagion`).

To withhold from somebody who withholds is a best reply in the period, so that in the first two no
punishment costs the punisher anything, and nobody has to be made to do it. Contagion lies between
them, and for it that is a condition of its own (there). That local information which a label
carries brings back the threshold of two is the finding of M. Kandori, "Social norms and community
enforcement", Review of Economic Studies 59, 1992.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play.contagion import contagion_threshold, pair_payoffs, paired

MOST = 1 - 1e-5
"""Up to this continuation probability thresholds are looked for."""

TOLERANCE = 1e-9
"""A gain per period of up to this share of T − P is none."""


@dataclass(frozen=True)
class CommunityThresholds:
    """From which continuation probability on no breach pays, by who punishes it.

    Parameters
    ----------
    bilateral, contagion, multilateral : float or None
        The victim; whoever catches the contagion; everybody. None where it pays up to .99999.
    """

    bilateral: float | None
    contagion: float | None
    multilateral: float | None


def community_thresholds(game: Game, n: int, *, hit: float = 1.0) -> CommunityThresholds:
    """Compare what holds strangers together.

    Parameters
    ----------
    game : Game
        A symmetric game for two with two actions, which each pair plays.
    n : int
        Number of actors, even.
    hit : float
        Probability that a breach is reported to all; the victim knows in any case.
    """
    return CommunityThresholds(
        informed_threshold(game, n, 1),
        contagion_threshold(game, n),
        informed_threshold(game, n, n - 1, hit=hit),
    )


def breach_gain(game: Game, n: int, informed: int, continuation: float, hit: float = 1.0) -> float:
    """Say what the first breach gains, if the best is made of what follows.

    Parameters
    ----------
    game, n
        As of `community_thresholds`.
    informed : int
        m: how many come to know of a breach, the victim among them.
    continuation : float
        Probability w in [0, 1) that a further period follows.
    hit : float
        h: probability that anybody but the victim does.

    Returns
    -------
    float
        Payoff per period, less that of honesty; negative where a breach does not pay.
    """
    paired(n)
    if not 1 <= informed < n:
        raise Mistake(f"informed = {informed} must lie from 1, the victim, to all {n - 1} others")
    if not 0 <= hit <= 1:
        raise Mistake(f"hit = {hit:g} is no probability; it must lie in [0, 1]")
    if not 0 <= continuation < 1:
        raise Mistake(f"a continuation probability of {continuation:g} is not in [0, 1)")
    (R, _), (T, P) = pair_payoffs(game).tolist()
    M, w, m = n - 1, continuation, informed - 1
    value = [P] * n  # per period, (1 − w) V(j); all know at j = M
    gain = 0.0
    for j in range(M - 1, -1, -1):
        new = M - 1 - j  # those who would neither be the victim nor know already
        told = sum(
            comb(new, i) * comb(j, m - i) * value[j + 1 + i] for i in range(min(m, new) + 1)
        ) / comb(M - 1, m)  # fmt: skip
        later = hit * told + (1 - hit) * value[j + 1]
        p = 1 - j / M
        breach = (p * ((1 - w) * T + w * later) + (1 - p) * (1 - w) * P) / (1 - w * (1 - p))
        honest = p * R + (1 - p) * P
        gain, value[j] = breach - honest, max(breach, honest)
    return gain


def informed_threshold(game: Game, n: int, informed: int, *, hit: float = 1.0) -> float | None:
    """Find the smallest continuation probability at which no breach pays.

    Parameters
    ----------
    game, n, informed, hit
        As of `breach_gain`.

    Returns
    -------
    float or None
        0 if it does not pay however short play is; None if it pays up to .99999.
    """
    from scipy.optimize import brentq

    def gain(w: float) -> float:
        return breach_gain(game, n, informed, w, hit)

    if gain(0.0) <= 0:
        return 0.0
    return None if gain(MOST) > 0 else float(brentq(gain, 0.0, MOST, xtol=1e-13))


def needed_informed(game: Game, n: int, continuation: float, *, hit: float = 1.0) -> int | None:
    """Count how many must come to know of a breach, the victim among them, so that none pays.

    Parameters
    ----------
    game, n, continuation, hit
        As of `breach_gain`.

    Returns
    -------
    int or None
        None if not even all would be enough.
    """
    (_, _), (T, P) = pair_payoffs(game).tolist()
    enough = (
        m for m in range(1, n)
        if breach_gain(game, n, m, continuation, hit) <= TOLERANCE * (T - P)
    )  # fmt: skip
    return next(enough, None)
