"""Randomness is addressed: what a draw is depends on its address alone."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coopgames.play.chance import lengths
from coopgames.play.chance import stream_keys as all_stream_keys
from coopgames.strategies import draw, mix

FALSE_ALARM = 1e-6


def stream_keys(seed: int, labels: tuple[str, str], repetitions: range) -> np.ndarray:
    names = sorted(set(labels))
    seats = sorted(names.index(label) for label in labels)
    return all_stream_keys(seed, names, [seats] * len(repetitions), list(repetitions))


def hoeffding(n: int) -> float:
    """How far a mean of n values in [0, 1] may stray with probability FALSE_ALARM."""
    return math.sqrt(math.log(2 / FALSE_ALARM) / (2 * n))


def test_mix_is_the_published_finaliser() -> None:
    # The first outputs of splitmix64 seeded with 0 are the finaliser of multiples of its golden
    # increment; these values are the reference implementation's (Vigna, splitmix64.c).
    golden = 0x9E3779B97F4A7C15
    states = np.array([golden * i % 2**64 for i in (1, 2, 3)], dtype=np.uint64)
    assert [int(x) for x in mix(states)] == [
        0xE220A8397B1DCDAF,
        0x6E789E6AA1B965F4,
        0x06C45D188009454F,
    ]


@given(st.integers(0, 2**80), st.integers(0, 50), st.integers(1, 20))
def test_repetitions_do_not_depend_on_how_many_are_asked_for(seed: int, start: int, n: int) -> None:
    everything = stream_keys(seed, ("a", "b"), range(start + n))
    part = stream_keys(seed, ("b", "a"), range(start, start + n))
    assert (everything[start:] == part).all()


def test_labels_seeds_and_repetitions_have_luck_of_their_own() -> None:
    keys = [
        key
        for seed in range(20)
        for labels in (("a", "b"), ("a", "c"), ("a", "a"), ("b", "b"), ("ab", ""))
        for key in stream_keys(seed, labels, range(50)).tolist()
    ]
    assert len(set(keys)) == len(keys)


def test_lengths_are_geometric() -> None:
    w, n = 0.9, 200_000
    drawn = lengths(stream_keys(3, ("a", "b"), range(n)), w)
    assert drawn.min() == 1
    for t in (1, 2, 5, 10, 30):
        assert abs((drawn > t).mean() - w**t) < hoeffding(n)
    assert (lengths(stream_keys(3, ("a", "b"), range(10)), 0.0) == 1).all()


def test_draws_are_uniform_and_numbered() -> None:
    chance = np.uint64(0x0123456789ABCDEF)
    assert draw(chance, 0) == 0x01234567 / 2**32
    with np.errstate(over="ignore"):
        values = np.array([draw(chance, i) for i in range(1, 4000)])
    assert ((values >= 0) & (values < 1)).all()
    for cut in (0.1, 0.5, 0.9):
        assert abs((values < cut).mean() - cut) < hoeffding(len(values))
