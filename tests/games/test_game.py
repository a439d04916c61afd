"""The value everything else is made of."""

import math

import numpy as np
import pytest

from coopgames.games import Game, accommodation, two_by_two
from coopgames.mistakes import Mistake

PD = two_by_two("pd", R=3, S=0, T=5, P=1)


def test_own_payoff_comes_by_own_action_first():
    row, column = PD.payoffs
    assert row.tolist() == [[3, 0], [5, 1]]
    assert column.tolist() == [[3, 5], [0, 1]]
    assert PD.shape == (2, 2)
    assert PD.n == 2
    assert PD.actions == (("C", "D"), ("C", "D"))


def test_payoffs_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        PD.payoffs[0, 0, 0] = 7


def test_games_are_values():
    again = two_by_two("pd", R=3, S=0, T=5, P=1, story="told otherwise")
    assert again == PD
    assert hash(PD) == hash(again)
    assert two_by_two("other name", R=3, S=0, T=5, P=1) != PD


def test_the_digest_depends_on_payoffs_and_roles_and_not_on_names():
    assert two_by_two("other name", R=3, S=0, T=5, P=1).digest == PD.digest
    assert two_by_two("pd", R=3, S=0, T=5, P=2).digest != PD.digest
    assert Game("pd", PD.payoffs, roles=[(1, 0), (1, 0)]).digest != PD.digest
    zero, negative_zero = (two_by_two("z", R=3, S=s, T=5, P=1) for s in (0.0, -0.0))
    assert zero.digest == negative_zero.digest


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_payoffs_must_be_finite(bad):
    with pytest.raises(Mistake, match=r"seat 1 at profile \(0, 1\)"):
        Game("bad", [[[1, 2], [3, 4]], [[1, bad], [3, 4]]])


@pytest.mark.parametrize(
    ("payoffs", "said"),
    [
        ([[[1, 2], [3]], [[1, 2], [3, 4]]], "ragged"),
        ([[["x", 2], [3, 4]], [[1, 2], [3, 4]]], "not a number"),
        ([[1, 2], [3, 4]], r"shape \(2, 2\)"),
        ([[[1, 2], [3, 4]]] * 3, r"shape \(3, 2, 2\)"),
        ([[[]], [[]]], "shape"),
    ],
)
def test_a_table_of_the_wrong_shape_is_refused(payoffs, said):
    with pytest.raises(Mistake, match=said):
        Game("bad", payoffs)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"actions": [("C", "D"), ("C", "C")]}, "name, each once"),
        ({"actions": [("C", "D")]}, "name, each once"),
        ({"seats": ["one"]}, "1 seat names for 2 seats"),
        ({"roles": [(0, 1), (0, 0)]}, "each seat's actions once"),
    ],
)
def test_names_must_fit(names, said):
    with pytest.raises(Mistake, match=said):
        Game("bad", PD.payoffs, **names)


def test_accommodation_is_read_off_the_payoffs():
    assert accommodation(PD) == ((0, 1), (0, 1))
    flipped = Game("flipped", PD.payoffs[:, ::-1, :])
    assert accommodation(flipped) == ((1, 0), (0, 1))


def test_accommodation_needs_an_order_unless_the_game_names_its_roles():
    meeting = np.array([np.eye(2), np.eye(2)])
    assert accommodation(Game("meeting", meeting)) is None
    assert accommodation(Game("meeting", meeting, roles=[(1, 0), (0, 1)])) == ((1, 0), (0, 1))


def test_accommodation_orders_more_than_two_actions():
    # A public good: contributing 0, 1 or 2 costs 1 each and is worth 0.6 each to everyone.
    give = np.arange(3)
    total = 0.6 * (give[:, None] + give[None, :])
    game = Game("public good", [total - give[:, None], total - give[None, :]])
    assert accommodation(game) == ((2, 1, 0), (2, 1, 0))
