"""What a regime does, drawn: from play without it to play with it, a step a channel."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import polars as pl
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from coopgames.reports.canvas import blank, note, styled
from coopgames.reports.effect_words import TOLD, channels_of, effect, main_measure
from coopgames.reports.palette import FAINT, INK, OUTCOMES, SOFT
from coopgames.store import Results


def draw(results: Results, width: float) -> Figure:
    """Draw a bar for play without the regime, one for each channel's part, and one for with it."""
    table = results.effects
    if table is None:
        with styled():
            return note(width, ["These results do not say what a regime does:",
                                "coopgames compare makes some that do."])  # fmt: skip
    measure, channels = main_measure(table), channels_of(table)
    rows = {(r["effect"], r["channels"]): r for r in _of(table, measure)}
    start = rows["value", "none"]["value"]
    parts = [rows["shapley", c] for c in channels]
    levels = list(accumulate((p["value"] for p in parts), initial=start))
    names = ["without", *channels, "with"]
    with styled():
        figure = blank(width, 0.42 * len(names) + 0.9)
        axes = figure.add_subplot()
        axes.barh(0, start, color=SOFT, height=0.55, zorder=2)
        for y, (part, low) in enumerate(zip(parts, levels, strict=False), 1):
            colour = OUTCOMES["cooperation" if part["value"] >= 0 else "discord"]
            axes.barh(y, part["value"], left=low, color=colour, height=0.55, zorder=2)
            if part["low"] is not None and part["low"] < part["high"]:
                reach = [low + part[end] for end in ("low", "high")]
                axes.plot(reach, [y, y], color=INK, linewidth=1.4, zorder=3)
            axes.plot([low, low], [y - 0.72, y + 0.28], color=INK, linewidth=0.6, zorder=3)
            told = effect(table, measure, "shapley", channels[y - 1])
            end = max(low, low + part["value"], low + (part["high"] or 0.0))
            axes.annotate(
                told.difference if told else "", (end, y), xytext=(4, 0),
                textcoords="offset points", va="center", fontsize=8.5, color=INK,
                annotation_clip=False,
            )  # fmt: skip
        last = len(names) - 1
        axes.barh(last, levels[-1], color=SOFT, height=0.55, zorder=2)
        axes.plot([levels[-1]] * 2, [last - 0.72, last + 0.28], color=INK, linewidth=0.6, zorder=3)
        axes.set_yticks(range(len(names)), names, fontsize=9, color=INK)
        axes.set_ylim(last + 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        if measure != "payoff":
            axes.set_xlim(min(0.0, *levels), max(1.0, *levels))
            axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
        axes.set_xlabel(AXES[measure])
    return figure


AXES = {
    "emergence": "share of matches in which coordination emerges",
    "coordinated": "share of periods in which play is coordinated",
    "payoff": "mean payoff a period",
}
assert set(AXES) <= set(TOLD)


def _of(table: pl.DataFrame, measure: str) -> list[dict[str, Any]]:
    return table.filter(pl.col("measure") == measure).to_dicts()
