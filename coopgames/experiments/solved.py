"""What an experiment comes to where nothing has to be played: all its matches are solved.

Every match counts alike, as in `comparison`, whose measures these are. Beside them is
*coordinated*, the share of periods in which play is coordinated: no window, no persistence.
"""

from __future__ import annotations

import numpy as np

from coopgames.experiments.pairs import pairs, plan
from coopgames.mistakes import Mistake
from coopgames.play import Match, emergence, expect, joint_chain, solvable
from coopgames.readings import Lens, adjusts, lens
from coopgames.specs import Experiment

JOINT = 100
"""Up to so many joint states of every pair, it is solved when coordination emerges."""

Key = tuple[object, ...]
Memory = dict[Key, dict[str, float]]


def solved_measures(experiment: Experiment, memory: Memory | None = None) -> dict[str, float]:
    """Solve what an experiment comes to.

    Parameters
    ----------
    experiment : Experiment
        Its arms are left aside.
    memory : dict, optional
        Matches that were solved before, of this or other arms; those solved now are added.

    Returns
    -------
    dict
        ``payoff``, ``accommodates`` and, if it can be told, ``coordinated``; ``emergence`` and
        ``lasting`` where no pair has more than `JOINT` joint states. Nothing if a match cannot be
        solved, or the games have several lengths.
    """
    if experiment.lengths:
        return {}
    given, known = plan(experiment), {} if memory is None else memory
    seen = lens(experiment.game, experiment.rule)
    found = []
    for pair in pairs(experiment):
        match = given.field.match(pair.first, pair.second)
        if not solvable(match):
            return {}
        key = (pair.key,) if match.reads_regime else (*match.strategies, match.noise)
        if key not in known:
            known[key] = _solved(match, seen)
        found.append(known[key])
    measures = [name for name in found[0] if all(name in one for one in found)]
    return {name: float(np.mean([one[name] for one in found])) for name in measures}


def _solved(match: Match, seen: Lens) -> dict[str, float]:
    found = expect(match)
    share = found.frequency
    kind = [order[0] for order in match.roles]
    measures = {
        "payoff": sum(found.means) / 2,
        "accommodates": float(share[kind[0], :].sum() + share[:, kind[1]].sum()) / 2,
    }
    if seen.chi is None:
        return measures
    measures["coordinated"] = float(share.ravel() @ seen.counting.holds)
    T = match.horizon.periods
    if T is None or joint_chain(match).states > JOINT:
        return measures
    first, second = match.strategies
    try:
        law = emergence(match, seen.counting, T, (adjusts(first), adjusts(second)))
    except Mistake:  # too large to be solved
        law = None
    if law is not None:
        share_of_those = float(law.emerged.sum())
        measures |= {
            "emergence": share_of_those, "lasting": share_of_those - float(law.broke.sum()),
        }  # fmt: skip
    return measures
