"""Strategies that draw a line between both payoffs, whatever the other does.

classics-iterated.md, entry 11. Press & Dyson (2012), PNAS 109:10409; Stewart & Plotkin (2013),
PNAS 110:15348. Everything is solved by `expect` in the long run; the line is only what it has to
come to. Opponents are interior, or err a little, so that where play settles is one place.
"""

import numpy as np
import pytest

from coopgames.games import two_by_two
from coopgames.play import Horizon, Match, expect
from coopgames.strategies import Automaton, Strategy, memory_one, strategy

T, R, P, S = 5, 3, 1, 0
PD = two_by_two("pd", R=R, S=S, T=T, P=P)

EXTORT_3 = (11 / 13, 1 / 2, 7 / 26, 0)
EXTORT_2 = (8 / 9, 1 / 2, 1 / 3, 0)
GENEROUS_2 = (1, 1 / 8, 1, 1 / 4)


def named(*p: float, opening: float = 0.5) -> Strategy:
    return Strategy("p", memory_one(opening, *p))


def means(first: Strategy, second: Strategy, noise: tuple[float, float] = (0, 0)) -> np.ndarray:
    return np.array(expect(Match(PD, (first, second), Horizon(), noise)).means)


def interior(luck: np.random.Generator) -> Strategy:
    return named(*luck.uniform(0.001, 0.999, 4), opening=luck.random())


def many_states(luck: np.random.Generator) -> Strategy:
    """An opponent that remembers more than the period before: up to five states."""
    n = luck.integers(2, 6)
    p = luck.uniform(0.02, 0.98, n)
    return Strategy("q", Automaton(np.stack([p, 1 - p], 1), luck.integers(0, n, (n, 2, 2))))


def off_the_line(p: tuple[float, ...], chi: float, anchor: float, other: Strategy) -> float:
    mine, theirs = means(named(*p), other)
    return float(abs(mine - anchor - chi * (theirs - anchor)))


@pytest.mark.parametrize(
    ("p", "chi", "anchor"),
    [
        pytest.param(EXTORT_3, 3, P, id="extortion of 3"),
        pytest.param(EXTORT_2, 2, P, id="extortion of 2"),
        pytest.param(GENEROUS_2, 2, R, id="generosity of 2"),
        pytest.param((1, 0, 1, 0), 1, R, id="tit for tat"),
    ],
)
def test_the_line_is_held_against_everyone(p: tuple[float, ...], chi: float, anchor: float) -> None:
    luck = np.random.default_rng(11)
    for _ in range(1000):
        assert off_the_line(p, chi, anchor, interior(luck)) < 1e-10
    for _ in range(100):
        assert off_the_line(p, chi, anchor, many_states(luck)) < 1e-10


@pytest.mark.parametrize("seat", [0, 1])
def test_from_either_seat_and_whatever_errors_the_other_makes(seat: int) -> None:
    luck = np.random.default_rng(seat)
    for _ in range(100):
        pair = [named(*EXTORT_2), interior(luck)]
        noise = [0.0, luck.uniform(0, 0.5)]
        if seat == 1:
            pair, noise = pair[::-1], noise[::-1]
        found = means(pair[0], pair[1], (noise[0], noise[1]))
        assert found[seat] - P == pytest.approx(2 * (found[1 - seat] - P), abs=1e-10)


def test_who_is_a_little_off_holds_no_line() -> None:
    """The residual is no accident of the tolerance."""
    luck = np.random.default_rng(3)
    worst = max(off_the_line((11 / 13, 0.51, 7 / 26, 0), 3, P, interior(luck)) for _ in range(100))
    assert worst > 1e-3
    # Nor does one's own slip leave the line where it was.
    mine, theirs = means(named(*EXTORT_3), named(0.9, 0.6, 0.7, 0.2), (0.05, 0))
    assert abs(mine - P - 3 * (theirs - P)) > 1e-2


def extortion(chi: float, share: float) -> tuple[float, ...]:
    """An extortioner by its factor and its φ, as a share of the greatest there is."""
    phi = share * (P - S) / ((P - S) + chi * (T - P))
    return (
        1 - phi * (chi - 1) * (R - P) / (P - S),
        1 - phi * (1 + chi * (T - P) / (P - S)),
        phi * (chi + (T - P) / (P - S)),
        0,
    )


def test_how_they_are_written() -> None:
    assert extortion(3, 1 / 2) == pytest.approx(EXTORT_3)
    assert extortion(2, 1 / 2) == pytest.approx(EXTORT_2)  # φ = 1/18


@pytest.mark.parametrize("chi", [1.5, 2, 3, 10])
@pytest.mark.parametrize("share", [1, 1 / 2, 1 / 10])
def test_against_who_always_accommodates(chi: float, share: float) -> None:
    found = means(named(*extortion(chi, share)), strategy("always-accommodate"))
    expected = (2 + 13 * chi) / (2 + 3 * chi), (12 + 3 * chi) / (2 + 3 * chi)
    assert found == pytest.approx(expected, abs=1e-12)
    if chi == 3:
        assert found == pytest.approx((3.7273, 1.9091), abs=5e-5)
    if chi == 2:
        assert found == pytest.approx((3.5, 2.25), abs=1e-12)


def test_to_give_in_fully_is_the_best_reply_to_extortion() -> None:
    """More for the other is more for oneself, and what an extortioner is after."""
    from coopgames.play.solve import best_reply

    best = best_reply(Match(PD, (named(*EXTORT_2), named(*EXTORT_2)), Horizon()), 1)
    assert best.mean == pytest.approx(2.25, abs=1e-9)


def equaliser(p1: float, p4: float) -> tuple[float, float, float, float] | None:
    p2 = (p1 * (T - P) - (1 + p4) * (T - R)) / (R - P)
    p3 = ((1 - p1) * (P - S) + p4 * (R - S)) / (R - P)
    return (p1, p2, p3, p4) if 0 <= p2 <= 1 and 0 <= p3 <= 1 else None


def test_equalisers_set_what_the_other_gets() -> None:
    luck = np.random.default_rng(4)
    set_to: list[float] = []
    while len(set_to) < 1000:
        p = equaliser(*luck.uniform(0.01, 0.99, 2))
        if p is None:
            continue
        given = ((1 - p[0]) * P + p[3] * R) / (1 - p[0] + p[3])
        theirs = means(named(*p), interior(luck))[1]
        assert abs(theirs - given) < 1e-10
        set_to.append(given)
    assert min(set_to) < 1.1
    assert max(set_to) > 2.9


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (strategy("always-accommodate"), (3.5, 2.25)),
        (strategy("win-stay-lose-shift"), (2.25, 1.625)),
        (strategy("generous-tit-for-tat"), (111 / 41, 76 / 41)),
        (strategy("tit-for-tat"), (1, 1)),
        (strategy("always-defect"), (1, 1)),
        (strategy("grim"), (1, 1)),
        (named(*EXTORT_2), (1, 1)),
    ],
    ids=lambda x: x.name if isinstance(x, Strategy) else "",
)
def test_extort_2_where_the_other_errs_ever_less(
    other: Strategy, expected: tuple[float, float]
) -> None:
    distance = []
    for e in (1e-3, 1e-5, 1e-7):
        found = means(named(*EXTORT_2), other, (0, e))
        assert found[0] - P == pytest.approx(2 * (found[1] - P), abs=1e-10)  # errors and all
        distance.append(np.abs(found - expected).max())
    assert distance[2] < 2e-6
    assert distance[2] < distance[1] < distance[0] < 2e-2
