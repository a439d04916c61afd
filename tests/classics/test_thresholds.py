"""Thresholds of the literature, by solving and not from the formula.

classics-iterated.md, entries 3, 8, 13, 17 and 18; classics-international.md, C1, C3 and, for two
actors, C2. Formulas stand here only as what solving has to come to.
"""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import brentq

from coopgames.games import Game, two_by_two
from coopgames.play import Horizon, Match, expect
from coopgames.play.solve import (
    best_reply,
    critical_continuation,
    deviation_gain,
    equilibrium_intervals,
    is_nash,
)
from coopgames.strategies import Automaton, Strategy, memory_one, strategy

T, R, P, S = 5, 3, 1, 0
PD = two_by_two("pd", R=R, S=S, T=T, P=P)
TFT, ALLD, GRIM = (strategy(x) for x in ("tit-for-tat", "always-defect", "grim"))
TRIGGER = Strategy("trigger", Automaton([[1, 0], [0, 1]], [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]))
"""Grim as the theory has it: any defection sets it off, one's own included."""


def at(w: float, first: Strategy, second: Strategy, game: Game = PD) -> Match:
    return Match(game, (first, second), Horizon(continuation=w))


def total(w: float, first: Strategy, second: Strategy, game: Game = PD) -> float:
    totals = expect(at(w, first, second, game)).totals
    assert totals is not None
    return totals[0]


# Entry 3 and C1. Friedman (1971); Axelrod & Hamilton (1981), Science 211:1390; Axelrod (1984)


@pytest.mark.parametrize("w", [2 / 3, 0.67, 0.9])
def test_nothing_beats_tit_for_tat_where_the_future_weighs_enough(w: float) -> None:
    assert best_reply(at(w, TFT, TFT), 0).total == pytest.approx(R / (1 - w), abs=1e-9)
    assert is_nash(at(w, TFT, TFT))


@pytest.mark.parametrize("w", [0.3, 0.5, 0.6, 0.66, 0.6666])
def test_something_beats_it_where_not(w: float) -> None:
    best = best_reply(at(w, TFT, TFT), 0).total
    assert best is not None
    assert best > R / (1 - w) + 1e-4
    assert deviation_gain(at(w, TFT, TFT), 0) == pytest.approx(best - R / (1 - w))
    assert not is_nash(at(w, TFT, TFT))


def test_worked_values() -> None:
    assert best_reply(at(0.6, TFT, TFT), 0).total == pytest.approx(7.8125, abs=1e-9)
    assert total(0.6, TFT, TFT) == pytest.approx(7.5, abs=1e-9)
    assert total(0.6, ALLD, TFT) == pytest.approx(6.5, abs=1e-9)
    assert best_reply(at(0.66, TFT, TFT), 0).total == pytest.approx(8.85897, abs=5e-6)
    assert total(0.66, TFT, TFT) == pytest.approx(8.82353, abs=5e-6)
    assert best_reply(at(0.9, TFT, TFT), 0).total == pytest.approx(30, abs=1e-9)


@pytest.mark.parametrize("w", [0.45, 0.55, 0.6, 0.65, 0.7])
def test_the_binding_deviation_is_alternation(w: float) -> None:
    best = best_reply(at(w, TFT, TFT), 0)
    kind, unkind = (best.opponent.index(q) for q in (0, 1))
    expected = (0,) if w == 0.7 else (1,)  # after C; and after D always C
    assert (best.optimal[kind], best.optimal[unkind]) == (expected, (0,))


def test_thresholds_of_the_standard_game() -> None:
    assert critical_continuation(PD, TFT, TFT) == pytest.approx(2 / 3, abs=1e-9)
    perfect = critical_continuation(PD, TRIGGER, TRIGGER, criterion="subgame-perfect")
    assert perfect == pytest.approx(1 / 2, abs=1e-9)
    for criterion in ("nash", "subgame-perfect"):
        found = equilibrium_intervals(PD, ALLD, ALLD, criterion=criterion)  # type: ignore[arg-type]
        assert found == ((0, 1),)
    # Tit for tat is not subgame perfect at any w: its feud after a slip is no equilibrium.
    assert critical_continuation(PD, TFT, TFT, criterion="subgame-perfect") is None


@pytest.mark.parametrize("seed", range(12))
def test_mutuality_of_interest(seed: int) -> None:
    s, p, r, t = np.sort(np.random.default_rng(seed).uniform(0, 10, 4))
    game = two_by_two("pd", R=r, S=s, T=t, P=p)
    found = critical_continuation(game, TRIGGER, TRIGGER, criterion="subgame-perfect")
    assert found == pytest.approx((t - r) / (t - p), abs=1e-9)
    assert critical_continuation(game, GRIM, GRIM) == pytest.approx(found, abs=1e-9)
    against = max((t - r) / (t - p), (t - r) / (r - s))
    found = critical_continuation(game, TFT, TFT)
    assert found == (pytest.approx(against, abs=1e-9) if against < 1 else None)


def contribution(b: float) -> Game:
    """Linear public good of two actors: each contribution gives each b and costs 1."""
    return two_by_two("contribution", R=2 * b - 1, S=b - 1, T=b, P=0)


@pytest.mark.parametrize("b", [0.55, 0.6, 0.75, 0.9])
def test_public_good_of_two(b: float) -> None:
    """C2 for n = 2: δ* = (1−b)/b; entry 3 writes it (N−r)/(r(N−1)) with r = 2b."""
    found = critical_continuation(
        contribution(b), TRIGGER, TRIGGER, criterion="subgame-perfect"
    )  # fmt: skip
    assert found == pytest.approx((1 - b) / b, abs=1e-9)
    assert found == pytest.approx((2 - 2 * b) / (2 * b), abs=1e-9)


@pytest.mark.parametrize(("b", "e"), [(0.75, 0.02), (0.75, 0.1), (0.9, 0.05)])
def test_trembles_raise_the_bar(b: float, e: float) -> None:
    """One intended contribution costs (1−2e)(1−b) now and saves the rest with (1−e)(1−2e).

    Both hands slip both ways. What is saved is worth Δ = (1−2e)(2b−1)/(1−δ(1−e)²) more than the
    punishment, so that δ* solves (1−b)(1−δ(1−e)²) = δ(1−e)(1−2e)(2b−1).
    """
    found = critical_continuation(
        contribution(b), TRIGGER, TRIGGER, criterion="subgame-perfect", noise=e
    )
    by_hand = (1 - b) / ((1 - e) * (1 - 2 * e) * (2 * b - 1) + (1 - b) * (1 - e) ** 2)
    assert found == pytest.approx(by_hand, abs=1e-9)
    assert found is not None
    assert found > (1 - b) / b


# C3. Friedman (1971): how many can keep up a cartel

COURNOT = {2: 9 / 17, 3: 0.5714, 5: 0.6429, 7: 0.6957, 10: 0.7516, 13: 0.7903}


def cartel(collude: float, compete: float, cheat: float, n: int) -> Game:
    """One firm and the n−1 others acting as one, with linear demand 1−Q and no costs.

    All others do the same, so what one of them could gain is what the first could.
    """
    q = np.array([collude, compete, cheat])
    first = q[:, None] * (1 - q[:, None] - (n - 1) * q)
    others = q * (1 - q[:, None] - (n - 1) * q)
    names = ["collude", "compete", "cheat"]
    return Game("cartel", [first, others], actions=[names, names], roles=[(0, 1, 2)] * 2)


def reversion(k: int) -> Strategy:
    """Collude until anybody does anything else, then compete for ever."""
    to = np.ones((2, k, k), dtype=int)
    to[0, 0, 0] = 0
    return Strategy("reversion", Automaton(np.eye(k)[[0, 1]], to))


@pytest.mark.parametrize("n", COURNOT)
def test_cournot(n: int) -> None:
    share = 1 / (2 * n)
    game = cartel(share, 1 / (n + 1), (1 - (n - 1) * share) / 2, n)
    found = critical_continuation(game, reversion(3), reversion(3), seat=0)
    assert found == pytest.approx((n + 1) ** 2 / ((n + 1) ** 2 + 4 * n), abs=1e-9)
    assert found == pytest.approx(COURNOT[n], abs=5e-5)
    if n == 2:  # then the others are one firm too, and both seats can be asked
        perfect = critical_continuation(
            game, reversion(3), reversion(3), criterion="subgame-perfect"
        )
        assert perfect == pytest.approx(9 / 17, abs=1e-9)
        best = best_reply(at(0.5, reversion(3), reversion(3), game), 0)
        assert best.optimal[0] == (2,)


@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_bertrand(n: int) -> None:
    """Sharing the monopoly profit 1; who undercuts takes all of it once: δ* = 1 − 1/n."""
    one = [[1 / n, 0], [1, 0]]
    rest = [[1 / n, 1 / (n - 1)], [0, 0]]
    game = Game("bertrand", [one, rest], roles=[(0, 1)] * 2)
    found = critical_continuation(game, reversion(2), reversion(2), seat=0)
    assert found == pytest.approx(1 - 1 / n, abs=1e-9)


# Entry 8. Luce & Raiffa (1957); Nachbar (1992), JEBO 19:307

N = 10


def defects_last(k: int) -> Strategy:
    """T_k: tit for tat, but in the last k of N periods defect."""
    # State 2t + d: period t, and whether the other defected in the one before.
    mix = [[0, 1] if d or t >= N - k else [1, 0] for t in range(N) for d in range(2)]
    to = [[[2 * min(t + 1, N - 1) + o for o in range(2)]] * 2 for t in range(N) for _ in range(2)]
    return Strategy(f"T_{k}", Automaton(mix, to))


def test_the_finitely_repeated_game_unravels() -> None:
    rules = [defects_last(k) for k in range(N + 1)]
    vector = []
    for rule in rules:
        best = best_reply(Match(PD, (rule, rule), Horizon(N)), 0)
        against = [expect(Match(PD, (x, rule), Horizon(N))).totals for x in rules]
        values = np.array([t[0] for t in against if t is not None])
        assert best.total == pytest.approx(values.max(), abs=1e-9)
        assert (values > values.max() - 1e-9).sum() == 1  # one of them only
        vector.append(int(values.argmax()))
        # Nor is there any other reply: on its path each optimal action is the only one.
        state, taken = best.automaton.initial, []
        theirs = rule.rule
        assert isinstance(theirs, Automaton)
        q = theirs.initial
        for _ in range(N):
            (a,) = best.optimal[state]
            o = int(theirs.mix[q, 1])
            taken.append(a)
            state, q = int(best.automaton.next[state, a, o]), int(theirs.next[q, o, a])
        assert taken == [0] * (N - vector[-1]) + [1] * vector[-1]
    assert vector == [*range(1, N + 1), N]
    assert [is_nash(Match(PD, (x, x), Horizon(N))) for x in rules] == [False] * N + [True]


# Entry 13. Molander (1985), JCR 29:611; Nowak & Sigmund (1992), Nature 355:250; Akin (2015)


def generous(q: float) -> Strategy:
    return Strategy("generous", memory_one(1, 1, q, 1, q))


def test_generosity_up_to_a_third() -> None:
    for q in (0.0, 0.1, 0.3, 0.34, 0.45, 0.5, 0.7, 1.0):
        best = best_reply(Match(PD, (TFT, generous(q)), Horizon()), 0).mean
        assert best == pytest.approx(max(R, P + (T - P) * q, (T + S + (R - S) * q) / 2), abs=1e-9)

    def tempts(q: float) -> float:
        return best_reply(Match(PD, (TFT, generous(q)), Horizon()), 0).mean - R - 1e-11

    assert brentq(tempts, 0.2, 0.5, xtol=1e-13) == pytest.approx(1 / 3, abs=1e-9)
    q = 1 / 3
    assert is_nash(Match(PD, (generous(q),) * 2, Horizon()))
    assert not is_nash(Match(PD, (generous(q + 1e-6),) * 2, Horizon()))


def long_run(p: np.ndarray, q: np.ndarray) -> list[np.ndarray]:
    """Payoffs of both memory-one strategies in each closed class of outcomes CC, CD, DC, DD."""
    q = q[[0, 2, 1, 3]]
    M = np.stack([p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)], axis=1)
    reach = np.linalg.matrix_power(np.eye(4) + (M > 0), 4) > 0
    found = []
    for i in range(4):
        members = np.flatnonzero(reach[i])
        if reach[np.ix_(members, [i])].all() and members[0] == i:
            inside = M[np.ix_(members, members)]
            system = np.vstack([inside.T - np.eye(len(members)), np.ones(len(members))])
            v = np.linalg.lstsq(system, np.eye(len(members) + 1)[-1], rcond=None)[0]
            found.append(np.array([[R, S, T, P], [R, T, S, P]])[:, members] @ v)
    return found


def test_good_strategies() -> None:
    """No opponent gets R or more unless both get R: inequalities, brute force, best reply."""
    luck = np.random.default_rng(13)
    pure = [np.array(q, dtype=float) for q in product([0, 1], repeat=4)]
    counts = {True: 0, False: 0}
    for p2, p3, p4 in luck.uniform(0.01, 0.99, (300, 3)):
        said = p3 * (T - R) / (R - S) < 1 - p2 and p4 * (T - R) / (R - P) < 1 - p2
        p = np.array([1, p2, p3, p4])
        tried = all(
            theirs < R - 1e-9 or (abs(theirs - R) < 1e-9 and abs(mine - R) < 1e-9)
            for q in pure for mine, theirs in long_run(p, q)
        )  # fmt: skip
        rule = Strategy("p", memory_one(1, *p))
        best = best_reply(Match(PD, (rule, rule), Horizon()), 1).mean
        assert said == tried == (best < R + 1e-9), p
        counts[said] += 1
    assert min(counts.values()) > 50


@pytest.mark.parametrize(
    ("p", "best"), [((1, 0, 1, 0), 3), ((1, 0, 0, 1), 3), ((1, 0.32, 1, 0.32), 3)]
)
def test_nobody_gets_more_than_the_reward(p: tuple[float, ...], best: float) -> None:
    """Tit for tat, win-stay lose-shift on the border, and generosity just below a third."""
    rule = Strategy("p", memory_one(1, *p))
    assert best_reply(Match(PD, (rule, rule), Horizon()), 0).mean == pytest.approx(best)


# Entry 17. Axelrod & Hamilton (1981); C1: replicator basin


def test_a_small_cluster_is_enough() -> None:
    w = 0.9
    tt, td, dt, dd = (total(w, a, b) for a in (TFT, ALLD) for b in (TFT, ALLD))
    assert (tt, td, dt, dd) == pytest.approx((30, 9, 14, 10), abs=1e-9)
    # A share p of what a newcomer meets is its like, all that a native meets are natives.
    assert (dd - td) / (tt - td) == pytest.approx(1 / 21, abs=1e-12)
    # In a mixed population both meet tit for tat with probability p.
    p = (dd - td) / (tt - td - dt + dd)
    assert p == pytest.approx(1 / 17, abs=1e-12)
    shares = {}
    for start in (0.05, 0.06):
        x = start
        for _ in range(3000):
            fit, native = x * tt + (1 - x) * td, x * dt + (1 - x) * dd
            x = x * fit / (x * fit + (1 - x) * native)
        shares[start] = x
    assert shares == pytest.approx({0.05: 0, 0.06: 1}, abs=1e-9)


# Entry 18. Blonski, Ockenfels & Spagnolo (2011); Dal Bó & Fréchette (2011), AER 101:411


def basin(w: float, game: Game) -> float:
    """The share of grim above which grim does better than always defecting."""
    gg, gd, dg, dd = (total(w, a, b, game) for a in (GRIM, ALLD) for b in (GRIM, ALLD))
    return (dd - gd) / (gg - gd - dg + dd)


@pytest.mark.parametrize(
    ("game", "perfect", "dominant"),
    [
        (two_by_two("32", R=32, S=12, T=50, P=25), 0.72, 0.8158),
        (two_by_two("40", R=40, S=12, T=50, P=25), 0.40, 0.6053),
        (two_by_two("48", R=48, S=12, T=50, P=25), 0.08, 0.3947),
        (PD, 1 / 2, 3 / 5),
    ],
)
def test_risk_dominance(game: Game, perfect: float, dominant: float) -> None:
    found = critical_continuation(game, TRIGGER, TRIGGER, criterion="subgame-perfect")
    assert found == pytest.approx(perfect, abs=1e-9)
    assert found is not None
    half = brentq(lambda w: basin(w, game) - 0.5, found + 1e-3, 0.999, xtol=1e-14)
    assert half == pytest.approx(dominant, abs=5e-5)
    t, r = game.payoffs[0, 1, 0], game.payoffs[0, 0, 0]
    p, s = game.payoffs[0, 1, 1], game.payoffs[0, 0, 1]
    assert half == pytest.approx((t + p - r - s) / (t - s), abs=1e-9)
    assert basin((t + p - r - s) / (t - s), game) == pytest.approx(0.5, abs=1e-12)
