"""An ordinal game as a cell of the table of the 144: payoffs, what is at rest, what it encodes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from coopgames.games import Census, Ordinal, pure_equilibria
from coopgames.reports.palette import GAMES, INK, PAPER, tint

CELL = 0.65
"""Inches to a side in the table."""

KINDS = {
    "dilemma": "dilemma", "assurance": "assurance", "coordination-distributive": "coordination",
    "cyclic": "cyclic", "one-sided": "one side", "two-sided": "both sides",
    "multiple": "throughout",
}  # fmt: skip
"""The subtypes in a word that fits into a game's cell."""

FILLS = {"harmony": 0.72, "mixed-interests": 0.3, "opposed-interests": 0.2, "independence": 0.3}
"""How strong the colour of each category is: harmony stands out in grey too."""


def draw_game(
    axes: Axes, game: Ordinal, found: Census, at: tuple[float, float], size: float, name: str
) -> None:
    """Draw a game: its payoffs, its equilibria, what it encodes and its name if it has one."""
    x, y = at
    category, subtype = found.category[game], found.subtype[game]
    scale = size / CELL
    axes.add_patch(ground(x, y, size - 0.012, size - 0.012, category))
    if name:
        axes.add_patch(
            Rectangle(
                (x, y), size - 0.012, size - 0.012, fill=False, edgecolor=INK,
                linewidth=1.1 * scale**0.5, zorder=3,
            )
        )  # fmt: skip
    middle = x + size / 2
    said = KINDS[subtype] if subtype else category
    axes.text(
        middle, y + 0.125 * size, said, ha="center", va="center", fontsize=5.0 * scale, color=INK
    )
    # A bold letter is some two thirds as wide as it is high.
    fitting = min(4.8 * scale, 72 * 0.9 * size / (0.64 * max(len(name), 1)))
    axes.text(
        middle, y + 0.885 * size, name, ha="center", va="center", fontsize=fitting,
        fontweight="bold", color=INK,
    )  # fmt: skip
    rests = pure_equilibria(game.game)
    u = game.game.payoffs.astype(int)
    for r in range(2):
        for c in range(2):
            across, down = x + (0.29 + 0.42 * c) * size, y + (0.35 + 0.31 * r) * size
            at_rest = (r, c) in rests
            if at_rest:
                axes.add_patch(
                    FancyBboxPatch(
                        (across - 0.165 * size, down - 0.115 * size), 0.33 * size, 0.23 * size,
                        boxstyle=f"round,pad=0,rounding_size={0.07 * size}", facecolor=PAPER,
                        edgecolor=INK, linewidth=0.7 * scale, zorder=2,
                    )
                )  # fmt: skip
            axes.text(
                across, down, f"{u[0, r, c]},{u[1, r, c]}", ha="center", va="center",
                fontsize=7.6 * scale, color=INK, fontweight="bold" if at_rest else "normal",
                zorder=4,
            )  # fmt: skip


def ground(x: float, y: float, width: float, height: float, category: str) -> Rectangle:
    """Make a rectangle in the look of a category."""
    hatched = category == "opposed-interests"
    return Rectangle(
        (x, y), width, height, facecolor=tint(GAMES[category], FILLS[category]),
        edgecolor=tint(GAMES[category], 0.45),
        hatch="////" if hatched else None, linewidth=0,
    )  # fmt: skip
