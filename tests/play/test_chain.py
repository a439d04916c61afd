"""Exact answers against theory, brute force and sampling."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_sample import PD, automata, counting

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import Counting, Horizon, Match, Perception, chain, expect, sample
from coopgames.regimes import standing
from coopgames.strategies import Automaton, Compiled, Strategy, memory_one, strategy

TFT, WSLS = strategy("tit-for-tat"), strategy("win-stay-lose-shift")
ALLD, ALLC = strategy("always-defect"), strategy("always-accommodate")


@pytest.mark.parametrize(
    ("first", "second", "totals"),
    [  # classics-iterated.md 4, 200 periods
        (TFT, ALLD, (199, 204)),
        (TFT, TFT, (600, 600)),
        (ALLD, ALLC, (1000, 0)),
    ],
)
def test_companion_integers(first: Strategy, second: Strategy, totals: tuple[int, int]) -> None:
    assert expect(Match(PD, (first, second), Horizon(200))).totals == pytest.approx(totals)


def test_noisy_win_stay_lose_shift() -> None:
    # Closed form at 5 % noise, quoted in style.md; EGTtools' shared state gives 2.653.
    assert expect(Match(PD, (WSLS, WSLS), Horizon(), 0.05)).means == pytest.approx(
        (2.7765, 2.7765), abs=1e-9
    )


@pytest.mark.parametrize("noise", [1e-6, 0.01, 0.3])
def test_noisy_tit_for_tat_visits_all_outcomes_alike(noise: float) -> None:
    means = expect(Match(PD, (TFT, TFT), Horizon(), noise)).means
    assert means == pytest.approx([(5 + 3 + 1 + 0) / 4] * 2, abs=1e-9)


def test_where_play_settles_depends_on_the_start() -> None:
    # Grim against a strategy that opens by tossing a coin: two closed classes, each weighted 1/2.
    coin = Automaton(
        [[0.5, 0.5], [1, 0], [0, 1]], [[[1, 1], [2, 2]], [[1, 1], [1, 1]], [[2, 2], [2, 2]]]
    )
    means = expect(Match(PD, (strategy("grim"), Strategy("coin", coin)), Horizon())).means
    assert means == pytest.approx(((3 + 1) / 2, (3 + 1) / 2))


def brute_force(a: Automaton, b: Automaton, noise: float, periods: int) -> np.ndarray:
    """Expected visits to profiles by listing every course."""
    total = np.zeros((2, 2))
    for path in product(range(2), repeat=2 * periods):
        odds, s, t = 1.0, a.initial, b.initial
        for x, y in zip(path[::2], path[1::2], strict=True):
            for rule, state, action in ((a, s, x), (b, t, y)):
                p = rule.mix[state, action]
                odds *= p * (1 - noise) + (1 - p) * noise
            s, t = rule_next(a, s, x, y), rule_next(b, t, y, x)
        for x, y in zip(path[::2], path[1::2], strict=True):
            total[x, y] += odds
    return total / periods


def rule_next(rule: Automaton, state: int, own: int, other: int) -> int:
    return int(rule.next[state, own, other])


@settings(max_examples=40, deadline=None)
@given(automata(3), automata(3), st.sampled_from([0.0, 0.05, 0.5]), st.integers(1, 4))
def test_exact_equals_brute_force(a: Automaton, b: Automaton, noise: float, periods: int) -> None:
    match = Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(periods), noise)
    assert expect(match).frequency == pytest.approx(brute_force(a, b, noise, periods), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.floats(0, 0.9))
def test_continuation_is_the_mixture_over_fixed_horizons(
    a: Automaton, b: Automaton, noise: float, w: float
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    totals = expect(Match(PD, pair, Horizon(continuation=w), noise)).totals
    assert totals is not None
    mixture = np.zeros(2)
    for T in range(1, 400):
        fixed = expect(Match(PD, pair, Horizon(T), noise)).totals
        mixture += w ** (T - 1) * (1 - w) * np.array(fixed)
        if w**T < 1e-13:
            break
    assert totals == pytest.approx(mixture, abs=1e-8)


STUCK = Automaton([[1, 0], [0, 1]], [[[0, 0], [0, 0]], [[1, 0], [1, 1]]], 1)
"""Leaves its second state only when both slip at once, and never comes back."""


@settings(max_examples=30, deadline=None)
@given(automata(), automata(), st.sampled_from([0.1, 0.3]))
@example(Automaton([[1, 0]], [[[0, 0], [0, 0]]]), STUCK, 0.02)
def test_infinite_is_the_limit_of_long_horizons(a: Automaton, b: Automaton, noise: float) -> None:
    """So long that what takes several slips at once has happened, too: 2^36 periods."""
    pair = (Strategy("a", a), Strategy("b", b))
    limit = expect(Match(PD, pair, Horizon(), noise)).means
    long = expect(Match(PD, pair, Horizon(2**36), noise)).means
    assert limit == pytest.approx(long, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.integers(0, 2**30))
def test_sampled_agrees_with_exact(a: Automaton, b: Automaton, noise: float, seed: int) -> None:
    match = Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(10), noise)
    n = 4000
    counts = sample(match, counting(), seed=seed, repetitions=range(n))
    weight = counts.times / counts.times.sum()
    shares = (counts.counts * weight[:, None]).sum(axis=0) / 10
    # Hoeffding over independent courses, four profiles, 20 examples: false alarm below 1e-6.
    bound = np.sqrt(np.log(2 * 4 * 20 / 1e-6) / (2 * n))
    assert np.abs(shares - expect(match).frequency.ravel()).max() < bound


@settings(max_examples=20, deadline=None)
@given(automata(), automata(), st.booleans(), st.integers(0, 2**30))
def test_sampled_agrees_with_exact_under_misperception(
    a: Automaton, b: Automaton, public: bool, seed: int
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    match = Match(PD, pair, Horizon(10), (0.05, 0.2), perception=Perception((0.3, 0.1), public))
    n = 4000
    shares = sample(match, counting(), seed=seed, repetitions=range(n)).counts.mean(axis=0) / 10
    bound = np.sqrt(np.log(2 * 4 * 20 / 1e-6) / (2 * n))
    assert np.abs(shares - expect(match).frequency.ravel()).max() < bound


@st.composite
def wide_automata(draw: Any, k: int, observed: int) -> Automaton:
    """Any automaton with k actions that tells so many of the other's apart."""
    states = draw(st.integers(1, 3))
    weights = draw(
        st.lists(
            st.lists(st.integers(0, 3), min_size=k, max_size=k).filter(any),
            min_size=states, max_size=states,
        )
    )  # fmt: skip
    to = draw(st.lists(st.integers(0, states - 1), min_size=states * k * observed,
                       max_size=states * k * observed))  # fmt: skip
    mix = [[w / sum(row) for w in row] for row in weights]
    return Automaton(mix, np.reshape(to, (states, k, observed)))


LADDER = Game(
    "ladder",
    [[[3, 1], [4, 2], [5, 0]], [[6, 7], [4, 5], [1, 2]]],
    actions=(("open", "mixed", "closed"), ("share", "keep")),
)
"""Three actions against two: each step down the ladder is worse for the other."""


@settings(max_examples=20, deadline=None)
@given(wide_automata(3, 2), wide_automata(2, 3), st.sampled_from([0.0, 0.1]), st.booleans(),
       st.integers(0, 2**30))  # fmt: skip
def test_games_with_more_actions_and_different_seats(
    a: Automaton, b: Automaton, noise: float, public: bool, seed: int
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    sight = Perception((0.2, 0.1), public) if noise else Perception()
    match = Match(LADDER, pair, Horizon(8), noise, perception=sight)
    P, n = 6, 4000
    none = np.zeros((2, P), np.uint8)
    tables = Counting(np.zeros((P + 1, P), np.uint8), none, none[0], none, 2, 2, 2)
    tally = sample(match, tables, seed=seed, repetitions=range(n))
    weight = tally.times / tally.times.sum()
    shares = (tally.counts * weight[:, None]).sum(axis=0) / 8
    bound = np.sqrt(np.log(2 * P * 20 / 1e-6) / (2 * n))
    assert np.abs(shares - expect(match).frequency.ravel()).max() < bound


def test_a_strategy_and_its_copy_are_two_seats() -> None:
    copy = Strategy("copy", memory_one(1, 1, 0, 0, 1))
    one = expect(Match(PD, (WSLS, WSLS), Horizon(50), 0.05)).means
    two = expect(Match(PD, (WSLS, copy), Horizon(50), 0.05)).means
    assert one == pytest.approx(two, abs=1e-12)


def test_rare_events_cost_no_digits() -> None:
    # From its first state this withholds with probability e, and then stays with what it did;
    # otherwise it tries again: in the long run it withholds, however small e is.
    for e in (1e-8, 1e-12, 1e-16):
        rule = Automaton(
            [[1 - e, e], [1, 0], [0, 1]],
            [[[1, 1], [2, 2]], [[0, 0], [0, 0]], [[2, 2], [2, 2]]],
        )
        means = expect(Match(PD, (ALLC, Strategy("rare", rule)), Horizon())).means
        assert means == pytest.approx((0, 5), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.integers(2049, 9000))
def test_long_horizons_are_doubled_up_to(
    a: Automaton, b: Automaton, noise: float, periods: int
) -> None:
    from coopgames.play import outcomes_over_time

    match = Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(periods), noise)
    stepped = outcomes_over_time(match, periods).mean(axis=0)
    assert expect(match).frequency.ravel() == pytest.approx(stepped, abs=1e-10)


def test_a_deterministic_pair_is_followed_to_its_cycle() -> None:
    grim = strategy("grim")
    for T in (1, 2, 3, 10**6, 10**12):
        match = Match(PD, (grim, strategy("alternator")), Horizon(T))
        # CC, CD, then (D, C) and (D, D) in turn.
        later = max(T - 2, 0)
        expected = [1, min(T - 1, 1), (later + 1) // 2, later // 2]
        assert expect(match).frequency.ravel() * T == pytest.approx(expected)


def test_only_automata_are_solved() -> None:
    s = Strategy("counter", Compiled(_never))
    with pytest.raises(Mistake, match="counter is no automaton"):
        expect(Match(PD, (TFT, s), Horizon(5)))


def _never(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1


@pytest.mark.parametrize("swapped", [False, True])
def test_by_arrays_as_by_lists(monkeypatch, swapped):
    """Many things to be seen are worked out by arrays: the same edges in the same order."""
    one, other = strategy("generous-tit-for-tat"), strategy("standing-reciprocity")
    pair = (other, one) if swapped else (one, other)
    match = Match(
        PD, pair, Horizon(50), 0.05, perception=Perception(0.1),
        regime=standing(hit=0.9, false_alarm=0.1),
    )  # fmt: skip
    found = []
    for much in (0, 10**9):
        monkeypatch.setattr(chain, "MUCH", much)
        found.append(chain.joint_states(match))
    (one, states), (other, same) = found
    assert states == same
    assert one.states == other.states == len(states)
    for name in ("source", "target", "profile"):
        assert (getattr(one, name) == getattr(other, name)).all()
    assert one.probability == pytest.approx(other.probability, abs=1e-15)
