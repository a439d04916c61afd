"""How to cope with noise: classics-iterated.md, entry 45c.

J. Wu & R. Axelrod, How to cope with noise in the iterated prisoner's dilemma, J. Conflict
Resolution 39 (1995): 183-189. Generous and contrite tit for tat and win-stay lose-shift enter the
second tournament, in which one action in a hundred goes wrong. The ranks of the entry (3, 5 and 59
of 66) need all 63 programs; here are the 49 rules that we have, so that only what does not hang on
the rest is asserted: who inherits, who dies out, and in which order the three come.
"""

import pytest
from test_second_tournament import ENTRANTS

from coopgames.experiments.meetings import each_other
from coopgames.games import named_game
from coopgames.play import Horizon
from coopgames.populations import ecology
from coopgames.specs import Experiment, entrants
from coopgames.strategies import strategy

GENEROUS, CONTRITE, SHIFT = (
    "generous-tit-for-tat(q=0.1)", "contrite-tit-for-tat", "win-stay-lose-shift",
)  # fmt: skip


def test_contrition_inherits() -> None:
    named = [strategy(name) for name in dict.fromkeys(ENTRANTS.values())]
    named += [strategy("generous-tit-for-tat", q=0.1), strategy(CONTRITE), strategy(SHIFT)]
    game = named_game("prisoners-dilemma")
    field = Experiment("noise", "", 1995, game, entrants(named), Horizon(151), noise=0.01)
    scores, _ = each_other(field, repetitions=range(100))
    names = [entrant.name for entrant in field.entrants]
    mean = dict(zip(names, scores.mean(axis=1), strict=True))
    rank = {name: 1 + sum(other > mean[name] for other in mean.values()) for name in names}
    assert rank[GENEROUS] <= 8
    assert rank[CONTRITE] < rank["tit-for-tat"]
    assert rank[SHIFT] >= 0.75 * len(names)
    end = dict(zip(names, ecology(scores, 2000).end, strict=True))
    assert end[CONTRITE] > 0.95
    assert end[SHIFT] == pytest.approx(0, abs=1e-6)
