r"""What each of several things that can be switched on and off contributes.

With Y(S) what is measured when those in S are on, of n factors:

*Factorial effects* (R. A. Fisher, The Design of Experiments, 1935; F. Yates 1937). The effect of a
set A of factors is the contrast

    e_A = 2^(1−n) Σ_S (−1)^{|A \ S|} Y(S).

For a single factor that is the mean difference it makes, over all combinations of the others; for
two, how much more of a difference the one makes where the other is on (halved); and so on.

*Shapley values* (L. S. Shapley 1953). What factor c adds when it is switched on, averaged over all
orders in which they can be,

    φ_c = Σ_{S ∌ c} |S|! (n − |S| − 1)! / n!  (Y(S ∪ c) − Y(S)),

the one division of Y(all) − Y(none) that gives nothing to whoever adds nothing, the same to those
that add the same, and that adds up: over measures and over factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from math import factorial as permutations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", float, NDArray[np.float64])
Set = frozenset[str]


def subsets(factors: Sequence[str]) -> tuple[Set, ...]:
    """List all sets of factors, the small ones first.

    Parameters
    ----------
    factors : sequence of str
        What can be switched on.
    """
    each = (combinations(factors, size) for size in range(len(factors) + 1))
    return tuple(frozenset(names) for names in chain.from_iterable(each))


def factorial_effects(
    values: Mapping[Set, Value], factors: Sequence[str]
) -> dict[tuple[str, ...], Value]:
    """Give the factorial effects, main effects first.

    Parameters
    ----------
    values : mapping of frozenset to float or ndarray
        Y(S) for all 2ⁿ sets.
    factors : sequence of str
        The n factors.

    Returns
    -------
    dict
        By the set of factors, in their order.
    """
    every, scale = subsets(factors), 2 ** (1 - len(factors))
    return {
        tuple(name for name in factors if name in A): _sum(
            scale * (-1) ** len(A - S) * values[S] for S in every
        )
        for A in every[1:]
    }


def shapley(values: Mapping[Set, Value], factors: Sequence[str]) -> dict[str, Value]:
    """Give the Shapley value of each factor.

    Parameters
    ----------
    values, factors
        As of `factorial_effects`.
    """
    n = len(factors)
    return {
        c: _sum(
            permutations(len(S)) * permutations(n - len(S) - 1) / permutations(n)
            * (values[S | {c}] - values[S])
            for S in subsets([f for f in factors if f != c])
        )
        for c in factors
    }  # fmt: skip


def alone_and_last(
    values: Mapping[Set, Value], factors: Sequence[str]
) -> dict[str, tuple[Value, Value]]:
    """Give what each factor adds by itself, and what is lost if it alone is taken away.

    Parameters
    ----------
    values, factors
        As of `factorial_effects`.
    """
    none, every = Set(), frozenset(factors)
    return {
        c: (values[Set({c})] - values[none], values[every] - values[every - {c}]) for c in factors
    }


def _sum(terms: Iterable[Value]) -> Value:
    first, *rest = terms
    for term in rest:
        first = first + term
    return first
