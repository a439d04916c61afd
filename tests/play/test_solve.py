"""Best replies and equilibria, against brute force that shares no code with the solver."""

import json
from itertools import product
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD
from test_sample import automata as any_automata

from coopgames.cli.reply import reply
from coopgames.games import Game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, Perception, expect
from coopgames.play.solve import (
    best_reply,
    critical_continuation,
    deviation_gain,
    equilibrium_intervals,
    is_nash,
    is_subgame_perfect,
    noise_survival,
)
from coopgames.strategies import Automaton, Compiled, Strategy, library, memory_one, strategy

TFT, ALLD, WSLS = (strategy(x) for x in ("tit-for-tat", "always-defect", "win-stay-lose-shift"))
TRIGGER = Strategy("trigger", Automaton([[1, 0], [0, 1]], [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]))
"""Grim that any defection sets off, one's own included."""

CHICKEN = two_by_two("chicken", R=3, S=2, T=4, P=1)
HORIZONS = [Horizon(continuation=0.0), Horizon(continuation=0.7), Horizon(6), Horizon()]

games = st.lists(st.integers(-9, 9), min_size=8, max_size=8).map(
    lambda u: Game("any", np.reshape(u, (2, 2, 2)), roles=[(0, 1), (0, 1)])
)
conditions = st.tuples(st.sampled_from([0.0, 0.05, (0.2, 0.1)]), st.sampled_from(HORIZONS))


@st.composite
def automata(draw: Any, most: int = 4) -> Automaton:
    """Any two-action automaton whose chances are whole percentages."""
    drawn = draw(any_automata(most))
    p = drawn.mix[:, 0].round(2)
    return Automaton(np.stack([p, 1 - p], axis=1), drawn.next, drawn.initial)


@st.composite
def pure(draw: Any, most: int = 2) -> Automaton:
    """Any two-action automaton that draws no lots."""
    drawn = draw(automata(most))
    return Automaton(np.eye(2)[(drawn.mix[:, 0] < 0.5).astype(int)], drawn.next, drawn.initial)


def named(a: Automaton, b: Automaton) -> tuple[Strategy, Strategy]:
    return Strategy("a", a), Strategy("b", b)


# Against all small automata


def everyone(states: int) -> list[Automaton]:
    """All automata that draw no lots, with this many states, from state 0."""
    return [
        Automaton(np.eye(2)[list(acts)], np.reshape(to, (states, 2, 2)))
        for acts in product(range(2), repeat=states)
        for to in product(range(states), repeat=4 * states)
    ]


TWO = everyone(2)
ACTS = np.array([rule.mix for rule in TWO])
NEXT = np.array([rule.next for rule in TWO])


def values_of_all(game: Game, b: Automaton, w: float, noise: float) -> np.ndarray:
    """What every automaton of two states gets in seat 0 against `b`, all solved in one go."""
    n, S = len(TWO), len(b.mix)
    mine = (1 - noise) * ACTS + noise * (1 - ACTS)
    theirs = (1 - noise) * b.mix + noise * (1 - b.mix)
    P, r = np.zeros((n, 2 * S, 2 * S)), np.zeros((n, 2 * S))
    for s, q, x, y in product(range(2), range(S), range(2), range(2)):
        odds = mine[:, s, x] * theirs[q, y]
        r[:, s * S + q] += odds * game.payoffs[0, x, y]
        P[np.arange(n), s * S + q, NEXT[:, s, x, y] * S + b.next[q, y, x]] += odds
    V = np.linalg.solve(np.eye(2 * S) - w * P, r[..., None])[..., 0]
    return np.asarray(V[:, b.initial])  # TWO start in state 0


@settings(max_examples=30, deadline=None)
@given(games, automata(3), st.floats(0, 0.95), st.sampled_from([0.0, 0.05]))
def test_no_small_automaton_does_better(game: Game, b: Automaton, w: float, noise: float) -> None:
    pair = (ALLD, Strategy("b", b))
    best = best_reply(Match(game, pair, Horizon(continuation=w), noise), 0)
    assert best.total is not None
    top = values_of_all(game, b, w, noise).max()
    assert top <= best.total + 1e-8
    if len(b.mix) <= 2:  # then a best reply needs no more states
        assert top == pytest.approx(best.total, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(games, automata(), conditions, st.integers(0, 1))
def test_the_reply_is_worth_what_it_says(
    game: Game, b: Automaton, under: tuple[Any, Horizon], seat: int
) -> None:
    noise, horizon = under
    rules = (ALLD, Strategy("b", b)) if seat == 0 else (Strategy("b", b), ALLD)
    best = best_reply(Match(game, rules, horizon, noise), seat)
    players = (best.strategy, rules[1]) if seat == 0 else (rules[0], best.strategy)
    played = expect(Match(game, players, horizon, noise))
    assert best.mean == pytest.approx(played.means[seat], abs=1e-7)
    assert (best.total is None) == (played.totals is None)
    if best.total is not None and played.totals is not None:
        assert best.total == pytest.approx(played.totals[seat], abs=1e-6)
    if not horizon.infinite:
        assert deviation_gain(Match(game, players, horizon, noise), seat) < 1e-6


@settings(max_examples=40, deadline=None)
@given(games, automata(2), st.sampled_from([0.0, 0.1]), st.integers(1, 4))
def test_fixed_periods_by_listing_every_history(
    game: Game, b: Automaton, noise: float, periods: int
) -> None:
    def worth(q: int, left: int) -> float:
        if not left:
            return 0.0
        p = (1 - noise) * b.mix[q] + noise * (1 - b.mix[q])
        meant = []
        for a in range(2):
            total = 0.0
            for x, y in product(range(2), repeat=2):
                odds = p[y] * (1 - noise if x == a else noise)
                if odds:
                    total += odds * (game.payoffs[0, x, y] + worth(int(b.next[q, y, x]), left - 1))
            meant.append(total)
        return max(meant)

    best = best_reply(Match(game, (ALLD, Strategy("b", b)), Horizon(periods), noise), 0)
    assert best.total == pytest.approx(worth(b.initial, periods), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(games, automata(3), st.sampled_from([0.0, 0.1]))
def test_the_long_run_by_trying_every_plan(game: Game, b: Automaton, noise: float) -> None:
    """Some plan that depends on the other's state alone is optimal in the long run."""
    match = Match(game, (ALLD, Strategy("b", b)), Horizon(), noise)
    means = []
    for acts in product(range(2), repeat=len(b.mix)):
        plan = Automaton(np.eye(2)[list(acts)], b.next.swapaxes(1, 2), b.initial)
        pair = (Strategy("plan", plan), Strategy("b", b))
        means.append(expect(Match(game, pair, Horizon(), noise)).means[0])
    assert best_reply(match, 0).mean == pytest.approx(max(means), abs=1e-8)


def test_the_long_run_may_depend_on_the_start() -> None:
    # b asks for one sacrifice, then accommodates for ever; whoever grabs first is locked out.
    b = Automaton([[1, 0], [1, 0], [0, 1]], [[[1, 2], [1, 2]], [[1, 1], [1, 1]], [[2, 2], [2, 2]]])
    best = best_reply(Match(PD, (ALLD, Strategy("b", b)), Horizon()), 0)
    assert best.mean == pytest.approx(5)
    assert best.optimal[0] == (0,)


# Nash


@settings(max_examples=40, deadline=None)
@given(games, pure(), pure(), st.floats(0, 0.95), st.sampled_from([0.0, 0.05]))
def test_nash_by_trying_every_reply(
    game: Game, a: Automaton, b: Automaton, w: float, noise: float
) -> None:
    match = Match(game, named(a, b), Horizon(continuation=w), noise)
    totals = expect(match).totals
    assert totals is not None
    mirrored = Game("m", game.payoffs[::-1].swapaxes(1, 2), roles=[(0, 1), (0, 1)])
    gains = (
        values_of_all(game, b, w, noise).max() - totals[0],
        values_of_all(mirrored, a, w, noise).max() - totals[1],
    )
    for seat in range(2):
        assert deviation_gain(match, seat) == pytest.approx(gains[seat], abs=1e-7)
    if max(gains) < 1e-11 or max(gains) > 1e-6:
        assert is_nash(match) == (max(gains) < 1e-8)


@settings(max_examples=12, deadline=None)
@given(games, pure(), pure(), st.sampled_from(["nash", "subgame-perfect"]))
def test_intervals_are_where_it_holds(game: Game, a: Automaton, b: Automaton, kind: Any) -> None:
    pair = named(a, b)
    holds = is_nash if kind == "nash" else is_subgame_perfect
    intervals = equilibrium_intervals(game, *pair, criterion=kind)
    for w in np.linspace(0.003, 0.987, 30):
        near = any(abs(w - end) < 1e-6 for ends in intervals for end in ends)
        inside = any(low <= w <= high for low, high in intervals)
        match = Match(game, pair, Horizon(continuation=float(w)))
        assert near or holds(match) == inside, (w, intervals)


def test_thresholds_of_either_seat() -> None:
    # (T−R)/(T−P) is .5/2 for one and 3/4 for the other.
    game = Game("lopsided", [[[3, 0], [3.5, 1.5]], [[3, 6], [0, 2]]])
    each = [critical_continuation(game, TRIGGER, TRIGGER, seat=i) for i in range(2)]
    assert each == pytest.approx([0.25, 0.75], abs=1e-9)
    both = critical_continuation(game, TRIGGER, TRIGGER)
    assert both == pytest.approx(0.75, abs=1e-9)


def test_never_always_and_only_below() -> None:
    assert critical_continuation(PD, ALLD, ALLD) == 0
    assert critical_continuation(PD, strategy("always-accommodate"), TFT) is None
    # Always defecting against tit for tat pays as long as the future hardly counts.
    assert equilibrium_intervals(PD, ALLD, TFT, seat=0) == (pytest.approx((0, 0.25), abs=1e-9),)
    assert critical_continuation(PD, ALLD, TFT, seat=0) is None


def test_an_equilibrium_between_two_bounds() -> None:
    # Alternating against tit for tat is best where defecting always is not worth it any longer
    # (w = 1/4) and accommodating always not yet (w = 2/3): classics-iterated.md 3.
    alternating = Strategy(
        "alternating", Automaton([[0, 1], [1, 0]], [[[1] * 2] * 2, [[0] * 2] * 2])
    )
    found = equilibrium_intervals(PD, alternating, TFT, seat=0)
    assert found == (pytest.approx((1 / 4, 2 / 3), abs=1e-9),)


# Subgame perfection


def perfect(game: Game, a: Automaton, b: Automaton, w: float, noise: float) -> tuple[bool, float]:
    """Whether no single deviation pays after any history of up to four periods.

    Values by summing up what is to come, joint state by joint state.
    """
    S, Q = len(a.mix), len(b.mix)
    p = (1 - noise) * a.mix + noise * (1 - a.mix)
    o = (1 - noise) * b.mix + noise * (1 - b.mix)

    def after(V: np.ndarray, s: int, q: int, x: int, y: int) -> np.ndarray:
        to = V[a.next[s, x, y], b.next[q, y, x]]
        return np.asarray(game.payoffs[:, x, y] + w * to)

    V = np.zeros((S, Q, 2))
    for _ in range(1500):
        new = np.zeros_like(V)
        for s, q, x, y in product(range(S), range(Q), range(2), range(2)):
            if p[s, x] * o[q, y]:
                new[s, q] += p[s, x] * o[q, y] * after(V, s, q, x, y)
        done = np.abs(new - V).max() < 1e-13
        V = new
        if done:
            break
    reached = {(a.initial, b.initial)}
    for _ in range(4):
        reached |= {
            (int(a.next[s, x, y]), int(b.next[q, y, x]))
            for s, q in reached for x in range(2) for y in range(2)
        }  # fmt: skip
    most = -np.inf
    for s, q in reached:
        for meant in range(2):
            slip = [noise, noise]
            slip[meant] = 1 - noise
            pairs = list(product(range(2), repeat=2))
            first = sum(slip[x] * o[q, y] * after(V, s, q, x, y)[0] for x, y in pairs)
            second = sum(p[s, x] * slip[y] * after(V, s, q, x, y)[1] for x, y in pairs)
            most = max(most, first - V[s, q, 0], second - V[s, q, 1])
    return most < 1e-8, most


@settings(max_examples=40, deadline=None)
@given(games, pure(), pure(), st.floats(0, 0.8), st.sampled_from([0.0, 0.05]))
def test_subgame_perfection_by_every_single_deviation(
    game: Game, a: Automaton, b: Automaton, w: float, noise: float
) -> None:
    expected, most = perfect(game, a, b, w, noise)
    match = Match(game, named(a, b), Horizon(continuation=w), noise)
    if most < 1e-10 or most > 1e-6:
        assert is_subgame_perfect(match) == expected
    if expected and most < 1e-10:
        assert is_nash(match)


def test_all_pairs_of_two_states_in_chicken() -> None:
    # Drawn pairs are rarely perfect; among all pairs of these, many are.
    some = TWO[::29]
    found = {True: 0, False: 0}
    for a, b in zip(some, some[7:] + some[:7], strict=True):
        expected, most = perfect(CHICKEN, a, b, 0.6, 0.0)
        assert most < 1e-10 or most > 1e-6
        assert is_subgame_perfect(
            Match(CHICKEN, named(a, b), Horizon(continuation=0.6))
        ) == expected  # fmt: skip
        found[expected] += 1
    assert min(found.values()) > 0, found


def test_a_trigger_that_forgets_its_own_slip_is_not_perfect() -> None:
    # Having defected once, grim goes on accommodating, though it knows what is coming.
    grim = strategy("grim")
    assert is_nash(Match(PD, (grim, grim), Horizon(continuation=0.9)))
    assert not is_subgame_perfect(Match(PD, (grim, grim), Horizon(continuation=0.9)))
    assert is_subgame_perfect(Match(PD, (TRIGGER, TRIGGER), Horizon(continuation=0.9)))


# Symmetries


@settings(max_examples=25, deadline=None)
@given(games, automata(3), automata(3), conditions, st.integers(1, 40), st.integers(-50, 50))
def test_rescaled_payoffs(
    game: Game, a: Automaton, b: Automaton, under: tuple[Any, Horizon], by: int, plus: int
) -> None:
    noise, horizon = under
    other = Game("other", game.payoffs * by + plus, roles=game.roles)
    one, two = (Match(g, named(a, b), horizon, noise) for g in (game, other))
    for seat in range(2):
        x, y = best_reply(one, seat), best_reply(two, seat)
        assert y.mean == pytest.approx(by * x.mean + plus, abs=1e-6)
        assert y.optimal == x.optimal
        gain = deviation_gain(one, seat)
        assert deviation_gain(two, seat) == pytest.approx(by * gain, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(games, automata(4), automata(4), conditions, st.randoms(use_true_random=False))
def test_relabelled_states(
    game: Game, a: Automaton, b: Automaton, under: tuple[Any, Horizon], luck: Any
) -> None:
    noise, horizon = under

    def shuffled(rule: Automaton) -> Automaton:
        order = list(range(len(rule.mix)))  # the new number of each state
        luck.shuffle(order)
        mix, to = np.empty_like(rule.mix), np.empty_like(rule.next)
        mix[order], to[order] = rule.mix, np.array(order)[rule.next]
        return Automaton(mix, to, order[rule.initial])

    one = Match(game, named(a, b), horizon, noise)
    two = Match(game, named(shuffled(a), shuffled(b)), horizon, noise)
    for seat in range(2):
        assert best_reply(one, seat).mean == pytest.approx(best_reply(two, seat).mean, abs=1e-8)
        assert deviation_gain(one, seat) == pytest.approx(deviation_gain(two, seat), abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(games, automata(3), automata(3), conditions, st.booleans())
def test_swapped_seats(
    game: Game, a: Automaton, b: Automaton, under: tuple[Any, Horizon], public: bool
) -> None:
    noise, horizon = under
    mirrored = Game("mirrored", game.payoffs[::-1].swapaxes(1, 2), roles=[(0, 1), (0, 1)])
    other = noise[::-1] if isinstance(noise, tuple) else noise
    errors = (0.1, 0.3) if public else (0.0, 0.0)
    seen, unseen = Perception(errors, public), Perception(errors[::-1], public)
    one = Match(game, named(a, b), horizon, noise, perception=seen)
    two = Match(mirrored, named(b, a), horizon, other, perception=unseen)
    for seat in range(2):
        x, y = best_reply(one, seat), best_reply(two, 1 - seat)
        assert x.mean == pytest.approx(y.mean, abs=1e-9)
        assert x.automaton == y.automaton
        assert deviation_gain(one, seat) == pytest.approx(deviation_gain(two, 1 - seat), abs=1e-8)
    assert is_nash(one) == is_nash(two)


# What is seen


@settings(max_examples=30, deadline=None)
@given(games, automata(3), conditions)
def test_public_signals(game: Game, b: Automaton, under: tuple[Any, Horizon]) -> None:
    """The reply moves on what all see, and no plan that moves on it does better."""
    noise, horizon = under
    seen = Perception((0.3, 0.1), public=True)
    best = best_reply(Match(game, (ALLD, Strategy("b", b)), horizon, noise, perception=seen), 0)
    played = Match(game, (best.strategy, Strategy("b", b)), horizon, noise, perception=seen)
    assert best.mean == pytest.approx(expect(played).means[0], abs=1e-7)
    for acts in product(range(2), repeat=len(b.mix)):
        plan = Automaton(np.eye(2)[list(acts)], b.next.swapaxes(1, 2), b.initial)
        match = Match(game, named(plan, b), horizon, noise, perception=seen)
        assert expect(match).means[0] <= best.mean + 1e-7


def test_private_misperception_is_refused_where_it_hides_the_state() -> None:
    w = Horizon(continuation=0.9)
    deaf, blind = Perception((0.0, 0.1)), Perception((0.1, 0.0))
    with pytest.raises(Mistake, match="tit-for-tat misperceives in private"):
        best_reply(Match(PD, (ALLD, TFT), w, perception=deaf), 0)
    # Whoever misperceives tit for tat knows its state all the same: it does what one did oneself.
    fine = best_reply(Match(PD, (ALLD, TFT), w, 0.1, perception=blind), 0)
    assert fine.mean == pytest.approx(best_reply(Match(PD, (ALLD, TFT), w, 0.1), 0).mean)
    # Win-stay lose-shift heeds its own hand, and that may slip unseen.
    with pytest.raises(Mistake, match="who faces win-stay-lose-shift misperceives it"):
        best_reply(Match(PD, (ALLD, WSLS), w, 0.1, perception=blind), 0)
    # Without slips what it does is known, so that nothing need be seen.
    known = best_reply(Match(PD, (ALLD, WSLS), w, perception=blind), 0)
    assert known.mean == pytest.approx(best_reply(Match(PD, (ALLD, WSLS), w), 0).mean)
    played = Match(PD, (known.strategy, WSLS), w, perception=blind)
    assert expect(played).means[0] == pytest.approx(known.mean)
    # But after a slip that never happens nobody would know what the other's state is.
    with pytest.raises(Mistake, match="misperceives"):
        is_subgame_perfect(Match(PD, (ALLD, WSLS), w, perception=blind))
    # Who does not heed the other has no state to hide.
    assert best_reply(Match(PD, (TFT, ALLD), w, perception=deaf), 0).mean == pytest.approx(1)


def test_who_is_refused() -> None:
    counter = Strategy("counter", Compiled(_never))
    with pytest.raises(Mistake, match="counter is no automaton"):
        best_reply(Match(PD, (TFT, counter), Horizon(5)), 0)
    assert best_reply(Match(PD, (counter, TFT), Horizon(5)), 0).total == pytest.approx(4 * 3 + 5)
    with pytest.raises(Mistake, match="continuation probability"):
        is_subgame_perfect(Match(PD, (TFT, TFT), Horizon(5)))
    with pytest.raises(Mistake, match="no criterion"):
        critical_continuation(PD, TFT, TFT, criterion="perfect")  # type: ignore[arg-type]
    with pytest.raises(Mistake, match="holds has shape"):
        noise_survival(Match(PD, (TFT, TFT), Horizon()), holds=[True])


def test_chances_too_small_for_the_long_run() -> None:
    assert best_reply(Match(PD, (TRIGGER, WSLS), Horizon(), 1e-5), 0).mean < 5
    with pytest.raises(Mistake, match="too small for the long run"):
        best_reply(Match(PD, (TRIGGER, WSLS), Horizon(), 1e-12), 0)


def _never(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1


# More actions


def test_three_actions() -> None:
    # A third action is no use but to undercut: the best deviation is found among all.
    game = Game("three", [[[4, 0, 0], [5, 1, 0], [7, 1, 1]], [[4, 5, 7], [0, 1, 1], [0, 0, 1]]],
                roles=[(0, 1, 2)] * 2)  # fmt: skip
    punish = [[[0, 1, 1], [1, 1, 1], [1, 1, 1]], [[1] * 3] * 3]
    trigger = Strategy("trigger", Automaton(np.eye(3)[[0, 1]], punish))
    # Undercutting yields 7 once and then 1, keeping 4 for ever: δ ≥ 3/6.
    assert critical_continuation(game, trigger, trigger) == pytest.approx(0.5, abs=1e-9)
    best = best_reply(Match(game, (trigger, trigger), Horizon(continuation=0.4)), 0)
    assert best.optimal[0] == (2,)
    assert best.optimal[1] == (1, 2)
    assert best.automaton.mix[1].tolist() == [0, 1, 0]  # of equals the more accommodating


# Noise


def test_what_noise_coordination_survives() -> None:
    long = Horizon()
    # Any noise at all leaves tit for tat at a quarter in the long run (issue 4, acceptance 3).
    assert noise_survival(Match(PD, (TFT, TFT), long)) == 0
    assert noise_survival(Match(PD, (TFT, ALLD), long)) is None
    # Even the share of coin tosses, 1/4, is enough.
    assert noise_survival(Match(PD, (TFT, TFT), long), share=0.25) == 0.5
    found = noise_survival(Match(PD, (WSLS, WSLS), long))
    assert found is not None
    shares = [
        expect(Match(PD, (WSLS, WSLS), long, found + more)).frequency[0, 0]
        for more in (-1e-6, 1e-6)
    ]
    assert shares[0] > 0.8 > shares[1]
    # Accommodating always: both hands have to hold, (1 − e)² ≥ .8.
    always = strategy("always-accommodate")
    assert noise_survival(Match(PD, (always, always), long)) == pytest.approx(1 - np.sqrt(0.8))
    # One's own hand alone, whatever the other does: 1 − e ≥ .8.
    assert noise_survival(
        Match(PD, (always, always), long), holds=[[True, True], [False, False]]
    ) == pytest.approx(0.2)


def test_what_noise_an_equilibrium_survives() -> None:
    match = Match(PD, (TRIGGER, TRIGGER), Horizon(continuation=0.9))
    for criterion, holds in (("nash", is_nash), ("subgame-perfect", is_subgame_perfect)):
        found = noise_survival(match, criterion=criterion)  # type: ignore[arg-type]
        assert found is not None
        for more, expected in ((-1e-5, True), (1e-5, False)):
            noisy = Match(PD, match.strategies, match.horizon, found + more)
            assert holds(noisy) == expected
    # The bar rises with noise, so that the one noise is where the other meets w.
    w = critical_continuation(PD, TRIGGER, TRIGGER, noise=found)
    assert w == pytest.approx(0.9, abs=1e-6)
    assert noise_survival(Match(PD, (ALLD, ALLD), match.horizon), criterion="nash") == 0.5


# The whole library


AUTOMATA = [name for name, e in library().items() if e().form == "automaton"]
LARGE = ["ambuehl-hickey"]
"""Those that have too many joint states with themselves."""


@pytest.mark.parametrize("name", LARGE)
def test_too_large_a_pair_is_refused(name: str) -> None:
    s = strategy(name)
    with pytest.raises(Mistake, match="too many to be solved"):
        deviation_gain(Match(PD, (s, s), Horizon(30), 0.02), 0)


@pytest.mark.parametrize("name", [n for n in AUTOMATA if n not in LARGE])
def test_the_library(name: str) -> None:
    s = strategy(name)
    for horizon in (Horizon(continuation=0.9), Horizon(30), Horizon()):
        match = Match(PD, (s, s), horizon, 0.02)
        best = best_reply(match, 0)
        played = expect(Match(PD, (best.strategy, s), horizon, 0.02))
        assert best.mean == pytest.approx(played.means[0], abs=1e-8)
        gain = deviation_gain(match, 0) / (horizon.periods or (1 if horizon.infinite else 10))
        assert best.mean == pytest.approx(expect(match).means[0] + gain, abs=1e-8)


# The command


def said(*arguments: str) -> str:
    result = CliRunner().invoke(reply, arguments, standalone_mode=False, catch_exceptions=False)
    return result.stdout


def test_reply_in_words() -> None:
    text = said("tit-for-tat", "--continuation", "0.6")
    flat = " ".join(text.split())
    assert "nobody can get more than 7.8125 per game, 3.125 per period" in flat
    assert "tit-for-tat itself gets less" in flat
    assert "was kind withhold was unkind accommodate" in flat
    assert "from a continuation probability of 0.6667 on" in flat
    ends = said("tit-for-tat", "--periods", "10").split()
    assert "was kind 1–9 accommodate was kind 10 withhold" in " ".join(ends)
    assert "equally good" in said("always-defect", "--noise", "0.5")


def test_reply_as_json() -> None:
    found = json.loads(said("tit-for-tat", "--continuation", "0.6", "--json"))
    assert found["best_reply"]["total"] == pytest.approx(7.8125)
    assert found["others"]["tit-for-tat"]["total"] == pytest.approx(7.5)
    assert found["others"]["always-defect"]["total"] == pytest.approx(6.5)
    assert found["itself_is_best"] is False
    assert [line["actions"] for line in found["plan"]] == [["withhold"], ["accommodate"]]
    assert found["automaton"]["initial"] == "was kind"
    long = json.loads(said("grim", "--horizon", "infinite", "--json"))
    assert long["best_reply"] == {"total": None, "mean": pytest.approx(3)}


def test_reply_refuses() -> None:
    with pytest.raises(Mistake, match="exclude"):
        said("grim", "--periods", "3", "--continuation", "0.5")
    with pytest.raises(Mistake, match="gradual is no automaton"):
        said("gradual", "--among", "all")


def test_a_strategy_and_its_copy_have_the_same_best_reply() -> None:
    copy = Strategy("copy", memory_one(1, 1, 0, 0, 1))
    for w in (0.3, 0.9):
        means = [
            best_reply(Match(PD, (s, s), Horizon(continuation=w), 0.05), 0).mean
            for s in (WSLS, copy)
        ]
        assert means[0] == pytest.approx(means[1], abs=1e-12)
