"""Which random number belongs to which draw.

Randomness is addressed, not consumed: a draw's value depends on its address alone, so the order of
work, the number of workers and the other entrants change nothing.

- The *stream key* of a repetition of a match is a hash of the seed, the two seat labels in sorted
  order, and the repetition. Payoffs, noise and horizon are not in it: arms of a comparison that
  differ in these share their luck (common random numbers).
- A draw within a match is addressed by (stream key, purpose, period, seat), seats numbered in the
  order of their labels, so that swapped seats give mirrored play.

The words themselves come from splitmix64 (Steele, Lea & Flood 2014): a scrambled counter.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.strategies import mix

Words = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ACTION, SLIP, LENGTH, SIGHT, PUBLIC = (np.uint64(p) for p in (1, 2, 3, 4, 5))
"""Purposes of a draw: which action is intended, whether it slips, how long the match lasts, whether
an actor misperceives, and which public signal a regime gives. The last is one draw for all seats,
of a purpose of its own, so that no other draw knows whether there is a regime."""


@lru_cache(maxsize=65536)
def hashed(text: str) -> np.uint64:
    """Hash a text to a 64-bit word (the first eight bytes of its SHA-256)."""
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))


def stream_keys(seed: int, labels: Sequence[str], seats: ArrayLike, repetition: ArrayLike) -> Words:
    """Give the stream keys of repetitions of matches.

    Parameters
    ----------
    seed : int
        The experiment's seed.
    labels : sequence of str
        All labels, in sorted order.
    seats : array_like of int, shape (R, 2)
        Places in `labels` of the two seats of each match, the smaller first.
    repetition : array_like of int, shape (R,)
        The repetition, numbered from 0.

    Returns
    -------
    ndarray of uint64, shape (R,)
    """
    names = np.array([hashed(label) for label in labels])
    pair = names[np.asarray(seats)]
    key = np.array([hashed(f"seed {seed}")])
    for seat in range(2):
        key = mix((key ^ pair[:, seat]) + GOLDEN)
    number = np.asarray(repetition).astype(np.uint64) + np.uint64(1)
    return np.asarray(mix(key + GOLDEN * number), dtype=np.uint64)


def lanes(labels: tuple[str, str]) -> tuple[int, int]:
    """Give each seat its number in the order of the labels."""
    return (0, 1) if labels[0] <= labels[1] else (1, 0)


def lengths(keys: Words, continuation: float) -> NDArray[np.int64]:
    """Draw how many periods each repetition lasts under a continuation probability.

    Parameters
    ----------
    keys : ndarray of uint64
        Stream keys.
    continuation : float
        Probability w in [0, 1) that a further period follows.

    Returns
    -------
    ndarray of int64
        Geometric lengths, at least 1, by inverting the distribution function.
    """
    words = mix(keys ^ mix(np.array([LENGTH]) * GOLDEN))
    u = ((words >> np.uint64(11)).astype(np.float64) + 1) * 2.0**-53
    if continuation == 0:
        return np.ones(len(keys), dtype=np.int64)
    further: NDArray[np.int64] = np.floor(np.log(u) / math.log(continuation)).astype(np.int64)
    return further + 1


def run_keys(seed: int, runs: int) -> Words:
    """Give the keys of runs of a population, whose draws are addressed by the step.

    Parameters
    ----------
    seed : int
        Where luck starts.
    runs : int
        How many runs; those of a smaller number are the first of a larger one.

    Returns
    -------
    ndarray of uint64, shape (runs,)
    """
    number = np.arange(1, runs + 1, dtype=np.uint64)
    return np.asarray(mix(hashed(f"population, seed {seed}") + GOLDEN * number), dtype=np.uint64)
