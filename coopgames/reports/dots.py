"""The standings, drawn."""

from __future__ import annotations

from matplotlib.figure import Figure

from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.palette import FAINT, INK, OUTCOMES, PAPER, SOFT
from coopgames.store import Results


def draw(results: Results, width: float) -> Figure:
    """Draw a dot for each score, its standard error, and a ring for a score quoted."""
    table = results.standings.sort("rank")
    n = len(table)
    quoted = results.manifest["experiment"].get("quoted")
    most = 28 if width > 5 else 17
    step = 0.23 if n <= 60 else 0.15
    with styled():
        figure = blank(width, step * n + 1.0)
        axes = figure.add_subplot()
        axes.hlines(
            range(n), 0, 1, transform=axes.get_yaxis_transform(), color=FAINT, linewidth=0.6
        )
        errors = table["standard_error"].fill_null(0).to_list()
        axes.errorbar(
            table["score"].to_list(), range(n), xerr=errors, fmt="o",
            markersize=6 if n <= 60 else 4,
            color=OUTCOMES["cooperation"], ecolor=INK, elinewidth=1.4, zorder=3, label="score",
        )  # fmt: skip
        if quoted:
            axes.plot(
                table["quoted_score"].to_list(), range(n), "D", markersize=5, color=SOFT,
                markerfacecolor=PAPER, zorder=2, linestyle="none",
                label=f"as quoted, {quoted['label']}",
            )  # fmt: skip
            handles, names = axes.get_legend_handles_labels()
            figure.legend(
                handles[::-1], names[::-1], loc="outside upper right", ncols=2, frameon=False,
                fontsize=8.5, handletextpad=0.2,
            )  # fmt: skip
        labels = [f"{shortened(r['strategy'], most)}  {r['rank']}" for r in table.to_dicts()]
        axes.set_yticks(range(n), labels, fontsize=9 if n <= 60 else 7.5, color=INK)
        axes.set_ylim(n - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        told = any(errors)
        between = ", " if width > 5 else ",\n"
        axes.set_xlabel(f"mean score per game{f'{between}± one standard error' if told else ''}")
    return figure
