"""Maps: what a game encodes as two numbers vary, drawn.

Colours are those of the categories, darker or lighter by subtype; opposed interests are hatched and
what is nearly harmony is dotted, so that a map reads in grey. A region that is large enough has its
name in it; the key has them all, with their shares of the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from coopgames.games import (
    CATEGORIES,
    SUBTYPES,
    Category,
    Chart,
    Subtype,
    ordinal,
    spoken,
    two_by_two,
)
from coopgames.mistakes import Mistake
from coopgames.reports.canvas import blank, styled
from coopgames.reports.palette import GAMES, INK, PAPER, SOFT, tint
from coopgames.reports.words import percent

STRENGTH: dict[Category | Subtype, float] = {
    "harmony": 0.72, "independence": 0.35,
    "dilemma": 0.46, "assurance": 0.34, "coordination-distributive": 0.24, "cyclic": 0.14,
    "two-sided": 0.36, "one-sided": 0.24, "multiple": 0.14,
}  # fmt: skip
"""How strong the category's colour is; harmony stays the darkest, in grey too."""

KINDS: dict[Subtype, str] = {
    "dilemma": "a dilemma", "assurance": "assurance",
    "coordination-distributive": "coordination,\nwith a quarrel", "cyclic": "cyclic",
    "one-sided": "on one side", "two-sided": "on both sides", "multiple": "throughout",
}  # fmt: skip

NOTE = (
    "R = 1 for each if both accommodate, P = 0 if both withhold. Above S + T = 2R taking turns "
    "gives both more\nthan what they end up with by themselves. Dashed: the square that "
    "evolutionary game theory draws."
)

ROOM = 0.34
"""Inches around a point that a name needs."""

CURVES = 0.01
"""Gains must differ by so much for lines of equal gains to be drawn."""

Where = NDArray[np.bool_]


@dataclass(frozen=True)
class _Region:
    """Where games encode the same."""

    category: Category
    subtype: Subtype | None
    near: bool
    where: Where

    @property
    def colour(self) -> str:
        return tint(GAMES[self.category], STRENGTH[self.subtype or self.category])

    @property
    def pattern(self) -> str:
        return "////" if self.category == "opposed-interests" else "..." if self.near else ""

    @property
    def mark(self) -> str:
        """The colour of the pattern."""
        return GAMES["harmony"] if self.near else tint(GAMES[self.category], 0.55)

    def words(self) -> str:
        kind = f"\n{KINDS[self.subtype]}" if self.subtype else ""
        near = "\nnearly harmony" if self.near else ""
        return f"{self.category.replace('-', ' ')}{kind}{near}"


def draw_chart(found: Chart, title: str, width: float) -> Figure:
    """Draw what a game encodes as two numbers vary, and how much all could gain.

    Parameters
    ----------
    found : Chart
        What was found out.
    title : str
        What is shown.
    width : float
        In inches.
    """
    regions = _regions(found)
    with styled(**{"hatch.linewidth": 0.7}):
        figure = blank(width, 0.86 * width)
        axes = figure.add_subplot()
        _fill(axes, found, regions)
        if found.gain is not None:
            _contours(axes, found)
        for region in regions:
            _name(axes, found, region.where, "", region.words())
        _frame(axes, found, title)
        _key(figure, regions, found)
    return figure


def draw_plane(found: Chart, width: float) -> Figure:
    """Draw the plane of the symmetric games with R = 1 and P = 0.

    Parameters
    ----------
    found : Chart
        As `st_plane` makes it.
    width : float
        In inches.
    """
    regions = _regions(found)
    with styled(**{"hatch.linewidth": 0.7}):
        figure = blank(width, 0.94 * width)
        axes = figure.add_subplot()
        _fill(axes, found, regions)
        _borders(axes)
        names = _games(found)
        for region in regions:
            for name in np.unique(names[region.where]):
                _name(axes, found, region.where & (names == name), name, region.words())
        _frame(axes, found, _plane_title(names, regions))
        axes.set_xlabel("T: what withholding gets when the other accommodates")
        axes.set_ylabel("S: what accommodating gets when the other withholds")
        figure.supxlabel(NOTE, x=0.01, ha="left", fontsize=7.5, color=SOFT, linespacing=1.4)
    return figure


def _regions(found: Chart) -> list[_Region]:
    """Tell apart what games of a chart encode, the largest region first."""
    near = np.zeros(found.category.shape, dtype=bool) if found.near is None else found.near
    kinds = np.stack([found.category, found.subtype, near], axis=-1).reshape(-1, 3)
    regions = [
        _Region(
            CATEGORIES[c], SUBTYPES[s], bool(n),
            (found.category == c) & (found.subtype == s) & (near == bool(n)),
        )
        for c, s, n in np.unique(kinds, axis=0)
    ]  # fmt: skip
    return sorted(regions, key=lambda region: -int(region.where.sum()))


def _fill(axes: Axes, found: Chart, regions: list[_Region]) -> None:
    """Colour the regions, each point of the grid being the middle of a cell."""
    x, y = found.x.values, found.y.values
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    image = np.zeros((len(y), len(x), 3))
    for region in regions:
        image[region.where] = to_rgb(region.colour)
    extent = (x[0] - half_x, x[-1] + half_x, y[0] - half_y, y[-1] + half_y)
    axes.imshow(image, origin="lower", extent=extent, aspect="auto", interpolation="nearest")
    for region in regions:
        if region.pattern:
            drawn = axes.contourf(
                x, y, region.where, levels=[0.5, 1.5], colors="none", hatches=[region.pattern]
            )
            drawn.set_edgecolor(region.mark)
            drawn.set_linewidth(0)


def _contours(axes: Axes, found: Chart) -> None:
    """Draw lines of equal gains."""
    gain = 100 * np.asarray(found.gain)
    if np.ptp(gain) < 100 * CURVES:
        return
    lines = axes.contour(
        found.x.values, found.y.values, gain, levels=5, colors=INK, linewidths=0.7, alpha=0.75
    )
    axes.clabel(lines, fmt="%g %%", fontsize=7.5)


def _name(axes: Axes, found: Chart, where: Where, name: str, words: str) -> None:
    """Write into the roomiest part of a region, if there is room."""
    from scipy.ndimage import distance_transform_edt

    box = axes.get_window_extent().transformed(axes.figure.dpi_scale_trans.inverted())
    cell = (box.width / found.x.steps, box.height / found.y.steps)
    depth = distance_transform_edt(np.pad(where, 1), sampling=cell[::-1])[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    if depth[row, column] < ROOM:
        return
    at = found.x.values[column], found.y.values[row]
    if name:
        axes.annotate(
            spoken(name).capitalize(), at, (0, 3), textcoords="offset points", ha="center",
            va="bottom", fontweight="bold", fontsize=9, color=INK,
        )  # fmt: skip
    axes.annotate(
        words, at, (0, 0), textcoords="offset points", ha="center",
        va="top" if name else "center", fontsize=7.5 if name else 9, color=INK, linespacing=1.25,
    )  # fmt: skip


def _frame(axes: Axes, found: Chart, title: str) -> None:
    axes.set_title(title, fontsize=11, fontweight="bold", color=INK, pad=10)
    axes.set_xlabel(found.x.name)
    axes.set_ylabel(found.y.name)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _key(figure: Figure, regions: list[_Region], found: Chart) -> None:
    total = found.category.size
    handles: list[Patch | Line2D] = [
        Patch(
            facecolor=region.colour, edgecolor=region.mark, hatch=region.pattern * 2, linewidth=0,
            label=f"{region.words().replace(',', '').replace(chr(10), ', ')}: "
            f"{percent(region.where.sum() / total)}",
        )
        for region in regions
    ]  # fmt: skip
    if found.gain is not None and np.ptp(found.gain) >= CURVES:
        line = Line2D(
            [], [], color=INK, linewidth=0.7, label="what all could gain, of their stakes"
        )
        handles.append(line)
    figure.legend(
        handles=handles, loc="outside lower left", ncols=2, frameon=False, fontsize=8,
        handlelength=1.8, handleheight=1.1,
    )  # fmt: skip


def _games(found: Chart) -> NDArray[np.str_]:
    """Name the ordinal game at each point of the S–T plane; the empty name where there are ties."""
    t, s = np.meshgrid(found.x.values, found.y.values)
    order = np.sign(np.stack([t, t - 1, s, s - 1, t - s], axis=-1))
    _, first, which = np.unique(
        order.reshape(-1, 5), axis=0, return_index=True, return_inverse=True
    )
    names = []
    for at in first:
        try:
            names.append(ordinal(two_by_two("", R=1, S=s.flat[at], T=t.flat[at], P=0)).name)
        except Mistake:
            names.append("")
    return np.array(names)[which.reshape(t.shape)]


def _borders(axes: Axes) -> None:
    """Draw where the order of payoffs changes, where taking turns begins to pay, and the square."""
    thin: dict[str, Any] = {"color": PAPER, "linewidth": 1.6}
    for at in (0, 1):
        axes.axvline(at, **thin)
        axes.axhline(at, **thin)
    axes.axline((0, 0), slope=1, **thin)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    axes.plot([1, 1 - 10], [1, 1 + 10], **thin)
    axes.add_patch(
        Rectangle(
            (0, -1), 2, 2, fill=False, edgecolor=INK, linewidth=1.3, linestyle=(0, (4, 3)),
            zorder=3,
        )
    )  # fmt: skip
    axes.set(xlim=(left, right), ylim=(low, high))


def _plane_title(names: NDArray[np.str_], regions: list[_Region]) -> str:
    shown = {name for name in np.unique(names) if name}
    harmonies = {n for r in regions if r.category == "harmony" for n in np.unique(names[r.where])}
    return f"{len(harmonies & shown)} of these {len(shown)} symmetric games are harmony"
