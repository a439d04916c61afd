"""What an experiment comes to where nothing has to be played: all its matches are solved.

Every match counts alike, as in `comparison`, whose measures these are. Beside them is
*coordinated*, the share of periods in which play is coordinated: no window, no persistence.
"""

from __future__ import annotations

import numpy as np

from coopgames.experiments.pairs import parts
from coopgames.mistakes import Mistake
from coopgames.play import Match, emergence, expect, joint_chain, solvable
from coopgames.readings import Lens, adjusts, lens
from coopgames.specs import Experiment

JOINT = 100
"""Up to so many joint states of every pair, it is solved when coordination emerges."""


def solved_measures(*experiments: Experiment) -> list[dict[str, float]]:
    """Solve what experiments come to.

    Parameters
    ----------
    *experiments : Experiment
        One, or several with the same game and rule that have matches in common, such as arms;
        their own arms are left aside.

    Returns
    -------
    list of dict
        For each of them ``payoff``, ``accommodates`` and, if it can be told, ``coordinated``;
        ``emergence`` and ``lasting`` where no match of any has more than `JOINT` joint states.
        Nothing if a match cannot be solved, or the games have several lengths.
    """
    there = [_by_key(experiment) for experiment in experiments]
    every = {key: match for matches in there for key, match in matches.items()}
    if any(e.lengths for e in experiments) or not all(map(solvable, every.values())):
        return [{} for _ in experiments]
    seen = lens(experiments[0].game, experiments[0].rule)
    known = {key: _per_period(match, seen) for key, match in every.items()}
    if seen.chi is not None and all(joint_chain(m).states <= JOINT for m in every.values()):
        for key, match in every.items():
            known[key] |= _emergence(match, seen)
    return [_averaged([known[key] for key in matches]) for matches in there]


def matches_of(experiment: Experiment) -> list[Match]:
    """List the matches of an experiment, in canonical order, whoever is a member.

    Parameters
    ----------
    experiment : Experiment
        Its arms are left aside, and so are all lengths but the first.
    """
    found = [
        (pair.first, pair.second, given.field.match(pair.first, pair.second))
        for given, wanted in parts(experiment)
        for pair in wanted
    ]
    return [match for *_, match in sorted(found, key=lambda x: x[:2])]


def _by_key(experiment: Experiment) -> dict[str, Match]:
    return {
        pair.key: given.field.match(pair.first, pair.second)
        for given, wanted in parts(experiment)
        for pair in wanted
    }


def _averaged(found: list[dict[str, float]]) -> dict[str, float]:
    measures = [name for name in found[0] if all(name in one for one in found)]
    return {name: float(np.mean([one[name] for one in found])) for name in measures}


def _per_period(match: Match, seen: Lens) -> dict[str, float]:
    found = expect(match)
    share = found.frequency
    kind = [order[0] for order in match.roles]
    measures = {
        "payoff": sum(found.means) / 2,
        "accommodates": float(share[kind[0], :].sum() + share[:, kind[1]].sum()) / 2,
    }
    if seen.chi is not None:
        measures["coordinated"] = float(share.ravel() @ seen.counting.holds)
    return measures


def _emergence(match: Match, seen: Lens) -> dict[str, float]:
    first, second = match.strategies
    T = match.horizon.periods
    try:
        law = T and emergence(match, seen.counting, T, (adjusts(first), adjusts(second)))
    except Mistake:  # too large to be solved
        law = None
    if not law:
        return {}
    share = float(law.emerged.sum())
    return {"emergence": share, "lasting": share - float(law.broke.sum())}
