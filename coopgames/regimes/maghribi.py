"""The Maghribi traders' coalition: what keeps agents honest far away.

Merchants hire agents, who can embezzle. An agent who is honest gets the wage W and goes on being
employed but for turnover, with probability τ; one who cheats gets α once and is dismissed. In each
period in which it looks for work it is hired with probability h, h_h if it has always been honest
and h_c if not, at once if at all, and else lives on w̄. With a discount factor β

    V_h = W + β [(1 − τ) V_h + τ U_h]          employed and honest
    U_s = h_s V_h + (1 − h_s)(w̄ + β U_s)       looking for work, s = h or c
    V_h = α + β U_c                            at the lowest wage at which honesty pays, W*

which are linear: with a_s = h_s/(1 − β(1 − h_s)) and b_s = (1 − h_s) w̄/(1 − β(1 − h_s)),

    V_h = (α + β b_c)/(1 − β a_c),     W* = V_h (1 − β(1 − τ) − βτ a_h) − βτ b_h.

If only whom it cheated will not hire an agent again, h_c = h_h: *bilateral* punishment. If no
merchant of the coalition will, h_c = 0: *multilateral*. (In between, who is hired again is as good
as new.) Nobody is told not to hire a cheater. As long as others shun it, it has less to lose by
cheating again, since it would hardly be hired anyway, so that it would have to be paid more, W*
with h_c in place of h_h: to shun it is a best reply of each merchant.

After A. Greif, "Contract enforceability and economic institutions in early trade: the Maghribi
traders' coalition", American Economic Review 83, 1993. The timing, that who is unemployed may be
hired within the period, is our reading of it.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake


def honest_wage(
    *,
    hired: float,
    cheater_hired: float,
    turnover: float,
    outside: float,
    loot: float,
    discount: float,
) -> float:
    """Compute W*, the lowest wage at which an agent stays honest.

    Parameters
    ----------
    hired, cheater_hired : float
        h_h and h_c: probability that an unemployed agent is hired in a period, if it has always
        been honest, and if it has cheated.
    turnover : float
        τ: probability that an honest agent loses its work.
    outside : float
        w̄: what it lives on in a period without work.
    loot : float
        α: what it gets by cheating.
    discount : float
        β: how much the next period weighs, in [0, 1).

    Returns
    -------
    float
        Per period.

    Raises
    ------
    Mistake
        If something is no probability.
    """
    for name, p in (("hired", hired), ("cheater_hired", cheater_hired), ("turnover", turnover)):
        if not 0 <= p <= 1:
            raise Mistake(f"{name} = {p:g} is no probability; it must lie in [0, 1]")
    if not 0 <= discount < 1:
        raise Mistake(f"a discount factor of {discount:g} is not in [0, 1)")

    def looking(h: float) -> tuple[float, float]:
        """Give a and b, where looking for work is worth a V_h + b."""
        return h / (1 - discount * (1 - h)), (1 - h) * outside / (1 - discount * (1 - h))

    (a_h, b_h), (a_c, b_c) = looking(hired), looking(cheater_hired)
    employed = (loot + discount * b_c) / (1 - discount * a_c)
    kept = discount * (1 - turnover)
    return employed * (1 - kept - discount * turnover * a_h) - discount * turnover * b_h


def cheaters_wage(
    *, cheater_hired: float, turnover: float, outside: float, loot: float, discount: float
) -> float:
    """Compute the lowest wage at which an agent who is known to have cheated stays honest.

    No merchant hires it where this is above `honest_wage`, since an honest one costs less.

    Parameters
    ----------
    cheater_hired, turnover, outside, loot, discount
        As of `honest_wage`.
    """
    return honest_wage(
        hired=cheater_hired, cheater_hired=cheater_hired, turnover=turnover, outside=outside,
        loot=loot, discount=discount,
    )  # fmt: skip
