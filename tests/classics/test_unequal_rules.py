"""Rules that ask more of the small than of the great: hegemonic trade, three times as large.

theory.md 1.5.8: A is asked for a tariff of .998 and B for none; reversion to the tariff war. The
thresholds are worked out from the economy's welfare on the same tariffs, and for the best tariff
of all.
"""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from coopgames.games import accommodation, named_game
from coopgames.games.scenarios.hegemony import hegemonic_bargain, war_tariffs, welfare
from coopgames.play import critical_continuation
from coopgames.regimes import reversion
from coopgames.strategies import strategy


def role(game, seat: int, tariff: float) -> int:
    """The tariff's place in the order of roles."""
    values = [float(game.actions[seat][a]) for a in accommodation(game)[seat]]
    return int(np.abs(np.array(values) - tariff).argmin())


def test_each_seat_has_a_threshold_of_its_own() -> None:
    game = named_game("hegemonic-trade")
    agreed, war = (hegemonic_bargain(3.0), 0.0), war_tariffs(3.0)
    asked, instead = (
        [role(game, i, t) for i, t in enumerate(pair)] for pair in (agreed, war)
    )  # fmt: skip
    breaks = np.zeros(game.shape, dtype=bool)
    for i in range(2):
        breaks |= np.indices(game.shape)[i] != asked[i]
    regime = reversion(breaks, asked=asked, instead=instead)
    pair = [strategy("compliance", k=k) for k in game.shape]
    found = [critical_continuation(game, *pair, regime=regime, seat=i) for i in range(2)]

    def u(t: float, s: float) -> np.ndarray:
        return np.array([float(x) for x in welfare(np.array(t), np.array(s), 3.0)])

    held, fallen = u(*agreed), u(*war)
    for i in range(2):

        def best(x: float, i: int = i) -> float:
            return float(u(*((x, agreed[1]) if i == 0 else (agreed[0], x)))[i])

        tariffs = [float(name) for name in game.actions[i]]
        tempted = max(best(x) for x in tariffs)
        needed = (tempted - held[i]) / (tempted - fallen[i])
        assert found[i] == pytest.approx(needed, abs=2e-3)  # names of tariffs have three digits
        top = -minimize_scalar(lambda x: -best(x), bounds=(0, 9), method="bounded").fun
        assert (top - held[i]) / (top - fallen[i]) == pytest.approx(needed, abs=0.01)
    # Whoever has to open all the way, and gains more by it, needs the less patience.
    assert found[1] < found[0]
    assert critical_continuation(game, *pair, regime=regime) == pytest.approx(max(found))
