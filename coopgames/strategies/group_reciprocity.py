"""Reciprocity, win-stay-lose-shift and punishment in groups, by how many of the others did what.

Each is the like of a strategy for two actors, and with n = 2 the same. A period is *enough* if at
least `threshold` of the others accommodated in it, all of them by default.
"""

from __future__ import annotations

from collections.abc import Callable

from coopgames.strategies.automaton import Automaton
from coopgames.strategies.compiled import ACCOMMODATE
from coopgames.strategies.group import group_automaton, named
from coopgames.strategies.registry import probability, whole
from coopgames.strategies.strategy import Parameter, Strategy

_KIND, _UNKIND = [1.0, 0.0], [0.0, 1.0]


def group_generous_tit_for_tat(n: int, q: float = 1 / 3, threshold: int | None = None) -> Strategy:
    """Accommodate first and after enough of the others did; else forgive with probability `q`.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    q : float
        The probability of accommodating after too few of the others have.
    threshold : int, optional
        How many of the others are enough; all n−1 by default.

    Notes
    -----
    P. Molander, "The prevalence of free riding", J. Conflict Resolution 36, 1992.
    """
    enough = _enough(n, threshold)
    rule = group_automaton(
        n, [_KIND, [probability("q", q), 1 - q]], lambda _, __, others: int(not enough(others)),
        states=("enough did", "too few did"),
    )  # fmt: skip
    return _with_threshold(
        "group-generous-tit-for-tat", rule, n, threshold, q=q, usual={"q": 1 / 3}
    )


def group_tits_for_tats(n: int, m: int = 2, threshold: int | None = None) -> Strategy:
    """Withhold only after too few of the others accommodated in each of the last `m` periods.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    m : int
        How many bad periods in a row are needed; 2 makes it tit for two tats.
    threshold : int, optional
        How many of the others are enough; all n−1 by default.
    """
    whole("m", m, 1)
    enough = _enough(n, threshold)
    rule = group_automaton(
        n, [_KIND] * m + [_UNKIND],
        lambda state, _, others: 0 if enough(others) else min(state + 1, m),
        states=[f"{i} bad" for i in range(m + 1)],
    )  # fmt: skip
    return _with_threshold("group-tits-for-tats", rule, n, threshold, m=m, usual={"m": 2})


def group_win_stay_lose_shift(n: int, threshold: int | None = None) -> Strategy:
    """Keep one's realised action after enough of the others accommodated, and change it after not.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    threshold : int, optional
        How many of the others make a success; all n−1 by default.

    Notes
    -----
    C. Hauert and H. G. Schuster, "Effects of increasing the number of players and memory size in
    the iterated prisoner's dilemma", Proc. R. Soc. Lond. B 264, 1997.
    """
    enough = _enough(n, threshold)
    rule = group_automaton(
        n, [_KIND, _UNKIND],
        lambda _, own, others: own if enough(others) else 1 - own,
        states=("accommodates", "withholds"),
    )  # fmt: skip
    return _with_threshold("group-win-stay-lose-shift", rule, n, threshold, usual={})


def group_all_or_none(n: int) -> Strategy:
    """Accommodate first, and after all or none of the group did, oneself included.

    Parameters
    ----------
    n : int
        Number of actors in the group.

    Notes
    -----
    F. L. Pinheiro, V. V. Vasconcelos, F. C. Santos and J. M. Pacheco, "Evolution of all-or-none
    strategies in repeated public goods dilemmas", PLoS Comput. Biol. 10, 2014.
    """
    rule = group_automaton(
        n, [_KIND, _UNKIND],
        lambda _, own, others: int(others[own] < n - 1),
        states=("all or none did", "some did"),
    )  # fmt: skip
    return named("group-all-or-none", rule, {"n": n}, {})


def group_limited_punishment(
    n: int, periods: int = 2, tolerance: int = 0, *, own: bool = False
) -> Strategy:
    """Accommodate until too many have not; then withhold for a number of periods, and start anew.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    periods : int
        How long it punishes; what is done meanwhile does not count.
    tolerance : int
        How many may fail to accommodate in a period without consequence.
    own : bool
        Whether one's own failure counts, a slip included, so that all punish at the same time.

    Notes
    -----
    E. J. Green and R. H. Porter, "Noncooperative collusion under imperfect price information",
    Econometrica 52, 1984, for reversion of limited length; here what sets it off is seen.
    """
    whole("periods", periods, 1)
    whole("tolerance", tolerance)

    def follow(state: int, mine: int, others: tuple[int, ...]) -> int:
        if state > 0:
            return state - 1
        failed = n - 1 - others[0] + (own and mine != ACCOMMODATE)
        return periods if failed > tolerance else 0

    rule = group_automaton(
        n, [_KIND] + [_UNKIND] * periods, follow,
        states=("peace", *(f"{i} to go" for i in range(1, periods + 1))),
    )  # fmt: skip
    given: dict[str, Parameter] = {
        "n": n, "periods": periods, "tolerance": tolerance, "own": int(own),
    }  # fmt: skip
    usual: dict[str, Parameter] = {"periods": 2, "tolerance": 0, "own": 0}
    return named("group-limited-punishment", rule, given, usual)


def group_proportional(n: int, opening: float = 1.0) -> Strategy:
    """Accommodate with the share of the others who just did: diffuse reciprocity.

    Parameters
    ----------
    n : int
        Number of actors in the group.
    opening : float
        The probability in the first period.

    Notes
    -----
    R. O. Keohane, "Reciprocity in international relations", Int. Organization 40, 1986, for diffuse
    reciprocity; the rule is ours.
    """
    shares = [o / max(n - 1, 1) for o in range(n)]
    rule = group_automaton(
        n, [[p, 1 - p] for p in (probability("opening", opening), *shares)],
        lambda _, __, others: 1 + others[0], states=("start", *(f"{o} did" for o in range(n))),
    )  # fmt: skip
    return named("group-proportional", rule, {"n": n, "opening": opening}, {"opening": 1.0})


def _enough(n: int, threshold: int | None) -> Callable[[tuple[int, ...]], bool]:
    needed = n - 1 if threshold is None else whole("threshold", threshold)
    return lambda others: others[0] >= needed


def _with_threshold(
    name: str,
    rule: Automaton,
    n: int,
    threshold: int | None,
    *,
    usual: dict[str, Parameter],
    **more: Parameter,
) -> Strategy:
    needed = n - 1 if threshold is None else threshold
    return named(name, rule, {"n": n, **more, "threshold": needed}, {**usual, "threshold": n - 1})
