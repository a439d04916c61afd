"""The law merchant: a court without police.

Traders meet a new partner in each period, so none can punish who cheated it. A judge keeps a
record, and can do nothing else. Before trading one may ask it, at a cost Q, whether the partner has
an unpaid judgment. Honest trade is worth 1 to each; who cheats gets α > 1. Who asked and was
cheated may appeal, at a cost C, and is awarded J; to pay it is up to the other. Nobody trades with
whoever has not paid. Nothing in this is enforced, so each step has to be the best reply of whoever
takes it:

    to ask              Q < 1                      without it one has no appeal, and is cheated
    to be honest        J ≥ α − 1
    to appeal           J ≥ C
    to pay              J ≤ δ (1 − Q)/(1 − δ)      what a good name is worth from then on
    not to trade with who has not paid             it would cheat, having nothing to lose

Some J will do if and only if

    δ ≥ δ* = m/(m + 1 − Q),     m = max(C, α − 1).

The institution is that of P. R. Milgrom, D. C. North and B. R. Weingast, "The role of institutions
in the revival of trade: the law merchant, private judges, and the champagne fairs", Economics and
Politics 2, 1990; the constraints are derived here and are not their theorem word for word.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake


def judgments(
    *, cheat: float, query: float, appeal: float, continuation: float
) -> tuple[float, float] | None:
    """Find the judgments at which all trade honestly, and would appeal and pay.

    Parameters
    ----------
    cheat : float
        α: what cheating brings, where honest trade brings 1.
    query, appeal : float
        Q and C: what it costs to ask, and to appeal.
    continuation : float
        δ: how much the next period weighs, in [0, 1).

    Returns
    -------
    tuple of float, or None
        The lowest and the highest J; None if none will do.
    """
    low = _needed(cheat, query, appeal)
    if not 0 <= continuation < 1:
        raise Mistake(f"a continuation probability of {continuation:g} is not in [0, 1)")
    high = continuation * (1 - query) / (1 - continuation)
    return (low, high) if query < 1 and low <= high else None


def law_merchant_threshold(*, cheat: float, query: float, appeal: float) -> float | None:
    """Find δ*, the least weight of the future at which some judgment will do.

    Parameters
    ----------
    cheat, query, appeal
        As of `judgments`.

    Returns
    -------
    float or None
        None if asking costs as much as trade brings.
    """
    low = _needed(cheat, query, appeal)
    return low / (low + 1 - query) if query < 1 else None


def _needed(cheat: float, query: float, appeal: float) -> float:
    if cheat <= 1:
        raise Mistake(f"cheat = {cheat:g}: who gets no more than 1 by cheating needs no court")
    for name, cost in (("query", query), ("appeal", appeal)):
        if cost < 0:
            raise Mistake(f"{name} = {cost:g} is a cost and cannot be negative")
    return max(appeal, cheat - 1)
