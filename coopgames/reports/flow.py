"""Figure 1 of After Hegemony as a flow of matches, drawn.

From left to right a match meets Keohane's questions: is it harmony on its own, did anyone attempt
to adjust, and what came of it. The width of a band is a share of all matches; branches are stacked
in an order in which they never cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from coopgames.reports.canvas import blank, styled
from coopgames.reports.numbers import LEAVES, SELF_EVIDENT, UNTRIED, flow
from coopgames.reports.palette import FAINT, INK, OUTCOMES, PATTERNS, SOFT, tint
from coopgames.reports.words import percent
from coopgames.store import Results

Leaf = tuple[str, str]

NEUTRAL, NODE = "#ebe7dd", "#57534b"

ANSWERS = {
    "no": "no", "harmony": "yes", "independence": "neither", "somebody": "yes", "nobody": "no",
}  # fmt: skip
"""What a node answers to the question above it."""


@dataclass(frozen=True)
class Layout:
    """Where things stand: heights are shares of all matches, widths shares of the drawing."""

    columns: tuple[float, float, float, float]
    thick: float
    text: float
    line: float
    headings: tuple[str, str, str, str]
    size: float
    small: float
    head: float
    scale: float


@dataclass(frozen=True)
class Line:
    """What is written beside the drawing: where, what, and beside which height it belongs."""

    y: float
    words: str
    anchor: float | None
    outcome: bool


_WIDE = Layout(
    (0.0, 0.235, 0.47, 0.70), 0.014, 0.735, 0.056,
    ("All {n}\nmatches", "Is it harmony\non its own?", "Did anyone attempt\nto adjust?",
     "What came\nof it"), 9.5, 8.5, 0.13, 3.6,
)  # fmt: skip
_NARROW = Layout(
    (0.0, 0.175, 0.35, 0.52), 0.022, 0.557, 0.048,
    ("All {n}\nmatches", "Harmony\non its\nown?", "Attempt\nto\nadjust?", "What came\nof it"),
    8.2, 8.0, 0.16, 3.7,
)  # fmt: skip


def draw(results: Results, width: float) -> Figure:
    """Draw the flow of matches through Figure 1."""
    return draw_shares(flow(results.matches), int(results.matches["times"].sum()), width)


def draw_shares(shares: dict[Leaf, float], matches: int, width: float) -> Figure:
    """Draw given shares, which sum to 1, of a number of matches."""
    at = _WIDE if width > 5 else _NARROW
    with styled():
        places = _places(shares)
        lines = _lines(at, shares, places[3])
        top = min(y for column in places for y, _ in column.values()) - at.head
        bottom = max(*(y for column in places for _, y in column.values()), lines[-1].y) + 0.07
        figure = blank(width, (bottom - top) * at.scale)
        figure.set_layout_engine("none")  # places are worked out here, to the point
        axes = figure.add_axes((0.004, 0, 0.992, 1))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(bottom, top)
        for x, heading in zip(at.columns, at.headings, strict=True):
            axes.text(
                x, top + 0.005, heading.format(n=f"{matches:,}"), va="top", fontsize=at.small,
                color=SOFT, linespacing=1.15,
            )  # fmt: skip
        _bands(axes, at, places)
        _nodes(axes, at, shares, places)
        for line in lines:
            _write(axes, at, line)
    return figure


def stage(leaf: Leaf, column: int) -> str:
    """Say in which node of a column a match is that ends in a given place."""
    if column == 0:
        return "all"
    if leaf[0] in SELF_EVIDENT:
        return leaf[0]
    if column == 1:
        return "no"
    if column == 2:
        return "nobody" if leaf in UNTRIED else "somebody"
    return leaf[0]


def _places(shares: dict[Leaf, float]) -> list[dict[Leaf, tuple[float, float]]]:
    """Stack the leaves in each column: the top and bottom of each, nodes set apart by a gap."""
    order = [leaf for leaf in LEAVES if leaf in shares]
    columns = []
    for column, gap in enumerate((0.0, 0.08, 0.08, 0.07)):
        nodes = [list(g) for _, g in groupby(order, key=lambda leaf: stage(leaf, column))]
        # All columns are centred on the same line.
        y = 0.54 - 0.5 - gap * (len(nodes) - 1) / 2
        places = {}
        for node in nodes:
            for leaf in node:
                places[leaf] = (y, y + shares[leaf])
                y += shares[leaf]
            y += gap
        columns.append(places)
    return columns


def _bands(axes: Axes, at: Layout, places: Sequence[dict[Leaf, tuple[float, float]]]) -> None:
    """Draw what flows; a band has the colour of its outcome once that is settled."""
    for column in range(3):
        nodes: dict[tuple[str, str], list[Leaf]] = {}
        for leaf in places[column]:
            onward = stage(leaf, column + 1) if column < 2 else "/".join(leaf)
            nodes.setdefault((stage(leaf, column), onward), []).append(leaf)
        for leaves in nodes.values():
            left = places[column][leaves[0]][0], places[column][leaves[-1]][1]
            right = places[column + 1][leaves[0]][0], places[column + 1][leaves[-1]][1]
            settled = column == 2 or stage(leaves[0], column + 1) in SELF_EVIDENT
            label = leaves[0][0]
            end = at.columns[column + 1]
            if column == 1 and settled:
                end += at.thick  # no node there: it passes by the second question
            _band(
                axes, at.columns[column] + at.thick, end, left, right,
                colour=tint(OUTCOMES[label], 0.45) if settled else NEUTRAL,
                pattern=PATTERNS[label] if settled else "",
            )  # fmt: skip


def _band(
    axes: Axes, x0: float, x1: float, left: tuple[float, float], right: tuple[float, float],
    *, colour: str, pattern: str,
) -> None:  # fmt: skip
    middle = (x0 + x1) / 2
    points = [
        (x0, left[0]), (middle, left[0]), (middle, right[0]), (x1, right[0]),
        (x1, right[1]), (middle, right[1]), (middle, left[1]), (x0, left[1]), (x0, left[0]),
    ]  # fmt: skip
    C, L = Outline.CURVE4, Outline.LINETO
    codes = [Outline.MOVETO, C, C, C, L, C, C, C, Outline.CLOSEPOLY]
    axes.add_patch(
        PathPatch(
            Outline(points, codes), facecolor=colour, edgecolor="white", linewidth=0, hatch=pattern,
            clip_on=False,
        )
    )  # fmt: skip


def _nodes(
    axes: Axes,
    at: Layout,
    shares: dict[Leaf, float],
    places: Sequence[dict[Leaf, tuple[float, float]]],
) -> None:
    """Draw the answers to the questions as upright bars with their shares, and what came of it."""
    for column in range(3):
        for name, group in groupby(places[column], key=lambda leaf: stage(leaf, column)):
            leaves = list(group)
            if column == 2 and name in SELF_EVIDENT:
                continue  # passes by the second question
            span = places[column][leaves[0]][0], places[column][leaves[-1]][1]
            _bar(axes, at, at.columns[column], span, OUTCOMES.get(name, NODE))
            if column:
                share = _brief(sum(shares[leaf] for leaf in leaves))
                _inside_or_below(axes, at, at.columns[column], span, f"{ANSWERS[name]}\n{share}")
    for (label, _), span in places[3].items():
        _bar(axes, at, at.columns[3], span, OUTCOMES[label])


def _bar(axes: Axes, at: Layout, x: float, span: tuple[float, float], colour: str) -> None:
    top, bottom = span
    # What is too thin to see is still there; kinds of one outcome are set apart by a hairline.
    high = max(bottom - top, 0.005)
    apart = 0.8 if high > 0.012 else 0
    axes.add_patch(
        Rectangle(
            (x, top), at.thick, high, facecolor=colour, edgecolor="white", linewidth=apart,
            clip_on=False,
        )
    )  # fmt: skip


def _inside_or_below(
    axes: Axes, at: Layout, x: float, span: tuple[float, float], words: str
) -> None:
    """Write beside a node, on its band where that is high enough, else under it."""
    top, bottom = span
    if bottom - top > at.line * (2.4 if "\n" in words else 1.4):
        axes.text(
            x + at.thick * 1.6, (top + bottom) / 2, words, va="center", fontsize=at.small,
            fontweight="bold", linespacing=1.2,
        )  # fmt: skip
    else:
        axes.text(
            x, bottom + 0.012, words.replace("\n", " "), va="top", fontsize=at.small,
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.6},
        )  # fmt: skip


def _lines(
    at: Layout, shares: dict[Leaf, float], places: dict[Leaf, tuple[float, float]]
) -> list[Line]:
    """Name each outcome and its kinds at the right, moved apart where they would touch."""
    lines: list[Line] = []
    for label, group in groupby(places, key=lambda leaf: leaf[0]):
        leaves = list(group)
        top, bottom = places[leaves[0]][0], places[leaves[-1]][1]
        words = f"{label} {_brief(sum(shares[leaf] for leaf in leaves))}"
        if label in (*SELF_EVIDENT, "convention") or not leaves[0][1]:
            middle = (top + bottom) / 2
            lines.append(Line(middle, words, middle, outcome=True))
            continue
        lines.append(Line(top + at.line / 2, words, None, outcome=True))
        for leaf in leaves:
            middle = sum(places[leaf]) / 2
            # Under the heading, even where the first kind is all there is.
            y = max(middle, top + at.line * 1.5)
            lines.append(Line(y, f"{leaf[1]}  {_brief(shares[leaf])}", middle, outcome=False))
    apart = _apart([line.y for line in lines], at.line * 1.02)
    return [replace(line, y=y) for line, y in zip(lines, apart, strict=True)]


def _write(axes: Axes, at: Layout, line: Line) -> None:
    axes.text(
        at.text + (0 if line.outcome else 0.012), line.y, line.words, va="center", clip_on=False,
        fontsize=at.size if line.outcome else at.small, color=INK if line.outcome else SOFT,
        fontweight="bold" if line.outcome else "normal",
    )  # fmt: skip
    if line.anchor is not None:
        x = at.columns[3] + at.thick
        axes.plot(
            [x + 0.003, at.text - 0.006], [line.anchor, line.y], color=FAINT, linewidth=0.9,
            zorder=0, clip_on=False,
        )  # fmt: skip


def _brief(share: float) -> str:
    """Write a share as `percent` does, in fewer letters."""
    return percent(share).replace("under ", "<").replace("over ", ">")


def _apart(wanted: Sequence[float], gap: float) -> list[float]:
    """Move heights apart, as little as may be, until each is a gap below the one before.

    Least squares under an order: heights less their gaps, pooled wherever they fall back.
    """
    pools: list[list[float]] = []  # each [sum, count]
    for i, y in enumerate(wanted):
        pools.append([y - i * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    level = [total / count for total, count in pools for _ in range(int(count))]
    return [y + i * gap for i, y in enumerate(level)]
