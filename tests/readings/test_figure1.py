"""Episodes: the worked examples of theory.md 1.2.5, and cases that a cruder measure gets wrong."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import Game, two_by_two
from coopgames.play import Horizon, Match, sample
from coopgames.readings import LABELS, QUALIFIERS, Message, Rule, adjusts, judge, lens, read
from coopgames.strategies import Strategy, strategy

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
HARMONY = two_by_two("harmony", R=4, S=3, T=2, P=1)
STAG = two_by_two("stag hunt", R=4, S=1, T=3, P=2)
CHICKEN = two_by_two("chicken", R=3, S=2, T=4, P=1)
DEADLOCK = two_by_two("deadlock", R=2, S=1, T=4, P=3)
TURNS = two_by_two("deadlock 7,3,2,1", R=2, S=1, T=7, P=3)
BATTLE = Game("battle", [[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
PENNIES = Game("pennies", [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
BOMB_ROW = np.array([[3, 0, -100], [5, 1, -99], [-2, -2, -101]])
BOMB = Game("pd with a dominated bomb", [BOMB_ROW, BOMB_ROW.T])

CC, CD, DC, DD = (0, 0), (0, 1), (1, 0), (1, 1)


class Episode(NamedTuple):
    game: Game
    course: list[tuple[int, int]]
    label: str
    qualifier: str
    kappa: float | None
    after: tuple[float, float]
    acts: int
    messages: tuple[Message, ...] = ()


def offer(period: int) -> tuple[Message, ...]:
    return (Message(period, 0, "offer"),)


EPISODES = {
    "E1": Episode(HARMONY, [CC] * 20, "harmony", "structural", None, (4, 4), 0),
    "E2": Episode(PD, [DD] * 20, "discord", "untried", 0, (1, 1), 0),
    "E3": Episode(
        PD, [DD] * 5 + [CC] * 15, "cooperation", "negotiated", 1, (3, 3), 32, offer(5)
    ),
    "E4": Episode(
        PD, [DD] * 20, "discord", "resisted", 0, (1, 1), 0,
        (Message(5, 0, "threat"), Message(10, 0, "threat")),
    ),
    "E5": Episode(PD, [CC] * 20, "cooperation", "tacit", 1, (3, 3), 40),
    "E6": Episode(
        PD, [DD] * 5 + [DC] * 15, "imposed adjustment", "", 0.5, (5, 0), 16,
        (Message(5, 0, "threat"),),
    ),
    "E6 unasked": Episode(
        PD, [DD] * 5 + [DC] * 15, "cooperation", "deferential", 0.5, (5, 0), 16
    ),
    "E7": Episode(PD, [CC] * 10 + [DD] * 10, "discord", "intensified", 0, (1, 1), 20),
    "E8": Episode(STAG, [CC] * 20, "convention", "silent", 1, (4, 4), 0),
    "E9": Episode(
        STAG, [DD] * 5 + [CD] + [CC] * 14, "cooperation", "adaptive", 1, (4, 4), 4
    ),
    "E10": Episode(PENNIES, [CC] * 20, "discord", "resisted", 0, (1, -1), 19, offer(5)),
    "E15": Episode(
        BOMB, [DD] * 5 + [CC] * 15, "cooperation", "negotiated", 1, (3, 3), 32, offer(5)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EPISODES)
def test_worked_episodes(name: str) -> None:
    e = EPISODES[name]
    v = read(e.game, e.course, messages=e.messages)
    assert (LABELS[v.label[0]], QUALIFIERS[v.qualifier[0]]) == (e.label, e.qualifier)
    if e.kappa is not None:
        assert v.kappa[0] == pytest.approx(e.kappa)
    assert v.after[0] == pytest.approx(e.after)
    assert v.acts.sum() == e.acts


def tariffs(levels: np.ndarray, theta: float = 1, gamma: float = 1, x: float = 0.0) -> Game:
    """The two-country tariff game S1 of scenarios.md with D = 1."""
    t = np.asarray(levels)
    own = theta * (t / 4 - t**2 / 8) - t**2 / 4 + (gamma - 1) * x * t / 2
    cost = t / 4 - t**2 / 8
    u = own[:, None] - cost[None, :]
    return Game("tariffs", [u, u.T])


def test_stepwise_liberalisation_is_adaptive_cooperation() -> None:  # E12
    game = tariffs(np.array([0, 1 / 6, 1 / 3, 1 / 2, 2 / 3]))
    course = [(2, 2)] * 5 + [(1, 2), (1, 1), (0, 1)] + [(0, 0)] * 12
    v = read(game, course)
    assert (LABELS[v.label[0]], QUALIFIERS[v.qualifier[0]]) == ("cooperation", "adaptive")
    assert v.acts.sum() == 33
    assert v.after[0] == pytest.approx((0, 0))
    assert v.kappa[0] == pytest.approx(1)
    assert lens(game, Rule()).structure.before == pytest.approx((-1 / 36, -1 / 36))


def test_partial_liberalisation_of_protected_economies_counts() -> None:  # E14
    game = tariffs(np.linspace(0, 1, 25), gamma=2, x=0.5)
    course = [(16, 16)] * 5 + [(12, 12)] * 15
    v = read(game, course, messages=offer(5))
    assert (LABELS[v.label[0]], QUALIFIERS[v.qualifier[0]]) == ("cooperation", "negotiated")
    assert v.kappa[0] == pytest.approx(1)
    assert v.acts.sum() == 32
    seen = lens(game, Rule())
    C = seen.compatibility.reshape(game.shape)
    assert (C[16, 16], C[12, 12]) == (pytest.approx(1 / 9), pytest.approx(1 / 4))
    assert v.after[0] == pytest.approx((0.0625, 0.0625))


def label(game: Game, course: list[tuple[int, int]]) -> tuple[str, str]:
    v = read(game, course)
    return LABELS[v.label[0]], QUALIFIERS[v.qualifier[0]]


def test_taking_turns_counts_where_it_pays_everyone() -> None:
    turns = [CD, DC] * 10
    assert label(TURNS, turns)[0] == "cooperation"  # (7 + 1) / 2 = 4 > 3
    assert label(CHICKEN, turns)[0] == "cooperation"  # mean 3 against 2.5, though κ = 0
    assert label(DEADLOCK, turns)[0] == "discord"  # (4 + 1) / 2 < 3: nobody gains


def test_accommodating_in_a_deadlock_gains_nobody_anything() -> None:
    assert label(DEADLOCK, [CC] * 20)[0] == "discord"


def test_one_tremble_in_harmony_changes_nothing() -> None:
    assert label(HARMONY, [CC] * 18 + [CD, CC]) == ("harmony", "structural")


def test_alternating_in_the_battle_of_the_sexes() -> None:
    # Theory.md 1.2.4: κ = 1 and χ = 1.
    v = read(BATTLE, [CC, DD] * 10)
    assert v.kappa[0] == pytest.approx(1)
    assert v.chi[0] == pytest.approx(1)


def played(first: Strategy, second: Strategy, **conditions: float) -> tuple[str, str]:
    match = Match(PD, (first, second), Horizon(200), **conditions)
    seen = lens(PD, Rule())
    tally = sample(match, seen.counting, seed=1, repetitions=range(1))
    v = judge(seen, tally, (adjusts(first), adjusts(second)))
    return LABELS[v.label[0]], QUALIFIERS[v.qualifier[0]]


def test_deference_is_cooperation_unless_extorted() -> None:
    alld, allc = strategy("always-defect"), strategy("always-accommodate")
    assert played(alld, allc) == ("cooperation", "deferential")
    # A hundredth of trembles among them: the mistakes of always-defect explain no loss.
    assert played(alld, allc, noise=0.01) == ("cooperation", "deferential")


def test_turning_on_a_partner_who_bears_it_is_imposed() -> None:
    assert label(PD, [CC] * 10 + [DC] * 20)[0] == "imposed adjustment"
    # So is breaking its resistance.
    assert label(PD, [CC] * 5 + [DC] + [DD] * 5 + [DC] * 20)[0] == "imposed adjustment"


def test_drawing_lots_is_no_attempt() -> None:
    random, alternator = strategy("random"), strategy("alternator")
    for a in (random, alternator):
        assert not adjusts(a)
        for b in (random, alternator):
            assert played(a, b) == ("discord", "untried")
    for name in ("tit-for-tat", "always-defect", "always-accommodate", "grim"):
        assert adjusts(strategy(name))


def test_who_draws_lots_gives_way_to_nobody() -> None:
    alld, random = strategy("always-defect"), strategy("random")
    # Whatever κ happens to be in the last periods: always-defect gains, random loses, and
    # neither adjusted to the other.
    match = Match(PD, (alld, random), Horizon(200))
    seen = lens(PD, Rule())
    tally = sample(match, seen.counting, seed=1, repetitions=range(200))
    v = judge(seen, tally, (adjusts(alld), adjusts(random)))
    assert (v.kappa >= 0.25).any()
    assert (v.label == LABELS.index("discord")).all()


def test_emergence_needs_an_act_of_adjustment() -> None:
    assert read(PD, [CC] * 40).emerged.tolist() == [0]
    assert read(PD, [DD] * 7 + [CC] * 40).emerged.tolist() == [7]
    assert read(STAG, [CC] * 40).emerged.tolist() == [-1]  # a convention from the start
    assert read(STAG, [DD] * 3 + [CC] * 40).emerged.tolist() == [3]
    assert read(HARMONY, [CC] * 40).emerged.tolist() == [-1]
    assert read(PD, [CC] * 39).broke.tolist() == [-1]


courses = st.lists(st.sampled_from([CC, CD, DC, DD]), min_size=1, max_size=60)
GAMES = [PD, HARMONY, STAG, CHICKEN, DEADLOCK, TURNS]


@given(courses, st.sampled_from(GAMES))
def test_swapping_seats_changes_no_label(course: list[tuple[int, int]], game: Game) -> None:
    v, w = read(game, course), read(game, [(b, a) for a, b in course])
    assert v.label.tolist() == w.label.tolist()
    assert v.qualifier.tolist() == w.qualifier.tolist()
    assert v.acts.tolist() == w.acts[:, ::-1].tolist()
    assert v.emerged.tolist() == w.emerged.tolist()


@given(
    courses, st.sampled_from(GAMES),
    st.sampled_from([0.5, 2, 1000]), st.sampled_from([-8, 0, 64]), st.integers(0, 1),
)  # fmt: skip
def test_units_of_payoff_change_nothing(
    course: list[tuple[int, int]], game: Game, scale: float, shift: float, seat: int
) -> None:
    u = game.payoffs.copy()
    u[seat] = u[seat] * scale + shift
    v, w = read(game, course), read(Game("rescaled", u), course)
    assert v.label.tolist() == w.label.tolist()
    assert v.qualifier.tolist() == w.qualifier.tolist()
    assert v.kappa == pytest.approx(w.kappa)


@given(courses)
def test_where_interests_are_opposed_only_one_side_can_give_way(
    course: list[tuple[int, int]],
) -> None:
    assert label(HARMONY, course)[0] in ("harmony", "discord")
    verdict = label(DEADLOCK, course)
    assert verdict[0] in ("discord", "imposed adjustment") or verdict[1] == "deferential"
