"""Beliefs and replies: by hand, in closed form, and against a slow double."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slow_expecting import Slow

from coopgames import Game, Mistake, Strategy, named_game, play_match, strategy
from coopgames.games import two_by_two
from coopgames.play import Horizon, Match, Perception, course, expect, is_nash, to_automaton
from coopgames.regimes import CHANNELS, PublicRegime, channelled, silent, standing
from coopgames.strategies import FREE, Automaton, Expecting, Label

PD = named_game("prisoners-dilemma")
BLIND = Perception(0.5)


WATCHED = replace(standing(hit=0.9, false_alarm=0.02), pull=0.5)


def alone(rule: Expecting, **conditions: Any) -> Automaton:
    s = Strategy("it", rule)
    given = {"horizon": Horizon(50), **conditions}
    found = Match(given.pop("game", PD), (s, s), **given).rules[0]
    assert isinstance(found, Automaton)
    return found


# --- By hand ----------------------------------------------------------------------------------


def test_beliefs_by_hand() -> None:
    rule = Expecting(prior=0.4, weight=2, trust=5, memory=3)
    assert rule.expects(0, 0) == 0.4
    assert rule.expects(1, 3) == pytest.approx((0.8 + 1) / (2 + 3))
    assert rule.expects(1, 3, pull=0.6) == pytest.approx((0.8 + 3 + 1) / (2 + 3 + 3))


@given(
    st.floats(0, 1), st.floats(0.01, 9), st.floats(0.01, 9), st.integers(0, 5), st.integers(0, 5),
    st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_what_is_asked_draws_expectations(
    prior: float, weight: float, trust: float, kept: int, broke: int, one: float, two: float
) -> None:
    rule = Expecting(prior, weight, trust)
    low, high = (rule.expects(kept, kept + broke, pull) for pull in sorted((one, two)))
    assert 0 <= low <= high + 1e-15 <= 1 + 1e-15
    assume(prior < 1 and abs(one - two) > 1e-3)
    assert low < high


def test_the_reply_by_hand() -> None:
    # p = 1/2, δ = 9, n = (0, 1), K = 3/2, N = 1: V = (3/2 + 27/2, 3 + 45/4).
    first = alone(Expecting(temperature=0.1)).mix[0]
    assert first[0] == pytest.approx(1 / (1 + math.exp((14.25 - 15) / 0.5)), abs=1e-15)
    # Under the watch p = (1/2 + 2)/3 = 5/6, n = (.02, .9), K = 5/2.
    p, watched = 5 / 6, alone(Expecting(), perception=BLIND, regime=WATCHED)
    V = [p * u + (1 - p) * s + 9 * ((1 - p * n) * 2.5 + p * n)
         for u, s, n in ((3, 0, 0.02), (5, 1, 0.9))]  # fmt: skip
    assert watched.mix[0, 0] == pytest.approx(1 / (1 + math.exp((V[1] - V[0]) / 0.5)), abs=1e-15)


def test_it_remembers_what_it_saw() -> None:
    rule = alone(Expecting(memory=2))
    assert len(rule.states) == 7
    s = rule.initial
    for seen, name in ((0, "+"), (1, "+-"), (1, "--"), (0, "-+")):
        s = rule.next[s, 0, seen]
        assert rule.states[s] == name
    assert (np.diff([rule.mix[rule.states.index(x), 0] for x in ("--", "-+", "++")]) > 0).all()
    assert rule.next[0, 0].tolist() == rule.next[0, 1].tolist(), "its own acts are no evidence"


def test_where_nothing_is_to_be_seen_nothing_is_learnt() -> None:
    assert len(alone(Expecting(), perception=BLIND).states) == 1
    # An error above one half tells as much as one below, the other way round.
    upside_down = alone(Expecting(memory=1), perception=Perception(0.8))
    assert upside_down.states[upside_down.next[0, 0, 0]] == "-"


def test_the_free_are_no_evidence_and_are_expected_to_withhold() -> None:
    rule = alone(Expecting(memory=1, temperature=0), perception=BLIND, regime=WATCHED)
    signals = ("none reported", "the second", "the first", "both")
    assert WATCHED.signals == signals
    # One was reported oneself: the other is free, and one makes amends.
    shamed = rule.next[0, 0, signals.index("the first")]
    assert rule.states[shamed] == "+ (bad, good)"
    assert {rule.states[s] for s in rule.next[shamed].ravel()} <= {
        "+ (good, good)", "+ (good, bad)", "+ (bad, good)", "+ (bad, bad)"
    }  # fmt: skip
    assert rule.mix[shamed].tolist() == [1, 0]
    # The other was: one is free, and answers, since nothing follows.
    wronged = rule.next[0, 0, signals.index("the second")]
    assert rule.states[wronged] == "- (good, bad)"
    assert rule.mix[wronged].tolist() == [0, 1]


# --- In closed form ---------------------------------------------------------------------------


@given(
    st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0.1, 5),
    st.floats(0.3, 1), st.floats(0, 0.25),
)  # fmt: skip
def test_how_much_the_future_must_weigh(
    tempting: float, gain: float, loss: float, hit: float, false_alarm: float
) -> None:
    # p → 1, ρ = 1: T − R ≤ w/(1 − w) · J · (R − P).
    game = two_by_two("x", R=gain, S=-loss, T=gain + tempting, P=0)
    x = tempting / ((hit - false_alarm) * gain)
    critical = x / (1 + x)
    assume(1e-3 < critical < 0.999)
    sure = Expecting(prior=1, memory=0, temperature=0)
    regime = standing(hit=hit, false_alarm=false_alarm)
    does = [
        alone(sure, game=game, horizon=Horizon(continuation=w), perception=BLIND, regime=regime)
        for w in (critical - 1e-9, critical + 1e-9)
    ]
    assert [rule.mix[rule.initial].argmax() for rule in does] == [1, 0]


def test_ties_go_to_what_is_asked() -> None:
    game = Game("flat", [np.zeros((3, 3))] * 2, roles=[(0, 1, 2)] * 2)
    for asked in range(3):
        regime = standing((3, 3), asked=asked)
        rule = alone(Expecting(temperature=0), game=game, regime=regime)
        assert rule.mix[rule.initial].argmax() == asked


def test_signs_of_the_channels_in_what_is_noticed() -> None:
    match = Match(PD, (strategy("regime-shaped-expectations"),) * 2, Horizon(50))
    match = replace(match, perception=BLIND)

    def initial(*on: str) -> float:
        regime = channelled(WATCHED, on)
        rule = replace(match, regime=regime).rules[0]
        assert isinstance(rule, Automaton)
        return float(rule.mix[rule.initial, 0])

    nothing = initial()
    # Reports with no consequence, or consequences of no report, deter nobody.
    assert initial("monitoring") == nothing == initial("reputation") == initial("sanctions")
    assert initial("monitoring", "reputation") > nothing
    # p rises, and with it what there is to exploit, since nothing follows.
    assert initial("expectations") < nothing
    assert initial("expectations", "monitoring", "reputation") > 0.9
    # Where both are reported nobody is free, so that permission deters a little less than a name.
    permitted = initial("expectations", "monitoring", "sanctions")
    assert 0.9 < permitted < initial("expectations", "monitoring", "reputation")


def test_silence_is_no_regime() -> None:
    for rule in (Expecting(), Expecting(review=0.3, memory=2), Expecting(temperature=0)):
        for e in (0.0, 0.3):
            none = alone(rule, perception=Perception(e))
            s = Strategy("it", rule)
            quiet = Match(PD, (s, s), Horizon(50), perception=Perception(e), regime=silent(WATCHED))
            # The signal is always the first.
            found = quiet.rules[0]
            assert isinstance(found, Automaton)
            table = found.next.reshape(len(found.mix), 2, 2, -1)[..., 0]
            quieted = Automaton(found.mix, table, found.initial)
            assert quieted.minimal() == none.minimal()


# --- Against the slow double ------------------------------------------------------------------


def anything(
    luck: np.random.Generator,
) -> tuple[Game, PublicRegime | None, Expecting, Perception, Horizon]:
    """Draw a game, a regime, a rule and conditions, all of them of some size."""
    shape = tuple(luck.choice([2, 3], 2).tolist())
    roles = [luck.permutation(k).tolist() for k in shape]
    game = Game("random", luck.integers(-6, 7, (2, *shape)).astype(float), roles=roles)
    M, Y = luck.integers(1, 4, 2)
    signal = luck.dirichlet(np.full(Y, 0.5), shape)
    if luck.random() < 0.3:
        signal = np.eye(Y)[signal.argmax(axis=-1)]
    labels = [
        [Label(int(luck.integers(FREE, k)), *(luck.random(2) < 0.7).tolist()) for k in shape]
        for _ in range(M)
    ]
    regime = PublicRegime(
        luck.integers(0, M, (M, Y)), labels, signal, int(luck.integers(M)),
        pull=luck.random(), review=luck.random(),
    )  # fmt: skip
    rule = Expecting(
        luck.random(), 0.1 + 4 * luck.random(), 5 * luck.random(), int(luck.integers(4)),
        0.95 * luck.random(), float(luck.choice([0, 0.05, 0.3, 1])), float(luck.choice([1, 0.4])),
        int(luck.integers(-1, 2)),
    )  # fmt: skip
    errors = float(luck.choice([0, 0.2, 0.5])), float(luck.choice([0, 0.3, 0.6]))
    horizon = Horizon(9) if luck.random() < 0.5 else Horizon(continuation=0.7)
    under = regime if luck.random() < 0.8 else None
    return game, under, rule, Perception(errors, bool(luck.random() < 0.3)), horizon


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32 - 1))
def test_it_plays_as_its_slow_double(seed: int) -> None:
    luck = np.random.default_rng(seed)
    game, regime, rule, perception, horizon = anything(luck)
    s = Strategy("it", rule)
    match = Match(game, (s, s), horizon, perception=perception, regime=regime)
    for seat in range(2):
        v = game.payoffs[seat][np.ix_(*match.roles)]
        public = regime or PublicRegime([[0]], [[Label()]], np.ones((*game.shape, 1)))
        signal = public.signal
        if seat == 1:
            v, signal = v.T, np.swapaxes(signal, 0, 1)
        errors: Any = perception.error
        errors = errors[:: 1 if seat == 0 else -1]
        slow = Slow(
            rule, v.tolist(), list(public.shown(seat)), list(public.shown(1 - seat)),
            public.next.tolist(), signal.tolist(), public.initial,
            errors[::-1] if perception.public else errors,
            0.7 if horizon.continuation else rule.future, public.pull,
            max(rule.review, public.review if regime else 0),
        )  # fmt: skip
        fast = match.rules[seat]
        assert isinstance(fast, Automaton)
        state = fast.initial
        for _ in range(12):
            assert fast.mix[state] == pytest.approx(slow.mix(), abs=1e-9)
            own, seen, y = (int(luck.integers(n)) for n in (slow.k, slow.kk, slow.Y))
            if match.signals == 1:
                y = int(np.argmax(signal[own, seen]))
            slow.observe(own, seen, y)
            state = int(fast.next[state, own, seen if match.signals == 1 else seen * slow.Y + y])


# --- End to end -------------------------------------------------------------------------------


def test_all_that_is_asked_of_automata_can_be_asked_of_it() -> None:
    s = strategy("regime-shaped-expectations")
    for regime in (None, WATCHED):
        match = Match(PD, (s, strategy("tit-for-tat")), Horizon(30), 0.01, regime=regime)
        exact = expect(match).means
        played = play_match(*match.strategies, periods=30, noise=0.01, regime=regime)
        assert played.method == "exact" and played.means == exact
        assert len(course(match, seed=1)) == 30
        assert not is_nash(match)
    assert s.form == "expecting" and s.reads_regime and not s.needs_regime and s.stochastic
    with pytest.raises(Mistake, match="forms its expectations in a match"):
        to_automaton(s)


def test_sampled_play_is_what_was_solved() -> None:
    s, periods, R = strategy("regime-shaped-expectations", review=0.6), 12, 20_000
    match = Match(PD, (s, s), Horizon(periods), 0.02, perception=Perception(0.3), regime=WATCHED)
    exact = expect(match).means
    found = play_match(
        s, s, periods=periods, noise=0.02, perception=Perception(0.3), regime=WATCHED,
        repetitions=R,
    )  # fmt: skip
    bound = 5 * math.sqrt(math.log(4 / 1e-6) / (2 * R))  # W. Hoeffding (1963); payoffs in [0, 5]
    assert found.method == "sampled"
    assert np.abs(np.subtract(found.means, exact)).max() < bound


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"prior": 1.1}, r"prior = 1.1 must lie in \[0, 1\]"),
        ({"review": -0.1}, r"review = -0.1 must lie in \[0, 1\]"),
        ({"weight": 0.0}, "weight = 0 must be above 0"),
        ({"trust": -1.0}, "trust = -1 must be at least 0"),
        ({"temperature": math.inf}, "temperature = inf must be at least 0, and finite"),
        ({"future": 1.0}, r"future = 1 must lie in \[0, 1\)"),
        ({"memory": 9}, "memory = 9 must be a whole number from 0 to 8"),
        ({"otherwise": -2}, "otherwise = -2 is no action"),
    ],
)
def test_what_cannot_be(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(Mistake, match=message):
        strategy("regime-shaped-expectations", **parameters)


def test_an_action_that_the_game_has_not() -> None:
    with pytest.raises(Mistake, match="otherwise = 2 is none of the actions 0 to 1"):
        alone(Expecting(otherwise=2))


def test_the_digest_tells_rules_apart() -> None:
    assert Expecting().digest == Expecting(prior=0.5).digest
    assert Expecting().digest != Expecting(prior=0.6).digest
    assert set(CHANNELS) >= {"monitoring"}
