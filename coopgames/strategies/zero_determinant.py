"""Strategies that draw a line between both payoffs, whatever the other does.

In the long run the payoffs of a zero-determinant strategy (X) and of anyone else (Y) lie on

    s_X − κ = χ (s_Y − κ),

with the target κ and the factor χ ≥ 1. At κ = P it extorts: it gets χ times as much above mutual
defection as the other. At κ = R it is generous: it bears χ times as much of what is missing to
mutual accommodation. Such a line is held by the memory-one strategies with

    p_cc = 1 − φ (χ − 1)(R − κ)         p_dc = φ [(T − κ) + χ (κ − S)]
    p_cd = 1 − φ [χ (T − κ) + κ − S]    p_dd = φ (χ − 1)(κ − P)

for every φ > 0 at which these are probabilities, in a game with T > R > P > S. Press & Dyson
(2012), PNAS 109:10409-10413; in this form Hilbe, Nowak & Sigmund (2013), PNAS 110:6913-6918.

The payoffs R, S, T, P are parameters, since a table knows no game; usually 3, 0, 5, 1.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton, memory_one
from coopgames.strategies.registry import entry, probability
from coopgames.strategies.sources import STEWART

_PRESS = (
    "Press & Dyson (2012), Iterated Prisoner's Dilemma contains strategies that dominate any "
    "evolutionary opponent, PNAS 109:10409-10413"
)
_KUHN = "Kuhn (2017), Prisoner's Dilemma, Stanford Encyclopedia of Philosophy"


def _dilemma(R: float, S: float, T: float, P: float) -> None:
    if not T > R > P > S:
        raise Mistake(
            f"T, R, P, S = {T:g}, {R:g}, {P:g}, {S:g} is no prisoner's dilemma; T > R > P > S is "
            "needed"
        )


def _line(
    chi: float, phi: float, target: float, R: float, S: float, T: float, P: float
) -> tuple[float, float, float, float]:
    """Give the probabilities that hold the line, in the order CC, CD, DC, DD."""
    _dilemma(R, S, T, P)
    if not 1 <= chi < float("inf"):
        raise Mistake(
            f"chi = {chi:g}: the factor of a line that can be held is at least 1, at which both "
            "always get the same"
        )
    if not P <= target <= R:
        raise Mistake(
            f"target = {target:g} cannot be on a line that is held: it must lie between mutual "
            f"withholding, P = {P:g}, and mutual accommodation, R = {R:g}"
        )
    steps = (
        (chi - 1) * (R - target),
        chi * (T - target) + target - S,
        T - target + chi * (target - S),
        (chi - 1) * (target - P),
    )
    most = 1 / max(steps)
    if not 0 < phi <= most * (1 + 1e-12):
        raise Mistake(
            f"phi = {phi:g} makes no probabilities of chi = {chi:g} and target = {target:g}: it "
            f"must be above 0 and at most {most:.6g}"
        )
    a, b, c, d = (min(phi * step, 1.0) for step in steps)
    return 1 - a, 1 - b, c, d


@entry(
    "zero-determinant",
    voice="Whatever you do, I decide how we share.",
    source=f"{_PRESS}. The other factors and targets: {STEWART}; {_KUHN}, for GEN-2.",
    aliases={
        "extort-3": {"chi": 3.0, "phi": 1 / 26},
        "extort-4": {"chi": 4.0, "phi": 1 / 17},
        "GEN-2": {"phi": 1 / 16, "target": 3.0},
    },
)
def zero_determinant(
    chi: float = 2.0,
    phi: float = 1 / 18,
    target: float = 1.0,
    first: float = 1.0,
    R: float = 3.0,
    S: float = 0.0,
    T: float = 5.0,
    P: float = 1.0,
) -> Automaton:
    """Hold payoffs to a line: own payoff less `target` is `chi` times the other's less `target`.

    `phi` says how much one period matters; the smaller, the slower it comes to the line. `first` is
    the probability of accommodating in the first period. `R`, `S`, `T` and `P` are the payoffs of
    the game that the line is meant for: both accommodate, oneself alone does, the other alone does,
    neither does.
    """
    return memory_one(probability("first", first), *_line(chi, phi, target, R, S, T, P))


@entry(
    "extort-2",
    voice="Of all that we gain over fighting, two thirds are mine.",
    source=f"EXTORT-2 in {STEWART}; {_PRESS}.",
    aliases=("Extort-2", "EXTORT-2"),
)
def extort_2() -> Automaton:
    """Play memory-one with 8/9, 1/2, 1/3 and 0: the line from P with the factor 2, and φ = 1/18."""
    return memory_one(1, *_line(2, 1 / 18, 1, R=3, S=0, T=5, P=1))


@entry(
    "zdgtft-2",
    voice="If we fall short of our best, I bear two thirds of what is missing.",
    source=f"ZDGTFT-2 in {STEWART}, the winner of their tournament; {_PRESS}.",
    aliases=("ZDGTFT-2",),
)
def zdgtft_2() -> Automaton:
    """Play memory-one with 1, 1/8, 1 and 1/4: the line from R with the factor 2, and φ = 1/8."""
    return memory_one(1, *_line(2, 1 / 8, 3, R=3, S=0, T=5, P=1))


@entry(
    "equaliser",
    voice="What you get is not up to you.",
    source=f"Boerlijst, Nowak & Sigmund (1997), Equal pay for all prisoners, American Math. "
    f"Monthly 104:303-305; {_PRESS}. SET-2 is that of {_KUHN}.",
    aliases={"SET-2": {"p_cc": 0.75, "p_dd": 0.25}},
)
def equaliser(
    p_cc: float = 2 / 3,
    p_dd: float = 1 / 3,
    first: float = 1.0,
    R: float = 3.0,
    S: float = 0.0,
    T: float = 5.0,
    P: float = 1.0,
) -> Automaton:
    """Set what the other gets in the long run, whatever it does.

    That is [(1 − `p_cc`) P + `p_dd` R] / (1 − `p_cc` + `p_dd`), where `p_cc` and `p_dd` are the
    probabilities of accommodating after mutual accommodation and after mutual withholding; the two
    others follow from them. `first` is the probability in the first period. `R`, `S`, `T` and `P`
    are the payoffs of the game that it is meant for.
    """
    _dilemma(R, S, T, P)
    probability("p_cc", p_cc)
    probability("p_dd", p_dd)
    if p_cc == 1 and p_dd == 0:
        raise Mistake(
            "p_cc = 1 and p_dd = 0 set nothing: play stays where it is, all accommodating or none"
        )
    p_cd = (p_cc * (T - P) - (1 + p_dd) * (T - R)) / (R - P)
    p_dc = ((1 - p_cc) * (P - S) + p_dd * (R - S)) / (R - P)
    for name, p in {"p_cd": p_cd, "p_dc": p_dc}.items():
        if not -1e-12 <= p <= 1 + 1e-12:
            raise Mistake(
                f"p_cc = {p_cc:g} and p_dd = {p_dd:g} set nothing: with them {name} would have to "
                f"be {p:.4g}, which is no probability; bring p_cc nearer to 1 and p_dd nearer to 0"
            )
    p_cd, p_dc = (min(max(p, 0.0), 1.0) for p in (p_cd, p_dc))
    return memory_one(probability("first", first), p_cc, p_cd, p_dc, p_dd)
