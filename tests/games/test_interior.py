"""Proposition 1 (theory.md 1.1.5), and labels on coarse grids (1.1.4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import Game, grid_sensitive, local_adjustment, structure
from coopgames.mistakes import Mistake


@pytest.mark.parametrize(
    ("e12", "e21", "t", "d"),
    [(-0.3, -0.1, 0.1, (-1, -1)), (-0.3, 0.1, 0.1, (1, -1)), (-0.3, 0.0, 0.0, None)],
)
def test_two_actors(e12, e21, t, d):
    gain, adjustment = local_adjustment([[0, e12], [e21, 0]])
    assert gain == pytest.approx(t, abs=1e-9)
    if d:
        # Whoever's policy the tighter constraint is about goes all the way.
        assert np.sign(adjustment).tolist() == list(d)
        assert adjustment[0] == pytest.approx(d[0])


def test_two_who_want_a_third_to_move_in_opposite_directions():
    assert local_adjustment([[0, 0, 1], [0, 0, -1], [0, 0, 0]])[0] == pytest.approx(0, abs=1e-9)


@given(st.lists(st.floats(0.1, 3), min_size=2, max_size=2), st.booleans(), st.booleans())
def test_two_who_both_matter_can_always_gain(sizes, first, second):
    e12, e21 = sizes[0] * (1 if first else -1), sizes[1] * (1 if second else -1)
    assert local_adjustment([[0, e12], [e21, 0]])[0] > 0


def test_an_interior_equilibrium_of_a_smooth_game_is_mixed_interests():
    # u_i = −(a_i − 1/2)² + e_i a_j: the equilibrium is (1/2, 1/2) whatever the cross effects.
    a = np.linspace(0, 1, 21)
    own, other = a[:, None], a[None, :]
    for e1, e2 in ((0.4, 0.4), (0.4, -0.4), (-0.4, -0.4)):
        game = Game("smooth", [-((own - 0.5) ** 2) + e1 * other, -((other - 0.5) ** 2) + e2 * own])
        found = structure(game)
        assert found.self_regarding == ((10, 10),)
        assert found.category == "mixed-interests"


@pytest.mark.parametrize("effects", [[[0, 1]], [[1, 0], [0, 0]], [[0, np.nan], [0, 0]]])
def test_what_are_no_cross_effects_is_refused(effects):
    with pytest.raises(Mistake, match="cross effects"):
        local_adjustment(effects)


def locomotive(levels, b=-0.4):
    """Play S4 with a = x = 1, ω = .5 on evenly spaced levels alone."""
    d = np.linspace(0, 2, levels)
    own, other = d[:, None], d[None, :]
    u = -((-1 + own - b * other) ** 2) - 0.5 * own**2
    return Game("locomotive", [u, u.T])


def test_a_coarse_grid_is_found_out():
    labels = [structure(locomotive(n)).category for n in (11, 21, 41)]
    assert labels == ["opposed-interests", "mixed-interests", "mixed-interests"]
    assert grid_sensitive(locomotive, 11)
    assert not grid_sensitive(locomotive, 21)
