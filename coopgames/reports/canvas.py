"""What every figure is drawn on. It imports matplotlib, so import it where a figure is drawn.

The user's own matplotlib settings are left aside and no pyplot state is touched, so the same
results give the same drawing anywhere.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from coopgames.reports.palette import FAINT, INK, PAPER, SOFT

WIDE, NARROW = 7.6, 3.7
"""Widths in inches: a page or a slide, and a phone. At 96 pixels an inch type keeps its size."""

_STYLE: dict[str, Any] = {
    "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9.0,
    "text.color": INK, "text.parse_math": False,  # a strategy may be called $x$
    "axes.edgecolor": SOFT, "axes.labelcolor": SOFT, "axes.linewidth": 0.7,
    "axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": True,
    "axes.titlesize": 9.5, "axes.labelsize": 9.0, "axes.titlelocation": "left",
    "xtick.color": SOFT, "ytick.color": SOFT, "xtick.labelsize": 8.5, "ytick.labelsize": 8.5,
    "xtick.major.width": 0.7, "ytick.major.width": 0.7,
    "figure.facecolor": PAPER, "figure.dpi": 100.0, "hatch.linewidth": 0.8,
    "svg.image_inline": True, "pdf.fonttype": 42,
}  # fmt: skip


@contextmanager
def styled(**settings: Any) -> Iterator[None]:
    """Set matplotlib to our style, on top of its own defaults and not the user's."""
    with style.context(["default", {**_STYLE, **settings}]), warnings.catch_warnings():
        # A name in a script that the font lacks: the page's reader has other fonts.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


class Drawing(Figure):
    """A figure that shows itself in a notebook, without pyplot."""

    def _repr_svg_(self) -> str:
        """Give what a notebook shows."""
        return svg(self)


def blank(width: float, height: float) -> Drawing:
    """Make a figure of a size in inches, laid out so that nothing is cut off."""
    return Drawing(figsize=(width, height), layout="constrained")


def save(figure: Figure, path: Path, suffix: str, *, salt: str) -> None:
    """Write a figure; the same figure gives the same bytes.

    Letters are drawn as outlines, so that it looks the same wherever it is opened.
    """
    undated = {
        ".svg": {"Date": None, "Creator": None},
        ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
        ".png": {"Software": None},
    }[suffix]
    with styled(**{"svg.hashsalt": salt, "svg.fonttype": "path"}):
        figure.savefig(path, format=suffix[1:], dpi=200, metadata=undated)


def svg(figure: Figure, *, salt: str = "coopgames") -> str:
    """Give a figure as SVG in which letters are letters: small, to be searched and copied."""
    file = io.StringIO()
    nobody = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with styled(**{"svg.hashsalt": salt, "svg.fonttype": "none"}):
        figure.savefig(file, format="svg", metadata=nobody)
    return file.getvalue()


def shares_up(axes: Axes, *, label: str = "") -> None:
    """Let the vertical axis run over shares from nothing to all."""
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1.0])
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.spines["bottom"].set_bounds(*axes.get_xlim())
    axes.set_ylabel(label)
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def shortened(name: str, most: int) -> str:
    """Cut a name that leaves no room for the figure."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def note(width: float, words: Sequence[str]) -> Drawing:
    """Make a figure that says why there is nothing to draw."""
    figure = blank(width, 1.2)
    figure.text(0.5, 0.5, "\n".join(words), ha="center", va="center", color=SOFT)
    return figure
