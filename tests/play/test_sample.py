"""Play: three ways to the same course, luck that follows names, and seats that can be swapped."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import Counting, Horizon, Match, Perception, course, sample
from coopgames.strategies import Automaton, Compiled, Strategy, draw, memory_one, strategy

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
CC, CD, DC, DD = range(4)

probabilities = st.one_of(st.sampled_from([0.0, 1.0, 0.5]), st.floats(0, 1))


@st.composite
def automata(draw: Any, most: int = 4) -> Automaton:
    """Any two-action automaton."""
    states = draw(st.integers(1, most))
    p = draw(st.lists(probabilities, min_size=states, max_size=states))
    to = st.integers(0, states - 1)
    flat = draw(st.lists(to, min_size=4 * states, max_size=4 * states))
    return Automaton([[x, 1 - x] for x in p], np.reshape(flat, (states, 2, 2)), draw(to))


def counting(L: int = 5, m: int = 4, w: int = 6, holds: tuple[int, ...] = (CC,)) -> Counting:
    return Counting(
        np.zeros((5, 4), np.uint8), np.zeros((2, 4), np.uint8),
        np.isin(np.arange(4), holds).astype(np.uint8),
        np.array([[1, 1, 0, 0], [1, 0, 1, 0]], np.uint8), L, m, w,
    )  # fmt: skip


def interpreted(automaton: Automaton) -> Strategy:
    """The same strategy as a compiled function: its table stands in memory."""
    cells = [automaton.initial, len(automaton.mix)]
    cells += [*automaton.mix[:, 0], *automaton.next.ravel()]
    return Strategy("s", Compiled(_interpret, tuple(float(x) for x in cells), stochastic=True))


def _interpret(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    states = int(memory[1])
    if seen.period > 0:
        memory[0] = memory[2 + states + int(memory[0]) * 4 + seen.own * 2 + seen.observed]
    return 0 if draw(chance, 0) < memory[2 + int(memory[0])] else 1


@settings(max_examples=60, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1, 1.0]), st.integers(0, 2**40))
def test_automaton_and_compiled_form_play_alike(
    a: Automaton, b: Automaton, noise: float, seed: int
) -> None:
    def played(x: Strategy, y: Strategy) -> list[int]:
        match = Match(PD, (x, y), Horizon(60), noise, labels=("a", "b"))
        return course(match, seed=seed).tolist()

    first, second = Strategy("a", a), Strategy("b", b)
    expected = played(first, second)
    assert played(interpreted(a), interpreted(b)) == expected
    assert played(first, interpreted(b)) == expected
    assert played(interpreted(a), second) == expected


@settings(max_examples=60, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.integers(0, 2**40))
def test_swapped_seats_give_mirrored_play(
    a: Automaton, b: Automaton, noise: float, seed: int
) -> None:
    x, y = Strategy("x", a), Strategy("y", b)
    one = course(Match(PD, (x, y), Horizon(60), noise), seed=seed)
    other = course(Match(PD, (y, x), Horizon(60), noise), seed=seed)
    assert (np.array([CC, DC, CD, DD])[other] == one).all()


def test_luck_follows_names_and_nothing_else() -> None:
    random, tft = strategy("random"), strategy("tit-for-tat")
    harmony = two_by_two("harmony", R=4, S=3, T=2, P=1)
    base = course(Match(PD, (random, tft), Horizon(50)), seed=7)
    # Other payoffs, a longer game: common random numbers.
    assert (course(Match(harmony, (random, tft), Horizon(50)), seed=7) == base).all()
    assert (course(Match(PD, (random, tft), Horizon(80)), seed=7)[:50] == base).all()
    assert (course(Match(PD, (random, tft), Horizon(50)), seed=8) != base).any()
    assert (course(Match(PD, (random, tft), Horizon(50)), seed=7, repetition=1) != base).any()
    renamed = Match(PD, (random, tft), Horizon(50), labels=("random#2", "tit-for-tat"))
    assert (course(renamed, seed=7) != base).any()


def test_more_noise_only_adds_slips() -> None:
    pair = (strategy("always-accommodate"), strategy("always-accommodate"))
    slipped = [
        course(Match(PD, pair, Horizon(500), noise), seed=1) != CC for noise in (0.05, 0.2, 0.6)
    ]
    assert (slipped[0] <= slipped[1]).all()
    assert (slipped[1] <= slipped[2]).all()


def test_roles_not_positions_decide_what_a_strategy_does() -> None:
    # The prisoner's dilemma with the actions of seat 1 written in the other order.
    turned = Game("turned", PD.payoffs[:, :, ::-1], actions=(("C", "D"), ("D", "C")))
    alld, allc = strategy("always-defect"), strategy("always-accommodate")
    assert (course(Match(turned, (alld, allc), Horizon(5)), seed=1) == DD).all()  # D, C by name
    grim = strategy("grim")
    straight = course(Match(PD, (grim, strategy("random")), Horizon(50)), seed=1)
    crossed = course(Match(turned, (grim, strategy("random")), Horizon(50)), seed=1)
    assert (np.array([CD, CC, DD, DC])[crossed] == straight).all()


def test_known_horizon_is_told_and_unknown_is_not() -> None:
    def match(known: bool) -> Match:
        pair = (Strategy("told", Compiled(_told)), strategy("always-accommodate"))
        return Match(PD, pair, Horizon(9, known=known))

    assert course(match(True), seed=1).tolist() == [CC] * 8 + [DC]
    assert course(match(False), seed=1).tolist() == [CC] * 9


def _told(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1 if seen.period == seen.horizon - 1 else 0


def test_payoffs_are_shown_from_each_seat() -> None:
    # Seat 1 of an asymmetric game must see its own payoffs first, own action first.
    lopsided = Game("lopsided", [[[10, 11], [12, 13]], [[20, 22], [21, 23]]],
                    roles=((0, 1), (0, 1)))  # fmt: skip
    pair = (Strategy("a", Compiled(_greedy_row)), Strategy("b", Compiled(_greedy_column)))
    assert course(Match(lopsided, pair, Horizon(1)), seed=1).tolist() == [DD]


def _greedy_row(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    right = payoffs[0, 1, 0] == 12 and payoffs[0, 0, 1] == 11 and payoffs[1, 1, 0] == 21
    return 1 if right else 0


def _greedy_column(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    right = payoffs[0, 1, 0] == 22 and payoffs[0, 0, 1] == 21 and payoffs[1, 1, 0] == 11
    return 1 if right else 0


def test_what_is_no_action_is_a_mistake() -> None:
    pair = (Strategy("three", Compiled(_three)), strategy("tit-for-tat"))
    with pytest.raises(Mistake, match=r"three or tit-for-tat returned something that is no action"):
        course(Match(PD, pair, Horizon(5)), seed=1)


def _three(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 3 if seen.period == 2 else 0


def test_memory_is_made_anew_for_each_repetition_and_seat() -> None:
    s = Strategy("counter", Compiled(_counter, (0.0,)))
    tally = sample(
        Match(PD, (s, s), Horizon(6), noise=0.0), counting(), seed=1, repetitions=range(3)
    )
    assert tally.times.tolist() == [3]  # nothing is left to chance: one course stands for all
    assert tally.counts[0].tolist() == [3, 0, 0, 3]
    noisy = Match(PD, (s, strategy("random")), Horizon(6))
    tally = sample(noisy, counting(), seed=1, repetitions=range(50))
    assert (tally.counts[:, [CC, CD]].sum(axis=1) == 3).all()


def _counter(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[0] += 1
    return 0 if memory[0] <= 3 else 1


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Horizon(0), "a match of 0 periods"),
        (lambda: Horizon(continuation=1.0), r"not in \[0, 1\)"),
        (lambda: Horizon(5, 0.5), "not both"),
        (lambda: Horizon(continuation=0.5, known=True), "only a fixed number"),
        (lambda: Match(PD, (T, T), Horizon(5), noise=1.2), "noise = 1.2"),
        (lambda: Match(PD, (T, T), Horizon(5), noise=float("nan")), "noise = nan"),
        (lambda: Match(PENNIES, (T, T), Horizon(5)), "does not say which action accommodates"),
        (lambda: Match(THREE, (T, T), Horizon(5)), "written for two actions"),
        (lambda: sample(Match(PD, (T, T), Horizon()), counting(), seed=1, repetitions=range(1)),
         "cannot be sampled"),
    ],
)  # fmt: skip
def test_bad_conditions_are_refused(make: Any, says: str) -> None:
    with pytest.raises(Mistake, match=says):
        make()


T = Strategy("tft", memory_one(1, 1, 0, 1, 0))
PENNIES = Game("pennies", [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
THREE = Game("three", [[[3, 2, 1]] * 3, [[3] * 3, [2] * 3, [1] * 3]])


def reference(Z: str, L: int, m: int) -> tuple[int, int]:
    """Emergence and breakdown straight from the definition (theory.md 1.4.2)."""
    z = [int(c) for c in Z]
    tau = beta = -1
    for t in range(len(z) - L + 1):
        if tau < 0 and z[t] and sum(z[t : t + L]) >= m:
            tau = t
        elif tau >= 0 and beta < 0 and not z[t] and sum(z[t : t + L]) <= L - m:
            beta = t
    return tau, beta


def passage(Z: str, L: int, m: int) -> tuple[int, int]:
    from coopgames.play import count

    tally = count(np.array([CC if c == "1" else DD for c in Z]), counting(L, m))
    return int(tally.emerged[0]), int(tally.broke[0])


def test_the_worked_example_of_emergence() -> None:
    assert passage("0010011011111011000100000", 5, 4) == (5, 16)
    assert passage("01" * 10, 5, 4) == (-1, -1)


@settings(deadline=None)
@given(st.text("01", min_size=20, max_size=60), st.integers(1, 5), st.data())
def test_emergence_is_what_its_definition_says(Z: str, L: int, data: Any) -> None:
    m = data.draw(st.integers(L // 2 + 1, L))
    assert passage(Z, L, m) == reference(Z, L, m)


@settings(max_examples=30, deadline=None)
@given(automata(), automata(), st.integers(1, 130), st.integers(0, 2**30))
def test_accommodation_over_time_is_counted_in_blocks(
    a: Automaton, b: Automaton, periods: int, seed: int
) -> None:
    match = Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(periods))
    pace = sample(match, counting(), seed=seed, repetitions=range(1)).pace[0]
    kind = np.isin(course(match, seed=seed), (CC, CD))
    width = -(-periods // 40)
    expected = [int(kind[i * width : (i + 1) * width].sum()) for i in range(40)]
    assert pace[0].tolist() == expected


@st.composite
def deterministic_automata(draw: Any, most: int = 9) -> Automaton:
    states = draw(st.integers(1, most))
    actions = draw(st.lists(st.booleans(), min_size=states, max_size=states))
    to = st.integers(0, states - 1)
    flat = draw(st.lists(to, min_size=4 * states, max_size=4 * states))
    return Automaton([[a, not a] for a in actions], np.reshape(flat, (states, 2, 2)), draw(to))


@settings(max_examples=200, deadline=None)
@given(
    deterministic_automata(), deterministic_automata(), st.integers(1, 900), st.integers(1, 9),
    st.data(),
)  # fmt: skip
def test_closing_the_cycle_equals_stepping(
    a: Automaton, b: Automaton, periods: int, L: int, data: Any
) -> None:
    from coopgames.games import named_game
    from coopgames.play import count
    from coopgames.readings import Rule, lens

    rule = Rule(L=L, q=data.draw(st.sampled_from([0.5, 0.8, 1.0])), w=data.draw(st.integers(1, 9)))
    game = named_game(data.draw(st.sampled_from(["prisoners-dilemma", "stag-hunt", "chicken"])))
    tables = lens(game, rule).counting
    match = Match(game, (Strategy("a", a), Strategy("b", b)), Horizon(periods))
    closed = sample(match, tables, seed=1, repetitions=range(1))
    stepped = count(course(match, seed=1), tables)
    for name in vars(stepped):
        assert (getattr(closed, name) == getattr(stepped, name)).all(), name


def test_too_short_a_course_is_not_measured() -> None:
    assert passage("1" * 19, 5, 4) == (-1, -1)
    assert passage("1" * 20, 5, 4) == (0, -1)


@settings(max_examples=40, deadline=None)
@given(automata(), automata(), st.booleans(), st.integers(0, 2**40))
def test_forms_play_alike_whatever_is_misperceived(
    a: Automaton, b: Automaton, public: bool, seed: int
) -> None:
    def played(x: Strategy, y: Strategy) -> list[int]:
        match = Match(
            PD, (x, y), Horizon(60), (0.1, 0.0), ("b", "a"), Perception((0.3, 0.1), public)
        )
        return course(match, seed=seed).tolist()

    expected = played(Strategy("a", a), Strategy("b", b))
    assert played(interpreted(a), interpreted(b)) == expected
    assert played(Strategy("a", a), interpreted(b)) == expected


def test_private_errors_are_the_observers() -> None:
    # Seat 0 always misperceives; tit for tat then withholds against one who accommodates.
    pair = (strategy("tit-for-tat"), strategy("always-accommodate"))
    private = Match(PD, pair, Horizon(5), perception=Perception((1.0, 0.0)))
    assert course(private, seed=1).tolist() == [CC, DC, DC, DC, DC]
    other = Match(PD, pair, Horizon(5), perception=Perception((0.0, 1.0)))
    assert course(other, seed=1).tolist() == [CC] * 5
    # In public it is the reported actor's: an error on seat 1's action deceives seat 0.
    public = Match(PD, pair, Horizon(5), perception=Perception((0.0, 1.0), public=True))
    assert course(public, seed=1).tolist() == [CC, DC, DC, DC, DC]


def test_in_public_ones_own_action_is_seen_as_reported() -> None:
    # Contrite tit for tat stands as it believes it acted: misreported, it is contrite.
    pair = (strategy("contrite-tit-for-tat"), strategy("always-accommodate"))
    own = Match(PD, pair, Horizon(3), perception=Perception((1.0, 0.0), public=True))
    assert course(own, seed=1).tolist() == [CC] * 3
    wsls = (strategy("win-stay-lose-shift"), strategy("always-accommodate"))
    own = Match(PD, wsls, Horizon(3), perception=Perception((1.0, 0.0), public=True))
    # It believes (D, C) was played, and stays with D; then (C, C) is reported and it goes on.
    assert course(own, seed=1).tolist() == [CC, DC, CC]
