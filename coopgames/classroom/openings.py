"""How games began, kept so that they can be looked at: the first periods of each pair's first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from coopgames.experiments import Pair, Plan
from coopgames.play import Played
from coopgames.store import Chunks

LENGTH = 60
"""So many periods are kept."""


class Opening(str):
    """How a game began, as letters: the two actions of a period, C for accommodating, D else."""

    __slots__ = ()

    def seat(self, seat: int) -> str:
        """Give the actions of a seat."""
        return self[seat::2]


class Openings:
    """The openings that a folder keeps.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._chunks = Chunks(folder)
        for path in sorted(folder.glob("*.parquet")):
            self._chunks.frames.append(pl.read_parquet(path))

    def add(self, given: Plan, batch: Sequence[Pair], played: Played) -> None:
        """Keep the openings of what was played."""
        first = np.flatnonzero(played.tally.repetition == 0)
        roles = given.field.match(0, 0).roles
        shape = given.field.game.shape
        # From the profile's number to the role of each seat's action.
        role = [np.argsort(roles[seat]) for seat in range(2)]
        keys, texts = [], []
        for row in first:
            length = min(LENGTH, int(played.tally.periods[row]))
            a, b = np.unravel_index(played.courses[row][:length], shape)
            letters = np.array(["C", "D"])[np.stack([role[0][a], role[1][b]], axis=1)]
            keys.append(batch[played.tally.match[row]].key)
            texts.append("".join(letters.ravel()))
        self._chunks.add(pl.DataFrame({"key": keys, "opening": texts}))

    def of(self, wanted: Sequence[Pair], labels: Sequence[str]) -> dict[tuple[str, str], Opening]:
        """Give the openings of matches, by who sat in seat 0 and in seat 1."""
        found = {k: o for x in self._chunks.frames for k, o in x.iter_rows()}
        return {
            (labels[p.first], labels[p.second]): Opening(found[p.key])
            for p in wanted
            if p.key in found
        }
