"""Who takes over whom, drawn: strategies as discs, and arrows along which selection leads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch
from numpy.typing import NDArray

from coopgames.populations import RareMutations
from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.palette import INK, PAPER, SCALE, SOFT, tint

MOST = 16
"""Up to so many strategies have a place; of more, those that are there most of the time."""

WRITTEN = 6
"""Up to so many strategies every arrow has its number."""

FEW = 2
"""So many arrows lead away from each of more strategies: to those who take over most easily."""

SMALL, LARGE = 0.055, 0.20
"""Radii of the discs, from never there to always there."""


def draw(
    names: Sequence[str], rare: RareMutations, width: float, shares: Sequence[float],
    mutation: float | None,
) -> Figure:  # fmt: skip
    """Draw the strategies on a circle, each disc as large as it is common.

    An arrow leads from a population to the mutant that takes it over more easily than chance alone
    would, the darker the more easily, a broken line between two that take over one another as by
    chance.
    """
    keep = sorted(sorted(range(len(names)), key=lambda k: -shares[k])[:MOST])
    wide = width > 5
    with styled():
        figure = blank(width, 0.83 * width + (0.0 if wide else 0.5))
        axes = figure.add_subplot()
        axes.set_aspect("equal")
        axes.axis("off")
        room = 1.62 if wide else 1.5
        axes.set(xlim=(-room, room), ylim=(-1.28, 1.32))
        angles = np.pi / 2 - 2 * np.pi * np.arange(len(keep)) / len(keep)
        at = np.column_stack([np.cos(angles), np.sin(angles)])
        radii = [SMALL + (LARGE - SMALL) * np.sqrt(shares[k]) for k in keep]
        whole = len(keep) <= WRITTEN
        for a, resident in enumerate(keep):
            easiest = [
                int(b) for b in np.argsort(-rare.advantage[keep, resident], kind="stable") if b != a
            ]
            for b in easiest if whole else easiest[:FEW]:
                there, back = rare.advantage[keep[b], resident], rare.advantage[resident, keep[b]]
                _arrow(
                    axes, at[a], at[b], radii[a], radii[b], float(there), float(back),
                    written=whole,
                )  # fmt: skip
        for place, k in enumerate(keep):
            _disc(axes, at[place], radii[place], names[k], shares[k], wide=wide)
        _words(axes, rare, (len(names), len(keep)), mutation, wide=wide)
    return figure


def _arrow(
    axes: Axes, start: NDArray[np.float64], end: NDArray[np.float64], r0: float, r1: float,
    advantage: float, back: float, *, written: bool,
) -> None:  # fmt: skip
    """Draw the arrow from a population to a mutant that selection favours."""
    if abs(advantage - 1) < 1e-9:
        if written and abs(back - 1) < 1e-9 and tuple(start) < tuple(end):
            line = axes.plot(*zip(start, end, strict=True), color=SOFT, linewidth=0.9, zorder=1)[0]
            line.set_linestyle((0, (4, 4)))
        return
    if advantage < 1:
        return
    along = (end - start) / np.linalg.norm(end - start)
    side = np.array([-along[1], along[0]])
    bend = 0.10 if back > 1 else 0.0  # both ways are favoured: side by side
    tail, head = start + along * (r0 + 0.02), end - along * (r1 + 0.025)
    strength = float(np.clip(np.log(advantage) / np.log(40), 0.12, 1))
    colour = SCALE[2 + round(3 * strength)]
    axes.add_patch(
        FancyArrowPatch(
            tuple(tail), tuple(head), connectionstyle=f"arc3,rad={bend}", arrowstyle="-|>",
            mutation_scale=9 + 7 * strength, linewidth=0.8 + 2.4 * strength, color=colour,
            zorder=2, shrinkA=0, shrinkB=0,
        )
    )  # fmt: skip
    if written:
        # Off the middle, so that the numbers of crossing arrows do not meet.
        place = tail + 0.27 * (head - tail) - side * bend * 0.9 * np.linalg.norm(head - tail) * 0.5
        axes.text(
            place[0], place[1], f"× {advantage:.3g}", ha="center", va="center", fontsize=8,
            color=INK, zorder=4,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.9, "pad": 0.8},
        )  # fmt: skip


def _disc(
    axes: Axes, at: NDArray[np.float64], radius: float, name: str, share: float, *, wide: bool
) -> None:
    colour = SCALE[4]
    axes.add_patch(
        Circle(
            tuple(at), radius, facecolor=tint(colour, 0.25 + 0.75 * share), edgecolor=colour,
            linewidth=1.2, zorder=5,
        )
    )  # fmt: skip
    if radius > 0.095:
        axes.text(
            at[0], at[1], f"{100 * share:.0f} %", ha="center", va="center", fontsize=8.5, zorder=6,
            color=PAPER if share > 0.45 else INK, fontweight="bold",
        )  # fmt: skip
        told = shortened(name, 22 if wide else 14)
    else:
        told = f"{shortened(name, 20 if wide else 12)}  {_percent(share)}"
    upright = abs(at[0]) < 0.3
    beside = at * (1.05 + radius)
    axes.text(
        beside[0], beside[1], told,
        ha="center" if upright else "left" if at[0] > 0 else "right",
        va=("bottom" if at[1] > 0 else "top") if upright else "center",
        fontsize=9 if wide else 7.5, color=INK, zorder=6,
    )  # fmt: skip


def _percent(share: float) -> str:
    return "never" if share < 1e-6 else "< 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _words(
    axes: Axes, rare: RareMutations, how_many: tuple[int, int], mutation: float | None, *,
    wide: bool,
) -> None:  # fmt: skip
    when = "mutations are rare" if mutation is None else f"mutations: {mutation:g}"
    process = "Moran process" if rare.process.kind == "moran" else "pairwise comparison"
    axes.set_title(
        f"{rare.N} individuals, {process}, {when}: share of time as each",
        fontsize=9.5 if wide else 7, color=INK,
    )  # fmt: skip
    lines = [f"arrow: one mutant takes over more easily than by chance, × times 1/{rare.N}"]
    if how_many[1] <= WRITTEN:
        lines.append("broken line: as by chance, both ways")
    else:
        lines[0] = f"arrows: the {FEW} who take over most easily, where more easily than by chance"
    if how_many[1] < how_many[0]:
        lines.append(f"{how_many[0] - how_many[1]} less common ones are left out")
    axes.text(
        0.5, -0.01, "\n".join(lines), transform=axes.transAxes, ha="center", va="top",
        fontsize=7.5 if wide else 6, color=SOFT,
    )  # fmt: skip
