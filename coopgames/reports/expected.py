"""The part of the page that says whether expectations converged."""

from __future__ import annotations

from coopgames.reports.figures import FIGURES
from coopgames.reports.inline import figure
from coopgames.reports.markup import section, table, unfolding
from coopgames.reports.words import listed
from coopgames.specs import Experiment
from coopgames.store import Results


def did_expectations_converge(experiment: Experiment, results: Results) -> str:
    """Show how far expectations lie, and agree, on what is asked; nothing if nobody has any.

    Parameters
    ----------
    experiment : Experiment
        The whole of it.
    results : Results
        Of it.
    """
    from coopgames.reports.converging import converging

    curves = converging(experiment)
    if not curves:
        return ""
    rows = [
        [name or "—", *(f"{curve[i]:.2f}" for i in (0, len(curve) // 2, -1))]
        for name, curve in curves.items()
    ]
    told = listed(
        f"{'in ' if name else ''}{name or 'there'} from {first} to {last}"
        for name, first, _, last in rows
    )
    return section(
        "expectations",
        "Did expectations converge?",
        figure(
            results,
            "expectations",
            FIGURES["expectations"][0],
            told=f"Convergence of expectations over time: {told}.",
            caption="How far those who form expectations expect what is asked, and agree: 1 if all "
            "are sure that all will do it. Agreed mistrust is 0. It is solved, not sampled.",
            numbers=unfolding(
                "The numbers",
                table(
                    "Convergence E of expectations",
                    ["arm", "in the first period", "half-way", "in the last"],
                    rows,
                ),
            ),
        ),
    )
