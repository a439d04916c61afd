"""A fingerprint, drawn: what a strategy gets against every noisy form of a probe."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MultipleLocator

from coopgames.play import Fingerprint
from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.palette import FAINT, INK, PAPER, SCALE

LEVELS = 6
"""About so many lines of equal payoff."""


def draw(of: Fingerprint, width: float) -> Figure:
    """Draw the square of x and y, darker where the strategy gets more.

    The scale runs over the payoffs of the game, so that fingerprints can be laid side by side.
    """
    wide = width > 5
    with styled():
        figure = blank(width, 0.82 * width + (0.55 if wide else 0.95))
        axes = figure.add_subplot()
        axes.set_box_aspect(1)
        payoffs = of.game.payoffs[0]
        scale = Normalize(float(payoffs.min()), max(float(payoffs.max()), payoffs.min() + 1e-9))
        colours = LinearSegmentedColormap.from_list("payoffs", SCALE)
        half = 0.5 / (len(of.means) - 1)
        image = axes.imshow(
            of.means.T,  # rows upwards are y
            origin="lower",
            extent=(-half, 1 + half, -half, 1 + half),
            cmap=colours,
            norm=scale,
            interpolation="none",
            aspect="auto",
        )
        _diagonal(axes, of, scale, colours, wide=wide)
        if of.standard_errors is None and len(of.means) > 4:
            _levels(axes, of, scale)
        _label(axes, of, wide=wide)
        bar = figure.colorbar(
            image,
            ax=axes,
            location="right" if wide else "bottom",
            pad=0.02,
            aspect=35,
            shrink=0.85 if wide else 1,
        )
        bar.set_label(f"payoff per period of {shortened(of.strategy.label, 40 if wide else 22)}")
        bar.outline.set_visible(False)
        bar.ax.tick_params(length=0)
    return figure


def _diagonal(
    axes: Axes, of: Fingerprint, scale: Normalize, colours: Colormap, *, wide: bool
) -> None:
    """Draw where the probe tosses coins, which parts it from its opposite."""
    middle = len(of.means) // 2
    value = float(of.means[middle, middle])
    colour = _readable(float(scale(value)))
    axes.plot([0, 1], [1, 0], color=colour, linewidth=0.7, linestyle=(0, (4, 3)))
    if wide:
        axes.annotate(
            "here the probe tosses coins", (0.5, 0.5), xytext=(4, 4), textcoords="offset points",
            rotation=-45, rotation_mode="anchor", ha="center", va="bottom", fontsize=7.5,
            color=colour,
            path_effects=[withStroke(linewidth=2.5, foreground=colours(float(scale(value))))],
        )  # fmt: skip


def _levels(axes: Axes, of: Fingerprint, scale: Normalize) -> None:
    """Draw lines of equal payoff inside the square at round values, each with its number."""
    inside = of.means[1:-1, 1:-1].T
    low, high = float(inside.min()), float(inside.max())
    if high - low < 1e-9:
        return
    step = _round_step((high - low) / LEVELS)
    levels = np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step
    colours = [_readable(float(scale(level))) for level in levels]
    grid = of.grid[1:-1]
    lines = axes.contour(grid, grid, inside, levels=levels, colors=colours, linewidths=0.7)
    axes.clabel(lines, fmt=lambda level: f"{level:.6g}", fontsize=8, inline_spacing=3)


def _round_step(wanted: float) -> float:
    """Choose 1, 2 or 5 times a power of ten, no less than wanted."""
    power = 10.0 ** np.floor(np.log10(wanted))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= wanted * (1 - 1e-9)))


def _readable(level: float) -> str:
    """Choose ink or paper for a line, whichever stands out more."""
    return INK if level < 0.55 else PAPER


def _label(axes: Axes, of: Fingerprint, *, wide: bool) -> None:
    """Say who stands in the corners, and what x and y are."""
    probe = shortened(of.probe.label, 30 if wide else 14)
    name = shortened(of.strategy.label, 40 if wide else 30)
    axes.set_title(f"{name}{' ' if wide else chr(10)}against {probe} made noisy", pad=22)
    axes.set_xlabel(f"x: the probe accommodates{', whatever happened' if wide else ' anyway'}")
    axes.set_ylabel(f"y: it withholds{', whatever happened' if wide else ' anyway'}")
    axes.xaxis.labelpad = 18
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.2))
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set(visible=True, color=FAINT)
    corners = [
        (0, 0, f"{probe} itself"), (1, 0, "always accommodates"),
        (0, 1, "always withholds"), (1, 1, f"the opposite of {probe}"),
    ]  # fmt: skip
    for x, y, text in corners:
        axes.annotate(
            text, (x, y), xycoords="axes fraction", xytext=(0, 5 if y else -18),
            textcoords="offset points", ha="right" if x else "left",
            va="bottom" if y else "top", fontsize=8 if wide else 7, color=INK,
        )  # fmt: skip
