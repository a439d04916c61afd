"""From how many on tit for tat spreads: theory.md 1.4.3; classics-iterated.md, 17 and 18."""

import numpy as np
import pytest

from coopgames.experiments import payoffs_between
from coopgames.games import named_game, two_by_two
from coopgames.play import Horizon
from coopgames.populations import basins, ecology, replicator, rest_points
from coopgames.strategies import strategy

PD = named_game("prisoners-dilemma")


def pair(kind: str, w: float, game=PD) -> np.ndarray:
    players = [strategy(kind), strategy("always-defect")]
    return payoffs_between(players, game, Horizon(continuation=w)).matrix


@pytest.mark.parametrize(("w", "least"), [(0.7, 0.273), (0.9, 0.0588), (0.99, 0.0051)])
def test_the_threshold(w: float, least: float) -> None:
    """p*(w) = (1 − w)/(3w − 1)."""
    ends = rest_points(pair("tit-for-tat", w))
    assert [point.kind for point in ends] == ["attracting", "attracting", "unstable"]
    found = float(ends[2].shares[0])
    assert found == pytest.approx((1 - w) / (3 * w - 1), abs=1e-9)
    assert found == pytest.approx(least, abs=5e-4)
    # And both kinds of dynamics turn round there.
    matrix = pair("tit-for-tat", w)
    for share, end in ((found * 0.99, 0), (found * 1.01, 1)):
        assert ecology(matrix, 20_000, [share, 1 - share]).end[0] == pytest.approx(end, abs=1e-6)
        went = replicator(matrix, 4000.0, [share, 1 - share])
        assert went.end[0] == pytest.approx(end, abs=1e-6)


def test_at_one_half_nothing_is_enough() -> None:
    """p*(.5) = 1: both do equally well only where all play tit for tat."""
    ends = rest_points(pair("tit-for-tat", 0.5))
    assert [point.shares for point in ends] == [(1, 0), (0, 1)]
    assert ends[0].kind == "not decided"


def test_one_in_seventeen() -> None:
    matrix = pair("tit-for-tat", 0.9)
    assert float(rest_points(matrix)[2].shares[0]) == pytest.approx(1 / 17, abs=1e-9)
    dies, spreads = (ecology(matrix, 3000, [x, 1 - x]).end[0] for x in (0.05, 0.06))
    assert (dies, spreads) == (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=1e-9))


@pytest.mark.parametrize("w", [0.7, 0.9])
def test_basins_hold_the_threshold(w: float) -> None:
    """Their share of an even start is 1 − p*; within six standard errors of a sample."""
    draws = 20_000
    found = {basin.types: basin for basin in basins(pair("tit-for-tat", w), draws=draws)}
    assert set(found) == {(0,), (1,)}
    share = 1 - (1 - w) / (3 * w - 1)
    assert abs(found[0,].share - share) < 5 * np.sqrt(share * (1 - share) / draws)
    assert all(basin.rests for basin in found.values())


@pytest.mark.parametrize("R", [32, 40, 48])
def test_at_the_risk_dominance_threshold_the_basins_are_equal(R: float) -> None:
    """Blonski, Ockenfels & Spagnolo (2011): δ_RD = (T + P − R − S)/(T − S), for grim."""
    T, P, S = 50, 25, 12
    w = (T + P - R - S) / (T - S)
    ends = rest_points(pair("grim", w, two_by_two("game", R=R, S=S, T=T, P=P)))
    assert float(ends[2].shares[0]) == pytest.approx(0.5, abs=1e-9)
