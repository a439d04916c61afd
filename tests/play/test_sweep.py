"""Sweeps: what they say of millions of pairs is what `sample` and `expect` say of each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, named_game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import (
    Counting,
    Field,
    Horizon,
    Match,
    Perception,
    Tally,
    count,
    course,
    expect,
    kernels,
    sample,
    sample_field,
    sweep_kernels,
)
from coopgames.play.sweep import (
    luck,
    memory_one_payoffs,
    orbit_counts,
    orbit_emergence,
    play_counts,
)
from coopgames.strategies import Automaton, Strategy, memory_one

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
TURNED = Game("turned", PD.payoffs[:, :, ::-1], actions=(("C", "D"), ("D", "C")))
ALLD, TFT = memory_one(0, 0, 0, 0, 0), memory_one(1, 1, 0, 1, 0)

old_sample_automata, new_sample_automata = kernels.sample_automata, sweep_kernels.sample_automata


def automaton(rng: np.random.Generator, states: int, *, lots: bool) -> Automaton:
    p = rng.random(states) if lots else rng.integers(0, 2, states)
    mix = np.stack([p, 1 - p], axis=1)
    return Automaton(mix, rng.integers(0, states, (states, 2, 2)), int(rng.integers(states)))


def group(seed: int, size: int, *, lots: bool, most: int = 16) -> list[Automaton]:
    rng = np.random.default_rng(seed)
    return [automaton(rng, int(rng.integers(1, most + 1)), lots=lots) for _ in range(size)]


def counting(holds: Any, L: int, m: int) -> Counting:
    none = np.zeros((5, 4), np.uint8)
    return Counting(none, none[:2], np.array(holds, np.uint8), none[:2], L, m, w=6)


def cast(automata: list[Automaton], periods: int) -> Field:
    names = tuple(f"s{i}" for i in range(len(automata)))
    strategies = tuple(Strategy(n, a) for n, a in zip(names, automata, strict=True))
    return Field(PD, strategies, names, Horizon(periods))


# Orbits


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32), st.one_of(st.integers(1, 300), st.sampled_from([1, 2, 7, 200, 10**6])),
    st.integers(1, 20), st.integers(1, 20), st.integers(0, 15), st.sampled_from([3, 8, 40]),
)  # fmt: skip
def test_orbits_are_what_sample_counts(
    seed: int, periods: int, L: int, m: int, bits: int, most: int
) -> None:
    m, holds = min(L, m), [bool(bits >> p & 1) for p in range(4)]
    automata = group(seed, 4, lots=False, most=most)
    pairs = [(i, j) for i in range(4) for j in range(4)]
    tally = sample_field(
        cast(automata, periods), pairs, counting(holds, L, m), seed=1, repetitions=range(1)
    )
    assert (orbit_counts(automata, periods, pairs) == tally.counts).all()
    emergence = orbit_emergence(automata, periods, holds, L, m, pairs)
    assert (emergence == np.stack([tally.emerged, tally.broke], axis=1)).all()


@pytest.mark.parametrize("periods", [1, 2, 7, 200, 5_000])
def test_orbits_of_many_pairs_are_stepped_through(periods: int) -> None:
    automata = group(7, 24, lots=False)
    everyone = np.stack(np.triu_indices(24), axis=1)
    numbers = orbit_counts(automata, periods)
    emergence = orbit_emergence(automata, periods, [1, 0, 0, 1], 10, 8)
    assert len(numbers) == len(emergence) == 300
    tables = counting([1, 0, 0, 1], 10, 8)
    for (i, j), n, when in zip(everyone, numbers, emergence, strict=True):
        pair = (Strategy("a", automata[i]), Strategy("b", automata[j]))
        tally = count(course(Match(PD, pair, Horizon(periods)), seed=1), tables)
        assert n.tolist() == tally.counts[0].tolist()
        assert when.tolist() == [tally.emerged[0], tally.broke[0]]


def test_the_longest_horizons() -> None:
    automata = group(3, 12, lots=False)
    for periods in (2**31 - 1, 2**31):
        numbers = orbit_counts(automata, periods)
        assert (numbers.sum(axis=1) == periods).all()
        for (i, j), n in zip(np.stack(np.triu_indices(12), axis=1), numbers, strict=True):
            assert n.tolist() == closed(automata[i], automata[j], periods)
    # What is to happen has happened in 5,000 periods.
    late = orbit_emergence(automata, 2**31 - 1, [1, 0, 0, 0], 10, 8)
    assert (late == orbit_emergence(automata, 5_000, [1, 0, 0, 0], 10, 8)).all()


def closed(a: Automaton, b: Automaton, periods: int) -> list[int]:
    """The definition: step until a joint state comes back, then count whole rounds."""
    state, when, played = (a.initial, b.initial), dict[tuple[int, int], int](), list[int]()
    while state not in when:
        when[state] = len(played)
        x, y = int(a.mix[state[0], 0] == 0), int(b.mix[state[1], 0] == 0)
        played.append(2 * x + y)
        state = (int(a.next[state[0], x, y]), int(b.next[state[1], y, x]))
    before, length = when[state], len(played) - when[state]
    if periods <= len(played):
        return [played[:periods].count(p) for p in range(4)]
    rounds, rest = divmod(periods - before, length)
    return [
        played[:before].count(p) + rounds * played[before:].count(p)
        + played[before : before + rest].count(p)
        for p in range(4)
    ]  # fmt: skip


def test_the_largest_orbit() -> None:
    # Two counters of 255 and 257 states come round together after 65,535 periods.
    def counter(states: int) -> Automaton:
        mix = np.tile([0.0, 1.0], (states, 1))
        mix[0] = [1.0, 0.0]
        following = np.broadcast_to(
            ((np.arange(states) + 1) % states)[:, None, None], (states, 2, 2)
        )
        return Automaton(mix, following)

    automata = [counter(255), counter(257)]
    numbers = orbit_counts(automata, 10**9, [(0, 1)])[0].tolist()
    assert numbers == closed(*automata, 10**9)
    emergence = orbit_emergence(automata, 10**9, [1, 0, 0, 0], 1, 1, [(0, 1)])
    assert emergence.tolist() == [[0, 1]]
    with pytest.raises(Mistake, match="66,049 joint states"):
        orbit_counts(automata, 10**9)


def test_threads_change_nothing() -> None:
    automata = group(11, 60, lots=False)
    for workers in (1, 2, 7):
        assert (orbit_counts(automata, 99, workers=workers) == orbit_counts(automata, 99)).all()
    everyone = np.stack(np.triu_indices(60), axis=1)
    given_ = orbit_counts(automata, 99, everyone, workers=3)
    assert (given_ == orbit_counts(automata, 99)).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: orbit_counts([TFT, memory_one(1, 1, 0, 1, 0.3)], 9), "automaton 1 draws lots"),
        (lambda: orbit_counts([TFT], 0), "0 periods"),
        (lambda: orbit_counts([TFT], 2**31 + 1), "2147483649 periods"),
        (lambda: orbit_counts([TFT], 9, [(0, 1)]), "from 0 to 0"),
        (lambda: orbit_counts([Automaton(np.eye(3), np.zeros((3, 3, 3)))], 9), "3 actions"),
        (lambda: orbit_emergence([TFT], 99, [1, 0, 0], 5, 4), "4 profiles"),
        (lambda: orbit_emergence([TFT], 99, [1, 0, 0, 0], 5, 6), "6 of 5"),
        (lambda: play_counts([Automaton(np.eye(3), np.zeros((3, 3, 3)))], [], [], [], 9), "3 act"),
        (lambda: play_counts([TFT], [(0, 0)], [1], [0], 0), "0 periods"),
        (lambda: play_counts([TFT], [(0, 0)], [1], [2], 9), "lanes are 0"),
        (lambda: play_counts([TFT], [(0, 0)], [1], [0], 9, noise=2.0), "noise = 2"),
        (lambda: memory_one_payoffs([1, 0, 1, 2], [1, 0, 1, 0], PD), "p: row 0, column 3 is 2"),
        (lambda: memory_one_payoffs([1, 0, 1], [1, 0, 1, 0], PD), "four or five columns"),
        (lambda: memory_one_payoffs(np.ones((2, 4)), np.ones((3, 4)), PD), "2 rows and q 3"),
        (lambda: memory_one_payoffs([1, 0, 1, 0], [1, 0, 1, 0], PD), "five columns, the prob"),
    ],
)  # fmt: skip
def test_what_cannot_be_swept_is_refused(call: Callable[[], object], words: str) -> None:
    with pytest.raises(Mistake, match=words):
        call()


def test_lots_in_states_that_are_never_reached_do_not_count() -> None:
    idle = Automaton([[1, 0], [0.5, 0.5]], np.zeros((2, 2, 2)))
    assert orbit_counts([idle], 9).tolist() == [[9, 0, 0, 0]]


def test_nobody_meets_nobody() -> None:
    assert orbit_counts([], 9).shape == orbit_counts([TFT], 9, []).shape == (0, 4)
    assert play_counts([TFT], [], [], [], 9).shape == (0, 4)


# Chance


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32), st.integers(1, 300), st.sampled_from([0.0, (0.1, 0.4), 1.0]),
    st.sampled_from([0.0, (0.3, 0.0), 0.2]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_courses_are_those_that_sample_plays(
    seed: int, periods: int, noise: Any, error: Any, public: bool, mixed: bool
) -> None:
    rng = np.random.default_rng(seed)
    automata = group(seed, 3, lots=True, most=6) + group(seed, 2, lots=False)
    labels, perception = tuple("dbcea"), Perception(error, public)
    strategies = tuple(Strategy(n, a) for n, a in zip(labels, automata, strict=True))
    pairs = rng.integers(0, 5, (4, 2))
    horizon = Horizon(continuation=0.98) if mixed else Horizon(periods)
    field = Field(PD, strategies, labels, horizon, noise, perception)
    tally = sample_field(
        field, pairs.tolist(), counting([0] * 4, 1, 1), seed=seed, repetitions=range(2, 5)
    )
    keys, lanes = luck(labels, pairs[tally.match], tally.repetition, seed=seed)
    numbers = play_counts(
        automata, pairs[tally.match], keys, lanes, tally.periods, noise=noise,
        perception=perception,
    )  # fmt: skip
    assert (numbers == tally.counts).all()


def test_long_courses_and_threads() -> None:
    automata = group(5, 4, lots=True)
    pairs = np.array([(0, 1), (2, 3), (3, 0), (1, 1), (2, 0)])
    keys, lanes = luck("abcd", pairs, 0, seed=3)
    numbers = play_counts(automata, pairs, keys, lanes, 50_001)
    for workers in (1, 2):
        again = play_counts(automata, pairs, keys, lanes, 50_001, workers=workers)
        assert (again == numbers).all()
    for (i, j), n in zip(pairs, numbers, strict=True):
        pair = (Strategy("abcd"[i], automata[i]), Strategy("abcd"[j], automata[j]))
        played = sample(
            Match(PD, pair, Horizon(50_001)), counting([0] * 4, 1, 1), seed=3, repetitions=range(1)
        )
        assert (played.counts[0] == n).all()


# The faster loop of `sample`


@contextmanager
def played_by(loop: Callable[..., None]) -> Iterator[None]:
    """Have `sample` use a loop, whichever of the two it uses otherwise."""

    def chosen(*arguments: Any) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(kernels, "sample_automata", old_sample_automata)
            loop(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "sample_automata", chosen)
        patch.setattr(sweep_kernels, "sample_automata", chosen)
        yield


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 2**32), st.sampled_from([5, 64, 130, 900, 4_000]), st.booleans(),
    st.sampled_from([0.0, (0.1, 0.4)]), st.sampled_from([0.0, 0.2]), st.booleans(),
    st.sampled_from([1, 4, 10, 63, 64, 70]), st.sampled_from([0.5, 0.8, 1.0]),
    st.integers(1, 40), st.sampled_from(["prisoners-dilemma", "stag-hunt", "chicken", "turned"]),
)  # fmt: skip
def test_the_faster_loop_counts_the_same(
    seed: int, most: int, lots: bool, noise: Any, error: float, public: bool, L: int, q: float,
    w: int, name: str,
) -> None:  # fmt: skip
    from coopgames.readings import Rule, lens

    rng = np.random.default_rng(seed)
    game = TURNED if name == "turned" else named_game(name)
    tables = lens(game, Rule(L=L, q=q, w=2 * w)).counting
    automata = group(seed, 3, lots=lots) + group(seed + 1, 2, lots=False)
    labels = tuple("dbcea")
    strategies = tuple(Strategy(n, a) for n, a in zip(labels, automata, strict=True))
    horizon = Horizon(int(rng.integers(1, most)))
    if rng.random() < 0.2:
        horizon = Horizon(continuation=0.99)
    field = Field(game, strategies, labels, horizon, noise, Perception(error, public))
    pairs = [(i, j) for i in range(5) for j in range(5)]
    results: list[Tally] = []
    courses = []
    for loop in (old_sample_automata, new_sample_automata):
        with played_by(loop):
            results.append(sample_field(field, pairs, tables, seed=seed, repetitions=range(2)))
            courses.append(course(field.match(1, 2), seed=seed).tolist())
    for column in vars(results[0]):
        assert (getattr(results[0], column) == getattr(results[1], column)).all(), column
    assert courses[0] == courses[1]


def test_the_faster_loop_leaves_other_games_alone() -> None:
    payoffs = np.arange(18.0).reshape(2, 3, 3)
    game = Game("three", payoffs, roles=((0, 1, 2), (0, 1, 2)))
    rng = np.random.default_rng(1)
    one = Automaton(rng.dirichlet([1, 1, 1], 4), rng.integers(0, 4, (4, 3, 3)))
    match = Match(game, (Strategy("a", one), Strategy("b", one)), Horizon(50))
    with played_by(new_sample_automata):
        new = course(match, seed=1).tolist()
    with played_by(old_sample_automata):
        assert course(match, seed=1).tolist() == new


# Memory-one pairs


@pytest.mark.parametrize("noise", [0.0, 0.05, (0.01, 0.3)])
@pytest.mark.parametrize("game", [PD, TURNED, named_game("chicken")], ids=lambda g: g.name)
def test_memory_one_pairs_are_solved_as_expect_solves_them(game: Game, noise: Any) -> None:
    rng = np.random.default_rng(4)
    p, q = rng.random((60, 5)), rng.random((60, 5))
    # Some certain reactions: their chains may have states that are left for good.
    p[30:], q[40:] = rng.integers(0, 2, (30, 5)), rng.integers(0, 2, (20, 5))
    solved = memory_one_payoffs(p, q, game, noise=noise)
    for one, other, means in zip(p, q, solved, strict=True):
        pair = (Strategy("p", memory_one(*one)), Strategy("q", memory_one(*other)))
        exact = expect(Match(game, pair, Horizon(), noise)).means
        assert means == pytest.approx(exact, abs=1e-12)


def test_tit_for_tat_against_itself_under_any_noise() -> None:
    # (T + R + P + S) / 4: M. Nowak and K. Sigmund, Acta Appl. Math. 20 (1990).
    tft = [1, 0, 1, 0]
    for noise in (1e-9, 0.05, 0.5):
        assert memory_one_payoffs(tft, tft, PD, noise=noise)[0] == pytest.approx([2.25] * 2)


def test_zero_determinant_strategies_hold_their_line() -> None:
    # Extortion factor 3: W. Press and F. Dyson, PNAS 109 (2012): P₀ − 1 = 3 (P₁ − 1).
    extort = np.array([11 / 13, 1 / 2, 7 / 26, 0])
    others = np.random.default_rng(2).random((1000, 4))
    own, other = memory_one_payoffs(extort, others, PD).T
    assert np.abs((own - 1) - 3 * (other - 1)).max() < 1e-12
