"""Processes written down as plainly as can be: whole transition matrices, and no cleverness."""

from fractions import Fraction
from itertools import product

import numpy as np


def payoff(matrix, counts, k):
    """What one of type k gets on average from all others."""
    total = sum(matrix[k][j] * (counts[j] - (j == k)) for j in range(len(counts)))
    return total / (sum(counts) - 1)


def states(N, n):
    return [c for c in product(range(N + 1), repeat=n) if sum(c) == N]


def chances(matrix, counts, mu, kind, strength, pay=payoff):
    """The chance that in a step one of type a is replaced by one of type b, for all a and b."""
    n, N = len(counts), sum(counts)
    found = np.zeros((n, n))
    there = [k for k in range(n) if counts[k]]
    pi = {k: pay(matrix, counts, k) for k in there}
    if kind == "fermi":
        for a in there:
            pick = counts[a] / N
            for b in range(n):
                if b != a:
                    found[a, b] += pick * mu / (n - 1)
            for b in there:
                meet = (counts[b] - (a == b)) / (N - 1)
                imitate = 1 / (1 + np.exp(-strength * (pi[b] - pi[a])))
                found[a, b] += pick * (1 - mu) * meet * imitate
        return found
    fitness = {k: counts[k] * (1 - strength + strength * pi[k]) for k in there}
    total = sum(fitness.values())
    for parent in there:
        for a in there:
            here = fitness[parent] / total * counts[a] / N
            found[a, parent] += here * (1 - mu)
            for b in range(n):
                if b != parent:
                    found[a, b] += here * mu / (n - 1)
    return found


def transition(matrix, N, mu, kind, strength, pay=payoff):
    """The whole chain over all compositions, in the order of `states`."""
    n = len(matrix)
    listed = states(N, n)
    place = {c: i for i, c in enumerate(listed)}
    P = np.zeros((len(listed), len(listed)))
    for c in listed:
        rates = chances(matrix, c, mu, kind, strength, pay)
        for a, b in product(range(n), repeat=2):
            if a != b and rates[a, b]:
                to = list(c)
                to[a] -= 1
                to[b] += 1
                P[place[c], place[tuple(to)]] += rates[a, b]
        P[place[c], place[c]] = 1 - P[place[c]].sum()
    return listed, P


def stationary(P):
    """The left eigenvector of the eigenvalue 1, by least squares."""
    n = len(P)
    system = np.vstack([P.T - np.eye(n), np.ones(n)])
    return np.linalg.lstsq(system, np.r_[np.zeros(n), 1], rcond=None)[0]


def moran_fixation(payoffs, N, w):
    """The chance that one mutant takes over, in fractions, by solving the absorbing chain."""
    counts = range(1, N)
    rows = []
    for i in counts:
        f = N - i, i
        one = 1 - w + w * payoff(payoffs, (i, N - i), 0)
        other = 1 - w + w * payoff(payoffs, (i, N - i), 1)
        total = i * one + (N - i) * other
        up = i * one / total * Fraction(f[0], N)
        down = (N - i) * other / total * Fraction(i, N)
        rows.append((up, down))
    # ρ_i (up + down) = up ρ_{i+1} + down ρ_{i−1}, by elimination from i = 1.
    factor = []
    for up, down in rows:
        before = factor[-1] if factor else Fraction(0)
        factor.append(up / (up + down - down * before))
    value = Fraction(1)
    for share in factor:
        value *= share
    return value
