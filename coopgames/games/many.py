"""What very many games of two actors and two actions encode, all at once.

The definitions are those of `structure` (theory.md 1.1.4); what is said there of one game is said
here of a million in arrays, in parts that fit into the processor's cache. Nothing is approximated,
and no linear programme is needed:

- Payoffs that cannot be told apart are made equal first, as in `levels`; then ``==`` and ``>`` say
  what is meant.
- With two actions, no mixture beats an action that the other action does not beat, and striking
  out is over after the first actor, the second, and the first again.
- Some gain and none need lose from a profile p (Δ_w > 0) if another profile is as good for both
  and better for one; or, where lotteries count, if p lies below the line between a profile a that
  is better for the second actor only and a profile b that is better for the first only. With
  payoffs measured from p, in ranges,

      x_a < 0 < x_b,  y_b < 0 < y_a:   Δ_w = (x_b y_a − x_a y_b) / min(x_b − x_a, y_a − y_b),

  since the best point of that line which hurts nobody is where it leaves the quadrant above p.
  What three profiles and more could reach lies between two of them.

Arrays are indexed ``[seat, own action, other's action, game]`` unless they say otherwise; those of
profiles ``[first's action, second's action, game]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.games.cells import Hindrance
from coopgames.games.gains import Feasible
from coopgames.games.labels import Category, Subtype
from coopgames.games.levels import TOLERANCE, Floats, Mask
from coopgames.games.selfregarding import Baseline
from coopgames.mistakes import Mistake, unknown

CATEGORIES: tuple[Category, ...] = get_args(Category)
"""What the numbers in `Categories.category` mean."""

SUBTYPES: tuple[Subtype | None, ...] = (None, *get_args(Subtype))
"""What the numbers in `Categories.subtype` mean."""

PART = 16_384
"""Games worked on at a time: calling numpy then costs little, and the cache still holds them."""

_CATEGORY = {name: np.uint8(i) for i, name in enumerate(CATEGORIES)}
_SUBTYPE = {name: np.uint8(i) for i, name in enumerate(SUBTYPES)}


@dataclass(frozen=True, eq=False)
class Categories:
    """What each of many games encodes.

    Parameters
    ----------
    category : ndarray of uint8, shape (K,)
        Number of each game's category in `CATEGORIES`.
    subtype : ndarray of uint8, shape (K,)
        Number of each game's subtype in `SUBTYPES`; 0 for none.
    """

    category: NDArray[np.uint8]
    subtype: NDArray[np.uint8]


def categories(
    payoffs: ArrayLike,
    *,
    baseline: Baseline = "rationalizable",
    feasible: Feasible = "hull",
    hindrance: Hindrance = "realised",
) -> Categories:
    """Say of many games of two actors and two actions what each encodes.

    Parameters
    ----------
    payoffs : array_like, shape (K, 2, 2, 2)
        ``[game, seat, first's action, second's action]``.
    baseline, feasible, hindrance : str
        The reading, as in `structure`; of the baselines ``rationalizable`` and ``nash``, and no
        side payments.

    Returns
    -------
    Categories
        What `structure` would say of each.

    Raises
    ------
    Mistake
        If the array has another shape or holds what is no finite number, or an option is unknown.
    """
    _check(baseline=baseline, feasible=feasible, hindrance=hindrance)
    flat = _checked(payoffs).reshape(-1, 8)
    category = np.empty(len(flat), dtype=np.uint8)
    subtype = np.empty(len(flat), dtype=np.uint8)
    for start in range(0, len(flat), PART):
        part = slice(start, start + PART)
        u = flat[part].T.copy().reshape(2, 2, 2, -1)
        category[part], subtype[part] = _encoded(u, baseline, feasible, hindrance)
    category.flags.writeable = subtype.flags.writeable = False
    return Categories(category, subtype)


def _check(**options: str) -> None:
    known: dict[str, tuple[str, ...]] = {
        "baseline": ("rationalizable", "nash"),
        "feasible": ("hull", "pure"),
        "hindrance": get_args(Hindrance),
    }
    for option, value in options.items():
        if value not in known[option]:
            raise Mistake(f"many games at once: {unknown(option, value, known[option])}")


def _checked(payoffs: ArrayLike) -> Floats:
    try:
        table = np.asarray(payoffs, dtype=np.float64)
    except (ValueError, TypeError):
        raise Mistake("payoffs: ragged, or not all of it numbers") from None
    if table.ndim != 4 or table.shape[1:] != (2, 2, 2):
        raise Mistake(
            f"payoffs of shape {table.shape}: many games at once are an array of shape "
            "(K, 2, 2, 2), game by game what each of two seats gets at each of 2 × 2 profiles"
        )
    if not np.isfinite(table).all():
        at = tuple(int(x) for x in np.argwhere(~np.isfinite(table))[0])
        raise Mistake(
            f"payoffs: {table[at]} of game {at[0]}, seat {at[1]}, at profile {at[2:]} is not a "
            "finite number"
        )
    return table


def _encoded(
    u: Floats, baseline: Baseline, feasible: Feasible, hindrance: Hindrance
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Apply Definition 8 and the table of subtypes to games that lie along the last axis."""
    lowest, span, slack = _levelled(u)
    w = np.stack([u[0], u[1].swapaxes(0, 1)])
    distinct = _distinct(w)
    best = w >= w[:, ::-1]
    rests = best[0] & best[1].swapaxes(0, 1) & distinct[0][:, None] & distinct[1]
    alive = _rationalizable(w, slack, distinct)
    regarding = alive[0][:, None] & alive[1]
    if baseline == "nash":
        regarding = np.where(rests.any(axis=(0, 1)), rests, regarding)
    affected = w < w[:, :, ::-1]
    hindered = _hindered(w, affected, hindrance)
    gainful = _gainful((u - lowest) / span, feasible == "hull")

    mixed = (regarding & gainful).any(axis=(0, 1))
    opposed = (regarding & (hindered[0] | hindered[1])).any(axis=(0, 1))
    category = np.where(opposed, _CATEGORY["opposed-interests"], _CATEGORY["harmony"])
    category[mixed] = _CATEGORY["mixed-interests"]
    category[~affected.any(axis=(0, 1, 2))] = _CATEGORY["independence"]

    best_for_all = (u == u.max(axis=(1, 2), keepdims=True)).all(axis=0)
    kind = np.where(
        (rests & best_for_all).any(axis=(0, 1)),
        _SUBTYPE["assurance"],
        _SUBTYPE["coordination-distributive"],
    )
    kind[~(rests & ~gainful).any(axis=(0, 1))] = _SUBTYPE["dilemma"]
    kind[~rests.any(axis=(0, 1))] = _SUBTYPE["cyclic"]
    both = (regarding & hindered[0] & hindered[1]).any(axis=(0, 1))
    loss = np.where(both, _SUBTYPE["two-sided"], _SUBTYPE["one-sided"])
    loss[regarding.sum(axis=(0, 1)) > 1] = _SUBTYPE["multiple"]
    subtype = np.where(category == _CATEGORY["mixed-interests"], kind, _SUBTYPE[None])
    return category, np.where(category == _CATEGORY["opposed-interests"], loss, subtype)


def _levelled(u: Floats) -> tuple[Floats, Floats, Floats]:
    """Make payoffs equal, in place, that cannot be told apart (see `levels.levelled`).

    Returns
    -------
    lowest, span, slack : ndarray, shape (2, 1, 1, games)
        Of each seat: its lowest payoff, its range (1 where that is 0), and the tolerance.
    """
    flat = u.reshape(2, 4, -1)
    a, b, c, d = flat.swapaxes(0, 1)
    low, high = np.minimum(a, b), np.maximum(a, b)
    low2, high2 = np.minimum(c, d), np.maximum(c, d)
    inner, inner2 = np.maximum(low, low2), np.minimum(high, high2)
    values = np.stack([
        np.minimum(low, low2), np.minimum(inner, inner2),
        np.maximum(inner, inner2), np.maximum(high, high2),
    ])  # fmt: skip
    span = values[3] - values[0]
    slack = TOLERANCE * span
    gaps = values[1:] - values[:-1]
    close = ((gaps > 0) & (gaps <= slack)).any(axis=0)
    if close.any():
        flat.swapaxes(1, 2)[close] = _floors(
            flat.swapaxes(1, 2)[close], values[:, close], slack[close]
        )
    span[span == 0] = 1.0
    return values[0][:, None, None], span[:, None, None], slack[:, None, None]


def _floors(payoffs: Floats, values: Floats, slack: Floats) -> Floats:
    """Replace payoffs, shape (M, 4), by the lowest of those that they cannot be told from.

    `values` are the same in rising order, shape (4, M).
    """
    floors = [values[0]]
    for value in values[1:]:
        floors.append(np.where(value > floors[-1] + slack, value, floors[-1]))
    place = (values[:, :, None] < payoffs).sum(axis=0)
    return np.asarray(np.take_along_axis(np.stack(floors, axis=1), place, axis=1))


def _distinct(w: Floats) -> Mask:
    """Say which actions do not only repeat the first, shape (seats, actions, games)."""
    same_for_self = (w[:, 0] == w[:, 1]).all(axis=1)
    same_for_other = (w[:, :, 0] == w[:, :, 1]).all(axis=1)[::-1]
    distinct = np.ones((2, 2, w.shape[-1]), dtype=bool)
    distinct[:, 1] = ~(same_for_self & same_for_other)
    return distinct


def _rationalizable(w: Floats, slack: Floats, distinct: Mask) -> Mask:
    """Say which actions survive iterated strict dominance, shape (seats, actions, games)."""
    beaten = w[:, ::-1] > w + slack
    alive = distinct.copy()
    for seat in (0, 1, 0):
        alive[seat] &= ~(beaten[seat] | ~alive[1 - seat]).all(axis=1)
    return alive


def _hindered(w: Floats, affected: Mask, hindrance: Hindrance) -> Mask:
    """Say whom the other hinders, shape (seats, first's action, second's action, games)."""
    found = affected
    if hindrance != "realised":
        within_reach = w.max(axis=1, keepdims=True)
        lost = np.broadcast_to(within_reach < within_reach[:, :, ::-1], w.shape)
        found = lost if hindrance == "opportunity" else affected | lost
    return np.stack([found[0], found[1].swapaxes(0, 1)])


def _gainful(u: Floats, lotteries: bool) -> Mask:
    """Say at which profiles some can gain and none need lose.

    Parameters
    ----------
    u : ndarray, shape (2, 2, 2, games)
        Payoffs in ranges, seat first, then the profile.
    lotteries : bool
        Whether they can also draw lots over profiles.
    """
    x, y = u.reshape(2, 4, -1)
    found = np.zeros(x.shape, dtype=bool)
    right, up, falls = {}, {}, {}
    for p, q in permutations(range(4), 2):
        right[p, q], up[p, q] = x[q] - x[p], y[q] - y[p]
        found[p] |= (np.minimum(right[p, q], up[p, q]) >= 0) & (right[p, q] + up[p, q] > TOLERANCE)
        falls[p, q] = (right[p, q] > 0) & (up[p, q] < 0)
    if lotteries:
        for a, p, b in permutations(range(4), 3):
            above = right[p, b] * up[p, a] - right[p, a] * up[p, b]
            across = np.minimum(right[a, b], up[b, a])
            found[p] |= falls[a, p] & falls[p, b] & (above > TOLERANCE * across)
    return found.reshape(2, 2, -1)
