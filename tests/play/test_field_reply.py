"""The best reply to a field, against brute force that shares no code with the solver."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata, deterministic_automata

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, Perception, best_reply, expect, field_reply
from coopgames.strategies import Automaton, Strategy, small_automata, strategy

HORIZONS = [Horizon(1), Horizon(9), Horizon(continuation=0.0), Horizon(continuation=0.8), Horizon()]


def meetings(
    field: list[Automaton], horizon: Horizon, noise: float = 0.0, game: Game = PD
) -> list[tuple[Match, int]]:
    named = [Strategy(f"s{i}", rule) for i, rule in enumerate(field)]
    return [(Match(game, (s, s), horizon, noise), 0) for s in named]


def worth(rule: Automaton, met: list[tuple[Match, int]]) -> float:
    """What a rule gets from a field per period, on average."""
    total = 0.0
    for match, seat in met:
        pair = [match.strategies[1 - seat]] * 2
        pair[seat] = Strategy("rule", rule)
        again = Match(match.game, (pair[0], pair[1]), match.horizon, match.noise)
        total += expect(again).means[seat]
    return total / len(met)


def value_of_plan(plan: dict[tuple[int, ...], int], rule: Automaton, noise: float, T: int) -> float:
    """Go through all courses of T periods; a plan says what to mean after what was seen."""

    def after(seen: tuple[int, ...], state: int, odds: float) -> float:
        if odds == 0 or len(seen) == 2 * T:
            return 0.0
        total = 0.0
        for own, other in product(range(2), repeat=2):
            p = odds * (1 - noise if own == plan[seen] else noise)
            means = rule.mix[state, other]
            p *= means * (1 - noise) + (1 - means) * noise
            to = int(rule.next[state, other, own])
            total += p * float(PD.payoffs[0, own, other]) + after((*seen, own, other), to, p)
        return total

    return after((), rule.initial, 1.0)


@settings(max_examples=12, deadline=None)
@given(st.lists(automata(3), min_size=1, max_size=3), st.sampled_from([0.0, 0.1]))
def test_no_plan_of_three_periods_does_better(field: list[Automaton], noise: float) -> None:
    # What was seen are both actions of each period. Two periods with slips, three without, where
    # one's own action is no news.
    T = 2 if noise else 3
    histories = [h for t in range(T) for h in product(range(2), repeat=2 * t)]
    if not noise:
        histories = [h for h in histories if all(own == 0 for own in h[::2])]
    best = -np.inf
    for acts in product(range(2), repeat=len(histories)):
        told = dict(zip(histories, acts, strict=True))
        if noise:
            plan = told
        else:  # by what the other did; own actions follow from the plan
            plan = {
                h: told[tuple(0 if i % 2 == 0 else x for i, x in enumerate(h))]
                for t in range(T)
                for h in product(range(2), repeat=2 * t)
            }
        best = max(best, np.mean([value_of_plan(plan, rule, noise, T) for rule in field]))
    found = field_reply(meetings(field, Horizon(T), noise))
    assert found.total == pytest.approx(best, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(automata(), st.sampled_from(HORIZONS), st.sampled_from([0.0, 0.1]))
def test_to_one_opponent_it_is_the_best_reply(
    rule: Automaton, horizon: Horizon, noise: float
) -> None:
    if horizon.infinite and (noise or not rule.minimal().deterministic):
        return
    met = meetings([rule], horizon, noise)
    assert field_reply(met).mean == pytest.approx(best_reply(met[0][0], 0).mean, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(automata(3), min_size=1, max_size=3),
    st.sampled_from(HORIZONS[:-1]),
    st.sampled_from([0.0, 0.1]),
)
def test_the_automaton_gets_what_is_promised(
    field: list[Automaton], horizon: Horizon, noise: float
) -> None:
    met = meetings(field, horizon, noise)
    try:
        found = field_reply(met)
    except Mistake as mistake:  # as some are, at a continuation probability
        assert "too many to be solved" in str(mistake)
        assert horizon.continuation is not None
        return
    assert worth(found.automaton, met) == pytest.approx(found.mean, abs=1e-9)


SMALL = list(small_automata(2))


@settings(max_examples=40, deadline=None)
@given(st.lists(deterministic_automata(), min_size=1, max_size=4), st.sampled_from(HORIZONS))
def test_no_small_automaton_does_better(field: list[Automaton], horizon: Horizon) -> None:
    met = meetings(field, horizon)
    found = field_reply(met)
    assert worth(found.automaton, met) == pytest.approx(found.mean, abs=1e-9)
    assert max(worth(rule, met) for rule in SMALL) <= found.mean + 1e-9


def test_whom_one_faces_is_found_out_if_that_pays() -> None:
    # At w = .9 nothing beats 30 from tit for tat and 50 from always accommodate. Who withholds
    # twice knows in the third period whom it faces: 5 + .9 · 1 + .81 · (0 + .9 · 30) = 27.77 and
    # 50. Accommodating in the second gives 29.3 and 5 + .9 · 3 + .81 · 50 = 48.2, which is less.
    field = [strategy(x).rule for x in ("tit-for-tat", "always-accommodate")]
    found = field_reply(meetings(field, Horizon(continuation=0.9)))
    assert found.total == pytest.approx((27.77 + 50) / 2)
    # Grim gives 5 + .9 · 10 = 14, so that the mean is 32 instead of 30.
    field = [strategy(x).rule for x in ("grim", "always-accommodate")]
    assert field_reply(meetings(field, Horizon(continuation=0.9))).total == pytest.approx(32)
    # If three of four are grim, it is not.
    field = [field[0]] * 3 + [field[1]]
    assert field_reply(meetings(field, Horizon(continuation=0.9))).total == pytest.approx(30)


def test_states_are_named_after_who_is_left() -> None:
    field = ["tit-for-tat", "grim", "always-defect"]
    met = [(Match(PD, (strategy(x), strategy(x)), Horizon(continuation=0.9)), 0) for x in field]
    rule = field_reply(met).automaton
    assert rule.states == ("anyone", "tit-for-tat or grim", "always-defect")
    assert rule.mix[:, 0].tolist() == [1, 1, 0]


def test_a_surprise_is_answered_by_accommodating_for_ever() -> None:
    rule = field_reply(
        meetings([strategy("always-defect").rule], Horizon(continuation=0.5))
    ).automaton
    assert rule.mix[rule.initial, 1] == 1
    surprised = int(rule.next[rule.initial, 1, 0])
    assert rule.mix[surprised, 0] == 1
    assert (rule.next[surprised] == surprised).all()


def test_in_an_asymmetric_game_both_seats_count() -> None:
    game = Game("two", [[[3, 0], [5, 1]], [[2, 4], [-1, 0]]], roles=[(0, 1), (0, 1)])
    s = strategy("tit-for-tat")
    for horizon in (Horizon(4), Horizon(continuation=0.7)):
        met = [(Match(game, (s, s), horizon), seat) for seat in (0, 1)]
        found = field_reply(met)
        assert worth(found.automaton, met) == pytest.approx(found.mean, abs=1e-9)
        assert max(worth(rule, met) for rule in SMALL) <= found.mean + 1e-9
        each = np.mean([best_reply(match, seat).mean for match, seat in met])
        assert found.mean <= each + 1e-9


def test_more_than_two_actions() -> None:
    three = Game(
        "three",
        [np.arange(9).reshape(3, 3) % 4, np.arange(9).reshape(3, 3).T % 4],
        roles=[(0, 1, 2), (0, 1, 2)],
    )
    rng = np.random.default_rng(5)
    field = [
        Automaton(np.eye(3)[rng.integers(0, 3, 2)], rng.integers(0, 2, (2, 3, 3))) for _ in range(3)
    ]
    met = meetings(field, Horizon(6), game=three)
    found = field_reply(met)
    assert worth(found.automaton, met) == pytest.approx(found.mean, abs=1e-9)


def test_what_is_refused() -> None:
    s, feld = strategy("tit-for-tat"), strategy("feld")
    one = Match(PD, (s, s), Horizon(5))
    lots = [strategy("random"), strategy("joss")]
    cases: list[tuple[list[tuple[Match, int]], str]] = [
        ([], "nobody is there"),
        ([(one, 0), (Match(PD, (feld, feld), Horizon(5)), 0)], "feld is no automaton"),
        ([(one, 0), (Match(PD, (s, s), Horizon(6)), 0)], "the same actions, horizon and noise"),
        ([(Match(PD, (s, s), Horizon(5), perception=Perception(0.1)), 0)], "seen as they were"),
        ([(Match(PD, (x, x), Horizon()), 0) for x in lots], "never come to rest"),
    ]
    for met, said in cases:
        with pytest.raises(Mistake, match=said):
            field_reply(met)


def test_too_many_beliefs_are_refused() -> None:
    # What is believed depends on how often each of three coins fell on each side.
    met = [
        (Match(PD, (s, s), Horizon(continuation=0.99)), 0)
        for s in (strategy("random", p=p) for p in (0.45, 0.5, 0.6))
    ]
    with pytest.raises(Mistake, match="more than 2,000 beliefs about whom it faces, too many"):
        field_reply(met)
