"""The balance of payments: S4 of scenarios.md. Numbers are its, or solved for here."""

import numpy as np
import pytest
from scipy.optimize import minimize

from coopgames.games import Game, catalog, friedman_threshold, named_game, structure
from coopgames.games.scenarios.payments import (
    cheating_devaluation,
    joint_devaluation,
    loss,
    nash_devaluation,
    payments_threshold,
    shocks,
)
from coopgames.play.solve import critical_continuation
from coopgames.strategies import Automaton, Strategy

A, OMEGA = 1.0, 0.5


def position(game, value):
    """Find the number of the action at this level, which must be on the grid."""
    levels = np.array([float(name) for name in game.actions[0]])
    at = int(np.abs(levels - value).argmin())
    assert levels[at] == pytest.approx(value, rel=5e-3, abs=1e-12)
    return at


TABLE = {  # b: d_N, L_N, d_C, L_C, δ*
    0.4: (0.909, 0.620, 0.698, 0.581, 0.484),
    0.8: (1.429, 1.531, 0.370, 0.926, 0.377),
    1.0: (2.0, 3.0, 0.0, 1.0, 0.25),
}


@pytest.mark.parametrize("b", TABLE)
class TestAtTheNeighboursExpense:
    def test_the_table(self, b):
        nash, joint = nash_devaluation(A, b, OMEGA), joint_devaluation(A, b, OMEGA)
        losses = [float(loss(np.array(d), np.array(d), A, b, OMEGA)) for d in (nash, joint)]
        found = (nash, losses[0], joint, losses[1], payments_threshold(A, b, OMEGA))
        assert found == pytest.approx(TABLE[b], abs=5e-4)

    def test_what_the_game_encodes(self, b):
        found = structure(named_game(f"balance-of-payments(b={b})"))
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")
        _, L_N, _, L_C, _ = TABLE[b]
        at = position(found.game, nash_devaluation(A, b, OMEGA))
        assert (at, at) in found.self_regarding
        assert found.game.payoffs[:, at, at] == pytest.approx([-L_N, -L_N], abs=5e-4)
        joint = position(found.game, joint_devaluation(A, b, OMEGA))
        assert found.game.payoffs[0, joint, joint] == pytest.approx(-L_C, abs=5e-4)
        total = found.game.payoffs.sum(axis=0)
        assert total[joint, joint] == pytest.approx(total.max())

    def test_the_threshold_by_solving(self, b):
        game = named_game(f"balance-of-payments(b={b}, levels=9)")
        rules = (nash_devaluation, joint_devaluation, cheating_devaluation)
        war, agreed, cheating = (position(game, rule(A, b, OMEGA)) for rule in rules)
        assert game.payoffs[0, :, agreed].argmax() == cheating
        k = len(game.actions[0])
        to = np.ones((2, k, k), dtype=int)
        to[0, agreed, agreed] = 0
        grim = Strategy("grim", Automaton(np.eye(k)[[agreed, war]], to))
        found = critical_continuation(game, grim, grim, criterion="subgame-perfect")
        assert found == pytest.approx(payments_threshold(A, b, OMEGA), abs=1e-8)
        assert friedman_threshold(game, (agreed,) * 2, (war,) * 2) == pytest.approx(found)


def test_where_nobody_affects_anybody():
    found = structure(named_game("balance-of-payments(b=0)"))
    assert found.category == "independence"
    assert payments_threshold(A, 0.0, OMEGA) is None


class TestTheLocomotive:
    b = -0.4

    def test_policies_are_too_timid(self):
        nash, joint = (rule(A, self.b, OMEGA) for rule in (nash_devaluation, joint_devaluation))
        assert (nash, joint) == pytest.approx((0.526, 0.569), abs=5e-4)
        losses = [float(loss(np.array(d), np.array(d), A, self.b, OMEGA)) for d in (nash, joint)]
        assert losses == pytest.approx([0.208, 0.203], abs=5e-4)
        assert payments_threshold(A, self.b, OMEGA) == pytest.approx(0.4945, abs=5e-5)
        found = structure(named_game("balance-of-payments(b=-0.4)"))
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")
        # Whoever does more accommodates.
        assert found.game.roles[0] == tuple(reversed(range(found.game.shape[0])))

    @pytest.mark.parametrize(
        ("levels", "label"),
        [(11, "opposed-interests"), (21, "mixed-interests"), (41, "mixed-interests")],
    )
    def test_a_grid_without_the_analytic_points_can_mislead(self, levels, label):
        d = np.linspace(0, 2, levels)
        payoffs = -loss(d[:, None], d[None, :], A, self.b, OMEGA)
        assert structure(Game("coarse", [payoffs, payoffs.T])).category == label
        with_points = structure(named_game(f"balance-of-payments(b=-0.4, levels={levels})"))
        assert with_points.category == "mixed-interests"

    @pytest.mark.parametrize("b", [0.4, 0.8, 1.0])
    @pytest.mark.parametrize("levels", [21, 25, 41, 49])
    def test_the_subtype_survives_other_grids(self, b, levels):  # theory.md 1.1.6, edge cases
        found = structure(named_game(f"balance-of-payments(b={b}, levels={levels})"))
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")


@pytest.mark.parametrize(("n", "b", "gap"), [(2, 0.8, 0.0), (2, 0.8, 0.5), (3, 0.6, 0.4),
                                             (3, -0.4, 0.3)])  # fmt: skip
def test_the_formulas_by_iteration_and_by_search(n, b, gap):
    x = np.array(shocks(n, 1.0, gap))
    assert x.mean() == pytest.approx(1.0)
    d = np.zeros(n)
    for _ in range(2000):
        others = (d.sum() - d) / (n - 1)
        d = A * (x + b * others) / (A**2 + OMEGA)

    def total(d):
        others = (d.sum() - d) / (n - 1)
        return loss(d, others, A, b, OMEGA, x).sum()

    best = minimize(total, np.ones(n), method="BFGS", options={"gtol": 1e-10}).x
    game = catalog()["balance-of-payments"](n=n, b=b, gap=gap, limit=4.0, levels=5)
    others = (d.sum() - d) / (n - 1)
    at = [position(game, value) for value in d]
    assert game.payoffs[(slice(None), *at)] == pytest.approx(
        -loss(d, others, A, b, OMEGA, x), rel=1e-9
    )
    assert tuple(at) in structure(game, feasible="pure").equilibria
    joint = tuple(position(game, value) for value in best)
    assert game.payoffs[(slice(None), *joint)].sum() == pytest.approx(-total(best), rel=1e-9)


def test_who_adjusts():
    # The country with the larger deficit devalues more, in equilibrium and by agreement.
    found = structure(named_game("balance-of-payments(gap=0.4)"))
    (a, b) = found.equilibria[0]
    assert a > b


def test_three_countries():
    found = structure(named_game("balance-of-payments(n=3, levels=5)"))
    assert (found.category, found.subtype) == ("mixed-interests", "dilemma")
