"""Many games at once encode what each encodes alone."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coopgames.games import CATEGORIES, SUBTYPES, Game, categories, structure, the_144
from coopgames.mistakes import Mistake

READINGS = [
    {"baseline": b, "feasible": f, "hindrance": h}
    for b, f, h in product(
        ("rationalizable", "nash"), ("hull", "pure"), ("realised", "opportunity", "either")
    )
]
readings = st.sampled_from(READINGS)


def at_once(payoffs, **reading):
    found = categories(payoffs, **reading)
    return [
        (CATEGORIES[c], SUBTYPES[s]) for c, s in zip(found.category, found.subtype, strict=True)
    ]


def one_by_one(payoffs, **reading):
    found = [structure(Game("one", u), **reading) for u in payoffs]
    return [(s.category, s.subtype) for s in found]


@cache
def of_three_values():
    """Games with payoffs in {0, 1, 2}: one of each set that renaming and exchanging make alike."""
    seen = {}
    for values in product(range(3), repeat=8):
        u = np.reshape(values, (2, 2, 2))
        alike = [
            tuple(v[:, ::r, ::c].ravel().tolist())
            for v in (u, u[::-1].transpose(0, 2, 1))
            for r, c in product((1, -1), repeat=2)
        ]
        seen.setdefault(min(alike), u.astype(float))
    return np.stack(list(seen.values()))


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: "-".join(r.values()))
def test_the_ordinal_games(reading):
    payoffs = np.array([g.ranks for g in the_144()], dtype=float).reshape(-1, 2, 2, 2)
    assert at_once(payoffs, **reading) == one_by_one(payoffs, **reading)


@pytest.mark.parametrize("n", range(len(READINGS)))
def test_games_of_three_values(n):
    payoffs = of_three_values()[n :: len(READINGS)]
    for reading in (READINGS[0], READINGS[n]):
        assert at_once(payoffs, **reading) == one_by_one(payoffs, **reading)


def test_there_are_enough_of_three_values():
    # By Burnside's lemma, over two renamings and the exchange of seats, which together have the
    # eight elements of the square's symmetries: (3⁸ + 3·3⁴ + 2·3⁴ + 2·3²) / 8, counted by the
    # cycles in which each moves the eight payoffs.
    assert len(of_three_values()) == (3**8 + 3 * 3**4 + 2 * 3**4 + 2 * 3**2) // 8


small = arrays(float, (2, 2, 2), elements=st.integers(-2, 2).map(float))
nearly = arrays(
    float,
    (2, 2, 2),
    elements=st.tuples(st.integers(0, 3), st.sampled_from([0, 5e-8, 1.2e-7, 3e-7, 4e-7])).map(sum),
)
anything = arrays(float, (2, 2, 2), elements=st.floats(-1e6, 1e6))


@settings(deadline=None, max_examples=300)
@given(st.one_of(small, nearly, anything), readings)
def test_any_game(u, reading):
    assert at_once(u[None], **reading) == one_by_one(u[None], **reading)


@settings(deadline=None)
@given(small, readings, st.floats(0.001, 1000), st.floats(-1000, 1000))
def test_units_do_not_matter(u, reading, scale, shift):
    assert at_once((u * scale + shift)[None], **reading) == at_once(u[None], **reading)


def test_many_are_the_same_as_few():
    rng = np.random.default_rng(1)
    payoffs = rng.integers(0, 4, (40_000, 2, 2, 2)).astype(float)
    all_at_once = at_once(payoffs)
    assert all_at_once[:2000] == at_once(payoffs[:2000])
    assert all_at_once[-2000:] == at_once(payoffs[-2000:])
    middle = slice(16_000, 17_000)
    assert all_at_once[middle] == at_once(payoffs[middle])


def test_nothing_is_changed_that_is_given():
    u = np.array([[[[1, 1 + 1e-9], [2, 3]], [[0, 1], [2, 3]]]])
    before = u.copy()
    categories(u)
    assert (u == before).all()
    u.flags.writeable = False
    categories(u)


def test_no_games_at_all():
    assert at_once(np.zeros((0, 2, 2, 2))) == []


def test_lists_will_do():
    assert at_once([[[[3, 0], [5, 1]], [[3, 5], [0, 1]]]]) == [("mixed-interests", "dilemma")]


def test_random_games_are_harmony_as_often_as_ordinal_ones():
    # 39, 41 and 64 of 144 (theory.md 1.1.8): each ordinal game is as likely as any other. The bound
    # is five standard errors: false alarm once in a million.
    payoffs = np.random.default_rng(7).normal(size=(200_000, 2, 2, 2))
    shares = np.bincount(categories(payoffs, feasible="pure").category, minlength=4) / len(payoffs)
    expected = np.array([39, 41, 64, 0]) / 144
    error = np.sqrt(expected * (1 - expected) / len(payoffs))
    assert (abs(shares - expected) <= 5 * error).all()


@pytest.mark.parametrize(
    ("payoffs", "said"),
    [
        (np.zeros((2, 2, 2)), r"shape \(2, 2, 2\)"),
        (np.zeros((3, 2, 2, 3)), r"shape \(3, 2, 2, 3\)"),
        ([[1, 2], [3]], "ragged"),
        ([[[[1, "x"], [2, 3]], [[0, 1], [2, 3]]]], "not all of it numbers"),
        (np.full((1, 2, 2, 2), np.nan), r"nan of game 0, seat 0, at profile \(0, 0\)"),
        (np.full((1, 2, 2, 2), np.inf), "is not a finite number"),
    ],
)
def test_what_is_no_array_of_games_is_refused(payoffs, said):
    with pytest.raises(Mistake, match=said):
        categories(payoffs)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"baseline": "nsah"}, 'no baseline "nsah"'),
        ({"feasible": "tu"}, 'no feasible "tu"'),
        ({"hindrance": "realized"}, "did you mean realised"),
    ],
)
def test_unknown_options(options, said):
    with pytest.raises(Mistake, match=said):
        categories(np.zeros((1, 2, 2, 2)), **options)
