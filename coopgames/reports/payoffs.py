"""What two actors can get, drawn in the plane of their payoffs.

Every outcome is a point, and what lotteries or taking turns can reach is the polygon round them.
Shaded is what leaves nobody below its minmax payoff; the thick line is where nobody can gain
unless another loses. Marks differ in shape, so that they can be told apart without colour, and in
size, so that those which fall on one point can all be seen.
"""

from __future__ import annotations

import textwrap
from contextlib import suppress
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patches import Polygon as Shape
from matplotlib.ticker import MaxNLocator

from coopgames.games import (
    Game,
    Polygon,
    Structure,
    feasible_set,
    nash_equilibria,
    pareto_frontier,
    pure_equilibria,
    rational_set,
    sentence,
    structure,
    title,
)
from coopgames.mistakes import Mistake
from coopgames.reports.canvas import blank, styled
from coopgames.reports.labels import place_labels
from coopgames.reports.palette import FAINT, INK, OUTCOMES, PAPER, SOFT, tint

Point = tuple[float, float]

OWN, GOOD, REACH = OUTCOMES["discord"], OUTCOMES["harmony"], OUTCOMES["cooperation"]

MANY = 16
"""Of more outcomes only the telling ones are named."""

CROWD = 60
"""More outcomes are drawn as dots."""

MARKS: dict[str, tuple[str, dict[str, Any]]] = {
    "outcome": (
        "an outcome",
        {"marker": "o", "markersize": 5.5, "markerfacecolor": PAPER, "markeredgecolor": INK,
         "markeredgewidth": 1.2, "zorder": 7},
    ),
    "regarding": (
        "where they may end up if each\nlooks only to its own interest",
        {"marker": "o", "markersize": 9.5, "markerfacecolor": OWN, "markeredgecolor": INK,
         "markeredgewidth": 0.8, "zorder": 6},
    ),
    "pure": (
        "Nash equilibrium",
        {"marker": "s", "markersize": 16, "markerfacecolor": "none", "markeredgecolor": INK,
         "markeredgewidth": 1.6, "zorder": 5},
    ),
    "mixed": (
        "Nash equilibrium in mixed actions",
        {"marker": "D", "markersize": 9.5, "markerfacecolor": "none", "markeredgecolor": INK,
         "markeredgewidth": 1.6, "zorder": 5},
    ),
    "before": (
        "before: the mean of where they\nmay end up",
        {"marker": "+", "markersize": 27, "markeredgecolor": INK, "markeredgewidth": 1.3,
         "zorder": 4},
    ),
    "bargain": (
        "Nash's bargain from there",
        {"marker": "*", "markersize": 22, "markerfacecolor": GOOD, "markeredgecolor": INK,
         "markeredgewidth": 0.8, "zorder": 4},
    ),
}  # fmt: skip
"""What each kind of mark means, and how it looks."""


def draw(game: Game, width: float) -> Figure:
    """Draw what the two actors of a game can get."""
    reach, rational = feasible_set(game), rational_set(game)  # refuses what is no game of two
    try:
        found: Structure | None = structure(game)
    except Mistake:  # too large for that
        found = None
    marked = _marked(game, found)
    wide = width >= 5
    said = sentence(found) if found else f"{title(game)}: what the actors can get."
    heading = textwrap.wrap(said, int(12.2 * width))
    with styled(**{"font.size": 10.0, "axes.labelsize": 10.5}):
        figure = blank(width, (0.6 if wide else 1.6) * width + 0.2 * len(heading))
        figure.suptitle(
            "\n".join(heading), x=0.012, ha="left", fontsize=10.5, color=INK, linespacing=1.35
        )
        axes, beside = _panels(figure, wide=wide)
        _areas(axes, reach, rational, pareto_frontier(game))
        small = {"markersize": 2.5, "markeredgecolor": SOFT, "zorder": 2.8}
        for kind, points in marked.items():
            look = MARKS[kind][1] | (small if kind == "outcome" and len(points) > CROWD else {})
            axes.plot(*zip(*points, strict=True), linestyle="none", clip_on=False, **look)
        axes.set_xlabel(f"payoff of {game.seats[0]}")
        axes.set_ylabel(f"payoff of {game.seats[1]}")
        beside.legend(
            handles=_legend(marked, shaded=len(rational.vertices) > 2), loc="center left",
            frameon=False, fontsize=9, labelspacing=1.0 if wide else 0.7, handlelength=1.8,
            borderpad=0, borderaxespad=0,
        )  # fmt: skip
        names = _names(game, marked)
        crowded = len(marked["outcome"]) > CROWD
        marks = list(names) if crowded else [at for kind in marked.values() for at in kind]
        place_labels(figure, axes, names, marks, reach)
    return figure


def _marked(game: Game, found: Structure | None) -> dict[str, list[Point]]:
    """List where the marks are, kind by kind; those that are nowhere are left out."""
    where: dict[str, list[Point]] = {
        "outcome": [_at(game, p) for p in np.ndindex(game.shape)],
        "regarding": [_at(game, p) for p in np.argwhere(found.regarding).tolist()] if found else [],
        "pure": [_at(game, p) for p in pure_equilibria(game)],
        "mixed": [],
        "before": [],
        "bargain": [],
    }
    with suppress(Mistake):  # there may be too many to list
        listed = nash_equilibria(game).listed
        where["mixed"] = [(e.payoffs[0], e.payoffs[1]) for e in listed if e.profile is None]
    for kind in ("before", "bargain"):
        payoffs = getattr(found, kind, None)
        if payoffs is not None:
            where[kind] = [(float(payoffs[0]), float(payoffs[1]))]
    return {kind: list(dict.fromkeys(points)) for kind, points in where.items() if points}


def _at(game: Game, profile: Any) -> Point:
    x, y = (float(u[tuple(profile)]) for u in game.payoffs)
    return x, y


def _panels(figure: Figure, *, wide: bool) -> tuple[Axes, Axes]:
    """Make room for the plane and, beside it or below, for what the marks mean."""
    down, across = (1, 2) if wide else (2, 1)
    grid = figure.add_gridspec(
        down,
        across,
        width_ratios=[1.5, 1] if wide else None,
        height_ratios=None if wide else [1.5, 1],
    )
    axes, beside = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    beside.set_axis_off()
    axes.set_box_aspect(1)
    axes.margins(0.2, 0.15)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.grid(color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    return axes, beside


def _areas(axes: Axes, reach: Polygon, rational: Polygon, border: tuple[Point, ...]) -> None:
    axes.add_patch(
        Shape(reach.vertices, facecolor=tint(FAINT, 0.35), edgecolor=SOFT, linewidth=0.9, zorder=2)
    )
    axes.add_patch(
        Shape(
            rational.vertices, facecolor=tint(REACH, 0.22), edgecolor=tint(REACH, 0.6),
            linewidth=0.9, zorder=2.5,
        )
    )  # fmt: skip
    if len(border) > 1:
        axes.plot(*zip(*border, strict=True), color=REACH, linewidth=3.2, zorder=3, clip_on=False)
    else:  # both like the same best
        axes.plot(
            *border[0], "o", markersize=30, markerfacecolor="none", markeredgecolor=REACH,
            markeredgewidth=3.2, zorder=3, clip_on=False,
        )  # fmt: skip


def _legend(marked: dict[str, list[Point]], *, shaded: bool) -> list[Any]:
    handles: list[Any] = []
    for kind, (words, look) in MARKS.items():
        if kind in marked:
            small = {**look, "markersize": min(14, look["markersize"])}
            handles.append(Line2D([], [], linestyle="none", label=words, **small))
    words = "nobody can gain unless the other\nloses (Pareto frontier)"
    handles.append(Line2D([], [], color=REACH, linewidth=3.2, label=words))
    if shaded:
        words = "nobody below what the other can\nhold it to (individually rational)"
        handles.append(Patch(facecolor=tint(REACH, 0.22), edgecolor=tint(REACH, 0.6), label=words))
    words = "what lots or taking turns can reach"
    handles.append(Patch(facecolor=tint(FAINT, 0.35), edgecolor=SOFT, label=words))
    return handles


def _names(game: Game, marked: dict[str, list[Point]]) -> dict[Point, str]:
    """Name outcomes by their actions, those that pay the same together."""
    names: dict[Point, list[str]] = {}
    for profile in np.ndindex(game.shape):
        own = ", ".join(game.actions[i][a] for i, a in enumerate(profile))
        names.setdefault(_at(game, profile), []).append(own)
    told = set(names)
    if len(told) > MANY:
        border = pareto_frontier(game)
        telling = [*marked.get("regarding", [])[:2], *marked.get("pure", [])[:2]]
        told = {*telling, *marked.get("bargain", []), border[0], border[-1]}
    return {
        point: "\n".join(own if len(own) < 4 else [*own[:2], f"and {len(own) - 2} more"])
        for point, own in names.items()
        if point in told
    }
