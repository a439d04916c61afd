"""The long run of many chains of one shape at once: what each gains per step, from its start.

The same transitions are possible in all of them; only their probabilities differ, and each number
of the elimination is an array over the chains. States are cut out one by one, without subtractions
(Grassmann, Taksar & Heyman 1985; see `coopgames.play.markov`), the least connected first, so that
few new transitions arise (H. M. Markowitz, "The elimination form of the inverse and its application
to linear programming", Management Science 3, 1957). Of each state are kept what is gained and how
many steps pass until a state is reached that is still there.

In the end there are the start and one state of each closed class. In the long run a class yields
what is gained until it comes back to that state over the steps that takes (renewal reward); where
the start belongs to no closed class, it says how likely each is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coopgames.play.markov import refuse_rare

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Which transitions there are, and in which order states are cut out.

    Parameters
    ----------
    transitions : tuple of (int, int)
        From which state to which; all are possible. State 0 is the start.
    ends : tuple of int
        One state of each closed class; the start, where it belongs to one.
    order : tuple of int
        All other states but the start, in the order in which they are cut out.
    """

    transitions: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]
    order: tuple[int, ...]

    @property
    def states(self) -> int:
        """Number of states."""
        return len({0, *self.ends, *self.order})


def shape(transitions: Sequence[tuple[int, int]]) -> Shape:
    """Find the closed classes of a chain whose states can all be reached from state 0."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    source, target = np.array(transitions).T
    states = int(max(source.max(), target.max())) + 1
    graph = coo_array((np.ones(len(source)), (source, target)), shape=(states, states))
    _, part = connected_components(graph, connection="strong")
    open_ = part[source[part[source] != part[target]]]
    ends = {int(c): int(np.argmax(part == c)) for c in np.setdiff1d(part, open_)}
    kept = {0, *ends.values()}
    return Shape(tuple(transitions), tuple(ends.values()), _order(transitions, states, kept))


def _order(transitions: Sequence[tuple[int, int]], states: int, kept: set[int]) -> tuple[int, ...]:
    """Order the states that are not kept: always the one whose going makes fewest transitions."""
    after: list[set[int]] = [set() for _ in range(states)]
    before: list[set[int]] = [set() for _ in range(states)]
    for i, j in transitions:
        if i != j:
            after[i].add(j)
            before[j].add(i)
    left, order = set(range(states)) - kept, []
    while left:
        k = min(left, key=lambda s: (len(before[s]) * len(after[s]), s))
        left.remove(k)
        order.append(k)
        for i in before[k]:
            after[i] = (after[i] | after[k]) - {i, k}
        for j in after[k]:
            before[j] = (before[j] | before[k]) - {j, k}
    return tuple(order)


def long_run(of: Shape, chances: Floats, gains: Floats) -> Floats:
    """Say what chains gain per step in the long run, from the start.

    Parameters
    ----------
    of : Shape
        Their E transitions.
    chances : ndarray, shape (E, G)
        How likely each transition is in each of G chains; positive.
    gains : ndarray, shape (E,)
        What it brings.

    Returns
    -------
    ndarray, shape (G,)
    """
    refuse_rare(chances)
    n, none = of.states, np.zeros(chances.shape[1])
    leads: list[dict[int, Floats]] = [{} for _ in range(n)]
    into: list[set[int]] = [set() for _ in range(n)]
    gain, steps = [none.copy() for _ in range(n)], [none + 1 for _ in range(n)]
    for (i, j), chance, brings in zip(of.transitions, chances, gains, strict=True):
        gain[i] += chance * brings
        if i != j:  # a state is left by what leads elsewhere
            leads[i][j] = leads[i].get(j, none) + chance
            into[j].add(i)
    for k in of.order:
        visits = 1 / sum(leads[k].values(), none)
        for i in into[k]:
            through = leads[i].pop(k) * visits
            gain[i] += through * gain[k]
            steps[i] += through * steps[k]
            for j, chance in leads[k].items():
                if j != i:
                    leads[i][j] = leads[i].get(j, none) + through * chance
                    into[j].add(i)
        for j in leads[k]:
            into[j].discard(k)
        leads[k] = {}
    if 0 in of.ends:
        return np.asarray(gain[0] / steps[0])
    total = sum(leads[0].values(), none)
    return sum((p / total * gain[j] / steps[j] for j, p in leads[0].items()), none)
