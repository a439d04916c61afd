"""Oil: S5 of scenarios.md. Numbers are its, or enumerated here."""

from itertools import product

import numpy as np
import pytest

from coopgames.games import (
    among,
    catalog,
    coalitions,
    deals,
    friedman_threshold,
    named_game,
    structure,
)
from coopgames.games.scenarios.oil import (
    cartel_threshold,
    outputs,
    quota_threshold,
    sharing_threshold,
)
from coopgames.play import group_critical_continuation
from coopgames.strategies.group import trigger

MIXED, OPPOSED = "mixed-interests", "opposed-interests"


class TestAsIs:
    found = structure(named_game("as-is-oil"))

    def test_a_dilemma_for_the_companies_and_injurious_to_consumers(self):
        game = self.found.game
        firms = (0, 1, 2)
        compete = (1, 1, 1, 0)
        inner = structure(among(game, firms, compete))
        assert (inner.category, inner.subtype) == (MIXED, "dilemma")
        cartel = next(d for d in deals(game, compete, firms) if d.profile == (0, 0, 0, 0))
        # Monopoly profit ¼ shared by three against 1/16 each; surplus Q²/2 at ½ against ¾.
        assert cartel.effects[:3] == pytest.approx([1 / 12 - 1 / 16] * 3)
        assert cartel.effects[3] == pytest.approx(1 / 8 - 9 / 32)
        assert cartel.injurious

    def test_for_all_of_them_interests_are_opposed(self):
        assert (self.found.category, self.found.subtype) == (OPPOSED, "multiple")
        whole = next(c for c in coalitions(self.found) if c.parties == (0, 1, 2))
        assert (whole.structure.category, whole.structure.subtype) == (MIXED, "dilemma")
        assert whole.deal.injurious

    def test_outputs_are_best_replies(self):
        for n in (2, 3, 7):
            share, nash, cheat = outputs(n)
            q = np.linspace(0, 1, 100_001)
            assert n * share == pytest.approx(1 / 2)  # what a monopolist sells
            for rest, best in (((n - 1) * nash, nash), ((n - 1) * share, cheat)):
                assert q[(q * (1 - q - rest)).argmax()] == pytest.approx(best, abs=2e-5)


@pytest.mark.parametrize(
    ("n", "printed"),
    [(3, 0.571), (5, 0.643), (7, 0.696), (10, 0.752), (13, 0.790), (20, 0.846)],
)
def test_the_more_companies_the_heavier_the_future_must_weigh(n, printed):
    game = catalog()["tug-of-war"](n=n)
    solved = group_critical_continuation(game, trigger(n, k=3, punishment=1))
    assert solved == pytest.approx(cartel_threshold(n), abs=1e-9)
    assert solved == pytest.approx(printed, abs=5e-4)


def test_the_tenth_company_ends_it():
    assert cartel_threshold(9) < 0.75
    assert cartel_threshold(10) > 0.75


def test_the_tug_of_war_is_the_companies_game():
    one = named_game("tug-of-war")
    other = among(named_game("as-is-oil"), (0, 1, 2), (1, 1, 1, 0))
    assert one.payoffs == pytest.approx(other.payoffs)


class TestQuotas:
    @pytest.mark.parametrize("swing", [0.2, 1 / 3, 0.4, 0.45])
    def test_each_producers_threshold(self, swing):
        game = catalog()["opec-quotas"](swing=swing)
        found = structure(game)
        assert (found.category, found.subtype) == (MIXED, "dilemma")
        for seat, share in enumerate([swing, (1 - swing) / 2, (1 - swing) / 2]):
            cheating = tuple(int(i == seat) for i in range(3))
            R, T, P = (game.payoffs[(seat, *p)] for p in ((0, 0, 0), cheating, (1, 1, 1)))
            assert pytest.approx(quota_threshold(share)) == (T - R) / (T - P)
        smallest = min(swing, (1 - swing) / 2)
        assert friedman_threshold(game, (0, 0, 0), (1, 1, 1)) == pytest.approx(
            quota_threshold(smallest)
        )

    def test_numbers_in_the_card(self):
        assert [quota_threshold(s) for s in (0.4, 0.3)] == pytest.approx([0.444, 0.524], abs=5e-4)
        assert quota_threshold(1e-9) == pytest.approx(2 / 3)

    @pytest.mark.parametrize(("swing", "alone", "always"), [(0.45, False, False),
                                                            (0.55, True, False),
                                                            (0.7, True, True)])  # fmt: skip
    def test_a_large_producer_restrains_itself(self, swing, alone, always):
        u = catalog()["opec-quotas"](swing=swing).payoffs[0]
        assert (u[0, 1, 1] > u[1, 1, 1]) == alone
        assert (u[0, 0, 0] > u[1, 0, 0]) == always


def expected_losses(n, q, loss, shares):
    """Enumerate who is hit; whoever shares bears an equal part with the target."""
    total = np.zeros(n)
    for target in range(n):
        helpers = [i for i in range(n) if i != target and shares[i]]
        part = loss / (1 + len(helpers)) ** 2
        for i in (target, *helpers):
            total[i] -= q / n * part
    return total


@pytest.mark.parametrize(("n", "q"), [(2, 0.5), (4, 0.2), (5, 0.9)])
def test_oil_sharing_behind_the_veil(n, q):
    game = catalog()["oil-sharing"](n=n, q=q, loss=3.0).as_game()
    for profile in product((0, 1), repeat=n):
        expected = expected_losses(n, q, 3.0, [a == 0 for a in profile])
        assert game.payoffs[(slice(None), *profile)] == pytest.approx(expected)
    found = structure(game)
    assert (found.category, found.subtype) == (MIXED, "dilemma")
    assert found.self_regarding == ((1,) * n,)


@pytest.mark.parametrize(
    ("n", "q", "printed"), [(2, 0.5, 0.667), (4, 0.2, 0.625), (16, 0.1, 0.40), (16, 0.02, 0.769)]
)
def test_when_a_known_target_is_helped(n, q, printed):
    game = catalog()["oil-sharing"](n=n, q=q)
    worth = game.payoffs[0, n - 1] - game.payoffs[1, 0]  # of sharing, a period
    spared = 1 / n**2  # by refusing once, when another is hit
    delta = spared / (spared + worth)
    assert delta == pytest.approx(printed, abs=5e-4)
    assert delta == pytest.approx(sharing_threshold(n, q))


@pytest.mark.parametrize("n", [3, 4, 5])
def test_once_the_target_is_known_nobody_else_gains(n):
    found = structure(catalog()["oil-embargo"](n=n))
    assert (found.category, found.subtype) == (OPPOSED, "one-sided")
    assert found.self_regarding == ((0, *[1] * (n - 1)),)
    assert found.flags.linkage_opportunity
    assert list(found.game.payoffs[(slice(None), 0, *[0] * (n - 1))]) == [-1 / n**2] * n
