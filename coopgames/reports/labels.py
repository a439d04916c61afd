"""Where words stand beside points: where they hide nothing, or hide least."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from coopgames.games import Polygon
from coopgames.reports.palette import INK, PAPER, SOFT

Point = tuple[float, float]

SIZE = 10.0
"""Of letters, in points."""

AWAY = (13.0, 18.0, 26.0, 40.0)
"""How far a label may be from its point, in points; the nearest is best."""

FAR = 19.0
"""From so far on a line leads from a label to its point."""

LEADER = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 7}

WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


class _Box(NamedTuple):
    """A rectangle, in points."""

    left: float
    low: float
    right: float
    high: float

    def overlap(self, other: _Box) -> float:
        """Area that both take up."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.high, other.high) - max(self.low, other.low)
        return max(across, 0.0) * max(up, 0.0)


def place_labels(
    figure: Figure, axes: Axes, names: dict[Point, str], points: list[Point], area: Polygon
) -> None:
    """Write names beside their points.

    Parameters
    ----------
    figure : Figure
        It is laid out first, so that distances are known.
    axes : Axes
        Where the points are.
    names : dict of point to str
        What to write.
    points : list of points
        All marks that should stay in sight.
    area : Polygon
        Labels rather stand outside of it.
    """
    for _ in range(2):  # a square box is settled in the first round, its labels in the second
        figure.draw_without_rendering()
    figure.set_layout_engine("none")  # what is written now must not move what has been measured
    points_per_pixel = 72 / figure.dpi

    def on_paper(point: Point) -> Point:
        x, y = axes.transData.transform(point) * points_per_pixel
        return float(x), float(y)

    frame = axes.get_window_extent()
    room = _Box(*(float(x) * points_per_pixel for x in frame.extents))
    taken = [_Box(x - 8, y - 8, x + 8, y + 8) for x, y in map(on_paper, points)]
    middle = on_paper(_middle(area))
    edges = [(on_paper(a), on_paper(b)) for a, b in area.edges]
    # Those at the rim first: they have least choice.
    order = sorted(names, key=lambda p: -_apart(on_paper(p), middle))
    for point in order:
        x, y = on_paper(point)
        options = [
            _box(x + away * dx, y + away * dy, dx, dy, names[point])
            for away in AWAY
            for dx, dy in WAYS
        ]
        costs = [_cost(option, (x, y), middle, taken, edges, room) for option in options]
        box = options[costs.index(min(costs))]
        taken.append(box)
        nearest = (min(max(x, box.left), box.right), min(max(y, box.low), box.high))
        centre = ((box.left + box.right) / 2, (box.low + box.high) / 2)
        axes.annotate(
            names[point], point, (centre[0] - x, centre[1] - y), textcoords="offset points",
            ha="center", va="center", fontsize=SIZE, color=INK, zorder=9, linespacing=1.1,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.88, "pad": 0.8},
            annotation_clip=False,
            arrowprops=LEADER if _apart(nearest, (x, y)) > FAR else None,
        )  # fmt: skip


def _box(x: float, y: float, dx: int, dy: int, text: str) -> _Box:
    """Give the rectangle of a text that begins at a point and extends in a direction."""
    lines = text.splitlines()
    across = max(_width(line) for line in lines) + 4
    up = 1.25 * SIZE * len(lines) + 1
    left, low = x + (dx - 1) * across / 2, y + (dy - 1) * up / 2
    return _Box(left, low, left + across, low + up)


@cache
def _width(words: str) -> float:
    return float(TextPath((0, 0), words, size=SIZE).get_extents().width) if words.strip() else 0.0


def _cost(
    box: _Box,
    at: Point,
    middle: Point,
    taken: list[_Box],
    edges: list[tuple[Point, Point]],
    room: _Box,
) -> float:
    centre = ((box.left + box.right) / 2, (box.low + box.high) / 2)
    area = (box.right - box.left) * (box.high - box.low)
    hidden = sum(box.overlap(other) for other in taken) + (area - box.overlap(room))
    crossed = sum(
        box.left < a[0] + t / 24 * (b[0] - a[0]) < box.right
        and box.low < a[1] + t / 24 * (b[1] - a[1]) < box.high
        for a, b in edges
        for t in range(25)
    )
    outwards = _apart(centre, middle) - _apart(at, middle)
    return 6 * hidden + 40 * crossed + _apart(centre, at) - 0.8 * outwards


def _middle(area: Polygon) -> Point:
    n = len(area.vertices)
    return sum(v[0] for v in area.vertices) / n, sum(v[1] for v in area.vertices) / n


def _apart(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
