"""What of a regime's effect goes through beliefs: the laws, by hand, and against the twins."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames import Game, Mistake, named_game, strategy
from coopgames.games import compatibility, relative_gains
from coopgames.play import (
    Horizon,
    Match,
    Perception,
    emergence,
    emergence_share,
    late_share,
    mediation,
    outcomes_over_time,
)
from coopgames.play.chain import implemented
from coopgames.play.expecting import decided, formed, reconsiders
from coopgames.readings import Rule, lens
from coopgames.regimes import INFORMATIONAL, channelled, silent, standing
from coopgames.strategies import Expecting

PD = named_game("prisoners-dilemma")
C = compatibility(PD)


WATCHED = replace(standing(hit=0.9, false_alarm=0.02), pull=0.5, review=0.6)


def world(review: float = 1.0, error: float = 0.4, noise: float = 0.0, **other: float) -> Match:
    s = strategy("regime-shaped-expectations", review=review, **other)
    return Match(PD, (s, s), Horizon(50), noise, perception=Perception(error))


@settings(deadline=None, max_examples=12)
@given(
    st.sampled_from([1.0, 0.4]), st.floats(0, 0.5), st.sampled_from([0.0, 0.05]),
    st.floats(0, 1), st.sampled_from([0.0, 0.2]), st.booleans(),
)  # fmt: skip
def test_the_total_is_direct_and_mediated(
    review: float, error: float, noise: float, pull: float, r: float, public: bool
) -> None:
    # Nothing about the two seats is alike.
    game = Game("uneven", [[[3, 0], [5, 1]], [[4, 6], [0, 1.5]]], roles=[(0, 1), (0, 1)])
    pair = (strategy("regime-shaped-expectations", review=review), strategy("wary-expectations"))
    without = Match(
        game, pair, Horizon(50), (noise, noise / 2), perception=Perception((error, 0.1), public)
    )
    regime = replace(standing(hit=0.8, false_alarm=0.1), pull=pull, review=0.7)
    with_ = replace(without, regime=regime, game=relative_gains(game, r))
    found = mediation(without, with_, late_share(C, 12, 4))
    assert found.total == pytest.approx(found.direct + found.mediated, abs=1e-14)
    # Each world fed with its own beliefs is itself.
    for match, y in ((without, found.without), (with_, found.with_)):
        late = outcomes_over_time(match, 12)[-4:].mean(axis=0) @ C.ravel()
        assert y == pytest.approx(late, abs=1e-12)


def test_information_works_through_beliefs_alone() -> None:
    without = world(review=0.4)
    for n in range(len(INFORMATIONAL) + 1):
        for on in combinations(INFORMATIONAL, n):
            with_ = replace(without, regime=channelled(WATCHED, on))
            assert mediation(without, with_, late_share(C, 20)).direct == 0
    # A permission is no force either: it is known, and what is made of it is believed to follow.
    with_ = replace(without, regime=channelled(WATCHED, (*INFORMATIONAL, "sanctions")))
    found = mediation(without, with_, late_share(C, 20))
    assert found.direct == 0 and found.mediated > 0.5


def test_a_silent_regime_is_a_placebo() -> None:
    without = world(review=0.4)
    found = mediation(without, replace(without, regime=silent(WATCHED)), late_share(C, 20))
    assert abs(found.total) < 1e-12 and found.direct == 0


def test_what_is_not_belief_works_directly() -> None:
    without = world(review=0.4, error=0.2)
    costs = replace(without, regime=channelled(WATCHED, ("costs",)))
    found = mediation(without, costs, late_share(C, 20))
    assert abs(found.direct) > 1e-3
    # Other choice payoffs, in one period, by hand: relative gains of weight .3 make 2.1, −1.5, 5
    # and .7 of the dilemma, a range of 6.5. p = 1/2 and n = (e, 1 − e); δ = 9.
    e, r = 0.2, 0.3
    values = replace(without, game=relative_gains(PD, r))
    u = np.array([[3, 0], [5, 1]])
    chosen = []
    for v in (u, u - r * u.T):
        K, N = v[0].mean(), v[1, 1]
        V = [v[a].mean() + 9 * ((1 - n / 2) * K + n / 2 * N) for a, n in ((0, e), (1, 1 - e))]
        chosen.append(1 / (1 + math.exp((V[1] - V[0]) / (0.1 * (v.max() - v.min())))))
    found = mediation(without, values, late_share(C, 1))
    assert found.without == pytest.approx(chosen[0], abs=1e-14)
    assert found.direct == pytest.approx(chosen[1] - chosen[0], abs=1e-14)
    assert found.mediated == pytest.approx(0, abs=1e-14), (
        "in the first period nothing is known in either world"
    )


def test_emergence_may_be_what_is_measured() -> None:
    without, counting = world(error=0.2, memory=1), lens(PD, Rule(L=5)).counting
    with_ = replace(without, regime=WATCHED)
    found = mediation(without, with_, emergence_share(counting, 20))
    for match, y in ((without, found.without), (with_, found.with_)):
        law = emergence(match, counting, 20)
        assert law is not None and y == pytest.approx(law.emerged.sum(), abs=1e-12)
    assert found.direct == 0
    with pytest.raises(Mistake, match="19 periods are too few; emergence takes 20"):
        mediation(without, with_, emergence_share(counting, 19))


def _twins(acting: Match, believing: Match, periods: int, last: int, runs: int) -> float:
    """Play both worlds side by side, and give the fed actors' mean compatibility at the end."""
    luck = np.random.default_rng(7)
    own = [formed(s.rule, believing.conditions(i), believing.signals)  # type: ignore[arg-type]
           for i, s in enumerate(believing.strategies)]  # fmt: skip
    state = [np.full(runs, f.automaton.initial) for f in own]
    fed_last = [np.full(runs, -1) for _ in own]
    total = np.zeros(runs)
    for t in range(periods):
        did, fed = [], []
        for i, f in enumerate(own):
            draw = luck.random(runs)
            rule, at = acting.strategies[i].rule, acting.conditions(i)
            assert isinstance(rule, Expecting)
            mine = decided(rule, at, f.outlook)[f.memory, f.public][state[i]]
            stays = np.where(fed_last[i] < 0, 0.0, 1 - reconsiders(rule, at))[:, None]
            mine = (1 - stays) * mine + stays * np.eye(2)[fed_last[i]]
            mine = implemented(mine, float(acting.noise))  # type: ignore[arg-type]
            theirs = implemented(f.automaton.mix, float(believing.noise))[state[i]]  # type: ignore[arg-type]
            did.append((draw >= theirs[:, 0]).astype(int))
            fed.append((draw >= mine[:, 0]).astype(int))
            fed_last[i] = fed[i]
        if t >= periods - last:
            total += C[fed[0], fed[1]] / last
        y = np.zeros(runs, dtype=int)
        Y = believing.signals
        if Y > 1:
            assert believing.regime is not None
            ends = believing.regime.signal[did[0], did[1]].cumsum(axis=1)
            y = (luck.random(runs)[:, None] >= ends[:, :-1]).sum(axis=1)
        for i, f in enumerate(own):
            wrong = luck.random(runs) < believing.perception.error  # type: ignore[operator]
            seen = did[1 - i] ^ wrong
            state[i] = f.automaton.next[state[i], did[i], seen * Y + y]
    return float(total.mean())


@pytest.mark.parametrize("fed_by", ["without", "with"])
def test_the_twins_played_side_by_side(fed_by: str) -> None:
    without = world(review=0.4, error=0.3, noise=0.03)
    with_ = replace(without, game=relative_gains(PD, 0.1), regime=WATCHED)
    runs, Y = 40_000, late_share(C, 10, 4)
    found = mediation(without, with_, Y)
    exact = found.fed if fed_by == "without" else found.with_
    played = _twins(with_, without if fed_by == "without" else with_, 10, 4, runs)
    # W. Hoeffding (1963): a mean of values in [0, 1] errs so far with probability 1e-6 at most.
    assert abs(played - exact) < math.sqrt(math.log(2 / 1e-6) / (2 * runs))


def test_who_is_refused() -> None:
    without = world()
    other = replace(without, strategies=(without.strategies[0], strategy("tit-for-tat")))
    for one, two in ((without, other), (other, without)):
        with pytest.raises(Mistake, match="tit-for-tat forms no expectations"):
            mediation(one, two, late_share(C, 5))
    with pytest.raises(Mistake, match="the two worlds last equally long"):
        mediation(without, replace(without, horizon=Horizon(9)), late_share(C, 5))
    with pytest.raises(Mistake, match="of 5 periods 6 cannot be the last"):
        late_share(C, 5, 6)
