"""Deals and coalitions. Expected values are those of theory.md 1.1.3–1.1.5, or by enumeration."""

import sys
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, among, coalitions, deals, named_game, self_regarding, structure
from coopgames.mistakes import Mistake


def bystander():
    """Play the prisoner's dilemma 5, 3, 1, 0 before a third who loses 1 for each cooperator."""
    pd = named_game("prisoners-dilemma").payoffs
    third = [[[-2.0], [-1.0]], [[-1.0], [0.0]]]
    return Game("bystander", [*pd[..., None], third])


def guild():
    """Three actions let two of three make an injurious deal in harmony (1.1.5)."""
    rows = ([5, 3], [1, 6], [2, 7]), ([5, 1], [4, 9], [3, 2]), ([5, 5], [5, 0], [5, 0])
    return Game("guild of two", np.array(rows)[..., None])


def test_a_dilemma_with_a_bystander():  # 1.1.4, Coalitions
    found = structure(bystander())
    assert found.category == "opposed-interests"
    (pair,) = coalitions(found)
    assert pair.parties == (0, 1)
    assert (pair.structure.category, pair.structure.subtype) == ("mixed-interests", "dilemma")
    assert pair.deal.profile == (0, 0, 0)
    assert pair.deal.effects == (2, 2, -2)
    assert pair.deal.injurious
    assert pair.deals == 1


def test_a_guild_of_two_with_three_actions():  # Proposition 2 needs binary actions
    found = structure(guild())
    assert (found.category, found.self_regarding) == ("harmony", ((0, 0, 0),))
    made = {d.profile: d for d in deals(found.game, (0, 0, 0))}
    assert made[1, 1, 0].effects == (1, 4, -5)


def test_a_benign_deal():
    table = np.zeros((3, 2, 2, 1))
    table[:, 1, 1, 0] = (1, 1, 0)
    (deal,) = deals(Game("benign", table), (0, 0, 0))
    assert (deal.parties, deal.outsiders, deal.injurious) == ((0, 1), (2,), False)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 4))
def test_deals_are_all_that_the_definition_names(seed, n):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 4, n))
    game = Game("random", rng.integers(0, 4, (n, *shape)))
    start = tuple(int(rng.integers(k)) for k in shape)
    u = game.payoffs
    expected = []
    for size in range(2, n + 1):
        for group in combinations(range(n), size):
            for actions in product(*(range(shape[i]) for i in group)):
                to = list(start)
                for i, a in zip(group, actions, strict=True):
                    to[i] = a
                effects = tuple(u[(i, *to)] - u[(i, *start)] for i in range(n))
                if all(effects[i] > 0 for i in group):
                    hurts = any(e < 0 for i, e in enumerate(effects) if i not in group)
                    expected.append((group, tuple(to), effects, hurts))
    found = [(d.parties, d.profile, d.effects, d.injurious) for d in deals(game, start)]
    assert found == expected


def harmonious(rng, n):
    """Sample binary games with one rationalizable profile, and lower what hinders anybody there."""
    while True:
        u = rng.normal(size=(n, *(2,) * n))
        U = self_regarding(Game("random", u))
        if len(U) == 1:
            for j, i in permutations(range(n), 2):
                instead = (i, *U[0][:j], 1 - U[0][j], *U[0][j + 1 :])
                u[instead] = min(u[instead], u[(i, *U[0])])
            game = Game("random", u)
            if self_regarding(game) == U and structure(game, feasible="pure").category == "harmony":
                return game, U[0]


@pytest.mark.parametrize(("n", "games"), [(3, 100), (4, 8)])
def test_in_harmony_no_two_with_two_actions_can_make_a_deal(n, games):  # Proposition 2
    rng = np.random.default_rng(n)
    injurious = 0
    for _ in range(games):
        game, at = harmonious(rng, n)
        for deal in deals(game, at):
            assert len(deal.parties) > 2
            injurious += deal.injurious
    assert n == 4 or not injurious  # of three actors, no outsider is left


def test_among_holds_the_others_to_what_they_do():
    game = Game("cube", np.arange(24.0).reshape(3, 2, 2, 2), seats=("a", "b", "c"))
    inner = among(game, (0, 2), (0, 1, 0))
    assert inner.seats == ("a", "c")
    assert inner.payoffs.tolist() == game.payoffs[[0, 2], :, 1, :].tolist()


def test_too_many_deals_are_refused_with_their_number(monkeypatch):
    monkeypatch.setattr(sys.modules["coopgames.games.coalitions"], "MOST", 35)
    # 8 profiles of U × 3 pairs × 4 choices × 3 payoffs.
    with pytest.raises(Mistake, match="288 payoffs would have to be compared"):
        coalitions(structure(bystander_of_all()))


def bystander_of_all():
    table = np.zeros((3, 2, 2, 2))
    table[:, 1, 1, 1] = 1.0
    table[:, 0, 0, 0] = 2.0
    return Game("all or none", table - np.indices((2, 2, 2)) * 0.5)
