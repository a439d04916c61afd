"""Escape clauses: neither too cheap nor too expensive.

Two actors cooperate, which is worth 1 a period to each. In each period a breach would bring an
actor g_L more, and with probability q, where there is pressure at home that the other cannot see,
g_H; it costs the other l. Whoever escapes and pays a fee k stays in the agreement; a breach without
paying ends it, and it is worth 0 then. The fee is a cost and goes to nobody. If it is paid under
pressure and at no other time, a period is worth

    v = 1 + q g_H − q l − q k,

and with a continuation probability δ three things have to be best replies:

    not to escape in an ordinary period     k ≥ g_L
    to escape under pressure                k ≤ g_H
    to pay rather than to be out            k ≤ δ v/(1 − δ), or

    k ≤ k_max = [δ (1 + q g_H − q l)/(1 − δ)] / [1 + δ q/(1 − δ)].

Without a clause cooperation in all periods needs g_H ≤ δ/(1 − δ). So there is a range of patience
in which an agreement holds only if it can be escaped. Nobody collects the fee: who pays it does so
since the agreement is worth more.

That the cost must be "neither too cheap … nor too expensive" is the claim of B. P. Rosendorff and
H. V. Milner, "The optimal design of international trade institutions: uncertainty and escape",
International Organization 55, 2001; the model is ours.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake


def escape_value(
    fee: float, *, ordinary: float, pressed: float, chance: float, loss: float
) -> float:
    """Compute what a period of an agreement with an escape clause is worth to each.

    Parameters
    ----------
    fee : float
        k: what an escape costs.
    ordinary, pressed : float
        g_L and g_H: what a breach brings, usually and under pressure.
    chance : float
        q: how often there is pressure.
    loss : float
        l: what an escape costs the other.

    Returns
    -------
    float
        Per period, where it is escaped under pressure and at no other time.
    """
    _check(ordinary, pressed, chance, 0.0)
    return 1 + chance * (pressed - loss - fee)


def escape_fees(
    *, ordinary: float, pressed: float, chance: float, loss: float, continuation: float
) -> tuple[float, float] | None:
    """Find the fees at which all do what the clause expects of them, of their own accord.

    Parameters
    ----------
    ordinary, pressed, chance, loss
        As of `escape_value`.
    continuation : float
        δ: how much the next period weighs, in [0, 1).

    Returns
    -------
    tuple of float, or None
        The lowest and the highest; the lowest is the best for both. None if no fee will do.
    """
    _check(ordinary, pressed, chance, continuation)
    later = continuation / (1 - continuation)
    bearable = later * (1 + chance * (pressed - loss)) / (1 + later * chance)
    high = min(pressed, bearable)
    return (ordinary, high) if ordinary <= high else None


def holds_without_escape(pressed: float, continuation: float) -> bool:
    """Whether cooperation holds in all periods, under pressure too, without a clause.

    Parameters
    ----------
    pressed : float
        g_H: what a breach brings under pressure.
    continuation : float
        δ, in [0, 1).
    """
    _check(0.0, pressed, 0.0, continuation)
    return pressed <= continuation / (1 - continuation)


def _check(ordinary: float, pressed: float, chance: float, continuation: float) -> None:
    if not 0 <= ordinary < pressed:
        raise Mistake(
            f"a breach brings {ordinary:g} usually and {pressed:g} under pressure; the second must "
            "be larger, and neither negative"
        )
    if not 0 <= chance <= 1:
        raise Mistake(f"chance = {chance:g} is no probability; it must lie in [0, 1]")
    if not 0 <= continuation < 1:
        raise Mistake(f"a continuation probability of {continuation:g} is not in [0, 1)")
