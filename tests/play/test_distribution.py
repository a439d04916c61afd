"""Exact distributions against enumeration of all courses, sampling, and figures of theory.md."""

import math
import os
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata, counting

from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Counting, Horizon, Match, Perception, Tally, count, course, sample
from coopgames.play.chain import expect
from coopgames.play.distribution import (
    EmergenceDistribution,
    _rule,
    _sizes,
    chance_of_emergence,
    emergence,
    never_emerges,
    outcomes_over_time,
    total_moments,
)
from coopgames.readings import Rule, judge, lens
from coopgames.strategies import Automaton, Compiled, Strategy, strategy

COURSES = int(os.environ.get("COOPGAMES_COURSES", "20000"))
"""Courses sampled for a pair. The acceptance line of the project names 100,000: set
COOPGAMES_COURSES=100000 to run it."""

History = tuple[int, ...]
ALLC = strategy("always-accommodate")
PERCEPTIONS = [Perception(), Perception((0.0, 0.2)), Perception((0.2, 0.0), public=True)]


def drawn(rng: np.random.Generator, states: int, *, certain: bool = False) -> Strategy:
    """Any automaton of two actions; a mixture in about a third of its states."""
    p = rng.integers(0, 2, states).astype(float)
    if not certain:
        p = np.where(rng.random(states) < 1 / 3, rng.random(states), p)
    following = rng.integers(0, states, (states, 2, 2))
    return Strategy("s", Automaton(np.column_stack([p, 1 - p]), following, 0))


def with_acts(table: Counting, rng: np.random.Generator, share: float) -> Counting:
    """The same tables, with acts of all kinds at so many places."""
    acts = rng.integers(0, 64, (5, 4)) * (rng.random((5, 4)) < share)
    return replace(table, acts=acts.astype(np.uint8))


def slips(intended: int, error: float) -> list[tuple[int, float]]:
    """What an action, or a signal of it, may turn out to be."""
    return [(a, p) for a, p in ((intended, 1 - error), (1 - intended, error)) if p > 0]


def all_courses(match: Match, periods: int) -> dict[History, float]:
    """How likely each course is, by listing all that can happen; engine.md, Definitions."""
    a, b = (s.rule for s in match.strategies)
    assert isinstance(a, Automaton)
    assert isinstance(b, Automaton)
    (e0, e1), (f0, f1) = (
        x if isinstance(x, tuple) else (x, x) for x in (match.noise, match.perception.error)
    )
    now = {((), a.initial, b.initial): 1.0}
    for _ in range(periods):
        after: dict[tuple[History, int, int], float] = defaultdict(float)
        for ((history, s, t), odds), i, j in product(now.items(), range(2), range(2)):
            intended = odds * a.mix[s, i] * b.mix[t, j]
            if intended == 0:
                continue
            for (x, p), (y, q) in product(slips(i, e0), slips(j, e1)):
                longer = (*history, 2 * x + y)
                if match.perception.public:
                    for (v, u), (w, r) in product(slips(x, f0), slips(y, f1)):
                        state = (longer, int(a.next[s, v, w]), int(b.next[t, w, v]))
                        after[state] += intended * p * q * u * r
                else:
                    for (w, u), (v, r) in product(slips(y, f0), slips(x, f1)):
                        state = (longer, int(a.next[s, x, w]), int(b.next[t, y, v]))
                        after[state] += intended * p * q * u * r
        now = after
    courses: dict[History, float] = defaultdict(float)
    for (history, _, _), odds in now.items():
        courses[history] += odds
    return courses


# ------------------------------------------------------------------ emergence and breakdown


def attributed(tally: Tally, adjusting: tuple[bool, bool] | None) -> tuple[np.ndarray, np.ndarray]:
    """Emergence and breakdown of each course, −1 for never; `readings.figure1.judge`."""
    if adjusting is None:
        return tally.emerged, tally.broke
    begun = np.where(np.array(adjusting) & (tally.first_attempt >= 0), tally.first_attempt, 10**9)
    ours = begun.min(axis=1) <= tally.emerged
    return np.where(ours, tally.emerged, -1), np.where(ours, tally.broke, -1)


def by_enumeration(
    match: Match, table: Counting, periods: int, adjusting: tuple[bool, bool] | None
) -> tuple[np.ndarray, np.ndarray, float, float, float]:
    """What `emergence` should find."""
    emerged, broke = np.zeros((2, periods - table.L + 1))
    never = lasting = unattributed = 0.0
    for history, odds in all_courses(match, periods).items():
        tally = count(np.array(history), table)
        tau, beta = (int(x[0]) for x in attributed(tally, adjusting))
        if tally.emerged[0] < 0:
            never += odds
        elif tau < 0:
            unattributed += odds
        else:
            emerged[tau] += odds
            if beta < 0:
                lasting += odds
            else:
                broke[beta] += odds
    return emerged, broke, never, lasting, unattributed


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("periods", "L", "m", "certain", "noise", "perception"),
    [
        (4, 1, 1, False, (0.1, 0.2), Perception((0.1, 0.2))),
        (5, 1, 1, False, (0.1, 0.2), Perception((0.1, 0.0), public=True)),
        (8, 2, 1, True, (0.3, 0.0), Perception((0.0, 0.2))),
        (8, 2, 2, True, (0.0, 0.3), Perception()),
        (9, 2, 1, True, (0.3, 0.0), Perception((0.2, 0.0), public=True)),
        (12, 3, 2, True, (0.4, 0.0), Perception()),
        (12, 3, 1, True, (0.0, 0.3), Perception()),
    ],
)
def test_emergence_equals_enumeration(
    seed: int,
    periods: int,
    L: int,
    m: int,
    certain: bool,
    noise: tuple[float, float],
    perception: Perception,
) -> None:
    rng = np.random.default_rng([seed, periods, L, m])
    pair = (drawn(rng, 2, certain=certain), drawn(rng, 3, certain=certain))
    match = Match(PD, pair, Horizon(periods), noise, perception=perception)
    table = counting(L, m, holds=((0,), (0, 1), (0, 3))[rng.integers(3)])
    table = with_acts(table, rng, 0.3)
    adjusting = (None, (True, True), (True, False), (False, True))[rng.integers(4)]
    exact = emergence(match, table, periods, adjusting)
    assert exact is not None
    found = (exact.emerged, exact.broke, exact.never, exact.lasting, exact.unattributed)
    for one, other in zip(found, by_enumeration(match, table, periods, adjusting), strict=True):
        assert one == pytest.approx(other, abs=1e-12)


@cache
def noisy_pairs() -> tuple[tuple[Match, Counting, tuple[bool, bool] | None], ...]:
    """50 random pairs, with conditions under which coordination emerges in some courses only."""
    rng = np.random.default_rng(7)
    base = lens(PD, Rule(L=10, q=0.8)).counting
    found: list[tuple[Match, Counting, tuple[bool, bool] | None]] = []
    while len(found) < 50:
        n = len(found)
        pair = (drawn(rng, int(rng.integers(1, 5))), drawn(rng, int(rng.integers(1, 5))))
        perception = (Perception(), Perception(0.05), Perception((0.1, 0.05), public=True))[n % 3]
        match = Match(PD, pair, Horizon(200), 0.05, (f"a{n}", f"b{n}"), perception)
        table, adjusting = base, None
        if n % 2:
            table, adjusting = with_acts(base, rng, 0.1), ((True, True), (True, False))[n // 2 % 2]
        exact = emergence(match, table, 200)
        assert exact is not None
        if 0.03 < exact.never < 0.97:
            found.append((match, table, adjusting))
    return tuple(found)


def furthest(times: np.ndarray, law: np.ndarray) -> float:
    """Kolmogorov–Smirnov distance; −1 stands for a time after all others."""
    after = len(law)
    observed = np.bincount(np.where(times < 0, after, times), minlength=after + 1)[:after]
    return float(np.abs(np.cumsum(observed) / len(times) - np.cumsum(law)).max())


def test_emergence_agrees_with_sampled_courses() -> None:
    # Dvoretzky-Kiefer-Wolfowitz with Massart's constant, for 2 laws of 50 pairs: false alarm 1e-6.
    bound = math.sqrt(math.log(2 * 100 / 1e-6) / (2 * COURSES))
    for match, table, adjusting in noisy_pairs():
        exact = emergence(match, table, 200, adjusting)
        assert exact is not None
        tally = sample(match, table, seed=1, repetitions=range(COURSES))
        emerged, broke = attributed(tally, adjusting)
        assert furthest(emerged, exact.emerged) < bound
        assert furthest(broke, exact.broke) < bound


@pytest.mark.parametrize("name", ["stag-hunt", "chicken", "prisoners-dilemma"])
def test_attribution_is_that_of_the_verdict(name: str) -> None:
    played, n = named_game(name), 20_000
    seen = lens(played, Rule(L=5))
    pair = (strategy("tit-for-tat"), strategy("win-stay-lose-shift"))
    match = Match(played, pair, Horizon(40), 0.2)
    tally = sample(match, seen.counting, seed=3, repetitions=range(n))
    bound = math.sqrt(math.log(2 * 6 / 1e-6) / (2 * n))
    for adjusting in ((True, True), (False, True)):
        exact = emergence(match, seen.counting, 40, adjusting)
        assert exact is not None
        verdicts = judge(seen, tally, adjusting)
        assert furthest(verdicts.emerged, exact.emerged) < bound
        assert furthest(verdicts.broke, exact.broke) < bound
        total = exact.emerged.sum() + exact.never + exact.unattributed
        assert total == pytest.approx(1, abs=1e-12)
        assert exact.broke.sum() + exact.lasting == pytest.approx(exact.emerged.sum(), abs=1e-12)


def test_harmony_that_nobody_adjusted_for_is_unattributed() -> None:
    seen = lens(named_game("stag-hunt"), Rule(L=5))
    match = Match(named_game("stag-hunt"), (ALLC, ALLC), Horizon(40))
    exact = emergence(match, seen.counting, 40, (True, True))
    assert exact is not None
    assert exact.unattributed == 1  # a best reply to what was predicted is no act
    nobody = emergence(match, seen.counting, 40, (False, False))
    assert nobody is not None
    assert (nobody.unattributed, nobody.emerged.sum(), nobody.never) == (1, 0, 0)
    all_the_same = emergence(match, seen.counting, 40)
    assert all_the_same is not None
    assert all_the_same.emerged[0] == 1
    assert all_the_same.lasting == 1


def test_too_short_a_course_is_not_measured() -> None:
    match = Match(PD, (ALLC, ALLC), Horizon(19), 0.1)
    assert emergence(match, counting(), 19) is None
    assert isinstance(emergence(match, counting(), 20), EmergenceDistribution)


@pytest.mark.parametrize("attribution", [False, True])
@pytest.mark.parametrize(("L", "m"), [(1, 1), (2, 1), (3, 2), (5, 4), (6, 2), (7, 7), (10, 8)])
def test_rule_states_are_counted_without_being_built(L: int, m: int, attribution: bool) -> None:
    rule = _rule(L, m, (0, 1), attribution=attribution, breakdown=True)
    assert rule.sizes == _sizes(L, m, attribution=attribution)


def test_what_is_too_large_is_refused_with_its_size() -> None:
    # 2 · Σ C(39, i), i ≤ 9, rule states for one state of the pair.
    size = 2 * sum(math.comb(39, i) for i in range(10))
    match = Match(PD, (ALLC, ALLC), Horizon(200), 0.1)
    with pytest.raises(Mistake, match=f"{size:,} states .* sample it instead"):
        emergence(match, counting(L=40, m=32), 200)
    # Without noise it never fails to hold, and there is next to nothing to remember.
    certain = emergence(Match(PD, (ALLC, ALLC), Horizon(200)), counting(L=40, m=32), 200)
    assert certain is not None
    assert certain.emerged[0] == 1


# ------------------------------------------------------------------ luck


def luck(p: float, periods: int, L: int) -> float:
    return chance_of_emergence(p, periods, L, Rule(L=L, q=0.8).m)


@pytest.mark.parametrize(
    ("p", "L", "chance"),
    [  # theory.md 1.4.2, T = 200
        (0.25, 5, 0.812), (0.25, 7, 0.141), (0.25, 9, 0.013), (0.25, 10, 0.040),
        (0.50, 5, 1.000), (0.50, 7, 0.991), (0.50, 10, 0.956), (0.50, 25, 0.08),
    ],
)  # fmt: skip
def test_luck_table(p: float, L: int, chance: float) -> None:
    assert luck(p, 200, L) == pytest.approx(chance, abs=0.005 if L == 25 else 0.0005)


def test_shortest_window_that_luck_does_not_fool() -> None:
    assert next(L for L in range(1, 20) if luck(0.25, 200, L) <= 0.05) == 8
    assert next(L for L in range(1, 20) if luck(0.25, 1000, L) <= 0.05) == 12
    assert luck(0.5, 200, 23) > 0.05 >= luck(0.5, 200, 24)


@pytest.mark.parametrize(("L", "m"), [(1, 1), (3, 2), (4, 4), (5, 2), (6, 5)])
def test_luck_equals_enumeration(L: int, m: int) -> None:
    p, T = 0.3, 12
    fired = 0.0
    for Z in product((0, 1), repeat=T):
        if any(Z[t] and sum(Z[t : t + L]) >= m for t in range(T - L + 1)):
            fired += p ** sum(Z) * (1 - p) ** (T - sum(Z))
    assert chance_of_emergence(p, T, L, m) == pytest.approx(fired, abs=1e-12)


def test_slips_of_those_who_always_accommodate_are_luck() -> None:
    exact = emergence(Match(PD, (ALLC, ALLC), Horizon(60), (0.3, 0.2)), counting(5, 4), 60)
    assert exact is not None
    assert exact.emerged.sum() == pytest.approx(chance_of_emergence(0.7 * 0.8, 60, 5, 4))


# ------------------------------------------------------------------ course over time, payoffs


@settings(max_examples=25, deadline=None)
@given(automata(2), automata(3), st.sampled_from([0.0, 0.1]), st.sampled_from(PERCEPTIONS))
def test_course_over_time_equals_enumeration(
    a: Automaton, b: Automaton, noise: float, perception: Perception
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    match = Match(PD, pair, Horizon(4), noise, perception=perception)
    expected = np.zeros((4, 4))
    for history, odds in all_courses(match, 4).items():
        expected[range(4), history] += odds
    assert outcomes_over_time(match, 4) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.integers(1, 60))
def test_course_over_time_adds_up_to_the_frequencies(
    a: Automaton, b: Automaton, noise: float, periods: int
) -> None:
    match = Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(periods), noise)
    frequency = outcomes_over_time(match, periods).mean(axis=0)
    assert frequency == pytest.approx(expect(match).frequency.ravel(), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    automata(2), automata(3), st.sampled_from([0.0, 0.1]), st.sampled_from(PERCEPTIONS),
    st.sampled_from([1.0, 0.9, 0.0]), st.integers(1, 4),
)  # fmt: skip
def test_moments_equal_enumeration(
    a: Automaton, b: Automaton, noise: float, perception: Perception, discount: float, periods: int
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    match = Match(PD, pair, Horizon(periods), noise, perception=perception)
    courses = all_courses(match, periods)
    odds = np.array(list(courses.values()))
    payoffs = PD.payoffs.reshape(2, 4)[:, list(courses)]  # seat, course, period
    totals = payoffs @ discount ** np.arange(periods)
    found = total_moments(match, discount)
    mean = totals @ odds
    assert found.mean == pytest.approx(mean, abs=1e-10)
    centred = totals - mean[:, None]
    assert found.covariance == pytest.approx((centred * odds) @ centred.T, abs=1e-10)
    assert found.variance.tolist() == [found.covariance[0, 0], found.covariance[1, 1]]


@settings(max_examples=20, deadline=None)
@given(
    automata(), automata(), st.sampled_from([0.0, 0.1]), st.sampled_from([0.0, 0.5, 0.85]),
    st.sampled_from([1.0, 0.9]),
)  # fmt: skip
def test_moments_at_a_continuation_are_the_mixture_over_fixed_horizons(
    a: Automaton, b: Automaton, noise: float, w: float, discount: float
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    found = total_moments(Match(PD, pair, Horizon(continuation=w), noise), discount)
    first, second = np.zeros(2), np.zeros((2, 2))
    for T in range(1, 240):
        fixed = total_moments(Match(PD, pair, Horizon(T), noise), discount)
        odds = w ** (T - 1) * (1 - w)
        first += odds * fixed.mean
        second += odds * (fixed.covariance + np.outer(fixed.mean, fixed.mean))
        if w**T < 1e-16:
            break
    assert found.mean == pytest.approx(first, abs=1e-9)
    assert found.covariance == pytest.approx(second - np.outer(first, first), abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]))
def test_discounting_and_continuation_agree_on_means_alone(
    a: Automaton, b: Automaton, noise: float
) -> None:
    pair = (Strategy("a", a), Strategy("b", b))
    endless = total_moments(Match(PD, pair, Horizon(), noise), 0.9)
    ending = total_moments(Match(PD, pair, Horizon(continuation=0.9), noise))
    assert endless.mean == pytest.approx(ending.mean, rel=1e-10)
    assert ending.mean == pytest.approx(
        expect(Match(PD, pair, Horizon(continuation=0.9), noise)).totals, rel=1e-10
    )
    long = total_moments(Match(PD, pair, Horizon(400), noise), 0.9)
    assert endless.covariance == pytest.approx(long.covariance, abs=1e-8)


def test_moments_agree_with_sampled_courses() -> None:
    for horizon in (Horizon(50), Horizon(continuation=0.95)):
        for pair, table, _ in noisy_pairs()[:10]:
            match = replace(pair, horizon=horizon)
            exact = total_moments(match)
            totals = sample(match, table, seed=2, repetitions=range(20_000)).counts @ (
                PD.payoffs.reshape(2, 4).T
            )
            centred = totals - exact.mean
            # 20 matches, 5 normal approximations each: beyond 6 standard errors by luck, 2e-7.
            for products, expected in (
                (centred, np.zeros(2)),
                (centred**2, exact.variance),
                (centred.prod(axis=1, keepdims=True), exact.covariance[:1, 1]),
            ):
                error = products.std(axis=0) / math.sqrt(len(products))
                assert (np.abs(products.mean(axis=0) - expected) <= 6 * error + 1e-9).all()


def test_certain_play_has_no_variance() -> None:
    match = Match(PD, (strategy("tit-for-tat"), strategy("always-defect")), Horizon(200))
    assert total_moments(match).mean.tolist() == [199, 204]  # classics-iterated.md 4
    assert not total_moments(match).covariance.any()
    # What is left is the length: geometric, of variance w/(1−w)².
    geometric = Match(PD, (ALLC, ALLC), Horizon(continuation=0.9))
    assert total_moments(geometric).variance == pytest.approx([9 * 90, 9 * 90])


# ------------------------------------------------------------------ proofs


@pytest.mark.parametrize("seed", range(200))
def test_the_orbit_says_what_stepping_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pair = tuple(drawn(rng, int(n), certain=True) for n in rng.integers(1, 5, 2))
    match = Match(PD, (pair[0], pair[1]), Horizon(200))
    L = int(rng.integers(1, 8))
    holds = tuple(np.flatnonzero(rng.random(4) < 0.5))
    table = with_acts(counting(L, int(rng.integers(1, L + 1)), holds=holds), rng, 0.2)
    adjusting = (None, (True, True), (False, True))[seed % 3]
    orbit = never_emerges(match, table, adjusting)
    played = course(match, seed=0)
    cycle = played[orbit.start : orbit.start + orbit.length]
    assert (np.resize(cycle, 200 - orbit.start) == played[orbit.start :]).all()
    tally = count(played, table)
    emerged, broke = attributed(tally, adjusting)
    assert orbit.emerged == (None if emerged[0] < 0 else emerged[0])
    assert orbit.broke == (None if broke[0] < 0 else broke[0])
    assert orbit.never == (emerged[0] < 0)
    assert orbit.attributed == (emerged[0] == tally.emerged[0])
    exact = emergence(match, table, 200, adjusting)
    assert exact is not None
    assert exact.never + exact.unattributed == orbit.never
    if orbit.emerged is not None:
        assert exact.emerged[orbit.emerged] == 1
        assert exact.lasting == (orbit.broke is None)


def test_never_is_proved() -> None:
    # One always withholds after the first round against the other: no cycle but (D, D).
    pair = (strategy("tit-for-tat"), strategy("always-defect"))
    orbit = never_emerges(Match(PD, pair, Horizon()), counting())
    assert orbit.never
    assert (orbit.start, orbit.length, orbit.emerged, orbit.broke) == (1, 1, None, None)


def test_nothing_is_proved_of_what_is_left_to_chance() -> None:
    match = Match(PD, (ALLC, strategy("random")), Horizon())
    with pytest.raises(Mistake, match="always-accommodate and random leave something to chance"):
        never_emerges(match, counting())
    # Certain to slip, on the other hand, is certain.
    assert never_emerges(Match(PD, (ALLC, ALLC), Horizon(), 1.0), counting()).never


# ------------------------------------------------------------------ refusals


def test_what_has_no_answer_is_refused() -> None:
    endless = Match(PD, (ALLC, ALLC), Horizon())
    with pytest.raises(Mistake, match="play without end has no finite total"):
        total_moments(endless)
    with pytest.raises(Mistake, match=r"discount factor of 1\.5"):
        total_moments(endless, 1.5)
    with pytest.raises(Mistake, match=r"p = -0\.1 is no probability"):
        chance_of_emergence(-0.1, 200, 10, 8)
    counter = Strategy("counter", Compiled(lambda memory, seen, payoffs, chance: 1))
    match = Match(PD, (ALLC, counter), Horizon(200))
    for ask in (
        lambda: emergence(match, counting(), 200),
        lambda: never_emerges(match, counting()),
        lambda: outcomes_over_time(match, 5),
        lambda: total_moments(match),
    ):
        with pytest.raises(Mistake, match="counter is no automaton"):
            ask()
