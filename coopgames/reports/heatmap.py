"""Who did how well against whom, drawn."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from coopgames.reports.canvas import blank, shortened, styled
from coopgames.reports.numbers import Duel, duels
from coopgames.reports.palette import INK, PAPER, SCALE, SOFT
from coopgames.store import Results

RASTER = 40
"""From so many strategies on, cells are pixels of an image rather than shapes."""

ROOM = 0.34
"""Inches a cell must be wide to hold its number."""


def draw(results: Results, width: float) -> Figure:
    """Draw the mean score of each row's strategy against each column's, ordered by rank."""
    found = duels(results)
    n = len(found.names)
    names = 1.75 if width > 5 else 1.15  # inches that the names take
    cell = (width - names - 0.3) / n
    # Square cells while rows have room for their names; then rows as high as a small name.
    high = min(max(cell, 0.17 if n < RASTER else 0.105), 0.42, 24.0 / n)
    with styled():
        figure = blank(width, high * n + 1.15)
        axes = figure.add_subplot()
        scale = _scale(found)
        colours = LinearSegmentedColormap.from_list("scores", SCALE).with_extremes(bad=PAPER)
        edges = np.arange(n + 1) - 0.5
        mesh: QuadMesh | AxesImage
        if n < RASTER:
            mesh = axes.pcolormesh(
                edges,
                edges,
                found.scores,
                cmap=colours,
                norm=scale,
                edgecolors=PAPER,
                linewidth=0.6,
            )
        else:
            mesh = axes.imshow(
                found.scores, cmap=colours, norm=scale, aspect="auto", interpolation="none"
            )
        axes.set_ylim(n - 0.5, -0.5)
        _label(axes, found, width, high)
        if cell >= ROOM:
            _numbers(axes, found, scale)
        share = 1.1 * width / 60 / figure.get_figheight()  # as high as it takes to be as wide
        bar = figure.colorbar(
            mesh, ax=axes, location="bottom", fraction=share, pad=0.012, aspect=60
        )
        bar.set_label("mean score per game: the row's strategy against the column's")
        if width < 5:
            bar.set_label("mean score per game:\nthe row's against the column's")
        bar.outline.set_visible(False)
        bar.ax.locator_params(nbins=5)
    return figure


def _scale(found: Duel) -> Normalize:
    seen = found.scores[~np.isnan(found.scores)]
    low, high = float(seen.min()), float(seen.max())
    # Where all scores are alike the scale still needs a width.
    return Normalize(low, high if high > low else low + 1)


def _label(axes: Axes, found: Duel, width: float, high: float) -> None:
    n = len(found.names)
    size = float(np.clip(high * 72 * 0.82, 4.0, 9.0))
    every = max(1, round(0.07 / high + 0.49))
    rows = range(0, n, every)
    most = 26 if width > 5 else 16
    axes.set_yticks(
        rows, [f"{shortened(found.names[i], most)}  {i + 1}" for i in rows], fontsize=size
    )
    columns = range(n) if n <= 20 else [0, *range(4 if n < 60 else 9, n, 5 if n < 60 else 10)]
    axes.set_xticks(columns, [str(i + 1) for i in columns], fontsize=8.5 if width > 5 else 7)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("against the strategy that came …", color=SOFT)
    axes.tick_params(length=0, colors=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _readable(level: float) -> str:
    """Choose ink or paper for a number, whichever stands out more from its cell."""
    return INK if level < 0.62 else PAPER


def _numbers(axes: Axes, found: Duel, scale: Normalize) -> None:
    spread = scale.vmax - scale.vmin if scale.vmax and scale.vmin is not None else 1.0
    digits = 0 if spread >= 20 else 1 if spread >= 2 else 2
    for (i, j), score in np.ndenumerate(found.scores):
        if not np.isnan(score):
            axes.text(
                j, i, f"{score:.{digits}f}", ha="center", va="center", fontsize=8,
                color=_readable(scale(score)),
            )  # fmt: skip
