"""Whether expectations converge, arm by arm: solved, drawn, and told.

What is drawn is E_t, how far the entrants' mean beliefs agree and lie on what is asked (theory.md
1.5.6). Observers are the entrants that form expectations; targets all that can be solved with them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coopgames.experiments import crossed_channels, plan
from coopgames.readings import convergence_over_time
from coopgames.reports.canvas import blank, note, shares_up, shortened, styled
from coopgames.reports.palette import ARMS, DASHES
from coopgames.specs import Experiment
from coopgames.strategies import Automaton, Expecting, Guided

Curves = dict[str, NDArray[np.float64]]
ENDS = ("without", "with")
"""Of arms that are a regime's channels only these are drawn."""


@lru_cache(maxsize=8)
def converging(experiment: Experiment) -> Curves:
    """Solve E_t in each arm in which expectations are formed.

    Parameters
    ----------
    experiment : Experiment
        With arms or without.

    Returns
    -------
    dict
        By the arm's name; ``""`` where there are none.
    """
    arms = {arm.name: arm.experiment for arm in experiment.arms} or {"": experiment}
    if crossed_channels(experiment) is not None:
        arms = {name: arms[name] for name in ENDS}
    found = {name: _solved(arm) for name, arm in arms.items()}
    return {name: curve for name, curve in found.items() if curve is not None}


def _solved(experiment: Experiment) -> NDArray[np.float64] | None:
    periods, field = experiment.horizon.periods, plan(experiment).field
    kinds = Automaton | Guided | Expecting
    seats = [i for i, s in enumerate(field.strategies) if isinstance(s.rule, kinds)]
    expecting = [i for i in seats if isinstance(field.strategies[i].rule, Expecting)]
    if periods is None or experiment.lengths or not expecting or len(seats) < 2:
        return None
    them = replace(
        field,
        strategies=tuple(field.strategies[i] for i in seats),
        labels=tuple(field.labels[i] for i in seats),
    )
    return convergence_over_time(them, periods).convergence


def draw(experiment: Experiment, width: float) -> Figure:
    """Draw E_t, a curve for each arm."""
    curves = converging(experiment)
    with styled():
        if not curves:
            return note(width, ["Nobody forms expectations here", "over a number of periods."])
        figure = blank(width, 3.0 if width > 5 else 2.8 + 0.2 * len(curves))
        axes = figure.add_subplot()
        end = max(len(curve) for curve in curves.values())
        for k, (name, curve) in enumerate(curves.items()):
            axes.plot(
                range(1, len(curve) + 1), curve, linewidth=2.4 if k == 0 else 1.9, clip_on=False,
                color=ARMS[k % len(ARMS)], linestyle=DASHES[k % len(DASHES)],
                label=f"{shortened(name, 30)}: {curve[-1]:.2f} at the end" if name else "",
            )  # fmt: skip
        axes.set_xlim(1 - 0.015 * end, end)
        shares_up(axes)
        axes.yaxis.set_major_formatter("{x:g}")
        axes.set_xlabel("period")
        if any(curves):
            figure.legend(
                loc="outside upper left", ncols=2 if width > 5 else 1, frameon=False, fontsize=8.5,
                handlelength=3.2,
            )  # fmt: skip
    return figure
