"""Subgame-perfect payoffs of the repeated game."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import (
    Game,
    minmax,
    named_game,
    pure_equilibria,
    rational_set,
    relative_gains,
    repeated_payoffs,
    two_by_two,
)
from coopgames.games.polygon import hull
from coopgames.mistakes import Mistake

whole = st.integers(-5, 5)
tables = st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(
    lambda shape: st.lists(
        whole, min_size=2 * shape[0] * shape[1], max_size=2 * shape[0] * shape[1]
    ).map(lambda flat: Game("g", np.reshape(flat, (2, *shape))))
)
discounts = st.floats(0.05, 0.97)


def apart(one, other):
    """Hausdorff distance."""
    return max(
        *(other.distance(v) for v in one.vertices), *(one.distance(v) for v in other.vertices)
    )


@pytest.mark.parametrize(
    ("delta", "vertices"),
    [
        (0.2, [(1, 1)]),
        (0.249, [(1, 1)]),
        # At 1/4 whoever gives 5 away now and gets 4 ever after has (0·3 + 4)/4 = 1, what D gives.
        (0.25, [(1, 1), (4, 1), (1, 4)]),
        (0.499, None),
        # From (T−R)/(T−P) = 1/2 on mutual accommodation can be kept up.
        (0.5, [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)]),
        (0.99, [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)]),
        (0.9999, [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)]),
    ],
)
def test_the_prisoners_dilemma(delta, vertices):
    found = repeated_payoffs(named_game("prisoners-dilemma"), delta)
    if vertices is not None:
        assert len(found.vertices) == len(vertices)
        assert apart(found, hull(vertices)) < 1e-8
    assert (found.distance((3, 3)) < 1e-8) == (delta >= 0.5)


def test_thresholds_of_relative_gains():
    # theory.md 1.5.9: in the dilemma 4, 3, 2, 1 they are (1+2r)/(2+r).
    for r, threshold in ((0.0, 0.5), (0.25, 2 / 3), (0.5, 0.8), (0.75, 10 / 11)):
        game = relative_gains(two_by_two("pd", R=3, S=1, T=4, P=2), r)
        together = (3 - 3 * r, 3 - 3 * r)
        assert repeated_payoffs(game, threshold + 1e-6).distance(together) < 1e-7
        assert repeated_payoffs(game, threshold - 1e-3).distance(together) > 1e-4


@pytest.mark.parametrize("delta", [0.1, 0.5, 0.9])
def test_sets_without_an_area(delta):
    # quantecon fails on all of these.
    def vertices(name):
        return repeated_payoffs(named_game(name), delta).vertices

    assert vertices("deadlock") == ((3, 3),)
    assert vertices("independence") == ((2, 2),)
    assert vertices("pure-coordination") == ((1, 1),)
    assert vertices("hi-lo") == ((2, 2), (3, 3))
    assert vertices("matching-pennies") == ()


def test_harmony_is_there_from_the_start():
    assert repeated_payoffs(named_game("harmony"), 0.01).vertices == ((4, 4),)


def by_quantecon(game, delta):
    """The same from quantecon, given the pure minmax payoffs to begin with; None where it fails."""
    from scipy.spatial import QhullError

    theory = pytest.importorskip("quantecon.game_theory")
    players = [
        theory.Player(np.ascontiguousarray(game.payoffs[0])),
        theory.Player(np.ascontiguousarray(game.payoffs[1].T)),
    ]
    repeated = theory.RepeatedGame(theory.NormalFormGame(players), delta)
    options = {"u_init": minmax(game, mixed=False), "max_iter": 5000}
    try:
        found = repeated.equilibrium_payoffs(method="AS", options=options)
    except QhullError:
        return None
    except ValueError as error:
        assert "no incentive-compatible payoff" in str(error)
        return hull([])
    return hull(found.points[found.vertices].tolist())


def test_it_agrees_with_quantecon_where_that_has_an_answer():
    rng = np.random.default_rng(8)
    answers = 0
    for _ in range(300):
        game = Game("g", rng.integers(-5, 6, size=(2, *rng.integers(2, 4, size=2))))
        delta = float(rng.uniform(0.05, 0.97))
        ours, theirs = repeated_payoffs(game, delta), by_quantecon(game, delta)
        if theirs is not None:
            answers += 1
            assert bool(ours.vertices) == bool(theirs.vertices)
            assert not ours.vertices or apart(ours, theirs) < 1e-6
    assert answers > 90


@settings(max_examples=60, deadline=None)
@given(tables, discounts)
def test_every_corner_comes_about_by_equilibrium_play(game, delta):
    # Each is a profile now and a payoff of the set after, with a threat that keeps both to it; so
    # the set generates itself, and all of it are equilibria (Abreu, Pearce and Stacchetti 1990).
    found = repeated_payoffs(game, delta)
    worst = [min((v[i] for v in found.vertices), default=0) for i in range(2)]
    for v in found.vertices:
        assert any(
            led_there(v, game, profile, delta, found, worst) for profile in np.ndindex(game.shape)
        )


def led_there(v, game, profile, delta, found, worst):
    now = [float(u[profile]) for u in game.payoffs]
    after = [(v[i] - (1 - delta) * now[i]) / delta for i in range(2)]
    best = [
        game.payoffs[0][:, profile[1]].max() - now[0], game.payoffs[1][profile[0]].max() - now[1]
    ]  # fmt: skip
    slack = 1e-6 / delta
    return found.distance(tuple(after)) < slack and all(
        after[i] >= worst[i] + best[i] * (1 - delta) / delta - slack for i in range(2)
    )


@settings(max_examples=60, deadline=None)
@given(tables, discounts)
def test_between_one_shot_equilibria_and_what_is_rational(game, delta):
    found = repeated_payoffs(game, delta)
    for profile in pure_equilibria(game):
        assert found.distance(tuple(float(u[profile]) for u in game.payoffs)) < 1e-8
    rational = rational_set(game, mixed=False)
    assert all(rational.distance(v) < 1e-6 for v in found.vertices)


@pytest.mark.parametrize("delta", [0, 1, -0.5, 1.5, float("nan")])
def test_what_is_no_discount_factor(delta):
    with pytest.raises(Mistake, match="is no discount factor"):
        repeated_payoffs(named_game("chicken"), delta)


def test_two_actors_only():
    with pytest.raises(Mistake, match="'g' has 3 actors"):
        repeated_payoffs(Game("g", np.zeros((3, 2, 2, 2))), 0.5)
