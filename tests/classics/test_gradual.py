"""Our meeting with gradual: Beaufils, Delahaye & Mathieu (1997), Artificial Life V, 202-209.

classics-iterated.md, entry 10. A thousand rounds of the standard prisoner's dilemma. Gradual's row
is the published one, but for the meeting with random, which is a matter of luck.
"""

import pytest

from coopgames import play_match, strategy
from coopgames.specs import strategy_from

GRADUAL = {
    "always-accommodate": 3000,
    "always-defect": 915,
    "tit-for-tat": 3000,
    "grim": 3000,  # their spiteful
    "cycler(cycle='DDC')": 2219,
    "cycler(cycle='CCD')": 3472,
    "soft-majority": 3000,
    "suspicious-tit-for-tat": 2996,  # their mistrust
    "prober": 2999,
    "gradual": 3000,
    "win-stay-lose-shift": 3000,  # their pavlov
}

TIT_FOR_TAT = {
    "gradual": 3000,
    "tit-for-tat": 3000,
    "soft-majority": 3000,
    "grim": 3000,
    "prober": 2999,
    "win-stay-lose-shift": 3000,
    "suspicious-tit-for-tat": 2500,
    "always-accommodate": 3000,
    "cycler(cycle='CCD')": 2667,
    "always-defect": 999,
    "cycler(cycle='DDC')": 1998,
}


@pytest.mark.parametrize(
    ("name", "other", "points"),
    [(name, other, points)
     for name, row in (("gradual", GRADUAL), ("tit-for-tat", TIT_FOR_TAT))
     for other, points in row.items()],
)  # fmt: skip
def test_a_row_of_their_table(name: str, other: str, points: int) -> None:
    match = play_match(strategy(name), strategy_from(other), periods=1000)
    assert match.totals[0] == pytest.approx(points, abs=1e-9)  # solved, not counted


def test_gradual_scores_more_than_tit_for_tat() -> None:
    assert sum(GRADUAL.values()) == 33416 - 2815  # their total without their meeting with random
    assert sum(GRADUAL.values()) > sum(TIT_FOR_TAT.values())
