"""Three strategies, drawn: every mix of them is a point, and the arrows say where it goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike, NDArray

from coopgames.populations import Trajectory, replicator, rest_points
from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.palette import INK, PAPER, SCALE, SERIES, SOFT

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])

STEPS = 18
"""So many arrows along a side."""

COURSES = 4
"""Courses are drawn from the middles of a triangle cut into so many along a side."""

KINDS = {"attracting": (INK, "it comes back"), "unstable": (PAPER, "it leaves"),
         "not decided": ("#b3aca0", "it drifts or circles")}  # fmt: skip


def draw(
    names: Sequence[str], matrix: ArrayLike, width: float, course: Trajectory | None = None
) -> Figure:
    """Draw the triangle of three strategies, whose corners are populations of one only.

    Parameters
    ----------
    names : sequence of str
        The strategies: bottom left, bottom right, top.
    matrix : array_like, shape (3, 3)
        The row's payoff against the column.
    width : float
        In inches.
    course : Trajectory, optional
        A course to draw as well.
    """
    A = np.asarray(matrix, dtype=np.float64)
    A = A / (np.ptp(A) or 1.0)
    wide = width > 5
    with styled():
        figure = blank(width, (0.8 if wide else 0.98) * width)
        axes = figure.add_subplot()
        axes.set_aspect("equal")
        axes.axis("off")
        axes.set(xlim=(-0.16, 1.16), ylim=(-0.06 if wide else -0.3, 0.93))
        axes.add_patch(Polygon(CORNERS, fill=False, edgecolor=INK, linewidth=1.2, zorder=4))
        _courses(axes, A)
        _arrows(axes, A)
        if course is not None:
            path = course.shares @ CORNERS
            axes.plot(*path.T, color=SERIES[1], linewidth=2.2, zorder=5)
            axes.plot(*path[0], "o", color=SERIES[1], markersize=6, zorder=6)
        _rests(axes, A, wide=wide)
        for corner, (place, name) in enumerate(zip(CORNERS, names, strict=True)):
            axes.annotate(
                shortened(name, 26 if wide else 14), place, (0, 9 if corner == 2 else -11),
                textcoords="offset points", ha="center", va="bottom" if corner == 2 else "top",
                fontsize=10 if wide else 8, fontweight="bold", color=INK,
            )  # fmt: skip
    return figure


def _grid(steps: int) -> NDArray[np.float64]:
    """Give points spread evenly inside the triangle, as shares."""
    found = [
        (i + 1 / 3, j + 1 / 3, steps - i - j - 2 / 3)
        for i in range(steps) for j in range(steps - i)
    ]  # fmt: skip
    return np.array(found) / steps


def _flow(A: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    pi = x @ A.T
    return np.asarray(x * (pi - (x * pi).sum(axis=1, keepdims=True)))


def _arrows(axes: Axes, A: NDArray[np.float64]) -> None:
    x = _grid(STEPS)
    move = _flow(A, x) @ CORNERS
    speed = np.linalg.norm(move, axis=1)
    moving = speed > 1e-6
    if not moving.any():
        return
    colours = LinearSegmentedColormap.from_list("speed", SCALE[2:])
    at, along = x[moving] @ CORNERS, move[moving] / speed[moving, None]
    axes.quiver(
        *at.T, *along.T, (speed[moving] / speed.max()) ** 0.5, cmap=colours, clim=(0, 1),
        scale=34, width=0.0042, headwidth=4.6, headlength=5.4, headaxislength=5, pivot="mid",
        zorder=3,
    )  # fmt: skip


def _courses(axes: Axes, A: NDArray[np.float64]) -> None:
    """Draw whole courses, faint, through which one sees what belongs together."""
    for x in _grid(COURSES):
        if np.linalg.norm(_flow(A, x[None])) < 1e-6:
            continue
        path = replicator(A, 60.0, x, points=400, accuracy=1e-6).shares @ CORNERS
        axes.plot(*path.T, color="#cfc9bc", linewidth=0.8, zorder=2)


def _rests(axes: Axes, A: NDArray[np.float64], *, wide: bool) -> None:
    """Mark where the shares can rest: full where they come back, open where they leave."""
    kinds = []
    for point in rest_points(A):
        place = np.array(point.shares, dtype=np.float64) @ CORNERS
        face, _ = KINDS[point.kind]
        axes.plot(
            *place, "o", markersize=8.5, markerfacecolor=face, markeredgecolor=INK, zorder=7,
            markeredgewidth=1.3, clip_on=False,
        )  # fmt: skip
        if point.kind not in kinds:
            kinds.append(point.kind)
    for kind in sorted(kinds):
        face, words = KINDS[kind]
        axes.plot(
            [], [], "o", markerfacecolor=face, markeredgecolor=INK, markersize=7,
            label=f"rest: disturbed, {words}",
        )  # fmt: skip
    axes.legend(
        loc="upper left" if wide else "lower center", frameon=False,
        fontsize=8.5 if wide else 7, bbox_to_anchor=(0, 1) if wide else (0.5, -0.02),
        labelcolor=SOFT, handletextpad=0.2,
    )  # fmt: skip
