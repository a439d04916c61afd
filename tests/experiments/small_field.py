"""A small field of entrants, as a TOML file lists them."""

from collections.abc import Callable
from pathlib import Path

Write = Callable[..., Path]
"""Write an experiment file: entrants first, then keys."""

FIELD = [
    '"tit-for-tat"', '"always-defect"', '"random"', '{name = "random", p = 0.9}', '"gradual"',
    '"joss"', '"tullock"', '"grim"',
]  # fmt: skip
