"""Accounts of records: the episodes of theory.md 1.2.5, as `coopgames read` reads them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_figure1 import (
    BATTLE,
    BOMB,
    CC,
    CD,
    CHICKEN,
    DC,
    DD,
    DEADLOCK,
    EPISODES,
    HARMONY,
    PD,
    STAG,
    TURNS,
    offer,
    tariffs,
)  # fmt: skip

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.readings import Message, Rule, account, read
from coopgames.strategies import strategy

GRID = tariffs(np.array([0, 1 / 6, 1 / 3, 1 / 2, 2 / 3]))
ESCALATION = [(1, 1)] * 5 + [(2, 1), (2, 2), (3, 2)] + [(3, 3)] * 12
CUTS = [(2, 2)] * 5 + [(1, 2), (1, 1), (0, 1)] + [(0, 0)] * 12


@pytest.mark.parametrize("name", EPISODES)
def test_the_worked_episodes(name: str) -> None:
    e = EPISODES[name]
    found = account(e.game, e.course, messages=e.messages).whole
    assert (found.label, found.qualifier) == (e.label, e.qualifier)
    if e.kappa is not None:
        assert found.kappa == pytest.approx(e.kappa)
    assert found.after == pytest.approx(e.after)
    assert sum(found.acts) == e.acts


@pytest.mark.parametrize(
    ("name", "before", "after", "C"),
    [
        ("E1", (4, 4), (4, 4), (1, 1)),
        ("E3", (1, 1), (3, 3), (0, 1)),
        ("E7", (1, 1), (1, 1), (0, 0)),
        ("E8", (2.5, 2.5), (4, 4), (0.5, 1)),
        ("E10", (0, 0), (1, -1), (0.5, 0.5)),
        ("E15", (1, 1), (3, 3), (25 / 26, 1)),  # 1.2.5 prints .962
    ],
)
def test_from_what_to_what(name: str, before: tuple, after: tuple, C: tuple) -> None:
    e = EPISODES[name]
    found = account(e.game, e.course, messages=e.messages).whole
    assert found.before == pytest.approx(before)
    assert found.after == pytest.approx(after)
    assert found.compatibility == pytest.approx(C, abs=5e-4)


def test_escalation_is_measured_from_the_past_that_was_observed() -> None:  # E11
    a = account(GRID, ESCALATION, messages=[Message(5, 0, "demand")], prewindow=5)
    assert a.whole.verdict == "discord (intensified)"
    assert a.whole.compatibility == pytest.approx((0.65625, 0.15625))
    assert a.whole.before == pytest.approx((-1 / 144, -1 / 144))  # −.007
    assert a.whole.after == pytest.approx((-1 / 16, -1 / 16))  # −.062
    assert sum(a.whole.acts) == 11
    assert a.whole.kappa == pytest.approx((0.15625 - 0.65625) / (1 - 0.65625))
    assert a.whole.chi == pytest.approx((-1 / 16 + 1 / 144) / (1 / 144))  # to (0, 0)
    # Self-interest alone would have escalated to 1/3; both are told.
    assert a.from_self_regard is not None
    assert a.from_self_regard.before == pytest.approx((-1 / 36, -1 / 36))


def test_what_came_before_an_observed_past_is_taken_to_be_like_it() -> None:
    # In chicken an opening is a best reply to something; against a past of peace, peace forbears.
    assert account(CHICKEN, [CC] * 8).whole.forbearances == (7, 7)
    assert account(CHICKEN, [CC] * 8, prewindow=3).whole.forbearances == (8, 8)
    assert account(STAG, [CC] + [DD] * 7, prewindow=2).whole.concessions == (0, 0)


def test_stepwise_liberalisation() -> None:  # E12
    found = account(GRID, CUTS).whole
    assert found.verdict == "cooperation (adaptive)"
    assert found.compatibility == pytest.approx((0.375, 1))
    assert found.before == pytest.approx((-1 / 36, -1 / 36))
    assert sum(found.acts) == 33


def test_conflict_in_the_picture_and_not_in_the_stakes() -> None:  # E13
    a = account(HARMONY, [DD] * 20, perceived=PD)
    assert a.whole.verdict == "discord (untried)"
    assert a.misperceived
    assert (a.whole.before, a.whole.after) == ((4, 4), (1, 1))
    assert a.whole.kappa == pytest.approx(0)
    assert a.whole.acts == (0, 0)
    assert not account(PD, [DD] * 20, perceived=PD).misperceived


def test_partial_liberalisation_of_protected_economies() -> None:  # E14
    game = tariffs(np.linspace(0, 1, 25), gamma=2, x=0.5)
    found = account(game, [(16, 16)] * 5 + [(12, 12)] * 15, messages=offer(5)).whole
    assert found.verdict == "cooperation (negotiated)"
    assert found.compatibility == pytest.approx((1 / 9, 1 / 4))
    assert found.after == pytest.approx((0.0625, 0.0625))
    assert sum(found.acts) == 32


def test_cases_that_a_cruder_measure_gets_wrong() -> None:
    def verdict(game: Game, played: list, **more: object) -> str:
        return account(game, played, **more).whole.verdict

    turns = [CD, DC] * 10
    assert verdict(CHICKEN, turns).startswith("cooperation")  # κ = 0, and yet both gain
    assert verdict(TURNS, turns).startswith("cooperation")
    assert verdict(DEADLOCK, turns).startswith("discord")
    assert account(BATTLE, [CC, DD] * 10).whole.kappa == pytest.approx(1)
    assert verdict(HARMONY, [CC] * 18 + [CD, CC]) == "harmony (structural)"
    assert verdict(STAG, [CC] * 20) == "convention (silent)"
    # A weapon that nobody would use stretches what is possible, and changes nothing.
    assert verdict(BOMB, [DD] * 5 + [CC] * 15, messages=offer(5)) == "cooperation (negotiated)"


def test_imposed_adjustment_can_be_counted_as_cooperation() -> None:
    e = EPISODES["E6"]
    found = account(e.game, e.course, messages=e.messages, count_imposed=True).whole
    assert (found.label, found.qualifier) == ("cooperation", "")


def test_a_hope_that_was_disappointed_is_no_deference() -> None:
    assert account(PD, [CD]).whole.verdict == "discord (resisted)"
    assert account(PD, [CD, DD]).whole.label == "discord"
    # Who saw it and was kind again has given way.
    assert account(PD, [CD, CD]).whole.verdict == "cooperation (deferential)"


def test_a_demand_that_holds_out_a_loss_is_a_threat() -> None:
    # In the prisoner's dilemma withholding is a loss only for who was accommodated.
    played = [DD] * 5 + [DC] * 15
    empty = Message(5, 0, "demand", demand=0, then=1, otherwise=1)
    assert account(PD, played, messages=[empty]).whole.verdict == "cooperation (deferential)"
    # To drop the bomb is one for everybody.
    bomb = Message(5, 0, "demand", demand=0, then=1, otherwise=2)
    assert account(BOMB, played, messages=[bomb]).whole.label == "imposed adjustment"


def test_a_long_record_is_cut_where_coordination_comes_and_goes() -> None:
    a = account(PD, [DD] * 15 + [CC] * 30 + [DD] * 30)
    assert [(e.start, e.stop) for e in a.spells] == [(0, 15), (15, 45), (45, 75)]
    assert [e.label for e in a.spells] == ["discord", "cooperation", "discord"]
    assert (a.emerged, a.broke) == (15, 45)
    # E7 is discord (intensified) unless it is cut into spells.
    seventh = account(PD, [CC] * 10 + [DD] * 10, rule=Rule(L=5))
    assert [e.verdict for e in seventh.spells] == ["cooperation (tacit)", "discord (untried)"]


def test_what_was_said_shortly_before_a_spell_counts_in_it() -> None:
    played = [DD] * 15 + [CC] * 30
    assert account(PD, played, messages=offer(14)).spells[1].qualifier == "negotiated"
    assert account(PD, played, messages=offer(4)).spells[1].qualifier == "adaptive"


def test_a_rise_that_may_be_luck_is_none() -> None:
    # κ is 1/3 over the last six periods; but two coordinated ones at its end are one block.
    played = [DD] * 14 + [DD, DD, DD, DD, CC, CC]
    a = account(PD, played)
    assert a.whole.kappa == pytest.approx(1 / 3)
    assert a.whole.floor == pytest.approx(0)
    # Payoffs do not carry it either: χ = 1/3 < g.
    assert a.whole.label == "discord"
    assert read(PD, played).label[0] == 2  # one match of a tournament has one label, by κ alone


def test_drawing_lots_is_no_attempt() -> None:
    rng = np.random.default_rng(5)
    found = [account(PD, rng.integers(2, size=(60, 2))) for _ in range(100)]
    counted = sum(x.counts for a in found for x in a.attention)
    # At most 5 % of 200 by chance: more than 27 with probability below 1e-6 (binomial).
    assert counted <= 27
    both = [a for a in found if not any(x.counts for x in a.attention)]
    assert {a.whole.verdict for a in both} <= {"discord (untried)", "convention (silent)"}


def test_who_responds_is_found_out() -> None:
    def reasons(first: str, second: str, noise: float = 0.0) -> list[str]:
        match = Match(PD, (strategy(first), strategy(second)), Horizon(200), noise)
        profiles = course(match, seed=1).astype(int)
        a = account(PD, np.column_stack(np.unravel_index(profiles, PD.shape)))
        return [x.reason for x in a.attention]

    assert reasons("tit-for-tat", "random") == ["responds", "random"]
    assert reasons("always-defect", "grim") == ["constant", "constant"]
    assert reasons("win-stay-lose-shift", "always-defect")[0] == "pattern"
    assert reasons("tit-for-tat", "always-accommodate", 0.02) == ["constant", "constant"]


def test_the_rate_of_forbearance_stands_beside_that_of_shuffled_choices() -> None:
    # Hawk and dove: kind to a hawk, harsh to a dove. Who always does what is a best reply never
    # forbears; shuffled, it would.
    played = [CD, DC] * 30
    rng = np.random.default_rng(1)
    mixed = [CD if x else DC for x in rng.integers(2, size=60)]
    x = account(CHICKEN, mixed).attention[0]
    assert 0 <= x.forbearance <= 1
    assert 0 < x.shuffled <= x.upper <= 1
    assert account(CHICKEN, played, shuffles=0).attention[0].reason == "uncounted"


def test_luck_is_told_from_the_actors_own_choices() -> None:
    rng = np.random.default_rng(2)
    played = np.column_stack([rng.permutation([0, 1] * 100), rng.permutation([0, 1] * 100)])
    luck = account(PD, played).luck
    assert luck.p == pytest.approx(0.25, abs=0.01)  # both half the time
    assert luck.alarm is not None
    assert luck.alarm == pytest.approx(0.040, abs=0.02)  # 1.4.2 for p = 1/4
    assert account(PD, [CC] * 190 + [DD] * 10).luck.alarm is None  # p ≥ q


def test_turns_may_count_as_coordination() -> None:
    played = [DD] * 10 + [CD, DC] * 30
    assert account(TURNS, played).emerged is None
    found = account(TURNS, played, turns=2)
    assert found.emerged == 11  # known to w − 1 = 1 period
    assert found.broke is None


def test_emergence_needs_an_attempt() -> None:
    assert account(STAG, [CC] * 40).emerged is None
    assert account(STAG, [DD] * 3 + [CC] * 40).emerged == 3
    assert account(HARMONY, [CC] * 40).emerged is None
    assert not account(PD, [CC] * 39).measured


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"prewindow": 4}, "prewindow = 4"),
        ({"turns": 6}, "turns = 6"),
        ({"messages": [Message(9, 0, "offer")]}, "period 9"),
        ({"perceived": BOMB}, "same actions"),
    ],
)
def test_what_does_not_fit_is_refused(more: dict, message: str) -> None:
    with pytest.raises(Mistake, match=message):
        account(PD, [CC] * 4, **more)


@pytest.mark.parametrize("played", [[[0, 2]], [[0, 0, 0]], np.empty((0, 2)), [[-1, 0]]])
def test_a_course_that_is_none_is_refused(played: list) -> None:
    with pytest.raises(Mistake):
        account(PD, played)


courses = st.lists(st.sampled_from([CC, CD, DC, DD]), min_size=1, max_size=60)
GAMES = [PD, HARMONY, STAG, CHICKEN, DEADLOCK, TURNS]


@settings(max_examples=40)
@given(courses, st.sampled_from(GAMES))
def test_swapping_seats_swaps_the_account(played: list, game: Game) -> None:
    a = account(game, played, shuffles=0)
    b = account(game, [(y, x) for x, y in played], shuffles=0)
    assert a.whole.verdict == b.whole.verdict
    assert a.whole.acts == b.whole.acts[::-1]
    assert a.whole.costs == pytest.approx(b.whole.costs[::-1])
    assert [(e.start, e.stop, e.verdict) for e in a.spells] == [
        (e.start, e.stop, e.verdict) for e in b.spells
    ]
    assert [f.counts and f.counts[::-1] for f in a.forms] == [f.counts for f in b.forms]
    for i in range(2):
        assert a.regard[i][1 - i] == pytest.approx(b.regard[1 - i][i])


@settings(max_examples=40)
@given(courses, st.sampled_from(GAMES))
def test_renaming_actions_changes_nothing(played: list, game: Game) -> None:
    other = Game("relabelled", game.payoffs[:, ::-1, ::-1])
    a = account(game, played, shuffles=0)
    b = account(other, [(1 - x, 1 - y) for x, y in played], shuffles=0)
    assert a.whole == b.whole
    assert a.spells == b.spells
    assert a.forms == b.forms


@settings(max_examples=40)
@given(
    courses, st.sampled_from(GAMES), st.sampled_from([0.5, 2, 1000]),
    st.sampled_from([-8, 0, 64]), st.integers(0, 1),
)  # fmt: skip
def test_units_of_payoff_change_no_verdict(
    played: list, game: Game, scale: float, shift: float, seat: int
) -> None:
    u = game.payoffs.copy()
    u[seat] = u[seat] * scale + shift
    a, b = account(game, played, shuffles=0), account(Game("rescaled", u), played, shuffles=0)
    assert [e.verdict for e in a.spells] == [e.verdict for e in b.spells]
    assert (a.emerged, a.broke, a.forms) == (b.emerged, b.broke, b.forms)
    assert a.whole.kappa == pytest.approx(b.whole.kappa)
