"""One palette, that of M. Okabe and K. Ito: safe for the colour-blind, the same as the terminal's.

Where lightness alone does not tell two colours apart in grey, a pattern does; and what a colour
says is always said in words too.
"""

from __future__ import annotations

OUTCOMES = {
    "harmony": "#009E73",
    "convention": "#56B4E9",
    "cooperation": "#0072B2",
    "imposed adjustment": "#CC79A7",
    "discord": "#D55E00",
    "independence": "#999999",
}
"""The colour of what happened, by the label of its reading."""

PATTERNS = {
    "harmony": "",
    "convention": "--",
    "cooperation": "",
    "imposed adjustment": "\\\\\\\\",
    "discord": "////",
    "independence": "",
}
"""The pattern laid over it, as matplotlib writes hatches."""

GAMES = {
    "harmony": OUTCOMES["harmony"],
    "mixed-interests": OUTCOMES["cooperation"],
    "opposed-interests": OUTCOMES["discord"],
    "independence": OUTCOMES["independence"],
}
"""The colour of what a game encodes."""

INK, SOFT, FAINT, PAPER = "#1d1d1b", "#57534b", "#d9d4c8", "#ffffff"
"""Text; lesser text, still 7:1 on white; rules and neutral shapes; what all is drawn on."""

SERIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1d1d1b", "#7a7266")
"""Things that need only be told apart, such as strategies: each is named beside its line."""

SCALE = ("#fdf9e6", "#d5e6c4", "#93c8b8", "#4e9cac", "#2d6692", "#1b2d5a")
"""From low to high, ever darker, so that it reads the same in grey."""


ARMS = (INK, "#2d6692", "#a8641e", "#7b4a86", "#4e9cac", "#6d7a2c")
"""Of lines that stand for no outcome, and so have none of their colours; the first is ink."""

DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = (
    "-", (0, (5, 2)), (0, (1, 1)), (0, (6, 2, 1, 2)), (0, (3, 1)), (0, (8, 3)),
)  # fmt: skip
"""How such lines are drawn, so that colour is not all that tells them apart."""


def tint(colour: str, strength: float = 0.5) -> str:
    """Mix a colour with white.

    Parameters
    ----------
    colour : str
        As ``#rrggbb``.
    strength : float, default 0.5
        How much of the colour remains.
    """
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (x - 255) * strength):02x}" for x in parts)
