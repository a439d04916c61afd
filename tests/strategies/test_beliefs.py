"""Beliefs replayed from a course: whose, in which game and seat, and when there are none."""

import numpy as np
import pytest
from reference_player import Player, answers

from coopgames.games import Game, named_game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.strategies import Compiled, beliefs, library, strategy

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
BELIEVERS = [name for name, e in library().items() if getattr(e().rule, "belief", None) is not None]


def test_these_hold_beliefs():
    assert set(BELIEVERS) >= {
        "fictitious-play", "bayesian", "revised-downing", "trusting", "shadow-of-the-future",
        "belief-threshold", "reciprocal-expectations", "level-k", "quantal-response",
    }  # fmt: skip


@pytest.mark.parametrize("name", BELIEVERS)
def test_beliefs_are_probabilities_and_do_not_look_ahead(name):
    rng = np.random.default_rng(8)
    own, observed = rng.integers(2, size=(2, 30))
    s, rule = strategy(name), strategy(name).rule
    whole = beliefs(s, own, observed, PD)
    assert whole.shape == (30, 2)
    assert whole.sum(axis=1) == pytest.approx(np.ones(30))
    assert ((whole >= 0) & (whole <= 1)).all()
    for t in (0, 1, 7, 29):
        other = np.where(np.arange(30) < t, observed, 1 - observed)
        assert (beliefs(s, own, other, PD)[: t + 1] == whole[: t + 1]).all(), (
            "the past alone counts"
        )
    assert isinstance(rule, Compiled)
    assert (beliefs(s, own, observed, PD) == whole).all(), "and nothing is left from a replay"


@pytest.mark.parametrize("name", BELIEVERS)
def test_luck_changes_no_belief(name):
    rng = np.random.default_rng(9)
    own, observed = rng.integers(2, size=(2, 30))
    s = strategy(name)
    player = Player(s, payoffs=PD.payoffs)
    for a, o, expected in zip(own, observed, beliefs(s, own, observed, PD)[:, 0], strict=True):
        player.chance = rng.integers(2**64, dtype=np.uint64)
        player.act()
        assert player.memory[s.rule.belief] == expected
        player.see(int(a), int(o))


def test_a_course_that_was_played_can_be_replayed():
    # The seats of a match in turn; what the second observed is what the first did.
    match = Match(PD, (strategy("fictitious-play"), strategy("random")), Horizon(50))
    played = course(match, seed=4)
    one, two = played // 2, played % 2
    expected = (1 + np.cumsum(two == 0) - (two == 0)) / (2 + np.arange(50))
    assert beliefs(match.strategies[0], one, two, PD)[:, 0] == pytest.approx(expected)


def test_the_seat_says_whose_payoffs_count():
    # The row player is on a stag hunt, the column player in a dilemma. At level 2 the row player
    # expects what pays the other against even odds, D; the column player expects a stag hunter who
    # takes even odds for good enough, C.
    game = Game(
        "mixed",
        [[[4.0, 1.0], [3.0, 2.0]], [[3.0, 5.0], [0.0, 1.0]]],
        actions=(("stag", "hare"), ("C", "D")),
    )
    s = strategy("level-k", level=2)
    assert beliefs(s, [0], [0], game).tolist() == [[0, 1]]
    assert beliefs(s, [0], [0], game, seat=1).tolist() == [[1, 0]]


def test_the_roles_say_which_action_accommodates():
    turned = Game("turned", PD.payoffs[:, ::-1, ::-1], actions=(("D", "C"),) * 2)
    for name in ("trusting", "anticipating", "outcome-expectations"):
        one, two = (beliefs(strategy(name), [0, 1, 0], [0, 1, 1], g) for g in (PD, turned))
        assert (one == two).all()


@pytest.mark.parametrize(
    ("name", "own", "observed", "game", "more", "words"),
    [
        ("tit-for-tat", [0], [0], PD, {}, "tit-for-tat holds no belief"),
        ("hedge", [0], [0], PD, {}, "hedge holds no belief"),
        ("bayesian", [0, 1], [0], PD, {}, "must be of one length"),
        ("bayesian", [2], [0], PD, {}, "0 for accommodating and 1 for withholding"),
        ("bayesian", [0], [0], PD, {"seat": 2}, "seat = 2: the seats of 'pd' are 0 and 1"),
        ("bayesian", [0], [0], named_game("matching-pennies"), {}, "is not one of two actors"),
    ],
)
def test_mistakes(name, own, observed, game, more, words):
    with pytest.raises(Mistake, match=words):
        beliefs(strategy(name), own, observed, game, **more)


def test_best_replies_follow_from_the_beliefs():
    # In a stag hunt with R, S, T, P = 4, 1, 3, 2 a stag pays if it is expected with 1/2 at least.
    hunt = two_by_two("hunt", R=4, S=1, T=3, P=2)
    other = "CDDDCCDDCCCCCC"
    for name in ("fictitious-play", "weighted-fictitious-play", "bayesian"):
        own = answers(name, other, payoffs=hunt.payoffs)
        expected = beliefs(
            strategy(name), ["CD".index(x) for x in own], ["CD".index(x) for x in other], hunt
        )
        assert own == "".join("C" if p >= 0.5 else "D" for p in expected[:, 0])
