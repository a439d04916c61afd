"""What stands beside the table of the 144 ordinal games."""

from __future__ import annotations

from collections import Counter
from itertools import product
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from coopgames.games import Category, Census, Ordinal, distances
from coopgames.reports.palette import FAINT, INK, SOFT, tint
from coopgames.reports.poster_cell import KINDS, draw_game, ground
from coopgames.reports.words import percent

X, END = 9.62, 15.72

SAID: dict[Category, str] = {
    "harmony": "what each does in its own interest serves the other best",
    "mixed-interests": "left to itself discord; if the actors adjust to one another, all can gain",
    "opposed-interests": "discord: what one gains the other loses, whether or not they adjust",
}
EXAMPLE = Ordinal("prisoners-dilemma", "prisoners-dilemma")
READING = (
    "Above: which kind of mixed or opposed interests.",
    "The first actor chooses the row and gets the first number, the second chooses the column "
    "and gets the second; 4 is best, 1 worst.",
    "White: at rest. Nobody gains by moving alone.",
    "Framed: a game with a name. All others go by row and column, as chicken/hero.",
)
LAYERS = {
    2: "in one column: they agree on what the second actor should do",
    1: "diagonally: they agree on nothing",
    3: "in one outcome, best for both",
    4: "in one row: they agree on what the first actor should do",
}
"""By the number of the layer, in the places that layers have in the table."""

GROUND = tint(FAINT, 0.45)


def write_panel(axes: Axes, found: Census) -> None:
    """Write what was found, the legend, and how to read the table."""
    _title(axes, found)
    _legend(axes, found)
    _example(axes, found)
    _layers(axes)
    axes.text(
        X, 8.83,
        "Table: D. Robinson & D. Goforth, The Topology of the 2×2 Games (2005). Names and order: "
        "B. Bruns, Games 6 (2015), 495–520.\nHarmony, cooperation, discord: R. O. Keohane, After "
        "Hegemony (1984), as coopgames computes them; payoffs count as ranks.\nReading: "
        f"baseline {found.baseline}, feasible {found.feasible}, hindrance {found.hindrance}.",
        fontsize=5.6, color=SOFT, va="bottom", linespacing=1.4,
    )  # fmt: skip


def _title(axes: Axes, found: Census) -> None:
    harmonies = [g for g in found.games if found.category[g] == "harmony"]
    farthest = max(min(distances(g)[h] for h in harmonies) for g in found.games)
    swaps = ("no swap", "one swap", "two swaps", "three swaps", "four swaps")[farthest]
    axes.text(
        X, 0.3, f"{len(harmonies)} of the {len(found.games)} games are harmony.\n"
        f"None is further than {swaps} from it.",
        fontsize=19, fontweight="bold", color=INK, va="top", linespacing=1.25,
    )  # fmt: skip
    axes.text(
        X, 1.23,
        fill(
            "Here is every game of two actors with two actions each in which nobody is "
            "indifferent, as far as the order of payoffs goes. Two games side by side in a layer "
            "differ by one swap: two payoffs of one actor that are next to each other in rank "
            "change places. Each layer goes on at its opposite edge, so it is a torus; swaps of "
            "an actor's highest two payoffs lead to other layers.",
            92,
        ),
        fontsize=8.6, color=INK, va="top", linespacing=1.4,
    )  # fmt: skip


def _legend(axes: Axes, found: Census) -> None:
    """Draw a bar of the games, and say what its parts mean."""
    x, y, high = X, 2.42, 0.6
    total = len(found.games)
    for category, says in SAID.items():
        count = found.categories[category]
        width = (END - X) * count / total
        letters = int(width * 16.5)
        axes.add_patch(ground(x, y, width - 0.06, high, category))
        axes.text(
            x + 0.1, y + high / 2, f"{count}", fontsize=20, fontweight="bold", color=INK,
            va="center",
        )  # fmt: skip
        axes.text(
            x, y + high + 0.2, f"{percent(count / total)} {category.replace('-', ' ')}",
            fontsize=9.5, fontweight="bold", color=INK, va="center",
        )  # fmt: skip
        axes.text(
            x, y + high + 0.38, fill(says, letters), fontsize=7.6, color=INK, va="top",
            linespacing=1.35,
        )  # fmt: skip
        axes.text(
            x, y + high + 0.98, fill(_kinds(found, category), letters), fontsize=7.6, color=SOFT,
            va="top", linespacing=1.35,
        )  # fmt: skip
        x += width


def _kinds(found: Census, category: str) -> str:
    """Count the kinds of games of a category."""
    games = [g for g in found.games if found.category[g] == category]
    if category == "harmony":
        best = sum(g.layer == 3 for g in games)
        return (
            f"both get their best: {best}; one does, the other its second best: {len(games) - best}"
        )
    kinds = Counter(found.subtype[g] for g in games)
    return ", ".join(f"{KINDS[str(kind)]}: {n}" for kind, n in kinds.most_common())


def _example(axes: Axes, found: Census) -> None:
    y, size = 5.0, 1.72
    _heading(axes, y - 0.16, "How to read a game")
    draw_game(axes, EXAMPLE, found, (X, y), size, "Prisoner's dilemma")
    for place, said in zip((0.1, 0.34, 0.67, 0.93), READING, strict=True):
        axes.text(
            X + size + 0.2, y + place * size, fill(said, 66), fontsize=8.2, color=INK, va="center",
            linespacing=1.35,
        )  # fmt: skip


def _layers(axes: Axes) -> None:
    """Say what tells the layers apart, each in its place."""
    y, width, high = 7.28, 3.0, 0.53
    _heading(axes, y - 0.16, "How the best of the one lies to the best of the other")
    for (layer, said), (r, c) in zip(LAYERS.items(), product(range(2), repeat=2), strict=True):
        left, top = X + c * (width + 0.1), y + r * (high + 0.08)
        axes.add_patch(Rectangle((left, top), width, high, facecolor=GROUND, linewidth=0))
        axes.text(
            left + 0.12, top + high / 2, f"{layer}", fontsize=15, fontweight="bold", color=SOFT,
            va="center",
        )  # fmt: skip
        axes.text(
            left + 0.42, top + high / 2, fill(said, 44), fontsize=7.8, color=INK, va="center",
            linespacing=1.3,
        )  # fmt: skip


def _heading(axes: Axes, y: float, said: str) -> None:
    axes.text(X, y, said, fontsize=10.5, fontweight="bold", color=INK, va="center")
