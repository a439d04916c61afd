"""Residues and order effects: worked numbers of theory.md 1.5.11."""

import math
from dataclasses import replace

import numpy as np
import pytest

from coopgames import named_game, strategy
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, outcomes_over_time
from coopgames.readings import compatibility_over_time, compelled, order_effect_of, residue_of
from coopgames.regimes import half_life, order_effect, residue

PD = named_game("prisoners-dilemma")


def self_play(name, noise=0.0, **parameters):
    s = strategy(name, **parameters)
    return Match(PD, (s, s), Horizon(periods=12), noise)


@pytest.mark.parametrize(
    ("name", "parameters", "R", "halved"),
    [
        ("always-accommodate", {}, [0.5, 0, 0, 0, 0], 1),
        ("tit-for-tat", {}, [0.5, 0.5, 0.5, 0.5, 0.5], math.inf),  # the echo
        ("tit-for-two-tats", {}, [0.5, 0, 0, 0, 0], 1),
        ("win-stay-lose-shift", {}, [0.5, 1, 0, 0, 0], 2),
        ("grim", {"trigger": "either"}, [0.5, 1, 1, 1, 1], math.inf),
        ("grim", {"trigger": "other"}, [0.5, 0.5, 1, 1, 1], math.inf),
    ],
)
def test_what_one_defection_leaves_behind(name, parameters, R, halved):
    found = residue_of(self_play(name, **parameters), 0, 1, 5)
    assert found == pytest.approx(R)
    assert half_life(found) == halved


def test_under_noise_an_echo_fades():
    # Tit for tat with slips e: what is done is undone with 2e, so R(k) = ½ (1 − 2e)^{k+1}.
    found = residue_of(self_play("tit-for-tat", noise=0.1), 0, 3, 4)
    assert found == pytest.approx([0.5 * 0.8 ** (k + 1) for k in range(4)])


def test_order_matters_beyond_counts():
    match = self_play("tit-for-two-tats")
    adjacent, apart = {3: 1, 4: 1}, {3: 1, 7: 1}
    means = [compatibility_over_time(match, 12, {0: acts}).mean() for acts in (adjacent, apart)]
    assert means == pytest.approx([0.875, 0.917], abs=5e-4)
    found = order_effect_of(match, 0, adjacent, apart, 12)
    assert found == pytest.approx(-1 / 24)


def test_only_an_order_can_have_an_order_effect():
    with pytest.raises(Mistake, match="the same acts in another order"):
        order_effect_of(self_play("tit-for-tat"), 0, {0: 1}, {0: 0}, 5)


def test_compelled_to_what_it_does_anyway_it_does_it():
    match = self_play("win-stay-lose-shift", noise=0.05)
    same = replace(match, strategies=(compelled(match.strategies[0], {}), match.strategies[1]))
    assert outcomes_over_time(same, 20) == pytest.approx(outcomes_over_time(match, 20))


@pytest.mark.parametrize("acts", [{0: 2}, {-1: 0}])
def test_what_cannot_be_done(acts):
    with pytest.raises(Mistake, match="periods count from 0"):
        compelled(strategy("tit-for-tat"), acts)


def test_only_automata():
    with pytest.raises(Mistake, match="is no automaton"):
        compelled(strategy("gradual"), {0: 1})


class TestOfCourses:
    def test_the_mean_over_runs(self):
        friendly, hostile = np.array([[1, 1, 1], [1, 0.5, 1]]), np.array([[0.5, 0, 1], [0.5, 0, 0]])
        assert residue(friendly, hostile, 0) == pytest.approx([0.5, 0.75, 0.5])
        assert residue(friendly, hostile, 2) == pytest.approx([0.5])

    @pytest.mark.parametrize(
        ("R", "halved"),
        [([1, 0.5], 1), ([1, 0.6, 0.4, 0.6, 0.1], 4), ([-1, -0.4], 1), ([1, 0.6], math.inf)],
    )
    def test_half_life(self, R, halved):
        assert half_life(R) == halved

    def test_no_residue_has_none(self):
        assert math.isnan(half_life([0, 1]))

    def test_order_effect(self):
        assert order_effect([1, 0], [1, 1]) == -0.5

    def test_an_act_lies_within_its_course(self):
        with pytest.raises(Mistake, match="an act in period 3"):
            residue([1, 1, 1], [0, 1, 1], 3)
