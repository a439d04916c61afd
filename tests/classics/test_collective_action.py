"""Groups: who provides, how many it takes, and what size has to do with it.

classics-international.md:

- C7. M. Olson, The Logic of Collective Action (1965); T. Bergstrom, L. Blume and H. Varian, "On the
  private provision of public goods", J. Public Economics 29 (1986). V-R.
- C8. A. Diekmann, "Volunteer's dilemma", J. Conflict Resolution 29 (1985). V-R.
- C10. D. Snidal, "The limits of hegemonic stability theory", International Organization 39 (1985):
  the claim V-S, the numbers V-R, the set-up ours; T. C. Schelling (1973) for the k-group.
- C19. S. Barrett, "Self-enforcing international environmental agreements", Oxford Economic Papers
  46 (1994): the claim V-S, the tables V-R. "Three at most" is no universal result.
- C20. C. Carraro and D. Siniscalco, "Strategies for the international protection of the
  environment", J. Public Economics 52 (1993): the claim MEM, the numbers V-R.
"""

from itertools import pairwise

import numpy as np
import pytest

from coopgames.games import Game, catalog, deals, named_game, structure
from coopgames.games.groups.provision import nobody_volunteers
from coopgames.games.groups.schelling import k_group


def provided(incomes):
    """Let each give what is best for it, u = ln x + ln G, until nobody changes: its contributions.

    Given what the others give, o, the best g solves 1/(w − g) = 1/(g + o), if that is not negative.
    """
    w, g = np.array(incomes, dtype=float), np.zeros(len(incomes))
    for _ in range(20_000):
        for i in range(len(w)):
            g[i] = max(0.0, (w[i] - (g.sum() - g[i])) / 2)
    return g


class TestPrivateProvision:  # C7
    @pytest.mark.parametrize(
        ("incomes", "gifts"),
        [
            ([1, 1, 1], [0.25, 0.25, 0.25]),
            ([1.2, 1, 0.8], [0.45, 0.25, 0.05]),
            ([2, 0.5, 0.5], [1, 0, 0]),
            ([3, 0, 0], [1.5, 0, 0]),
        ],
    )
    def test_who_gives(self, incomes, gifts):
        assert provided(incomes) == pytest.approx(gifts, abs=1e-9)

    def test_redistribution_among_givers_changes_nothing(self):
        assert provided([1.2, 1, 0.8]).sum() == pytest.approx(provided([1, 1, 1]).sum())

    def test_concentration_helps_the_group_at_the_expense_of_the_great(self):
        totals = [provided(w).sum() for w in ([1, 1, 1], [2, 0.5, 0.5], [3, 0, 0])]
        assert totals == pytest.approx([0.75, 1, 1.5])

    def test_twice_the_group_hardly_gives_more(self):
        assert provided([1] * 6).sum() == pytest.approx(6 / 7)  # .857, with twice the income


class TestVolunteers:  # C8
    def test_failure_rises_to_the_cost_benefit_ratio(self):
        sizes = (2, 3, 5, 10, 100, 10_000)
        odds = [nobody_volunteers(n, 2.0, 1.0) for n in sizes]
        assert odds[:5] == pytest.approx([0.25, 0.354, 0.42, 0.463, 0.497], abs=5e-4)
        assert all(a < b < 0.5 for a, b in pairwise(odds))
        assert odds[-1] == pytest.approx(0.5, abs=1e-4)

    @pytest.mark.parametrize("n", [2, 3, 8])
    def test_the_mixed_equilibrium(self, n):
        b, c = 5.0, 2.0
        q = (c / b) ** (1 / (n - 1))
        volunteer, wait = catalog()["volunteers-dilemma"](n=n, b=b, c=c).payoffs
        # Waiting pays b unless all the others wait too.
        assert (1 - q ** (n - 1)) * wait[1] + q ** (n - 1) * wait[0] == pytest.approx(volunteer[0])
        assert q**n == pytest.approx(nobody_volunteers(n, b, c))


def provision(shares, B=4.0):
    """Make the game of giving a unit, cost 1, that is worth B to all, split by shares."""
    n = len(shares)
    gives = np.indices((2,) * n) == 0
    worth = B * gives.sum(axis=0) * np.reshape(shares, (n, *(1,) * n))
    return Game("units", worth - gives, actions=[("give", "keep")] * n)


def smallest_group(shares, B=4.0):
    """Find the fewest, the largest first, of whom none loses if only they give; and the surplus."""
    ordered = sorted(shares, reverse=True)
    k = next(k for k in range(1, len(shares) + 1) if ordered[k - 1] * B * k >= 1)
    return k, k * (B - 1)


class TestHegemony:  # C10
    @pytest.mark.parametrize(
        ("hegemon", "k", "surplus"), [(0.6, 1, 3), (0.4, 1, 3), (0.25, 1, 3), (0.2, 3, 9),
                                      (0.1, 3, 9)],
    )  # fmt: skip
    def test_decline_can_raise_the_surplus(self, hegemon, k, surplus):
        shares = [hegemon, *[(1 - hegemon) / 9] * 9]
        assert smallest_group(shares) == (k, surplus)
        game = provision(shares[:6])  # six of them are enough to see who can
        alone = game.payoffs[(0, 0, *[1] * 5)] - game.payoffs[(0, 1, *[1] * 5)]
        assert (alone >= 0) == (hegemon >= 0.25)  # privileged
        if k == 3:
            start = (1,) * 6
            assert not list(deals(game, start, (0, 1)))
            (deal,) = (d for d in deals(game, start, (0, 1, 2)) if d.profile[:3] == (0, 0, 0))
            assert not deal.injurious

    @pytest.mark.parametrize(("n", "r", "k"), [(10, 4, 3), (10, 2, 5), (6, 6, 1), (7, 3.5, 2)])
    def test_among_equals(self, n, r, k):  # k = ⌈c/b⌉
        assert k_group(catalog()["public-goods"](n=n, r=r)) == k == int(np.ceil(n / r - 1e-12))


class TestAgreements:
    """Barrett's linear benefits and quadratic costs: u = Q − q²/2, members maximise their sum."""

    @staticmethod
    def payoffs(n, k):
        """Give what a member gets and what an outsider gets where k have signed."""
        Q = k * k + (n - k)  # a member supplies k, an outsider 1
        return Q - k**2 / 2, Q - 1 / 2

    def stable(self, n):
        inside, outside = zip(*(self.payoffs(n, k) for k in range(n + 2)), strict=True)
        return [
            k
            for k in range(1, n + 1)
            if inside[k] >= outside[k - 1] and (k == n or outside[k] >= inside[k + 1])
        ]

    @pytest.mark.parametrize("n", range(3, 21))
    def test_two_or_three_sign(self, n):  # C19: k² − 4k + 3 ≤ 0
        assert self.stable(n) == [2, 3]

    def test_the_stage_game_is_a_dilemma(self):
        # Supplying 1 is best whatever the others do; supplying n is best for all.
        supply = np.array([3.0, 1.0])[np.indices((2, 2, 2))]
        payoffs = supply.sum(axis=0) - supply**2 / 2
        found = structure(Game("abatement", payoffs))
        assert (found.category, found.subtype) == ("mixed-interests", "dilemma")
        assert found.self_regarding == ((1, 1, 1),)

    def test_members_can_be_bought_by_the_committed(self):  # C20
        n, committed = 10, 3
        before, _ = self.payoffs(n, committed)

        def account(k):
            inside, _ = self.payoffs(n, k)
            _, outside = self.payoffs(n, k - 1)
            return committed * (inside - before), (k - committed) * (outside - inside)

        assert account(7) == (48, 48)
        assert account(8) == (67.5, 87.5)
        assert max(k for k in range(4, n + 1) if account(k)[0] >= account(k)[1]) == 7

    def test_transfers_alone_change_nothing(self):
        # All members are alike, so what they owe one another to stay is what they have.
        n = 10
        potential = [
            k for k in range(2, n + 1)
            if k * self.payoffs(n, k)[0] >= k * self.payoffs(n, k - 1)[1]
        ]  # fmt: skip
        assert potential == [2, 3]

    def test_three_realise_an_eighth(self):
        n = 10

        def welfare(k):
            inside, outside = self.payoffs(n, k)
            return k * inside + (n - k) * outside

        share = (welfare(3) - welfare(1)) / (welfare(n) - welfare(1))
        assert share == pytest.approx(0.1185, abs=5e-5)


class TestLeaders:
    """Barrett's other case: benefits (Q − Q²/2)/n, costs γq²/2, and signatories move first."""

    @staticmethod
    def outcome(n, k, gamma):
        """Give payoffs of members and outsiders, by search over what the members supply."""

        def rest(own):
            # Outsiders: (1 − Q)/n = γ q each, Q being all supply.
            pull = (n - k) / (n * gamma)
            return (k * own + pull) / (1 + pull)

        def pay(q, Q):
            return (Q - Q**2 / 2) / n - gamma * q**2 / 2

        if k == 0:
            Q = rest(0.0)
            return None, pay((1 - Q) / (n * gamma), Q)
        low, high = 0.0, 1.0 / k + 1.0
        for _ in range(200):  # a concave function has its top between two thirds
            a, b = low + (high - low) / 3, high - (high - low) / 3
            low, high = (a, high) if pay(a, rest(a)) < pay(b, rest(b)) else (low, b)
        own = (low + high) / 2
        Q = rest(own)
        return pay(own, Q), pay((1 - Q) / (n * gamma), Q)

    def stable(self, n, gamma):
        inside, outside = zip(*(self.outcome(n, k, gamma) for k in range(n + 1)), strict=True)
        found = [
            k
            for k in range(2, n + 1)
            if inside[k] >= outside[k - 1] - 1e-12 and (k == n or outside[k] >= inside[k + 1])
        ]
        return found, n * (inside[n] - outside[0])

    @pytest.mark.parametrize(
        ("gamma", "k", "gap"),
        [(0.01, 10, 0.0), (0.1, 6, 0.003), (0.25, 4, 0.016), (0.5, 3, 0.043), (1, 3, 0.092),
         (2, 3, 0.150), (5, 2, 0.188), (100, 2, 0.036)],
    )  # fmt: skip
    def test_ten_countries(self, gamma, k, gap):
        found, gained = self.stable(10, gamma)
        assert found == [k]
        assert gained == pytest.approx(gap, abs=6e-4)

    @pytest.mark.parametrize(
        ("gamma", "k"),
        [(0.01, 51), (0.1, 11), (0.25, 5), (0.5, 4), (1, 3), (2, 3), (5, 3), (10, 3), (20, 2)],
    )
    def test_a_hundred_countries(self, gamma, k):
        assert self.stable(100, gamma)[0] == [k]


def test_named_games_of_the_chapter_are_in_the_catalogue():
    kinds = {name: structure(named_game(name)).subtype for name in
             ("public-goods", "volunteers-dilemma", "weakest-link", "best-shot")}  # fmt: skip
    assert kinds == {
        "public-goods": "dilemma",
        "volunteers-dilemma": "coordination-distributive",
        "weakest-link": "assurance",
        "best-shot": "coordination-distributive",
    }
