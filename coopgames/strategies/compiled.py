"""The compiled form: one small function over a fixed-size memory.

    def shubik(memory, seen, payoffs, chance): ...; return ACCOMMODATE

- ``memory``: float64 array, the strategy's own, made anew from its first values for each seat in
  each match and kept from period to period. Parameters stand at its beginning.
- ``seen``: a `Seen`, what the seat knows of the period.
- ``payoffs``: float64, shape (2, k, k): ``payoffs[0, own, other]`` is one's own payoff and
  ``payoffs[1, own, other]`` the other's, actions in role order.
- ``chance``: a 64-bit key that is this seat's in this period; `draw` turns it into numbers.

The function returns its action in role order. It is plain Python that numba can compile; it is
compiled when it is first played, not when it is imported. It may call other functions of its own
file, `draw`, `span`, `rated` and those that read a label, `asked_of`, `own_standing` and
`other_standing`; of no other file, because numba's cache would not see an edit there.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from coopgames.mistakes import Mistake

ACCOMMODATE = 0
WITHHOLD = 1


class Seen(NamedTuple):
    """What a seat sees before it acts."""

    own: int
    """One's own realised action in the period before; −1 in the first."""
    observed: int
    """The other's action in the period before, as it was observed; −1 in the first."""
    period: int
    """Periods already played, so 0 in the first."""
    horizon: int
    """Number of periods in all, or −1 where it is not known."""
    label: int = -1
    """What the regime shows; −1 where there is none. `asked_of` and its like say what it means."""


Function = Callable[[Any, Any, Any, Any], int]


@dataclass(frozen=True)
class Compiled:
    """A strategy as a function that numba compiles.

    Parameters
    ----------
    function : callable
        ``(memory, seen, payoffs, chance) -> action``, as the module describes it.
    memory : tuple of float
        The memory in the first period, parameters first; its length is fixed.
    stochastic : bool
        Whether it draws from `chance`.
    responds : bool, default True
        Whether what it does can depend on what it observed.
    belief : int, optional
        The cell of the memory in which, once it has decided, stands the probability with which it
        expects the other to accommodate in this period; None if it expects nothing.
    reads_labels : bool, default False
        Whether it goes by what a regime shows; then it cannot be played without one.
    """

    function: Function
    memory: tuple[float, ...] = ()
    stochastic: bool = False
    responds: bool = True
    belief: int | None = None
    reads_labels: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the file that defines the function, its name there, and the first memory.

        The whole file counts, since the function may call others that stand in it.
        """
        content = f"{_file_digest(self.function)} {self.function.__qualname__} {self.memory}"
        return hashlib.sha256(content.encode()).hexdigest()


def helpers(function: Function) -> list[Function]:
    """List the functions of its own file, and of this one, that a strategy's function calls.

    Directly or not.
    """
    homes, found = {function.__module__, __name__}, [function]
    for f in found:  # grows while it is read
        for name in f.__code__.co_names:
            g = f.__globals__.get(name)
            if inspect.isfunction(g) and g.__module__ in homes and g not in found:
                found.append(g)
    return found[1:]


@cache
def _file_digest(function: Function) -> str:
    path = inspect.getsourcefile(function)
    if path is None:
        raise Mistake(f"the source of {function.__qualname__} cannot be found, so it has no hash")
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S32, _S11 = (np.uint64(s) for s in (30, 27, 31, 32, 11))


def mix(z: Any) -> Any:
    """Scramble a 64-bit word: the finaliser of splitmix64 (Steele, Lea & Flood 2014)."""
    z = (z ^ (z >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


def draw(chance: Any, i: int) -> float:
    """Draw number `i` (0, 1, …) that belongs to a `chance` key, uniform in [0, 1).

    Number 0 is the key's own upper half, so that an automaton's lottery and a compiled function
    that compares ``draw(chance, 0)`` with the same probability always decide alike.
    """
    if i == 0:
        return float(chance >> _S32) * 2.0**-32
    return float(mix(chance + np.uint64(i) * _GOLDEN) >> _S11) * 2.0**-53


def span(payoffs: Any) -> tuple[float, float]:
    """Give one's own worst and best payoff in the game."""
    worst = best = payoffs[0, 0, 0]
    for own in range(payoffs.shape[1]):
        for other in range(payoffs.shape[2]):
            worst = min(worst, payoffs[0, own, other])
            best = max(best, payoffs[0, own, other])
    return worst, best


def rated(payoffs: Any, own: int, other: int) -> float:
    """Rate one's own payoff by where it stands between the worst (0) and the best (1) of the game.

    Where all payoffs are equal it is 1.
    """
    worst, best = span(payoffs)
    if best == worst:
        return 1.0
    return float((payoffs[0, own, other] - worst) / (best - worst))


def asked_of(label: int) -> int:
    """Give the action that a label asks for, in role order; −1 where it asks for none."""
    return label // 4 - 1 if label >= 0 else -1


def own_standing(label: int) -> bool:
    """Say whether one is in good standing; without a regime everybody is."""
    return label < 0 or label // 2 % 2 == 0


def other_standing(label: int) -> bool:
    """Say whether the other is in good standing; without a regime everybody is."""
    return label < 0 or label % 2 == 0
