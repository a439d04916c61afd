"""How strategies spread, drawn: their shares over the generations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coopgames.populations import Trajectory
from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.palette import FAINT, SERIES, SOFT

NAMED = len(SERIES)
"""So many lines have a name and a colour of their own; the others are grey."""

ROOM = 0.17
"""Inches between two names."""


def draw(names: Sequence[str], went: Trajectory, width: float) -> Figure:
    """Draw the share of each strategy, generation by generation.

    Generations are further apart at the beginning, where most happens.
    """
    wide = width > 5
    with styled():
        figure = blank(width, 0.58 * width if wide else 1.05 * width)
        axes = figure.add_subplot()
        axes.set_xscale("function", functions=(np.log1p, np.expm1))
        shown = _prominent(went)
        for k in range(len(names)):
            if k not in shown:
                axes.plot(went.times, went.shares[:, k], color=FAINT, linewidth=1.0, zorder=1)
        for place, k in enumerate(shown):
            axes.plot(
                went.times, went.shares[:, k], color=SERIES[place], linewidth=2.2,
                zorder=3 + len(shown) - place, solid_capstyle="round",
            )  # fmt: skip
        _frame(axes, went)
        _names(axes, [names[k] for k in shown], went.end[shown], figure.get_figheight(), wide=wide)
    return figure


def _prominent(went: Trajectory) -> list[int]:
    """Choose those to name: the most common at the end, and who else led or was common once."""
    n = went.shares.shape[1]
    if n <= NAMED:
        return sorted(range(n), key=lambda k: -went.end[k])
    led = {k for _, k in went.leaders}
    most = went.shares.max(axis=0)
    order = sorted(range(n), key=lambda k: (k not in led, -max(went.end[k], most[k])))
    return sorted(order[:NAMED], key=lambda k: -went.end[k])


def _frame(axes: Axes, went: Trajectory) -> None:
    last = float(went.times[-1])
    axes.set_xlim(0, last)
    ticks = [t for t in (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000) if t < last / 1.6]
    axes.set_xticks([*ticks, last], [f"{t:,.0f}" for t in (*ticks, last)])
    axes.minorticks_off()
    axes.set_xlabel("generation")
    top = float(went.shares.max())
    axes.set_ylim(0, min(1.02, top * 1.06))
    step = next(s for s in (0.02, 0.05, 0.1, 0.25) if top / s <= 6)
    levels = np.arange(0, min(1.02, top * 1.06), step)
    axes.set_yticks(levels, [f"{100 * level:.0f} %" for level in levels])
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    others = went.shares.shape[1] - NAMED
    grey = f" (grey: {others} others)" if others > 0 else ""
    axes.set_title(f"share of the population{grey}", color=SOFT, fontsize=9, pad=8)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _names(
    axes: Axes, names: Sequence[str], ends: NDArray[np.float64], high: float, *, wide: bool
) -> None:
    """Write the names beside the ends of the lines, none upon another."""
    gap = ROOM * axes.get_ylim()[1] / (0.78 * high)  # the axes take about so much of the figure
    places = np.array(ends, dtype=np.float64)
    for _ in range(200):  # push apart what is too close; the order is from the top downwards
        moved = False
        for i in range(len(places) - 1):
            lack = gap - (places[i] - places[i + 1])
            if lack > 1e-9:
                places[i] += lack / 2
                places[i + 1] -= lack / 2
                moved = True
        places += max(0.0, 0.3 * gap - places[-1])
        if not moved:
            break
    last = axes.get_xlim()[1]
    for i, (name, place) in enumerate(zip(names, places, strict=True)):
        axes.annotate(
            f"{shortened(name, 24 if wide else 13)}  {_percent(ends[i])}", (last, place), (8, 0),
            textcoords="offset points", va="center", color=SERIES[i], fontsize=8.5 if wide else 7,
            fontweight="bold" if i == 0 else "normal", annotation_clip=False,
        )  # fmt: skip
        axes.plot([last], [ends[i]], "o", color=SERIES[i], markersize=4, clip_on=False, zorder=9)


def _percent(share: float) -> str:
    if share < 0.0005:
        return "gone" if share < 1e-6 else "< 0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.1f} %"
