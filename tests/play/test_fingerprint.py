"""Fingerprints: closed forms, the definition by another solver, and what play gives."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata

from coopgames.games import Game, named_game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.play import (
    Horizon,
    Match,
    dual,
    expect,
    fingerprint,
    joss_ann,
    sample_fingerprint,
    sweep,
    total_moments,
)
from coopgames.strategies import Automaton, Compiled, Python, Strategy, memory_one, strategy

TFT, WSLS = strategy("tit-for-tat"), strategy("win-stay-lose-shift")


def inside(steps: int) -> tuple[np.ndarray, np.ndarray]:
    grid = np.arange(1, steps) / steps
    return grid[:, None], grid[None, :]


# By hand. After accommodating, the probe accommodates with 1 − y, after withholding with x.
CLOSED: dict[str, Any] = {
    "always-accommodate": lambda x, y: 3 * (1 - y) + 0 * x,
    "always-defect": lambda x, y: 1 + 4 * x + 0 * y,
    # Each actor's moves are a chain of their own at every second step, which accommodates in
    # x/(x + y) of them; Ashlock & Kim (2008) give the same formula.
    "tit-for-tat": lambda x, y: (3 * x**2 + 5 * x * y + y**2) / (x + y) ** 2,
    # CC : CD : DC : DD are as x(1−x) : y(1−x) : y(1−y) : y(1−x).
    "win-stay-lose-shift": lambda x, y: (
        (3 * x * (1 - x) + 5 * y * (1 - y) + y * (1 - x))
        / (x * (1 - x) + 2 * y * (1 - x) + y * (1 - y))
    ),
}


@pytest.mark.parametrize("name", CLOSED)
def test_closed_forms(name: str) -> None:
    found = fingerprint(strategy(name), TFT, PD, steps=100)
    expected = CLOSED[name](*inside(100))
    assert np.abs(found.means[1:-1, 1:-1] - expected).max() < 1e-12
    assert found.standard_errors is None


@settings(max_examples=25, deadline=None)
@given(automata(), automata(3), st.integers(1, 4))
def test_each_point_is_the_long_run_against_its_probe(
    one: Automaton, probe: Automaton, steps: int
) -> None:
    # `expect` eliminates one chain at a time, in matrices, and names its states otherwise.
    who, other = Strategy("one", one), Strategy("probe", probe)
    try:
        found = fingerprint(who, other, PD, steps=steps)
    except Mistake as mistake:
        assert "too small" in str(mistake)
        return
    for i, j in np.ndindex(found.means.shape):
        noisy = Strategy("noisy", joss_ann(probe, i / steps, j / steps))
        means = expect(Match(PD, (who, noisy), Horizon())).means
        assert found.means[i, j] == pytest.approx(means[0], abs=1e-9)


def test_against_tit_for_tat_the_square_holds_all_reactive_strategies() -> None:
    p = np.random.default_rng(1).random(4)
    found = fingerprint(Strategy("one", memory_one(0.5, *p)), TFT, PD, steps=9)
    x, y = (side.ravel() for side in np.broadcast_arrays(*inside(9)))
    reactive = np.stack([1 - y, x, 1 - y, x], axis=1)  # after CC, CD, DC, DD, own action first
    solved = sweep.memory_one_payoffs(p, reactive, PD)[:, 0]
    assert np.abs(found.means[1:-1, 1:-1].ravel() - solved).max() < 1e-12


def test_on_the_border_play_goes_on_from_its_start() -> None:
    corners = [(0, 0), (-1, 0), (0, -1), (-1, -1)]

    def at(name: str) -> list[float]:
        means = fingerprint(strategy(name), TFT, PD, steps=2).means
        return [round(float(means[c]), 12) for c in corners]

    # Against tit for tat, always accommodate, always defect, and the contrary of tit for tat.
    assert at("tit-for-tat") == [3, 3, 1, 2.25]  # CD, DD, DC, CC in turn
    assert at("suspicious-tit-for-tat")[0] == 2.5  # takes turns for ever
    assert at("win-stay-lose-shift") == [3, 3, 0.5, pytest.approx(4 / 3)]  # CD, DD, CC in turn
    # Trusts for ever once it was accommodated; until then it withholds.
    late = Strategy("late", Automaton([[0, 1], [1, 0]], [[[1, 0]] * 2, [[1, 1]] * 2]))
    edge = fingerprint(late, TFT, PD, steps=4).means[0]
    # With x = 0 and y = ¼ tit for tat opens kindly with ¾, and is trusted: 3 · ¾ a period. Else it
    # never accommodates, and both get 1.
    assert edge[1] == pytest.approx(0.75 * 3 * 0.75 + 0.25 * 1)


def test_the_dual_of_a_strategy_that_heeds_its_own_actions() -> None:
    # Faced with the same actions of the other it does the opposite, whatever the other does: so it
    # is in Axelrod-Python 4.13.1 too (DualTransformer of WinStayLoseShift, 20 courses of 12).
    rule, rng = dual(WSLS.rule), np.random.default_rng(7)
    for _ in range(20):
        state, own = rule.initial, 0
        for theirs in rng.integers(0, 2, 12):
            did = int(rule.mix[state, 0] == 0)
            assert did == 1 - own
            state = int(rule.next[state, did, theirs])
            own = own if theirs == 0 else 1 - own  # win-stay-lose-shift itself


@settings(max_examples=50, deadline=None)
@given(automata(), st.floats(0, 1), st.floats(0, 1))
def test_the_halves_fit_together(probe: Automaton, x: float, y: float) -> None:
    # x + (1 − x − y) m on either side, m being the probe's own probability.
    expected = x + (1 - x - y) * probe.mix[:, 0]
    assert joss_ann(probe, x, y).mix[:, 0] == pytest.approx(expected, abs=1e-12)
    assert dual(dual(probe)) == probe


def test_sampled_and_exact_agree() -> None:
    # Sums of 400 games of 100 periods are as good as normal; with the exact variance, 36 points
    # stray beyond 6 standard errors with a probability of 36 · 2e-9 < 1e-7.
    steps, T, R = 5, 100, 400
    joss = strategy("joss")
    found = sample_fingerprint(joss, WSLS, PD, steps=steps, periods=T, repetitions=R, seed=3)
    assert found.standard_errors is not None
    for i, j in np.ndindex(found.means.shape):
        noisy = Strategy("noisy", joss_ann(WSLS.rule, i / steps, j / steps))
        match = Match(PD, (joss, noisy), Horizon(T))
        error = np.sqrt(total_moments(match).variance[0] / R) / T
        assert abs(found.means[i, j] - expect(match).means[0]) <= 6 * error + 1e-12
        # The error that is told: chi-squared with 399 degrees of freedom, within 40 % likewise.
        assert found.standard_errors[i, j] == pytest.approx(error, rel=0.4, abs=1e-12)


def _echo(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1 if seen.observed == 1 else 0


def test_compiled_code_that_is_proved_to_be_an_automaton() -> None:
    echo = Strategy("echo", Compiled(_echo))
    found = fingerprint(echo, echo, PD, steps=10)
    assert (found.means == fingerprint(TFT, TFT, PD, steps=10).means).all()
    assert "proved" in found.note


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (strategy("feld").rule, "draws lots"),
        (strategy("stein-rapoport").rule, "its code reads the period and the horizon"),
        (Python(lambda theirs: 0), "what Python code remembers cannot be known"),
    ],
)
def test_what_is_no_automaton_is_refused_with_the_reason(rule: Any, why: str) -> None:
    with pytest.raises(Mistake, match=f"cannot be solved, only sampled: .*{why}"):
        fingerprint(Strategy("own", rule), TFT, PD)
    with pytest.raises(Mistake, match=why):
        fingerprint(TFT, Strategy("own", rule), PD)


def test_in_another_game_the_roles_are_kept() -> None:
    # The same game with its actions named the other way round.
    swapped = Game("swapped", PD.payoffs[:, ::-1, ::-1])
    one, other = (fingerprint(WSLS, TFT, game, steps=6).means for game in (PD, swapped))
    assert (one == other).all()
    chicken = two_by_two("chicken", R=3, S=2, T=4, P=1)
    assert fingerprint(strategy("always-defect"), TFT, chicken, steps=4).means[2, 1] == 2.5


def test_mistakes() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(200)
    many = Automaton(np.stack([p, 1 - p], axis=1), rng.integers(0, 200, (200, 2, 2)))
    for wrong, said in [
        (lambda: fingerprint(TFT, TFT, PD, steps=0), "0 steps along a side"),
        (lambda: sample_fingerprint(TFT, TFT, PD, repetitions=1), "at least 2 are needed"),
        (lambda: joss_ann(TFT.rule, 1.2, 0), "x = 1.2 is no probability"),
        (lambda: fingerprint(Strategy("b", many), Strategy("b", many), PD), "too many"),
        (lambda: fingerprint(TFT, TFT, named_game("matching-pennies")), "accommodates"),
    ]:  # fmt: skip
        with pytest.raises(Mistake, match=said):
            wrong()
