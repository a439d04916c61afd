"""What every strategy keeps to, whatever it is: with any payoffs, any course, any horizon.

Who it says that it is stands in `test_registry`, what its traits say in `test_traits`, its stance
in `test_stance`. Here all are played in plain Python; that they play the same compiled is held in
`test_registry` too.
"""

import re

import numpy as np
import pytest
from reference_player import Player

from coopgames.strategies import Automaton, library, strategy

PERIODS = 120


def symmetric(R: float, S: float, T: float, P: float) -> np.ndarray:
    own = np.array([[R, S], [T, P]], dtype=float)
    return np.stack([own, own.T])


GAMES = {
    "prisoner's dilemma": symmetric(R=3, S=0, T=5, P=1),
    "dilemma of losses": symmetric(R=-1, S=-9, T=0, P=-6),
    "stag hunt": symmetric(R=4, S=0, T=3, P=2),
    "chicken": symmetric(R=3, S=2, T=4, P=-10),
    "harmony": symmetric(R=5, S=3, T=2, P=0),
    "nothing at stake": np.zeros((2, 2, 2)),
    "opposed interests": np.array([[[1.0, -1.0], [-2.0, 3.0]], [[-1.0, 1.0], [2.0, -3.0]]]),
    "for one only": np.array([[[3.0, 0.0], [5.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]]]),
    "in millions": 1e6 * symmetric(R=3, S=0, T=5, P=1),
}

EVERYONE = pytest.mark.parametrize("s", [e() for e in library().values()], ids=library())


def courses(rng: np.random.Generator) -> list[np.ndarray]:
    """Give courses of the other, and when one's own hand slips."""
    kindness = (0.0, 0.1, 0.5, 0.9, 1.0)
    return [(rng.random(PERIODS) >= p).astype(int) for p in kindness]


def play(player: Player, other: np.ndarray, keys: np.ndarray, slips: np.ndarray) -> list[int]:
    """Play against a course; what it means to do, period by period."""
    meant = []
    for chance, theirs, slip in zip(keys, other, slips, strict=True):
        player.chance = chance
        meant.append(player.act())
        player.see(meant[-1] ^ int(slip), int(theirs))
    return meant


@EVERYONE
def test_it_has_an_answer_in_every_game(s):
    rng = np.random.default_rng(0)
    for payoffs in GAMES.values():
        for other, horizon in zip(courses(rng), (-1, PERIODS, -1, PERIODS, -1), strict=True):
            player = Player(s, horizon, payoffs=payoffs)
            keys = rng.integers(2**64, size=PERIODS, dtype=np.uint64)
            with np.errstate(divide="raise", invalid="raise"):
                meant = play(player, other, keys, rng.random(PERIODS) < 0.05)
            assert set(meant) <= {0, 1}
            if not isinstance(s.rule, Automaton):
                assert not np.isnan(player.memory).any()


@EVERYONE
def test_nothing_is_left_over_from_a_match(s):
    """A second seat, made after the first has played, plays the same."""
    rng = np.random.default_rng(1)
    keys = rng.integers(2**64, size=PERIODS, dtype=np.uint64)
    never = np.zeros(PERIODS)
    for other in courses(rng):
        assert play(Player(s), other, keys, never) == play(Player(s), other, keys, never)


@EVERYONE
def test_what_comes_later_changes_nothing_before(s):
    rng = np.random.default_rng(2)
    keys = rng.integers(2**64, size=PERIODS, dtype=np.uint64)
    never, (_, _, one, two, _) = np.zeros(PERIODS), courses(rng)
    half = PERIODS // 2
    mixed = np.concatenate([one[:half], two[half:]])
    assert (
        play(Player(s), one, keys, never)[: half + 1]
        == play(Player(s), mixed, keys, never)[: half + 1]
    )


@pytest.mark.parametrize("entry", library().values(), ids=library())
def test_its_docstring_names_its_parameters(entry):
    for name in entry.defaults:
        assert re.search(rf"`{name}`", entry.description), f"{name} is not explained"


@pytest.mark.parametrize("name", library())
def test_to_give_the_usual_parameters_is_to_give_none(name):
    usual = library()[name].defaults
    given = strategy(name, **usual)
    assert given == strategy(name)
    assert given.label == name
