"""The 144 ordinal games on one sheet, in the table of Robinson and Goforth.

Everything is placed in inches on a sheet of 16 × 9, which fills a projector's screen and, being
lines and letters, a wall as well. What a game encodes is said by a colour, by a pattern that
survives in grey, and in a word.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coopgames.games import SYMMETRIC, Census, Ordinal, catalog, named_game, ordinal, spoken
from coopgames.mistakes import Mistake
from coopgames.reports.canvas import Drawing, styled
from coopgames.reports.palette import INK, SOFT
from coopgames.reports.poster_cell import CELL, draw_game
from coopgames.reports.poster_text import write_panel

WIDTH, HEIGHT = 16.0, 9.0
LEFT, TOP, GAP = 1.1, 0.72, 0.1
"""Where the table begins, and how far layers are apart."""

ROWS = SYMMETRIC
COLUMNS = SYMMETRIC[::-1]


def draw(found: Census) -> Figure:
    """Draw the table of the 144 ordinal games, with what one needs to read it.

    Parameters
    ----------
    found : Census
        What each of the 144 encodes, in some reading.
    """
    with styled(**{"hatch.linewidth": 0.6}):
        figure = Drawing(figsize=(WIDTH, HEIGHT))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.axis("off")
        _name_rows_and_columns(axes)
        names = _names()
        for game in found.games:
            draw_game(axes, game, found, corner(game), CELL, names.get(game, ""))
        write_panel(axes, found)
    return figure


def corner(game: Ordinal) -> tuple[float, float]:
    """Give the upper left corner of a game's cell."""
    return _along(COLUMNS.index(game.column), LEFT), _along(ROWS.index(game.row), TOP)


def _along(place: int, start: float) -> float:
    return start + place * CELL + (GAP if place >= 6 else 0)


def _name_rows_and_columns(axes: Axes) -> None:
    for place, name in enumerate(COLUMNS):
        axes.text(
            _along(place, LEFT) + CELL / 2, TOP - 0.08, _stacked(name), ha="center", va="bottom",
            fontsize=6.8, color=INK, linespacing=1.0,
        )  # fmt: skip
    for place, name in enumerate(ROWS):
        axes.text(
            LEFT - 0.08, _along(place, TOP) + CELL / 2, _stacked(name), ha="right", va="center",
            fontsize=6.8, color=INK, linespacing=1.0,
        )  # fmt: skip
    middle = 6 * CELL + GAP / 2
    axes.text(
        LEFT + middle, 0.2, "the second actor has the payoffs of …", ha="center", va="center",
        color=SOFT, fontsize=8,
    )  # fmt: skip
    axes.text(
        0.17, TOP + middle, "the first actor has the payoffs of …", ha="center", va="center",
        rotation=90, color=SOFT, fontsize=8,
    )  # fmt: skip
    end = 12 * CELL + GAP
    for layer, x, y, side in (
        (2, LEFT, 0.2, "left"), (1, LEFT + end, 0.2, "right"),
        (3, LEFT, TOP + end + 0.13, "left"), (4, LEFT + end, TOP + end + 0.13, "right"),
    ):  # fmt: skip
        axes.text(x, y, f"layer {layer}", ha=side, va="center", color=SOFT, fontsize=8)


def _stacked(name: str) -> str:
    return spoken(name).capitalize().replace(" ", "\n")


def _names() -> dict[Ordinal, str]:
    """Name the games that have a name of their own: the symmetric and the catalogued ones."""
    names = {Ordinal(name, name): spoken(name).capitalize() for name in SYMMETRIC}
    for known in catalog().values():
        if known.family == "classic":
            try:
                place = ordinal(named_game(known.name))
            except Mistake:  # it has ties
                continue
            names.setdefault(place, spoken(known.name).capitalize())
    return names
